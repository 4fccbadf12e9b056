"""What may happen to a partner, and how fresh a promise is. Pure."""

from __future__ import annotations

from enum import StrEnum
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from saan.kernel.decisions import ALLOWED, Decision
from saan.partners.enums import Stage

if TYPE_CHECKING:
    from datetime import date

    from saan.partners.models import Offer, Partner

#: A promise not older than this is new.
NEW_DAYS = 30

#: stage → where it may go. A step may be skipped forward; back only where life goes back.
TRANSITIONS: dict[Stage, frozenset[Stage]] = {
    Stage.FOUND: frozenset(Stage) - {Stage.FOUND},
    Stage.ANALYSED: frozenset(Stage) - {Stage.ANALYSED},
    Stage.CONTACTED: frozenset(Stage) - {Stage.CONTACTED, Stage.FOUND},
    Stage.AGREED: frozenset({Stage.CONTACTED, Stage.HOSTING, Stage.RESTING, Stage.ENDED}),
    Stage.HOSTING: frozenset({Stage.AGREED, Stage.RESTING, Stage.ENDED}),
    Stage.RESTING: frozenset({Stage.CONTACTED, Stage.AGREED, Stage.HOSTING, Stage.ENDED}),
    Stage.ENDED: frozenset({Stage.CONTACTED, Stage.AGREED, Stage.HOSTING}),
}


class Freshness(StrEnum):
    """How far the word about free places can be trusted."""

    NEW = "new"
    MID = "mid"
    OLD = "old"


def freshness(confirmed_on: date | None, *, today: date, fresh_days: int) -> Freshness:
    """New up to 30 days, mid up to the centre's `fresh_days`, then old: as good as unknown."""
    if confirmed_on is None:
        return Freshness.OLD
    age = (today - confirmed_on).days
    if age <= min(NEW_DAYS, fresh_days):
        return Freshness.NEW
    return Freshness.MID if age <= fresh_days else Freshness.OLD


def can_edit(partner: Partner) -> Decision:
    """An archived partner is left as it is."""
    if partner.archived_at is not None:
        return Decision(_("This partner is archived."), _("Take it back into the registry first."))
    return ALLOWED


def can_archive(partner: Partner, *, staying: int) -> Decision:
    """Once, and only when nobody has a place there."""
    if partner.archived_at is not None:
        return Decision(_("This partner is already archived."))
    if staying:
        return Decision(
            _("People still have a place here."), _("End or move their placements first.")
        )
    return ALLOWED


def can_restore(partner: Partner) -> Decision:
    """Only what was archived comes back."""
    if partner.archived_at is None:
        return Decision(_("This partner is not archived."))
    return ALLOWED


def can_rest(partner: Partner, *, until: date, today: date) -> Decision:
    """A rest ends in the future."""
    if not (decision := can_edit(partner)):
        return decision
    if until < today:
        return Decision(_("The rest would already be over."), _("Choose a day to come."))
    return ALLOWED


def can_move(stage: str, to: str) -> Decision:
    """Along the pipeline, never back to before the first contact once there was one."""
    if stage == to or Stage(to) in TRANSITIONS[Stage(stage)]:
        return ALLOWED
    return Decision(
        _("A partner that is “%(stage)s” cannot become “%(to)s”.")
        % {"stage": Stage(stage).label, "to": Stage(to).label}
    )


def can_confirm(offer: Offer, partner: Partner) -> Decision:
    """Only an open offer of a partner in the registry is confirmed."""
    if not (decision := can_edit(partner)):
        return decision
    if not offer.is_open:
        return Decision(_("This offer is closed."), _("Open it again first."))
    return ALLOWED


def is_number_unknown(offer: Offer) -> bool:
    """Whether nobody has said yet how many it takes: so an imported row without a number waits."""
    return not offer.is_open and offer.places is None and offer.confirmed_on is None


def can_set_places(*, places: int | None, taken: int) -> Decision:
    """Never below the people who are there."""
    if places is not None and places < taken:
        return Decision(
            _("%(taken)d people have a place here: fewer places are not possible now.")
            % {"taken": taken}
        )
    return ALLOWED
