"""What of a partner can be found by typing. Called by actions, in their transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import translation

from saan.partners.enums import PartnerKind
from saan.partners.models import Partner
from saan.search import index

if TYPE_CHECKING:
    from collections.abc import Iterator

KIND = "partner"
LANGUAGES = ("th", "en")


def put(partner: Partner) -> None:
    """Bring the search entry of the partner up to date."""
    fresh = (
        Partner.objects.select_related("province", "district", "subdistrict")
        .defer("district__shape")
        .get(pk=partner.pk)
    )
    index.put(KIND, fresh.pk, fresh.centre_id, list(texts(fresh)))


def drop(partner: Partner) -> None:
    """Let the partner no longer be found."""
    index.drop(KIND, partner.pk)


def texts(partner: Partner) -> Iterator[str]:
    """Yield name, kind in both languages, places, contacts, numbers as people type them."""
    yield partner.name
    for place in (partner.subdistrict, partner.district, partner.province):
        if place is not None:
            yield place.name_th
    for language in LANGUAGES:
        with translation.override(language):
            yield str(PartnerKind(partner.kind).label)
    yield from partner.contacts.exclude(name="").order_by("pk").values_list("name", flat=True)
    for number in partner.phones.order_by("pk").values_list("e164", flat=True):
        yield number.replace("+66", "0", 1)
