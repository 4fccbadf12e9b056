"""The code lists of this domain, for `saan.centres.codes`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from saan.centres import codes
from saan.centres.enums import CodeList
from saan.placements import life
from saan.placements.enums import DeclineReason, EndReason
from saan.placements.models import Placement, Referral

if TYPE_CHECKING:
    from collections import Counter

    from saan.kernel.actors import Actor


def register() -> None:
    """Bring them in, with what the product writes by itself."""
    codes.register(CodeList.DECLINE_REASON, DeclineReason)
    codes.register(CodeList.END_REASON, EndReason)
    codes.need(
        CodeList.DISPOSITION,
        life.BY_ARRIVAL,
        _("It is written by itself when somebody arrives at a partner."),
    )
    codes.need(
        CodeList.DISPOSITION,
        filter(None, life.AFTER_END.values()),
        _("It is written by itself when a stay ends."),
    )
    codes.need(
        CodeList.END_REASON,
        (EndReason.TO_FACILITY, EndReason.HOME),
        _("It is written by itself when somebody leaves for a facility or for home."),
    )
    codes.need(
        CodeList.DECLINE_REASON,
        (DeclineReason.OTHER,),
        _("A partner must always find a reason to tap."),
    )
    codes.count_by(CodeList.DECLINE_REASON, _declined)
    codes.count_by(CodeList.END_REASON, _ended)


def _declined(actor: Actor) -> Counter[str]:
    return codes.in_columns(Referral.objects.for_actor(actor), "decline_reason", "decline_detail")


def _ended(actor: Actor) -> Counter[str]:
    return codes.in_columns(Placement.objects.for_actor(actor), "end_reason", "end_detail")
