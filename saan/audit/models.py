"""The append-only record of what was done. No foreign keys: it outlives its subjects."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, NoReturn, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from saan.kernel.privacy import Sealed, Under

if TYPE_CHECKING:
    from saan.kernel.actors import Actor


class AuditQuerySet(models.QuerySet["AuditEvent"]):
    """Questions about events."""

    def for_actor(self, actor: Actor) -> Self:
        """Those of the actor's centre."""
        return self.filter(centre_id=actor.centre_id)

    def update(self, **_values: Any) -> NoReturn:
        """Refuse: history is not edited."""
        raise TypeError("Audit events are never changed.")

    def delete(self) -> NoReturn:
        """Refuse: history is not edited."""
        raise TypeError("Audit events are never deleted.")


class AuditEvent(models.Model):
    """One thing done by one actor.

    `changes` holds only what is not personal (codes, dates, ids). `sealed` holds personal values
    as an encrypted JSON document, under the key of the person, or of the centre where the event
    is about nobody. `person_id` and `partner_id` say on whose timeline it appears.
    """

    SEALED: ClassVar[dict[str, Sealed]] = {"sealed": Sealed(Under.SUBJECT)}

    at = models.DateTimeField(_("at"))
    centre_id = models.BigIntegerField()
    event = models.CharField(_("event"), max_length=60)
    actor_kind = models.CharField(max_length=10)
    actor_id = models.BigIntegerField(null=True)
    actor_name = models.CharField(max_length=150, blank=True)
    subject_type = models.CharField(max_length=60)
    subject_id = models.BigIntegerField()
    person_id = models.BigIntegerField(null=True)
    partner_id = models.BigIntegerField(null=True)
    changes = models.JSONField(default=dict)
    sealed = models.BinaryField(blank=True, default=b"")

    objects = AuditQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        indexes = [
            models.Index(fields=["centre_id", "person_id", "-at"], name="audit_of_person"),
            models.Index(fields=["centre_id", "partner_id", "-at"], name="audit_of_partner"),
            models.Index(fields=["centre_id", "-at"], name="audit_of_centre"),
            models.Index(fields=["centre_id", "id"], name="audit_in_order"),
        ]

    def __str__(self) -> str:
        return f"{self.event} {self.subject_type}:{self.subject_id}"

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        """Refuse: history is not edited."""
        raise TypeError("Audit events are never deleted.")


class PersonKey(models.Model):
    """The key of one person's values in history. Without it they stay unreadable for ever.

    `wrapped` is the key sealed with the installation's; erasing a person empties it.
    """

    SEALED: ClassVar[dict[str, Sealed]] = {"wrapped": Sealed()}

    person_id = models.BigIntegerField(unique=True)
    centre_id = models.BigIntegerField()
    wrapped = models.BinaryField(blank=True, default=b"")
    created_at = models.DateTimeField()
    destroyed_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]
        indexes = [models.Index(fields=["centre_id", "id"], name="person_key_of_centre")]

    def __str__(self) -> str:
        return f"key of person {self.person_id}"


class CentreKey(models.Model):
    """The key of a centre's values in history that are about no person, such as a partner's name."""

    SEALED: ClassVar[dict[str, Sealed]] = {"wrapped": Sealed()}

    centre_id = models.BigIntegerField(unique=True)
    wrapped = models.BinaryField()
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"key of centre {self.centre_id}"


class ChainLink(models.Model):
    """An event's place in its centre's chain: `digest` covers the event and the link before it."""

    centre_id = models.BigIntegerField()
    position = models.BigIntegerField()
    event_id = models.BigIntegerField(unique=True)
    digest = models.CharField(max_length=64)

    class Meta:
        ordering = ["centre_id", "position"]
        constraints = [
            models.UniqueConstraint(fields=["centre_id", "position"], name="one_link_per_position")
        ]

    def __str__(self) -> str:
        return f"{self.centre_id}:{self.position}"


class ChainHead(models.Model):
    """How far a centre's chain is sealed; `signature` is keyed, so that nobody without it forges.

    `verified_at` and `fault` are of the last verification; `fault` is {} when nothing was broken.
    """

    centre_id = models.BigIntegerField(unique=True)
    position = models.BigIntegerField(default=0)
    digest = models.CharField(max_length=64, blank=True)
    signature = models.CharField(max_length=80, blank=True)
    sealed_at = models.DateTimeField(null=True)
    verified_at = models.DateTimeField(null=True)
    verified_to = models.BigIntegerField(default=0)
    fault = models.JSONField(default=dict)

    class Meta:
        ordering = ["centre_id"]

    def __str__(self) -> str:
        return f"chain of {self.centre_id}: {self.position}"


class KeyProof(models.Model):
    """A known word sealed with each key this installation ever used: tells a wrong key from none.

    `retired_at`: nothing is sealed with the key any more, it may be removed.
    """

    identifier = models.CharField(max_length=8, unique=True)
    proof = models.BinaryField()
    created_at = models.DateTimeField()
    retired_at = models.DateTimeField(null=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return self.identifier
