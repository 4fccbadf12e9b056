"""What a form, a workbook row or the demo may say about a partner: the shapes actions take."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any, TypedDict

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from saan.kernel.thai.phones import PhoneNumber
    from saan.partners.models import Offer, Partner, Phone


class PartnerFields(TypedDict, total=False):
    """Facts of one partner. `kind` is a full code (`temple.1`), places are official codes.

    Coordinates are WGS 84, both or none.
    """

    name: str
    kind: str
    stage: str
    found_via: str
    found_on: date | None
    found_on_text: str
    address: str
    province_code: str
    district_code: str
    subdistrict_code: str
    latitude: float | None
    longitude: float | None
    note: str
    last_contact_on: date | None


class OfferFields(TypedDict, total=False):
    """Facts of one offer. `places` None: no limit. `groups`: full codes, `features`: codes; empty = all."""

    kind: str
    places: int | None
    sex: str
    min_age: int | None
    max_age: int | None
    groups: list[str]
    features: list[str]
    needs_id_card: bool
    wage_per_day: int | None
    conditions: str
    confirmed_on: date | None


@dataclass(frozen=True, slots=True)
class ContactValues:
    """A person at the partner, with the numbers that reach them."""

    name: str = ""
    position: str = ""
    line_id: str = ""
    phones: tuple[PhoneNumber, ...] = field(default=())

    def __bool__(self) -> bool:
        return bool(self.name or self.position or self.line_id or self.phones)

    def facts(self) -> dict[str, Any]:
        """As JSON for history and comparison."""
        return {
            "name": self.name,
            "position": self.position,
            "line_id": self.line_id,
            "phones": phone_facts(self.phones),
        }


#: These say nothing about a person and stay readable in history; the others are sealed.
OPEN_FIELDS = (
    "kind",
    "stage",
    "found_via",
    "found_on",
    "province_code",
    "district_code",
    "subdistrict_code",
    "last_contact_on",
)
SEALED_FIELDS = ("name", "found_on_text", "address", "latitude", "longitude", "note")
PARTNER_FIELDS = OPEN_FIELDS + SEALED_FIELDS
OFFER_FIELDS = tuple(OfferFields.__annotations__)
COLUMNS = {
    "province_code": "province_id",
    "district_code": "district_id",
    "subdistrict_code": "subdistrict_id",
}


def snapshot(partner: Partner) -> dict[str, Any]:
    """Every fact of the partner as JSON: what a form was opened with, or history keeps.

    Coordinates count only when they are the partner's own, not its tambon's. `contacts` and
    `phones` hold whom we call there. Two queries.
    """
    facts = {name: plain(getattr(partner, COLUMNS.get(name, name))) for name in PARTNER_FIELDS}
    facts["kind"] = partner.kind_code
    for name in COLUMNS:
        facts[name] = facts[name] or ""
    if partner.point_source != "own":
        facts["latitude"] = facts["longitude"] = None
    return facts | _people(partner)


def phone_facts(phones: Iterable[PhoneNumber | Phone]) -> list[list[Any]]:
    """Numbers as JSON."""
    return [[phone.e164, phone.extension, phone.to_confirm] for phone in phones]


def _people(partner: Partner) -> dict[str, Any]:
    numbers = list(partner.phones.order_by("pk"))
    contacts = [
        ContactValues(contact.name, contact.position, contact.line_id).facts()
        | {"phones": phone_facts(n for n in numbers if n.contact_id == contact.pk)}
        for contact in partner.contacts.order_by("pk")
    ]
    return {
        "contacts": contacts,
        "phones": phone_facts(number for number in numbers if number.contact_id is None),
    }


def offer_snapshot(offer: Offer) -> dict[str, Any]:
    """Every fact of the offer as JSON."""
    return {name: plain(getattr(offer, name)) for name in OFFER_FIELDS}


def plain(value: Any) -> Any:
    """Turn a value into what JSON can hold: dates as `2026-11-22`, codes as text."""
    if hasattr(value, "isoformat"):
        return value.isoformat()
    return str(value) if isinstance(value, str) else value


def differences(before: Mapping[str, Any], after: Mapping[str, Any]) -> dict[str, list[Any]]:
    """{field: [before, after]} of what changed."""
    return {
        name: [before.get(name), value]
        for name, value in after.items()
        if before.get(name) != value
    }
