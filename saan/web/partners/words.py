"""Names of places as this page's reader reads them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

from django.utils.translation import get_language, pgettext

if TYPE_CHECKING:
    from saan.partners.models import Partner


class Named(Protocol):
    """A place with its two names."""

    @property
    def name_th(self) -> str:
        """In Thai."""

    @property
    def name_en(self) -> str:
        """In English."""


def place_name(place: Named | None) -> str:
    """The name in the language of the page."""
    if place is None:
        return ""
    return place.name_en if get_language() == "en" else place.name_th


def district_line(partner: Partner, own_province: str) -> str:
    """The district; outside the own province with the province's name."""
    district = place_name(partner.district)
    if partner.province_id is None or partner.province_id == own_province:
        return district
    province = pgettext("short", "%(name)s Province") % {"name": place_name(partner.province)}
    return f"{district} {province}".strip()


def subdistrict_line(partner: Partner) -> str:
    """The subdistrict with the word for it."""
    name = place_name(partner.subdistrict)
    return pgettext("short", "%(name)s Subdistrict") % {"name": name} if name else ""


def address_line(partner: Partner) -> str:
    """The whole address in one line."""
    district = place_name(partner.district)
    province = place_name(partner.province)
    parts = [
        partner.address,
        subdistrict_line(partner),
        pgettext("short", "%(name)s District") % {"name": district} if district else "",
        pgettext("short", "%(name)s Province") % {"name": province} if province else "",
    ]
    return " ".join(part for part in parts if part)
