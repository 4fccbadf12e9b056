"""Many new partners at once: what `actions.create` does for one, in a constant number of queries."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils import translation

from saan.audit.centre_keys import CentreSealer
from saan.audit.models import AuditEvent
from saan.audit.record import seal_personal
from saan.centres import codes
from saan.centres.enums import CodeList
from saan.centres.queries import remembered
from saan.kernel.thai import text as thai
from saan.partners.events import Event
from saan.partners.indexing import KIND, LANGUAGES, kind_words
from saan.partners.models import Contact, Offer, Partner, Phone
from saan.partners.values import OPEN_FIELDS
from saan.places import queries as places
from saan.places.names import names
from saan.search import index

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from datetime import datetime

    from saan.kernel.actors import Actor
    from saan.places.queries import LatLon

Values = dict[str, Any]


def create_many(*, actor: Actor, now: datetime, rows: Sequence[Values]) -> list[Partner]:
    """Enter the rows, in their order, with contacts, phones, offers, history and search entry."""
    points = places.points_of(
        [v["subdistrict_code"] for v in rows if v["subdistrict_code"]],
        [v["district_code"] for v in rows if v["district_code"]],
    )
    partners = Partner.objects.bulk_create(_partner(actor, now, v, points) for v in rows)
    pairs = list(zip(partners, rows, strict=True))
    _write_people(pairs)
    Offer.objects.bulk_create(
        Offer(partner=p, centre_id=p.centre_id, **o) for p, o in _offers(pairs)
    )
    sealer = CentreSealer(actor.centre_id)
    AuditEvent.objects.bulk_create(_event(actor, now, p, v, sealer) for p, v in pairs)
    words = _kind_words(actor.centre_id)
    index.put_many(KIND, actor.centre_id, {p.pk: list(_texts(p, v, words)) for p, v in pairs})
    return partners


def _partner(actor: Actor, now: datetime, values: Values, points: dict[str, LatLon]) -> Partner:
    point = points.get(values["subdistrict_code"]) or points.get(values["district_code"])
    latitude, longitude, source = point or (None, None, "")
    return Partner(
        centre_id=actor.centre_id,
        created_at=now,
        name=values["name"],
        name_key=thai.squeeze(values["name"])[:200],
        sort_key=thai.sort_key(values["name"])[:500],
        kind=codes.base(values["kind"]),
        kind_detail=codes.split(values["kind"])[1],
        found_via=values["found_via"],
        found_on=values["found_on"],
        found_on_text=values["found_on_text"],
        address=values["address"],
        province_id=values["province_code"] or None,
        district_id=values["district_code"] or None,
        subdistrict_id=values["subdistrict_code"] or None,
        latitude=latitude,
        longitude=longitude,
        point_source=source,
        note=values["note"],
    )


def has_contact(values: Values) -> bool:
    """Whether the row names somebody to talk to."""
    return bool(values["contact"] or values["position"] or values["line_id"])


def _write_people(pairs: list[tuple[Partner, Values]]) -> None:
    contacts = Contact.objects.bulk_create(
        Contact(
            centre_id=partner.centre_id,
            partner=partner,
            name=values["contact"],
            position=values["position"],
            line_id=values["line_id"],
        )
        for partner, values in pairs
        if has_contact(values)
    )
    of_partner = {contact.partner_id: contact for contact in contacts}
    Phone.objects.bulk_create(
        Phone(
            centre_id=partner.centre_id,
            partner=partner,
            contact=of_partner.get(partner.pk),
            e164=e164,
            extension=extension,
            to_confirm=to_confirm,
        )
        for partner, values in pairs
        for e164, extension, to_confirm in values["phone_numbers"]
    )


def offer_of(values: Values) -> Values | None:
    """What the row says the partner gives. Without a number of places it is kept, but not open."""
    if not (values["is_capacity_stated"] or values["conditions"]):
        return None
    return {
        "kind": values["offer_kind"],
        "places": values["places"],
        "sex": values["sex"],
        "min_age": values["min_age"],
        "max_age": values["max_age"],
        "groups": values["groups"],
        "features": values["features"],
        "needs_id_card": values["needs_id_card"],
        "wage_per_day": values["wage_per_day"],
        "conditions": values["conditions"],
        "is_open": values["is_capacity_stated"],
    }


def _offers(pairs: list[tuple[Partner, Values]]) -> Iterator[tuple[Partner, Values]]:
    for partner, values in pairs:
        offer = offer_of(values)
        if offer is not None:
            yield partner, offer


def _event(
    actor: Actor, now: datetime, partner: Partner, values: Values, sealer: CentreSealer
) -> AuditEvent:
    """As `record` writes it: codes and dates in the open, what may name a person sealed."""
    opened = {name: [None, values[name]] for name in OPEN_FIELDS if values.get(name)}
    told = ("name", "address", "note", "found_on_text", "contact", "position", "line_id")
    sealed = {name: [None, values[name]] for name in told if values.get(name)}
    sealed["phones"] = [None, values["phone_numbers"]]
    return AuditEvent(
        at=now,
        centre_id=actor.centre_id,
        event=Event.CREATED,
        actor_kind=actor.kind,
        actor_id=actor.user_id,
        actor_name=actor.name,
        subject_type=partner._meta.label_lower,
        subject_id=partner.pk,
        partner_id=partner.pk,
        changes=opened,
        sealed=seal_personal(actor.centre_id, None, sealed, sealer),
    )


def _kind_words(centre_id: int) -> dict[str, list[str]]:
    """Every kind of the centre with its words, read once for many partners."""
    with remembered():
        kinds = [one.code for one in codes.values(CodeList.PARTNER_KIND, centre_id)]
        words: dict[str, list[str]] = {kind: [] for kind in kinds}
        for language in LANGUAGES:
            with translation.override(language):
                for kind in kinds:
                    words[kind] += kind_words(kind, centre_id)
    return words


def _texts(partner: Partner, values: Values, words: dict[str, list[str]]) -> Iterator[str]:
    """Yield what `indexing.texts` yields, without asking the database."""
    yield partner.name
    for code in (partner.subdistrict_id, partner.district_id, partner.province_id):
        if code:
            yield names().label(code)
    yield from words[partner.kind_code]
    if values["contact"]:
        yield values["contact"]
    for e164 in values["phones"]:
        yield e164.replace("+66", "0", 1)
