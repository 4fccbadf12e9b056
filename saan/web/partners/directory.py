"""The registry on paper and as a file."""

from __future__ import annotations

from dataclasses import dataclass
from itertools import groupby
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from saan.centres import codes
from saan.centres.enums import CodeList
from saan.kernel.thai import dates, phones
from saan.outputs.sheets import Sheet
from saan.partners import queries
from saan.web.partners.present import free_words, row_of
from saan.web.partners.words import address_line, district_line

if TYPE_CHECKING:
    from datetime import date

    from saan.outputs.sheets import Cell
    from saan.partners.models import Partner
    from saan.partners.queries import PartnerRow
    from saan.web.partners.present import Registry, Row


@dataclass(frozen=True, slots=True)
class Entry:
    """One partner of the booklet."""

    row: Row
    address: str
    people: tuple[str, ...]
    phones: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Chapter:
    """The partners of one district."""

    title: str
    entries: tuple[Entry, ...]


@dataclass(frozen=True, slots=True)
class Directory:
    """The booklet."""

    day: date
    total: int
    narrowed: bool
    chapters: tuple[Chapter, ...]


def directory(chosen: Registry) -> Directory:
    """Everything that the filters let through, by district."""
    rows = _rows(chosen)
    home = chosen.setting.province
    rows.sort(key=lambda row: row.outside)
    chapters = [
        Chapter(title or _("District not known"), tuple(_entry(row, chosen) for row in group))
        for title, group in groupby(rows, key=lambda row: district_line(row.partner, home))
    ]
    return Directory(chosen.setting.today, len(rows), bool(chosen.filters), tuple(chapters))


def sheet(chosen: Registry) -> Sheet:
    """The same as a table: one line per partner."""
    rows = _rows(chosen)
    return Sheet(
        title=_("Registry"),
        heading=_("Partner registry"),
        notes=(
            _("%(n)d partners, printed %(day)s")
            % {"n": len(rows), "day": dates.long(chosen.setting.today)},
        ),
        columns=(
            _("Name"),
            _("Kind"),
            _("Stage"),
            _("House number, village, road"),
            _("Subdistrict"),
            _("District"),
            _("Province"),
            _("Contact person"),
            _("Telephone"),
            _("LINE ID"),
            _("Offers"),
            _("Free"),
            _("Places"),
            _("Free places confirmed"),
            _("Last contact"),
            _("Note"),
        ),
        rows=tuple(_line(row) for row in rows),
    )


def _rows(chosen: Registry) -> list[PartnerRow]:
    return queries.everything(chosen.actor, chosen.filters, chosen.setting)


def _entry(row: PartnerRow, chosen: Registry) -> Entry:
    partner = row.partner
    return Entry(
        row=row_of(row, chosen.setting),
        address=address_line(partner),
        people=tuple(contact.name for contact in partner.contacts.all() if contact.name),
        phones=tuple(_phones(partner)),
    )


def _line(row: PartnerRow) -> tuple[Cell, ...]:
    partner, room = row.partner, row.capacity
    people = [c for c in partner.contacts.all() if c.name]
    lines = [c.line_id for c in partner.contacts.all() if c.line_id]
    offers = dict.fromkeys(
        offer.get_kind_display() for offer in partner.offers.all() if offer.is_open
    )
    return (
        partner.name,
        codes.label(CodeList.PARTNER_KIND, partner.kind_code),
        partner.get_stage_display(),
        partner.address,
        partner.subdistrict.name_th if partner.subdistrict else "",
        partner.district.name_th if partner.district else "",
        partner.province.name_th if partner.province else "",
        ", ".join(contact.name for contact in people),
        ", ".join(_phones(partner)),
        ", ".join(lines),
        ", ".join(str(kind) for kind in offers),
        room.free if room.free is not None else free_words(row)[0],
        room.places,
        dates.short(room.confirmed_on) if room.confirmed_on else "",
        dates.short(partner.last_contact_on) if partner.last_contact_on else "",
        partner.note,
    )


def _phones(partner: Partner) -> list[str]:
    return [phones.display(phone.e164, phone.extension) for phone in partner.phones.all()]
