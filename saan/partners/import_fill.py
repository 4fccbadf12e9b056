"""A row about a partner we have: what it adds to empty fields, and taking that back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from saan.audit.record import record
from saan.kernel.thai.phones import PhoneNumber
from saan.partners import actions, import_bulk
from saan.partners.import_events import ImportEvent
from saan.partners.models import Offer, Partner
from saan.partners.values import ContactValues

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    from saan.kernel.actors import Actor
    from saan.partners.import_bulk import Values

PLAIN = ("address", "found_via", "found_on")
PLACE = ("province_code", "district_code", "subdistrict_code")


def missing(partner: Partner, values: Values) -> dict[str, Any]:
    """{field: value} of what the row knows and the partner lacks.

    The partner's `contacts`, `phones` and `offers` should be prefetched.
    """
    found = {name: values[name] for name in PLAIN if values[name] and not getattr(partner, name)}
    if not partner.subdistrict_id and values["subdistrict_code"]:
        agrees = partner.district_id in (None, values["district_code"])
        if agrees:
            found |= {name: values[name] for name in PLACE}
    elif not partner.district_id and values["district_code"]:
        found |= {name: values[name] for name in PLACE if values[name]}
    if values["phone_numbers"] and not partner.phones.all():
        found["phones"] = values["phone_numbers"]
    if import_bulk.has_contact(values) and not partner.contacts.all():
        found["contact"] = {n: values[n] for n in ("contact", "position", "line_id")}
    offer = import_bulk.offer_of(values)
    if offer and offer["is_open"] and (stated := _offer_to_fill(partner, offer)):
        found["offer"] = stated
    return found


def _offer_to_fill(partner: Partner, offer: Values) -> dict[str, Any] | None:
    """A new offer when there is none; the number of places for one that waits for it."""
    offers = list(partner.offers.all())
    if not offers:
        return {"add": offer}
    waiting = [o for o in offers if not o.is_open and o.places is None and o.kind == offer["kind"]]
    return {"open": waiting[0].pk, "places": offer["places"]} if waiting else None


def fill(*, actor: Actor, partner: Partner, values: Values, now: datetime) -> dict[str, Any]:
    """Write what is missing. Returns what `take_back` needs, {} when nothing was missing."""
    found = missing(partner, values)
    if not found:
        return {}
    done: dict[str, Any] = {"fields": {}}
    fields = {name: value for name, value in found.items() if name in (*PLAIN, *PLACE)}
    if fields:
        before = {n: getattr(partner, n.replace("_code", "_id")) or "" for n in fields}
        done["fields"] = {n: [_json(before[n]), _json(v)] for n, v in fields.items()}
        actions.update(actor=actor, partner=partner, now=now, **fields)
    numbers = tuple(PhoneNumber(*number) for number in found.get("phones", []))
    if "contact" in found:
        who = found["contact"]
        contact = ContactValues(who["contact"], who["position"], who["line_id"], numbers)
        actions.update(actor=actor, partner=partner, now=now, contacts=[contact])
        done["contacts"] = True
    elif numbers:
        actions.update(actor=actor, partner=partner, now=now, phones=numbers)
        done["phones"] = True
    if "offer" in found:
        done["offer"] = _fill_offer(actor, partner, found["offer"], now)
    record(actor, ImportEvent.PARTNER_FILLED, partner, partner_id=partner.pk, at=now)
    return done


def _json(value: Any) -> Any:
    return value.isoformat() if hasattr(value, "isoformat") else value


def _fill_offer(
    actor: Actor, partner: Partner, offer: Mapping[str, Any], now: datetime
) -> dict[str, int]:
    if "add" in offer:
        fields = {name: value for name, value in offer["add"].items() if name != "is_open"}
        made = actions.add_offer(actor=actor, partner=partner, now=now, **fields)
        return {"added": made.pk}
    waiting = Offer.objects.for_actor(actor).get(pk=offer["open"])
    actions.update_offer(actor=actor, offer=waiting, now=now, places=offer["places"])
    actions.reopen_offer(actor=actor, offer=waiting, now=now)
    return {"opened": waiting.pk}


def take_back(*, actor: Actor, partner: Partner, done: Mapping[str, Any], now: datetime) -> None:
    """Empty again what `fill` wrote; nobody has touched the partner since."""
    fields: dict[str, Any] = {name: pair[0] for name, pair in done.get("fields", {}).items()}
    if "found_on" in fields:
        fields["found_on"] = None
    if fields:
        actions.update(actor=actor, partner=partner, now=now, **fields)
    if done.get("contacts"):
        actions.update(actor=actor, partner=partner, now=now, contacts=[])
    if done.get("phones"):
        actions.update(actor=actor, partner=partner, now=now, phones=[])
    offer = done.get("offer", {})
    if "added" in offer:
        Offer.objects.for_actor(actor).filter(pk=offer["added"]).delete()
    if "opened" in offer:
        opened = Offer.objects.for_actor(actor).get(pk=offer["opened"])
        actions.close_offer(actor=actor, offer=opened, now=now)
        actions.update_offer(actor=actor, offer=opened, now=now, places=None)
    record(actor, ImportEvent.PARTNER_EMPTIED, partner, partner_id=partner.pk, at=now)
