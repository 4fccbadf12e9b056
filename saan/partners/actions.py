"""Everything that changes a partner or an offer."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING, Any, Unpack

from django.db import transaction

from saan.audit.record import record
from saan.centres import codes
from saan.centres.enums import CodeList
from saan.centres.models import Centre
from saan.kernel.merging import EditedMeanwhile, merge
from saan.kernel.thai import text as thai
from saan.partners import indexing, rules
from saan.partners.events import Event
from saan.partners.models import Contact, Offer, Partner, Phone
from saan.partners.values import (
    COLUMNS,
    OPEN_FIELDS,
    ContactValues,
    OfferFields,
    PartnerFields,
    differences,
    offer_snapshot,
    phone_facts,
    plain,
    snapshot,
)
from saan.places import queries as places

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date, datetime

    from saan.kernel.actors import Actor
    from saan.kernel.merging import Merge
    from saan.kernel.thai.phones import PhoneNumber

#: The same form sent again within this time is one.
AGAIN = timedelta(minutes=1)


@transaction.atomic
def create_once(*, actor: Actor, now: datetime, **values: Any) -> Partner:
    """`create` for a form that may be sent twice; the centre's row is the lock."""
    Centre.objects.select_for_update().get(pk=actor.centre_id)
    fresh = Partner(centre_id=actor.centre_id)
    _assign(fresh, {k: v for k, v in values.items() if k in PartnerFields.__annotations__})
    same = Partner.objects.for_actor(actor).filter(
        name=fresh.name, kind=fresh.kind, subdistrict_id=fresh.subdistrict_id,
        district_id=fresh.district_id, created_at__gt=now - AGAIN, created_at__lte=now,
    )  # fmt: skip
    return same.order_by("pk").first() or create(actor=actor, now=now, **values)


@transaction.atomic
def create(
    *,
    actor: Actor,
    now: datetime,
    contacts: Iterable[ContactValues] = (),
    phones: Iterable[PhoneNumber] = (),
    offers: Iterable[OfferFields] = (),
    is_invented: bool = False,
    **values: Unpack[PartnerFields],
) -> Partner:
    """Enter a partner with its contacts, phones and offers into the actor's registry."""
    _require_known(actor, values)
    partner = Partner(centre_id=actor.centre_id, created_at=now, is_invented=is_invented)
    _assign(partner, values)
    partner.save(force_insert=True)
    _write_people(partner, contacts, phones)
    made = [Offer(centre_id=actor.centre_id, partner=partner, **offer) for offer in offers]
    Offer.objects.bulk_create(made)
    facts = snapshot(partner)
    blank = dict.fromkeys(facts)
    _record(actor, Event.CREATED, partner, differences(blank, facts), now)
    for offer in made:
        added = {name: [None, value] for name, value in offer_snapshot(offer).items() if value}
        record(actor, Event.OFFER_ADDED, offer, partner_id=partner.pk, changes=added, at=now)
    indexing.put(partner)
    return partner


@transaction.atomic
def update(
    *,
    actor: Actor,
    partner: Partner,
    now: datetime,
    seen: Mapping[str, Any] | None = None,
    contacts: Sequence[ContactValues] | None = None,
    phones: Sequence[PhoneNumber] | None = None,
    **values: Unpack[PartnerFields],
) -> Partner:
    """Change facts of a partner, and with `contacts` or `phones` whom we call there.

    `seen` is the `snapshot` the officer's form was opened with: fields that somebody else changed
    meanwhile stay theirs, unless the officer changed the very same ones.

    Raises:
        EditedMeanwhile: both changed the same fields differently.
    """
    partner = _locked(actor, partner)
    rules.can_edit(partner).require()
    _require_known(actor, values)
    before = snapshot(partner)
    mine = {name: plain(value) for name, value in values.items()}
    if contacts is not None:
        mine["contacts"] = [contact.facts() for contact in contacts]
    if phones is not None:
        mine["phones"] = phone_facts(phones)
    merged = merge(before if seen is None else seen, before, mine)
    if merged.clashes:
        raise EditedMeanwhile(merged.clashes)
    if "stage" in merged.values:
        rules.can_move(partner.stage, merged.values["stage"]).require()
    _assign(partner, {name: value for name, value in values.items() if name in merged.values})
    partner.save()
    _replace_people(partner, merged, contacts, phones)
    changed = differences(before, snapshot(partner))
    if changed:
        _record(actor, Event.UPDATED, partner, changed, now)
        indexing.put(partner)
    return partner


@transaction.atomic
@transaction.atomic
def set_contacts(
    *, actor: Actor, partner: Partner, now: datetime, contacts: Sequence[ContactValues]
) -> Partner:
    """Replace the people we may call there, with their numbers."""
    return update(actor=actor, partner=partner, now=now, contacts=contacts)


@transaction.atomic
@transaction.atomic
def set_phones(
    *, actor: Actor, partner: Partner, now: datetime, phones: Sequence[PhoneNumber]
) -> Partner:
    """Replace the partner's own numbers; those of its contacts stay."""
    return update(actor=actor, partner=partner, now=now, phones=phones)


@transaction.atomic
def archive(*, actor: Actor, partner: Partner, reason: str, staying: int, now: datetime) -> Partner:
    """Take a partner out of the registry; history and statistics keep it.

    `staying` counts the people who have a place there (`placements` knows).
    """
    partner = _locked(actor, partner)
    rules.can_archive(partner, staying=staying).require()
    partner.archived_at = now
    partner.archive_reason = reason
    partner.save(update_fields=["archived_at", "archive_reason"])
    _record(actor, Event.ARCHIVED, partner, {"archive_reason": ["", reason]}, now)
    indexing.drop(partner)
    return partner


@transaction.atomic
def restore(*, actor: Actor, partner: Partner, now: datetime) -> Partner:
    """Take an archived partner back into the registry."""
    partner = _locked(actor, partner)
    rules.can_restore(partner).require()
    changed = {"archive_reason": [partner.archive_reason, ""]}
    partner.archived_at = None
    partner.archive_reason = ""
    partner.save(update_fields=["archived_at", "archive_reason"])
    _record(actor, Event.RESTORED, partner, changed, now)
    indexing.put(partner)
    return partner


@transaction.atomic
def rest(*, actor: Actor, partner: Partner, until: date, today: date, now: datetime) -> Partner:
    """Ask nothing of the partner up to and including the day."""
    partner = _locked(actor, partner)
    rules.can_rest(partner, until=until, today=today).require()
    return _set_rest(actor, partner, until, now)


@transaction.atomic
def wake(*, actor: Actor, partner: Partner, now: datetime) -> Partner:
    """End the rest: the partner may be asked again."""
    partner = _locked(actor, partner)
    rules.can_edit(partner).require()
    return _set_rest(actor, partner, None, now)


@transaction.atomic
def add_offer(
    *,
    actor: Actor,
    partner: Partner,
    now: datetime,
    once: bool = False,
    **values: Unpack[OfferFields],
) -> Offer:
    """Enter what a partner can give; with `once` the very same that is open already is that one."""
    partner = _locked(actor, partner)
    rules.can_edit(partner).require()
    _require_groups(actor, values)
    offer = Offer(centre_id=actor.centre_id, partner=partner, **values)
    for same in partner.offers.filter(is_open=True, kind=offer.kind).order_by("pk") if once else ():
        if offer_snapshot(same) == offer_snapshot(offer):
            return same
    offer.save(force_insert=True)
    added = {name: [None, value] for name, value in offer_snapshot(offer).items() if value}
    record(actor, Event.OFFER_ADDED, offer, partner_id=partner.pk, changes=added, at=now)
    return offer


@transaction.atomic
def update_offer(
    *, actor: Actor, offer: Offer, now: datetime, taken: int = 0, **values: Unpack[OfferFields]
) -> Offer:
    """Change what a partner can give. `taken` counts its places held by people now."""
    offer, partner = _locked_offer(actor, offer)
    rules.can_edit(partner).require()
    _require_groups(actor, values)
    if "places" in values:
        rules.can_set_places(places=values["places"], taken=taken).require()
    before = offer_snapshot(offer)
    for name, value in values.items():
        setattr(offer, name, value)
    changed = differences(before, offer_snapshot(offer))
    if changed:
        offer.save()
        record(actor, Event.OFFER_UPDATED, offer, partner_id=partner.pk, changes=changed, at=now)
    return offer


@transaction.atomic
def confirm_offer(*, actor: Actor, offer: Offer, today: date, now: datetime) -> Offer:
    """Note that the partner confirmed today what it can give; that was a contact, too."""
    offer, partner = _locked_offer(actor, offer)
    rules.can_confirm(offer, partner).require()
    changed = {"confirmed_on": [plain(offer.confirmed_on), plain(today)]}
    offer.confirmed_on = today
    offer.save(update_fields=["confirmed_on"])
    if partner.last_contact_on is None or partner.last_contact_on < today:
        partner.last_contact_on = today
        partner.save(update_fields=["last_contact_on"])
    record(actor, Event.OFFER_CONFIRMED, offer, partner_id=partner.pk, changes=changed, at=now)
    return offer


@transaction.atomic
def close_offer(*, actor: Actor, offer: Offer, now: datetime) -> Offer:
    """Ask nobody for this offer until it is opened again; people who are there stay."""
    return _set_open(actor, offer, now, is_open=False)


@transaction.atomic
def reopen_offer(*, actor: Actor, offer: Offer, now: datetime) -> Offer:
    """Let a closed offer be asked for again."""
    return _set_open(actor, offer, now, is_open=True)


def _locked(actor: Actor, partner: Partner) -> Partner:
    return Partner.objects.for_actor(actor).select_for_update(of=("self",)).get(pk=partner.pk)


def _locked_offer(actor: Actor, offer: Offer) -> tuple[Offer, Partner]:
    """Lock the partner first, as every action does, then read the offer."""
    partner = Partner.objects.for_actor(actor).select_for_update(of=("self",)).get(offers=offer.pk)
    return Offer.objects.for_actor(actor).get(pk=offer.pk), partner


def _require_known(actor: Actor, values: PartnerFields) -> None:
    """A kind of the centre's own must be one of the actor's centre."""
    if "kind" in values:
        codes.known(CodeList.PARTNER_KIND, values["kind"], actor.centre_id).require()


def _require_groups(actor: Actor, values: OfferFields) -> None:
    for group in values.get("groups", []):
        codes.known(CodeList.TARGET_GROUP, group, actor.centre_id).require()


def _assign(partner: Partner, values: PartnerFields | dict[str, Any]) -> None:
    """Put the facts on the object, and what follows from them: keys, place codes, the point."""
    for name, value in values.items():
        column = COLUMNS.get(name)
        setattr(partner, column or name, (value or None) if column else value)
    if "kind" in values:
        partner.kind, partner.kind_detail = codes.split(values["kind"])
    if "name" in values:
        partner.name = " ".join(thai.normalise(partner.name).split())
        partner.name_key = thai.squeeze(partner.name)[:200]
        partner.sort_key = thai.sort_key(partner.name)[:500]
    if "subdistrict_code" in values and partner.subdistrict_id:
        partner.district_id = partner.subdistrict_id[:4]
    if partner.district_id and values.keys() & set(COLUMNS):
        partner.province_id = partner.district_id[:2]
    if values.keys() & {*COLUMNS, "latitude", "longitude"}:
        _locate(partner, values)


def _locate(partner: Partner, values: PartnerFields | dict[str, Any]) -> None:
    """Own coordinates, else the tambon's, else the district's, else none."""
    if values.get("latitude") is not None and values.get("longitude") is not None:
        partner.point_source = "own"
        return
    asked = "latitude" in values or "longitude" in values
    if partner.point_source == "own" and not asked:
        return
    point = places.point_of(
        subdistrict_code=partner.subdistrict_id, district_code=partner.district_id
    )
    partner.latitude, partner.longitude, partner.point_source = point or (None, None, "")


def _write_people(
    partner: Partner, contacts: Iterable[ContactValues], phones: Iterable[PhoneNumber]
) -> None:
    made: list[tuple[Contact | None, PhoneNumber]] = [(None, number) for number in phones]
    for values in contacts:
        contact = Contact.objects.create(
            centre_id=partner.centre_id,
            partner=partner,
            name=values.name,
            position=values.position,
            line_id=values.line_id,
        )
        made += [(contact, number) for number in values.phones]
    Phone.objects.bulk_create(
        Phone(
            centre_id=partner.centre_id,
            partner=partner,
            contact=contact,
            e164=number.e164,
            extension=number.extension,
            to_confirm=number.to_confirm,
        )
        for contact, number in made
    )


def _replace_people(
    partner: Partner,
    merged: Merge,
    contacts: Sequence[ContactValues] | None,
    phones: Sequence[PhoneNumber] | None,
) -> None:
    if contacts is not None and "contacts" in merged.values:
        partner.contacts.all().delete()
        _write_people(partner, contacts, ())
    if phones is not None and "phones" in merged.values:
        partner.phones.filter(contact=None).delete()
        _write_people(partner, (), phones)


def _record(
    actor: Actor, event: Event, partner: Partner, changed: dict[str, list[Any]], now: datetime
) -> None:
    """Codes and dates in the open, everything that may name a person sealed."""
    record(
        actor,
        event,
        partner,
        partner_id=partner.pk,
        changes={name: pair for name, pair in changed.items() if name in OPEN_FIELDS},
        personal={name: pair for name, pair in changed.items() if name not in OPEN_FIELDS},
        at=now,
    )


def _set_rest(actor: Actor, partner: Partner, until: date | None, now: datetime) -> Partner:
    changed = {"resting_until": [plain(partner.resting_until), plain(until)]}
    partner.resting_until = until
    partner.save(update_fields=["resting_until"])
    event = Event.RESTED if until else Event.WOKEN
    record(actor, event, partner, partner_id=partner.pk, changes=changed, at=now)
    return partner


def _set_open(actor: Actor, offer: Offer, now: datetime, *, is_open: bool) -> Offer:
    offer, partner = _locked_offer(actor, offer)
    rules.can_edit(partner).require()
    if offer.is_open != is_open:
        offer.is_open = is_open
        offer.save(update_fields=["is_open"])
        event = Event.OFFER_REOPENED if is_open else Event.OFFER_CLOSED
        record(actor, event, offer, partner_id=partner.pk, at=now)
    return offer
