"""What of a partner can be found by typing. Called by actions, in their transaction."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils import translation

from saan.centres import codes
from saan.centres.enums import CodeList
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
            yield from kind_words(partner.kind_code, partner.centre_id)
    yield from partner.contacts.exclude(name="").order_by("pk").values_list("name", flat=True)
    for number in partner.phones.order_by("pk").values_list("e164", flat=True):
        yield number.replace("+66", "0", 1)


def kind_words(code: str, centre_id: int) -> Iterator[str]:
    """Yield the centre's word for a kind and the built-in one it counts as, in the language now."""
    word = codes.label(CodeList.PARTNER_KIND, code, centre_id)
    built_in = str(codes.builtin(CodeList.PARTNER_KIND)(codes.base(code)).label)
    yield word
    if built_in != word:
        yield built_in
