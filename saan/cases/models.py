"""An episode of protection of one person, and what became of it."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from saan.cases.enums import CaseState, DispositionCode, EntryRoute, LegalCategory, Reporter
from saan.cases.querysets import CaseQuerySet
from saan.centres.models import Centre
from saan.centres.querysets import CentreQuerySet
from saan.kernel.constraints import one_of
from saan.kernel.privacy import Privacy, Sealed
from saan.people.models import Person
from saan.places.models import District, Province, Subdistrict


class Case(models.Model):
    """One episode, from report to closure. A person may have several, one open at a time.

    `number` runs per centre and fiscal year of opening, and is kept for good: 36-2570-0014.
    `needs`, `wishes`, `avoids` hold codes of `partners.enums.Feature`; `kinds` of `OfferKind` (empty = any).
    `disposition` repeats the current row of `Disposition` for quick reading.
    """

    PRIVACY: ClassVar[dict[str, Privacy]] = {
        "id": Privacy.OPEN,
        "centre": Privacy.OPEN,
        "person": Privacy.PERSONAL,
        "number": Privacy.OPEN,
        "opened_on": Privacy.OPEN,
        "found_at": Privacy.OPEN,
        "entry_route": Privacy.OPEN,
        "reporter": Privacy.OPEN,
        "reporter_phone_sealed": Privacy.PERSONAL,
        "found_place": Privacy.PERSONAL,
        "found_province": Privacy.OPEN,
        "found_district": Privacy.OPEN,
        "found_subdistrict": Privacy.OPEN,
        "latitude": Privacy.PERSONAL,
        "longitude": Privacy.PERSONAL,
        "legal_category": Privacy.SENSITIVE,
        "field_types": Privacy.SENSITIVE,
        "causes": Privacy.SENSITIVE,
        "problems": Privacy.SENSITIVE,
        "urgent_needs": Privacy.PERSONAL,
        "situation": Privacy.SENSITIVE,
        "kinds": Privacy.OPEN,
        "needs": Privacy.PERSONAL,
        "wishes": Privacy.PERSONAL,
        "avoids": Privacy.PERSONAL,
        "skills": Privacy.PERSONAL,
        "has_id_card": Privacy.OPEN,
        "state": Privacy.OPEN,
        "disposition": Privacy.OPEN,
        "disposition_detail": Privacy.OPEN,
        "opening_balance": Privacy.OPEN,
        "disposed_on": Privacy.OPEN,
        "closed_on": Privacy.OPEN,
        "officer_id": Privacy.OPEN,
        "created_at": Privacy.OPEN,
        "intake_key": Privacy.OPEN,
    }

    SEALED: ClassVar[dict[str, Sealed]] = {"reporter_phone_sealed": Sealed()}

    centre = models.ForeignKey(Centre, on_delete=models.PROTECT)
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="cases")
    number = models.CharField(_("case number"), max_length=20)
    opened_on = models.DateField(_("opened on"))
    found_at = models.DateTimeField(_("found at"), null=True)
    entry_route = models.CharField(_("came through"), max_length=20, choices=EntryRoute, blank=True)
    reporter = models.CharField(_("reported by"), max_length=20, choices=Reporter, blank=True)
    reporter_phone_sealed = models.BinaryField(blank=True, default=b"")
    found_place = models.CharField(_("found where"), max_length=200, blank=True)
    found_province = models.ForeignKey(
        Province, null=True, on_delete=models.PROTECT, related_name="+"
    )
    found_district = models.ForeignKey(
        District, null=True, on_delete=models.PROTECT, related_name="+"
    )
    found_subdistrict = models.ForeignKey(
        Subdistrict, null=True, on_delete=models.PROTECT, related_name="+"
    )
    latitude = models.FloatField(null=True)
    longitude = models.FloatField(null=True)
    legal_category = models.CharField(max_length=20, choices=LegalCategory, blank=True)
    field_types = models.JSONField(_("group"), default=list)
    causes = models.JSONField(_("causes"), default=list)
    problems = models.JSONField(_("problems"), default=list)
    urgent_needs = models.JSONField(_("urgent needs"), default=list)
    situation = models.TextField(_("situation"), blank=True)
    kinds = models.JSONField(default=list)
    needs = models.JSONField(default=list)
    wishes = models.JSONField(default=list)
    avoids = models.JSONField(default=list)
    skills = models.CharField(_("can do"), max_length=200, blank=True)
    has_id_card = models.BooleanField(_("has an ID card"), null=True)
    state = models.CharField(max_length=10, choices=CaseState, default=CaseState.OPEN)
    disposition = models.CharField(max_length=30, choices=DispositionCode, blank=True)
    #: The centre's own finer code (`temple.1`) where it has one; rules read `disposition`.
    disposition_detail = models.CharField(max_length=40, blank=True)
    #: Was already under way when the centre began here: no part of any counted year's cases.
    opening_balance = models.BooleanField(default=False)
    disposed_on = models.DateField(null=True)
    closed_on = models.DateField(null=True)
    officer_id = models.BigIntegerField(null=True)
    created_at = models.DateTimeField()
    # Made by the form before it is sent: the same intake sent twice is one case.
    intake_key = models.UUIDField(null=True)

    objects = CaseQuerySet.as_manager()

    class Meta:
        ordering = ["-opened_on", "-pk"]
        constraints = [
            models.CheckConstraint(
                # How somebody came years ago may be known to nobody any more.
                condition=Q(entry_route__in=EntryRoute.values)
                | Q(entry_route="", opening_balance=True),
                name="case_entry_route_known",
            ),
            one_of("reporter", Reporter, "case_reporter_known", blank=True),
            one_of("legal_category", LegalCategory, "case_legal_category_known", blank=True),
            one_of("state", CaseState, "case_state_known"),
            one_of("disposition", DispositionCode, "case_disposition_known", blank=True),
            models.UniqueConstraint(
                fields=["centre", "number"], name="case_number_once_per_centre"
            ),
            models.UniqueConstraint(fields=["centre", "intake_key"], name="case_intake_once"),
            models.UniqueConstraint(
                fields=["person"], condition=Q(state="open"), name="one_open_case_per_person"
            ),
            models.CheckConstraint(
                condition=Q(state="open", closed_on=None)
                | Q(state="closed", closed_on__isnull=False),
                name="case_closed_with_a_date",
            ),
        ]
        indexes = [
            # With what the yearly figures count, so that they need not read the cases.
            models.Index(
                fields=["centre", "opened_on", "opening_balance", "person"], name="case_by_opening"
            ),
            models.Index(fields=["centre", "state", "disposition"], name="case_by_state"),
            models.Index(fields=["centre", "found_district"], name="case_by_district"),
        ]

    def __str__(self) -> str:
        return self.number

    @property
    def disposition_code(self) -> str:
        """The full code of the outcome, the centre's own where it has one."""
        return self.disposition_detail or self.disposition


class Disposition(models.Model):
    """What was decided for a case on a day. The row without `ended_on` is the current one.

    `facility` names the state facility or the receiving body; `alternatives` holds what was
    tried before a transfer to a state facility, as [{"partner", "answer", "on"}] and `reason`.
    """

    PRIVACY: ClassVar[dict[str, Privacy]] = {
        "id": Privacy.OPEN,
        "centre": Privacy.OPEN,
        "case": Privacy.OPEN,
        "code": Privacy.OPEN,
        "code_detail": Privacy.OPEN,
        "decided_on": Privacy.OPEN,
        "ended_on": Privacy.OPEN,
        "facility": Privacy.OPEN,
        "reason": Privacy.SENSITIVE,
        "alternatives": Privacy.OPEN,
    }

    centre = models.ForeignKey(Centre, on_delete=models.PROTECT)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="dispositions")
    code = models.CharField(max_length=30, choices=DispositionCode)
    code_detail = models.CharField(max_length=40, blank=True)
    decided_on = models.DateField()
    ended_on = models.DateField(null=True)
    facility = models.CharField(_("facility"), max_length=150, blank=True)
    reason = models.TextField(_("reason"), blank=True)
    alternatives = models.JSONField(default=list)

    objects = CentreQuerySet["Disposition"].as_manager()

    class Meta:
        ordering = ["decided_on", "pk"]
        constraints = [
            one_of("code", DispositionCode, "disposition_code_known"),
            models.UniqueConstraint(
                fields=["case"], condition=Q(ended_on=None), name="one_current_disposition"
            ),
        ]
        indexes = [
            models.Index(
                fields=["centre", "code", "decided_on", "case"], name="disposition_by_code"
            ),
            models.Index(
                fields=["centre", "case", "decided_on", "ended_on"], name="disposition_in_force"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} {self.code}"

    @property
    def full_code(self) -> str:
        """The full code, the centre's own where it has one."""
        return self.code_detail or self.code


class ServiceGiven(models.Model):
    """One service a person received on a day. `code` is of the centre's list of services."""

    PRIVACY: ClassVar[dict[str, Privacy]] = {
        "id": Privacy.OPEN,
        "centre": Privacy.OPEN,
        "case": Privacy.OPEN,
        "code": Privacy.SENSITIVE,
        "given_on": Privacy.OPEN,
        "note": Privacy.SENSITIVE,
        "given_by_id": Privacy.OPEN,
        "created_at": Privacy.OPEN,
    }

    centre = models.ForeignKey(Centre, on_delete=models.PROTECT)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="services")
    code = models.CharField(_("service"), max_length=40)
    given_on = models.DateField(_("on"))
    note = models.CharField(_("note"), max_length=300, blank=True)
    given_by_id = models.BigIntegerField(null=True)
    created_at = models.DateTimeField()

    objects = CentreQuerySet["ServiceGiven"].as_manager()

    class Meta:
        ordering = ["-given_on", "-pk"]
        indexes = [models.Index(fields=["centre", "code", "given_on"], name="service_by_code")]

    def __str__(self) -> str:
        return f"{self.case_id} {self.code}"
