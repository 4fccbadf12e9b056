"""What a partner's own page needs."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from saan.centres import codes
from saan.centres.enums import CodeList, Sex
from saan.centres.permissions import Permission
from saan.kernel import clock
from saan.kernel.thai import dates
from saan.partners import history, queries, rules
from saan.partners.enums import Feature
from saan.people.queries import display_name
from saan.placements.models import OCCUPYING, Placement
from saan.web.partners import timeline
from saan.web.partners.present import line_url, setting_of
from saan.web.partners.words import address_line, district_line, subdistrict_line

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import date

    from saan.kernel.actors import Actor
    from saan.kernel.decisions import Decision
    from saan.partners.models import Contact, Offer, Partner, Phone
    from saan.partners.queries import Capacity, PartnerCard, Setting
    from saan.web.partners.forms import ArchiveForm, RestForm


@dataclass(frozen=True, slots=True)
class OfferView:
    """One offer in words. `free` is None when nobody knows; `why_not` disables *confirm*."""

    pk: int
    kind: str
    icon: str
    places: int | None
    free: int | None
    taken: int
    is_open: bool
    is_number_unknown: bool
    confirmed_on: date | None
    accepts: tuple[str, ...]
    features: tuple[str, ...]
    wage: int | None
    conditions: str
    why_not: str
    confirmed_today: bool

    @property
    def dom_id(self) -> str:
        """Where to jump to."""
        return f"offer-{self.pk}"


@dataclass(frozen=True, slots=True)
class ContactView:
    """Somebody to call."""

    name: str
    position: str
    phones: tuple[Phone, ...]
    line_url: str
    line_id: str


@dataclass(frozen=True, slots=True)
class Staying:
    """Somebody who has a place there: for readers who may see persons."""

    url: str
    name: str
    since: date | None


ICONS = {
    "work": "briefcase",
    "residence": "house",
    "dhamma_stay": "leaf",
    "care": "heart-handshake",
    "training": "graduation-cap",
}


POINTS = {
    "own": gettext_lazy("exact"),
    "tambon": gettext_lazy("middle of the subdistrict"),
    "district": gettext_lazy("middle of the district"),
}


class Detail:
    """A partner as one reader sees it now."""

    def __init__(
        self,
        actor: Actor,
        card: PartnerCard,
        *,
        archive: ArchiveForm | None = None,
        rest: RestForm | None = None,
    ) -> None:
        self.actor = actor
        self.card = card
        self.archive_form = archive
        self.rest_form = rest

    @property
    def partner(self) -> Partner:
        """The row itself."""
        return self.card.partner

    @cached_property
    def setting(self) -> Setting:
        """The centre's own figures and who has a place where."""
        return setting_of(self.actor)

    @cached_property
    def capacity(self) -> Capacity:
        """All open offers together."""
        return queries.capacity(self.card.offers, self.setting, resting=self.is_resting)

    @cached_property
    def offers(self) -> list[OfferView]:
        """Open offers first."""
        shown = sorted(self.card.offers, key=lambda offer: not offer.is_open)
        return [self._offer(offer) for offer in shown]

    @cached_property
    def is_resting(self) -> bool:
        """Whether nothing is asked of the partner now."""
        return queries.is_resting(self.partner, self.setting.today)

    @cached_property
    def contacts(self) -> list[ContactView]:
        """Whom to call, with their numbers."""
        return [self._contact(contact) for contact in self.card.contacts]

    @cached_property
    def own_phones(self) -> list[Phone]:
        """Numbers of the partner itself."""
        return [phone for phone in self.card.phones if phone.contact_id is None]

    @cached_property
    def first_phone(self) -> Phone | None:
        """The number to try first."""
        return next(iter(self.card.phones), None)

    @property
    def place(self) -> str:
        """Subdistrict and district in a line."""
        parts = (subdistrict_line(self.partner), district_line(self.partner, self.setting.province))
        return " ".join(part for part in parts if part)

    @property
    def stage(self) -> str:
        """How far the relation has come."""
        return self.partner.get_stage_display()

    @property
    def room(self) -> str:
        """Free places of all open offers in a phrase, as far as they are known."""
        room = self.capacity
        if room.free is None or room.places is None:
            return ""
        return _("%(free)d of %(places)d free") % {"free": room.free, "places": room.places}

    @property
    def staying_words(self) -> str:
        """How many people are there."""
        n = self.staying_count
        return (ngettext("%(n)d person", "%(n)d people", n) % {"n": n}) if n else ""

    @property
    def found_on(self) -> str:
        """The day, or as much of it as was written."""
        day = self.partner.found_on
        return dates.short(day) if day else self.partner.found_on_text

    @property
    def archived_on(self) -> date | None:
        """The day it left the registry."""
        at = self.partner.archived_at
        return clock.day_of(at) if at else None

    @property
    def point_words(self) -> str:
        """How exactly we know where it is."""
        return str(POINTS.get(self.partner.point_source, ""))

    @property
    def address(self) -> str:
        """The whole address."""
        return address_line(self.partner)

    @property
    def is_outside(self) -> bool:
        """Whether it lies in another province."""
        code = self.partner.province_id
        return code is not None and code != self.setting.province

    @cached_property
    def staying_count(self) -> int:
        """People who have a place there now."""
        return sum(self.setting.taken.get(offer.pk, 0) for offer in self.card.offers)

    @cached_property
    def staying(self) -> list[Staying]:
        """Who they are, for those who may see persons."""
        if not self.may_see_people or not self.staying_count:
            return []
        held = (
            Placement.objects.for_actor(self.actor)
            .filter(partner=self.partner, state__in=OCCUPYING)
            .select_related("person")
            .order_by("arrived_on", "pk")
        )
        return [Staying(person_url(p), display_name(p.person), p.arrived_on) for p in held[:50]]

    @property
    def may_see_people(self) -> bool:
        """Whether the reader may see persons."""
        return self.actor.may(Permission.PERSON_VIEW)

    @property
    def may_edit(self) -> bool:
        """Whether the reader may change partners, and this one is in the registry."""
        return self.actor.may(Permission.PARTNER_EDIT) and bool(rules.can_edit(self.partner))

    @property
    def may_restore(self) -> bool:
        """Whether the reader may take it back into the registry."""
        allowed = self.actor.may(Permission.PARTNER_EDIT)
        return allowed and bool(rules.can_restore(self.partner))

    @cached_property
    def can_archive(self) -> Decision:
        """Yes, or why not."""
        return rules.can_archive(self.partner, staying=self.staying_count)

    @cached_property
    def events(self) -> list[timeline.Item]:
        """Its history, newest first."""
        return timeline.items(history.of_partner(self.actor, self.partner.pk))

    def _offer(self, offer: Offer) -> OfferView:
        taken = self.setting.taken.get(offer.pk, 0)
        known = queries.capacity([offer], self.setting).known
        free = max(0, offer.places - taken) if offer.places is not None and known else None
        return OfferView(
            pk=offer.pk,
            kind=offer.get_kind_display(),
            icon=ICONS[offer.kind],
            places=offer.places,
            free=free,
            taken=taken,
            is_open=offer.is_open,
            is_number_unknown=rules.is_number_unknown(offer),
            confirmed_on=offer.confirmed_on,
            accepts=accepts(offer),
            features=features(offer.features),
            wage=offer.wage_per_day,
            conditions=offer.conditions,
            why_not=rules.can_confirm(offer, self.partner).reason,
            confirmed_today=offer.confirmed_on == self.setting.today,
        )

    def _contact(self, contact: Contact) -> ContactView:
        return ContactView(
            name=contact.name,
            position=contact.position,
            phones=tuple(p for p in self.card.phones if p.contact_id == contact.pk),
            line_url=line_url(contact.line_id),
            line_id=contact.line_id,
        )


def accepts(offer: Offer) -> tuple[str, ...]:
    """Whom the offer takes, in a few words."""
    words: list[str] = []
    if offer.sex == Sex.MALE:
        words.append(_("Men only"))
    if offer.sex == Sex.FEMALE:
        words.append(_("Women only"))
    words += _ages(offer.min_age, offer.max_age)
    words += [codes.label(CodeList.TARGET_GROUP, group) for group in offer.groups]
    if offer.needs_id_card:
        words.append(_("An ID card is needed"))
    return tuple(words) or (_("Everybody"),)


def _ages(low: int | None, high: int | None) -> list[str]:
    if low is not None and high is not None:
        return [_("Aged %(low)d–%(high)d") % {"low": low, "high": high}]
    if low is not None:
        return [_("From %(low)d years") % {"low": low}]
    if high is not None:
        return [_("Up to %(high)d years") % {"high": high}]
    return []


def features(held: Sequence[str]) -> tuple[str, ...]:
    """What a place has in words, in the order of the list; codes no longer known are left out."""
    return tuple(str(one.label) for one in Feature if one.value in held)


def person_url(placement: Placement) -> str:
    """The page of the person's case."""
    return reverse("people:detail", args=[placement.person_id])
