"""Requests to partners, the places they gave, and the follow-ups of a year."""

from __future__ import annotations

from typing import ClassVar

from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from saan.cases.models import Case
from saan.centres.models import Centre
from saan.centres.querysets import CentreQuerySet
from saan.kernel.constraints import one_of
from saan.kernel.privacy import Privacy, Sealed, Under
from saan.partners.models import Offer, Partner
from saan.people.models import Person
from saan.placements.enums import (
    AnswerChannel,
    DeclineReason,
    EndReason,
    FollowUpOutcome,
    OpeningState,
    PlacementState,
    ReferralState,
)

OPEN_REFERRALS = (ReferralState.SENT, ReferralState.TALK)
OCCUPYING = (PlacementState.RESERVED, PlacementState.STAYING)


class Referral(models.Model):
    """One request to one partner to take one person.

    `snapshot_sealed` keeps what was known when the officer chose (rank, reasons, the
    alternatives) as JSON under the person's key: see `placements.snapshots`.
    """

    PRIVACY: ClassVar[dict[str, Privacy]] = {
        "id": Privacy.OPEN,
        "centre": Privacy.OPEN,
        "case": Privacy.OPEN,
        "offer": Privacy.OPEN,
        "partner": Privacy.OPEN,
        "state": Privacy.OPEN,
        "sent_at": Privacy.OPEN,
        "sent_by_id": Privacy.OPEN,
        "expires_at": Privacy.OPEN,
        "start_on": Privacy.OPEN,
        "message": Privacy.PERSONAL,
        "snapshot_sealed": Privacy.PERSONAL,
        "answered_at": Privacy.OPEN,
        "answered_via": Privacy.OPEN,
        "decline_reason": Privacy.OPEN,
        "decline_detail": Privacy.OPEN,
        "answer_note": Privacy.PERSONAL,
        "secrecy_acknowledged_at": Privacy.OPEN,
    }

    SEALED: ClassVar[dict[str, Sealed]] = {"snapshot_sealed": Sealed(Under.SUBJECT)}

    centre = models.ForeignKey(Centre, on_delete=models.PROTECT)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="referrals")
    offer = models.ForeignKey(Offer, on_delete=models.PROTECT, related_name="referrals")
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="referrals")
    state = models.CharField(max_length=12, choices=ReferralState, default=ReferralState.SENT)
    sent_at = models.DateTimeField()
    sent_by_id = models.BigIntegerField(null=True)
    expires_at = models.DateTimeField()
    start_on = models.DateField(_("from"), null=True)
    message = models.CharField(_("message"), max_length=300, blank=True)
    snapshot_sealed = models.BinaryField(blank=True, default=b"")
    answered_at = models.DateTimeField(null=True)
    answered_via = models.CharField(max_length=10, choices=AnswerChannel, blank=True)
    decline_reason = models.CharField(max_length=20, choices=DeclineReason, blank=True)
    decline_detail = models.CharField(max_length=40, blank=True)
    answer_note = models.CharField(max_length=300, blank=True)
    secrecy_acknowledged_at = models.DateTimeField(null=True)

    objects = CentreQuerySet["Referral"].as_manager()

    class Meta:
        ordering = ["-sent_at", "-pk"]
        constraints = [
            one_of("state", ReferralState, "referral_state_known"),
            one_of("decline_reason", DeclineReason, "referral_decline_reason_known", blank=True),
            models.UniqueConstraint(
                fields=["case", "offer"],
                condition=Q(state__in=["sent", "talk"]),
                name="one_open_request_per_case_and_offer",
            ),
        ]
        indexes = [
            models.Index(fields=["centre", "state", "sent_at"], name="referral_by_state"),
            models.Index(fields=["partner", "-sent_at"], name="referral_by_partner"),
            models.Index(fields=["centre", "sent_at", "partner"], name="referral_by_day"),
        ]

    def __str__(self) -> str:
        return f"{self.case_id} → {self.partner_id}"

    @property
    def decline_code(self) -> str:
        """The full code of why the partner declined."""
        return self.decline_detail or self.decline_reason


class Placement(models.Model):
    """A person has, or had, one place of one offer.

    While RESERVED or STAYING it occupies `seat` (1 … places) of the offer; the database allows
    each seat once, so no race can overfill an offer. `seat` is None where the offer has no limit.
    """

    PRIVACY: ClassVar[dict[str, Privacy]] = {
        "id": Privacy.OPEN,
        "centre": Privacy.OPEN,
        "case": Privacy.OPEN,
        "person": Privacy.PERSONAL,
        "offer": Privacy.OPEN,
        "partner": Privacy.OPEN,
        "referral": Privacy.OPEN,
        "state": Privacy.OPEN,
        "seat": Privacy.OPEN,
        "seats": Privacy.OPEN,
        "reserved_at": Privacy.OPEN,
        "arrived_on": Privacy.OPEN,
        "ended_on": Privacy.OPEN,
        "end_reason": Privacy.SENSITIVE,
        "end_detail": Privacy.SENSITIVE,
        "end_note": Privacy.SENSITIVE,
        "wage_per_day": Privacy.OPEN,
        "opening_balance": Privacy.OPEN,
    }

    centre = models.ForeignKey(Centre, on_delete=models.PROTECT)
    case = models.ForeignKey(Case, on_delete=models.PROTECT, related_name="placements")
    person = models.ForeignKey(Person, on_delete=models.PROTECT, related_name="placements")
    offer = models.ForeignKey(Offer, on_delete=models.PROTECT, related_name="placements")
    partner = models.ForeignKey(Partner, on_delete=models.PROTECT, related_name="placements")
    referral = models.OneToOneField(
        Referral, null=True, on_delete=models.PROTECT, related_name="placement"
    )
    state = models.CharField(max_length=10, choices=PlacementState, default=PlacementState.RESERVED)
    seat = models.PositiveSmallIntegerField(null=True)
    seats = models.PositiveSmallIntegerField(null=True)
    reserved_at = models.DateTimeField()
    arrived_on = models.DateField(_("arrived on"), null=True)
    ended_on = models.DateField(_("ended on"), null=True)
    end_reason = models.CharField(max_length=20, choices=EndReason, blank=True)
    end_detail = models.CharField(max_length=40, blank=True)
    end_note = models.CharField(max_length=300, blank=True)
    wage_per_day = models.PositiveIntegerField(_("baht per day"), null=True)
    #: Ran already when the centre began here: known only because it lasted until then.
    opening_balance = models.BooleanField(default=False)

    objects = CentreQuerySet["Placement"].as_manager()

    class Meta:
        ordering = ["-reserved_at", "-pk"]
        constraints = [
            one_of("state", PlacementState, "placement_state_known"),
            one_of("end_reason", EndReason, "placement_end_reason_known", blank=True),
            models.UniqueConstraint(
                fields=["offer", "seat"],
                condition=Q(state__in=["reserved", "staying"]),
                name="one_person_per_seat",
            ),
            models.UniqueConstraint(
                fields=["person"],
                condition=Q(state__in=["reserved", "staying"]),
                name="one_place_per_person",
            ),
            models.CheckConstraint(
                condition=Q(seat=None) | (Q(seat__gte=1) & Q(seat__lte=F("seats"))),
                name="seat_within_the_offer",
            ),
            models.CheckConstraint(
                condition=~Q(state="staying") | Q(arrived_on__isnull=False),
                name="staying_since_a_day",
            ),
            models.CheckConstraint(
                condition=~Q(state="ended") | (Q(ended_on__isnull=False) & ~Q(end_reason="")),
                name="ended_with_day_and_reason",
            ),
        ]
        indexes = [
            models.Index(fields=["centre", "state"], name="placement_by_state"),
            models.Index(fields=["partner", "state"], name="placement_by_partner"),
            models.Index(fields=["centre", "arrived_on"], name="placement_by_arrival"),
            models.Index(fields=["centre", "offer", "state"], name="placement_by_offer"),
            # With all that ranking asks of earlier stays, so that it need not read them.
            models.Index(
                fields=["centre", "partner", "arrived_on", "ended_on", "state"],
                name="placement_of_partner",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.person_id} @ {self.partner_id}"

    @property
    def end_code(self) -> str:
        """The full code of why the stay ended."""
        return self.end_detail or self.end_reason


class FollowUp(models.Model):
    """One visit or call that is due, or was made. `step` is the schedule's code (15d, 1m …)."""

    PRIVACY: ClassVar[dict[str, Privacy]] = {
        "id": Privacy.OPEN,
        "centre": Privacy.OPEN,
        "placement": Privacy.OPEN,
        "step": Privacy.OPEN,
        "due_on": Privacy.OPEN,
        "done_on": Privacy.OPEN,
        "outcome": Privacy.SENSITIVE,
        "note": Privacy.SENSITIVE,
        "done_by_id": Privacy.OPEN,
        "cancelled": Privacy.OPEN,
    }

    centre = models.ForeignKey(Centre, on_delete=models.PROTECT)
    placement = models.ForeignKey(Placement, on_delete=models.PROTECT, related_name="follow_ups")
    step = models.CharField(max_length=10)
    due_on = models.DateField()
    done_on = models.DateField(null=True)
    outcome = models.CharField(max_length=15, choices=FollowUpOutcome, blank=True)
    note = models.CharField(max_length=300, blank=True)
    done_by_id = models.BigIntegerField(null=True)
    cancelled = models.BooleanField(default=False)

    objects = CentreQuerySet["FollowUp"].as_manager()

    class Meta:
        ordering = ["due_on", "pk"]
        constraints = [
            one_of("outcome", FollowUpOutcome, "follow_up_outcome_known", blank=True),
            models.UniqueConstraint(fields=["placement", "step"], name="one_follow_up_per_step"),
        ]
        indexes = [
            models.Index(
                fields=["centre", "due_on"],
                condition=Q(done_on=None, cancelled=False),
                name="follow_up_open",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.placement_id} {self.step}"


class OpeningBook(models.Model):
    """A workbook of those who already stay somewhere when a centre begins: read, looked at, entered.

    `rows_sealed` holds the rows as read (JSON, sealed: they name people) and is emptied when they
    are entered. The same file (sha256) entered again changes nothing.
    """

    PRIVACY: ClassVar[dict[str, Privacy]] = {
        "id": Privacy.OPEN,
        "centre": Privacy.OPEN,
        "file_name": Privacy.OPEN,
        "sha256": Privacy.OPEN,
        "state": Privacy.OPEN,
        "rows_sealed": Privacy.PERSONAL,
        "entered": Privacy.OPEN,
        "created_by_id": Privacy.OPEN,
        "created_at": Privacy.OPEN,
        "entered_at": Privacy.OPEN,
    }

    SEALED: ClassVar[dict[str, Sealed]] = {"rows_sealed": Sealed()}

    centre = models.ForeignKey(Centre, on_delete=models.PROTECT)
    file_name = models.CharField(max_length=200)
    sha256 = models.CharField(max_length=64)
    state = models.CharField(max_length=10, choices=OpeningState, default=OpeningState.PREVIEW)
    rows_sealed = models.BinaryField(blank=True, default=b"")
    entered = models.PositiveIntegerField(default=0)
    created_by_id = models.BigIntegerField(null=True)
    created_at = models.DateTimeField()
    entered_at = models.DateTimeField(null=True)

    objects = CentreQuerySet["OpeningBook"].as_manager()

    class Meta:
        ordering = ["-created_at", "-pk"]
        constraints = [one_of("state", OpeningState, "opening_state_known")]
        indexes = [models.Index(fields=["centre", "sha256"], name="opening_by_file")]

    def __str__(self) -> str:
        return self.file_name
