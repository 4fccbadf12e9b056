"""The append-only record of what was done. No foreign keys: it outlives its subjects."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NoReturn, Self

from django.db import models
from django.utils.translation import gettext_lazy as _

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
    as an encrypted JSON document. `person_id` and `partner_id` say on whose timeline it appears.
    """

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
        ]

    def __str__(self) -> str:
        return f"{self.event} {self.subject_type}:{self.subject_id}"

    def delete(self, *_args: Any, **_kwargs: Any) -> NoReturn:
        """Refuse: history is not edited."""
        raise TypeError("Audit events are never deleted.")
