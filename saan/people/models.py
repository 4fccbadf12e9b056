"""A human being known to one centre. An episode of protection is a case (saan.cases)."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.utils.translation import gettext_lazy as _

from saan.centres.enums import Sex
from saan.centres.models import Centre
from saan.kernel.constraints import one_of
from saan.kernel.privacy import Privacy, Sealed
from saan.people.enums import AccessState, IdentityStatus
from saan.people.querysets import AccessQuerySet, PersonQuerySet
from saan.places.models import District, Province, Subdistrict


class Person(models.Model):
    """One human being, with or without a known name.

    `national_id_sealed` is encrypted; `national_id_key` is its blind index, unique per centre.
    `birth_year_be` is as given; `birth_date` only when certain. `age_estimate` is what was seen
    on `age_estimated_on`. `name_key` is the squeezed name for search, `sound_key` its soundex,
    `sort_key` sorts it in Thai order without the title.
    """

    PRIVACY: ClassVar[dict[str, Privacy]] = {
        "id": Privacy.OPEN,
        "centre": Privacy.OPEN,
        "title": Privacy.PERSONAL,
        "first_name": Privacy.PERSONAL,
        "last_name": Privacy.PERSONAL,
        "nickname": Privacy.PERSONAL,
        "unknown_no": Privacy.OPEN,
        "identity_status": Privacy.OPEN,
        "sex": Privacy.OPEN,
        "birth_year_be": Privacy.PERSONAL,
        "birth_date": Privacy.PERSONAL,
        "age_estimate": Privacy.OPEN,
        "age_estimated_on": Privacy.OPEN,
        "national_id_sealed": Privacy.PERSONAL,
        "national_id_key": Privacy.PERSONAL,
        "phone_sealed": Privacy.PERSONAL,
        "marks": Privacy.SENSITIVE,
        "nationality": Privacy.SENSITIVE,
        "home_province": Privacy.PERSONAL,
        "home_district": Privacy.PERSONAL,
        "home_subdistrict": Privacy.PERSONAL,
        "publicity_ok": Privacy.OPEN,
        "suspected_victim": Privacy.SENSITIVE,
        "name_key": Privacy.PERSONAL,
        "sound_key": Privacy.PERSONAL,
        "sort_key": Privacy.PERSONAL,
        "created_at": Privacy.OPEN,
        "erased_at": Privacy.OPEN,
    }

    SEALED: ClassVar[dict[str, Sealed]] = {
        "national_id_sealed": Sealed(index="national_id_key", purpose="national_id"),
        "phone_sealed": Sealed(),
    }

    centre = models.ForeignKey(Centre, on_delete=models.PROTECT)
    title = models.CharField(_("title"), max_length=40, blank=True)
    first_name = models.CharField(_("first name"), max_length=100, blank=True)
    last_name = models.CharField(_("last name"), max_length=100, blank=True)
    nickname = models.CharField(_("called"), max_length=100, blank=True)
    unknown_no = models.PositiveIntegerField(_("number of the unnamed person"), null=True)
    identity_status = models.CharField(
        max_length=10, choices=IdentityStatus, default=IdentityStatus.CLAIMED
    )
    sex = models.CharField(_("sex"), max_length=10, choices=Sex, default=Sex.UNSURE)
    birth_year_be = models.PositiveSmallIntegerField(_("year of birth (B.E.)"), null=True)
    birth_date = models.DateField(_("date of birth"), null=True)
    age_estimate = models.PositiveSmallIntegerField(_("estimated age"), null=True)
    age_estimated_on = models.DateField(null=True)
    national_id_sealed = models.BinaryField(blank=True, default=b"")
    national_id_key = models.CharField(max_length=64, null=True)  # noqa: DJ001 - unique when present
    phone_sealed = models.BinaryField(blank=True, default=b"")
    marks = models.TextField(_("looks like"), blank=True)
    nationality = models.CharField(_("nationality"), max_length=40, blank=True)
    home_province = models.ForeignKey(
        Province, null=True, on_delete=models.PROTECT, related_name="+"
    )
    home_district = models.ForeignKey(
        District, null=True, on_delete=models.PROTECT, related_name="+"
    )
    home_subdistrict = models.ForeignKey(
        Subdistrict, null=True, on_delete=models.PROTECT, related_name="+"
    )
    publicity_ok = models.BooleanField(default=False)
    suspected_victim = models.BooleanField(default=False)
    name_key = models.CharField(max_length=250, blank=True)
    sound_key = models.CharField(max_length=60, blank=True)
    sort_key = models.CharField(max_length=500, blank=True)
    created_at = models.DateTimeField()
    #: Names, numbers, marks and the key of the history are gone; only figures remain.
    erased_at = models.DateTimeField(null=True)

    objects = PersonQuerySet.as_manager()

    class Meta:
        ordering = ["sort_key", "pk"]
        constraints = [
            one_of("sex", Sex, "person_sex_known"),
            one_of("identity_status", IdentityStatus, "person_identity_status_known"),
            models.UniqueConstraint(
                fields=["centre", "national_id_key"], name="person_national_id_once_per_centre"
            ),
            models.UniqueConstraint(
                fields=["centre", "unknown_no"], name="person_unknown_no_once_per_centre"
            ),
        ]
        indexes = [
            models.Index(fields=["centre", "sort_key"], name="person_by_name"),
            models.Index(fields=["centre", "sound_key"], name="person_by_sound"),
        ]

    def __str__(self) -> str:
        return f"Person {self.pk}"


class Identity(models.Model):
    """Records of several centres that carry the same national ID. Outside the centre lock.

    Holds only the blind key; `IdentityMember` says which person of which centre. That a centre
    can learn *that* another one knows the person, and nothing else, is the purpose.
    """

    PRIVACY: ClassVar[dict[str, Privacy]] = {
        "id": Privacy.OPEN,
        "key": Privacy.PERSONAL,
        "created_at": Privacy.OPEN,
    }

    key = models.CharField(max_length=64, unique=True)
    created_at = models.DateTimeField()

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"identity {self.pk}"


class IdentityMember(models.Model):
    """One centre's record of an identity. Only ids: no foreign key reaches into a centre."""

    PRIVACY: ClassVar[dict[str, Privacy]] = {
        "id": Privacy.OPEN,
        "identity": Privacy.OPEN,
        "home_centre_id": Privacy.OPEN,
        "person_id": Privacy.PERSONAL,
    }

    identity = models.ForeignKey(Identity, on_delete=models.CASCADE, related_name="members")
    home_centre_id = models.BigIntegerField()
    person_id = models.BigIntegerField(unique=True)

    class Meta:
        ordering = ["pk"]

    def __str__(self) -> str:
        return f"{self.identity_id}: {self.home_centre_id}"


class AccessRequest(models.Model):
    """A centre asks another to see its history of the same human being; theirs to grant.

    Both sides see the row; it holds no value of the person. `reason` is the asker's, `answer`
    the decider's. A grant ends at `granted_until`.
    """

    PRIVACY: ClassVar[dict[str, Privacy]] = {
        "id": Privacy.OPEN,
        "asking_centre_id": Privacy.OPEN,
        "asked_centre_id": Privacy.OPEN,
        "asking_person_id": Privacy.PERSONAL,
        "asked_person_id": Privacy.PERSONAL,
        "state": Privacy.OPEN,
        "reason": Privacy.PERSONAL,
        "answer": Privacy.PERSONAL,
        "asked_by_id": Privacy.OPEN,
        "asked_by_name": Privacy.OPEN,
        "asked_at": Privacy.OPEN,
        "decided_by_id": Privacy.OPEN,
        "decided_at": Privacy.OPEN,
        "granted_until": Privacy.OPEN,
    }

    asking_centre_id = models.BigIntegerField()
    asked_centre_id = models.BigIntegerField()
    asking_person_id = models.BigIntegerField()
    asked_person_id = models.BigIntegerField()
    state = models.CharField(max_length=10, choices=AccessState, default=AccessState.ASKED)
    reason = models.CharField(_("reason"), max_length=300)
    answer = models.CharField(_("answer"), max_length=300, blank=True)
    asked_by_id = models.BigIntegerField(null=True)
    asked_by_name = models.CharField(max_length=150, blank=True)
    asked_at = models.DateTimeField()
    decided_by_id = models.BigIntegerField(null=True)
    decided_at = models.DateTimeField(null=True)
    granted_until = models.DateField(null=True)

    objects = AccessQuerySet.as_manager()

    class Meta:
        ordering = ["-asked_at", "-pk"]
        constraints = [
            one_of("state", AccessState, "access_state_known"),
            models.UniqueConstraint(
                fields=["asking_person_id", "asked_person_id"],
                condition=models.Q(state="asked"),
                name="one_open_access_request",
            ),
        ]
        indexes = [
            models.Index(fields=["asked_centre_id", "state"], name="access_asked"),
            models.Index(fields=["asking_centre_id", "state"], name="access_asking"),
        ]

    def __str__(self) -> str:
        return f"{self.asking_centre_id} → {self.asked_centre_id}"
