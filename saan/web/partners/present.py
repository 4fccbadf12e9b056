"""What the registry page needs: rows in words, the map, the way out of an empty list."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, replace
from functools import cached_property
from typing import TYPE_CHECKING
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from saan.centres import codes
from saan.centres.enums import CodeList
from saan.centres.permissions import Permission
from saan.centres.queries import centre_of
from saan.kernel import clock
from saan.partners import queries
from saan.partners.queries import PAGE_SIZE, Filters, PartnerRow, RegistryPage, Setting, Summary
from saan.placements.queries import taken_places
from saan.places import queries as places
from saan.web.kit.paging import Slice, number_of
from saan.web.partners.forms import FilterForm
from saan.web.partners.words import district_line, place_name, subdistrict_line

if TYPE_CHECKING:
    from datetime import date

    from django.forms import BoundField

    from saan.kernel.actors import Actor
    from saan.partners.models import Partner, Phone
    from saan.places.queries import DistrictShape, ProvinceMap
    from saan.web.kit.http import Request

#: More dots than this are a fog: then only the counts are drawn.
MOST_DOTS = 400


@dataclass(frozen=True, slots=True)
class Row:
    """One line of the registry."""

    url: str
    name: str
    nearest: bool
    kind: str
    district: str
    subdistrict: str
    free: str
    places: str
    known: bool
    confirmed_on: date | None
    freshness: str
    fresh_days: int
    last_contact_on: date | None
    resting_until: date | None
    phone: Phone | None
    line_url: str


@dataclass(frozen=True, slots=True)
class MapDistrict:
    """One district of the map and of its table twin. `tone`: 0 none, 1 some, 2 more than half the most."""

    code: str
    name: str
    path: str
    x: float
    y: float
    count: int
    tone: int
    url: str
    chosen: bool


@dataclass(frozen=True, slots=True)
class MapDot:
    """One partner on the map."""

    x: float
    y: float
    name: str


@dataclass(frozen=True, slots=True)
class RegistryMap:
    """The province drawn, with partners counted by district. `elsewhere`: outside or unknown."""

    view_box: str
    label: str
    districts: tuple[MapDistrict, ...]
    dots: tuple[MapDot, ...]
    elsewhere: int


class Registry:
    """The registry as one reader sees it now."""

    def __init__(self, request: Request) -> None:
        self.actor = request.actor
        self.setting = setting_of(self.actor)
        self.form = FilterForm(request.GET, province=self.setting.province)
        self.number = number_of(request)
        self.query = request.GET.copy()
        self.filters: Filters = self.form.filters()

    @cached_property
    def summary(self) -> Summary:
        """The registry as a whole."""
        return queries.summary(self.actor, self.setting.province)

    @cached_property
    def found(self) -> RegistryPage:
        """The page of hits."""
        return queries.registry(self.actor, self.filters, self.setting, self.number)

    @cached_property
    def rows(self) -> Slice[Row]:
        """The hits in words."""
        found = self.found
        first = (found.number - 1) * PAGE_SIZE + 1 if found.total else 0
        return Slice(
            rows=[self._row(row) for row in found.rows],
            number=found.number,
            pages=found.pages,
            first=first,
            last=first + len(found.rows) - 1 if found.total else 0,
            total=found.total,
        )

    @cached_property
    def nearest(self) -> str:
        """The nearest name when none is spelt as typed."""
        return self.found.nearest

    @cached_property
    def is_empty(self) -> bool:
        """Whether there is no partner at all."""
        return self.summary.total == 0

    @cached_property
    def district_count(self) -> int:
        """Districts of the own province."""
        return len(self.form.fields["district"].choices) - 1  # type: ignore[attr-defined]

    @property
    def may_edit(self) -> bool:
        """Whether the reader may add partners."""
        return self.actor.may(Permission.PARTNER_EDIT)

    @property
    def may_import(self) -> bool:
        """Whether the reader may import a workbook."""
        return self.actor.may(Permission.PARTNER_IMPORT)

    @property
    def chips(self) -> list[BoundField]:
        """The filters that are chosen from a list."""
        return [self.form[name] for name in ("district", "kind", "accepts", "offers")]

    @property
    def has_chips(self) -> bool:
        """Whether more than the words narrow the registry."""
        return bool(replace(self.filters, text=""))

    @property
    def is_cut(self) -> bool:
        """Whether the search found more than it shows."""
        return bool(self.filters.text) and self.found.total >= queries.SEARCH_LIMIT

    @property
    def cleared(self) -> str:
        """The address of the whole registry, as a list or a map as now."""
        return self._address()

    @property
    def only_search(self) -> str:
        """The address with the words and no chips."""
        return self._address(q=self.filters.text)

    def _address(self, **query: str) -> str:
        if self.form.shows_map:
            query["view"] = "map"
        tail = f"?{urlencode(query)}" if query else ""
        return reverse("partners:list") + tail

    @cached_property
    def map(self) -> RegistryMap:
        """The province with its partners."""
        drawn = places.province_map(self.setting.province)
        everywhere = replace(self.filters, district="")
        counts = queries.by_district(self.actor, everywhere, self.setting)
        most = max(counts.values(), default=0)
        districts = tuple(self._district(shape, counts, most) for shape in drawn.districts)
        dots = queries.points(self.actor, self.filters, self.setting, MOST_DOTS + 1)
        return RegistryMap(
            view_box=drawn.view_box,
            label=_("Partners in %(name)s by district") % {"name": place_name(drawn)},
            districts=districts,
            dots=tuple(_spread(drawn, dots)) if len(dots) <= MOST_DOTS else (),
            elsewhere=sum(counts.values()) - sum(d.count for d in districts),
        )

    def _district(self, shape: DistrictShape, counts: dict[str, int], most: int) -> MapDistrict:
        count = counts.get(shape.code, 0)
        query = self.query.copy()
        query["district"] = shape.code
        query["view"] = "list"
        query.pop("page", None)
        return MapDistrict(
            code=shape.code,
            name=place_name(shape),
            path=shape.path,
            x=shape.x,
            y=shape.y,
            count=count,
            tone=(count > 0) + (2 * count > most),
            url=f"?{query.urlencode()}",
            chosen=shape.code == self.filters.district,
        )

    def _row(self, row: PartnerRow) -> Row:
        return row_of(row, self.setting, nearest=row.partner.name == self.nearest)


def setting_of(actor: Actor) -> Setting:
    """What questions about free places need: two queries."""
    return Setting.of(centre_of(actor), clock.today(), taken_places(actor))


def row_of(row: PartnerRow, setting: Setting, *, nearest: bool = False) -> Row:
    """One line in words."""
    partner, room = row.partner, row.capacity
    free, size = free_words(row)
    return Row(
        url=reverse("partners:detail", args=[partner.pk]),
        name=partner.name,
        nearest=nearest,
        kind=codes.label(CodeList.PARTNER_KIND, partner.kind_code),
        district=district_line(partner, setting.province),
        subdistrict=subdistrict_line(partner),
        free=free,
        places=size,
        known=room.known and free.isdigit(),
        confirmed_on=room.confirmed_on,
        freshness=room.freshness.value if room.places is not None or room.unlimited else "",
        fresh_days=setting.fresh_days,
        last_contact_on=partner.last_contact_on,
        resting_until=partner.resting_until if queries.is_resting(partner, setting.today) else None,
        phone=row.phone,
        line_url=line_url(row.line_id),
    )


def free_words(row: PartnerRow) -> tuple[str, str]:
    """Free places and all places, as far as anybody knows."""
    room = row.capacity
    if room.unlimited:
        return _("no limit"), ""
    if room.places is None:
        return "", ""
    return (str(room.free) if room.free is not None else _("not known"), str(room.places))


def line_url(line_id: str) -> str:
    """Where LINE opens a talk with the contact."""
    return f"https://line.me/R/ti/p/~{line_id}" if line_id else ""


def _spread(drawn: ProvinceMap, partners: list[Partner]) -> list[MapDot]:
    """Partners of one subdistrict share its point: lay them out round it, so that each is seen."""
    dots = []
    seen: Counter[tuple[float, float]] = Counter()
    for partner in partners:
        if partner.latitude is None or partner.longitude is None:
            continue
        x, y = drawn.project(partner.latitude, partner.longitude)
        n = seen[x, y]
        seen[x, y] += 1
        ring, step = (n + 5) // 6, n % 6
        shift_x, shift_y = RING[step] if n else (0, 0)
        dots.append(
            MapDot(round(x + ring * shift_x, 1), round(y + ring * shift_y, 1), partner.name)
        )
    return dots


#: Six directions at the distance of one dot.
RING = ((9, 0), (4.5, 7.8), (-4.5, 7.8), (-9, 0), (-4.5, -7.8), (4.5, -7.8))
