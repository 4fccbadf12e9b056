"""The partners a row is compared with: the whole registry for a file, a few for one row."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

from django.db.models import Q

from saan.centres.codes import base
from saan.partners.enums import RowStatus
from saan.partners.import_same import Known, SameIndex, known_row, numbers_in
from saan.partners.models import ImportRow, Partner, Phone

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from saan.kernel.actors import Actor
    from saan.partners.querysets import PartnerQuerySet

COLUMNS = ("pk", "name", "name_key", "kind", "province_id", "district_id", "subdistrict_id")
MOST_NEIGHBOURS = 200


def registry(actor: Actor) -> SameIndex:
    """Every partner of the centre that is not archived. Two queries."""
    numbers = Phone.objects.for_actor(actor).order_by("partner_id")
    return SameIndex(
        _known(
            Partner.objects.for_actor(actor).active().order_by("pk"),
            numbers.values_list("partner_id", "e164").iterator(chunk_size=2000),
        )
    )


def around(actor: Actor, row: ImportRow, values: dict[str, Any]) -> SameIndex:
    """Those that could be this row: of its name, number or place; and rows before it in its file."""
    partners = Partner.objects.for_actor(actor).active()
    key, numbers = values.get("name_key", ""), values.get("phones", [])
    near = Q(name_key=key) | Q(phones__e164__in=numbers)
    ids = set(partners.filter(near).order_by("pk").values_list("pk", flat=True)[:MOST_NEIGHBOURS])
    if values.get("subdistrict_code"):
        of_place = partners.filter(
            kind=base(values["kind"]), subdistrict_id=values["subdistrict_code"]
        ).order_by("pk")
        ids |= set(of_place.values_list("pk", flat=True)[:MOST_NEIGHBOURS])
    phones = Phone.objects.for_actor(actor).filter(partner_id__in=ids)
    index = SameIndex(
        _known(partners.filter(pk__in=ids).order_by("pk"), phones.values_list("partner_id", "e164"))
    )
    before = ImportRow.objects.for_actor(actor).filter(
        batch_id=row.batch_id, pk__lt=row.pk, partner=None, values__name_key=key
    )
    for other in before.exclude(status=RowStatus.REFUSED).order_by("pk")[:MOST_NEIGHBOURS]:
        index.add(known_row(other.values, sheet=other.sheet, row=other.row))
    return index


def _known(partners: PartnerQuerySet, numbers: Iterable[tuple[int, str]]) -> Iterator[Known]:
    phones: dict[int, list[str]] = defaultdict(list)
    for partner_id, e164 in numbers:
        phones[partner_id].append(e164)
    for pk, name, key, kind, *places in partners.values_list(*COLUMNS).iterator(chunk_size=2000):
        province, district, subdistrict = (code or "" for code in places)
        yield Known(
            name=name,
            key=key,
            kind=kind,
            province=province,
            district=district,
            subdistrict=subdistrict,
            phones=frozenset(phones.get(pk, ())),
            partner_id=pk,
            numbers=numbers_in(key),
        )
