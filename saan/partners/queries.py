"""What pages and other domains ask about partners: frozen answers, few queries."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db.models import Count, Q, Sum

from saan.kernel.thai import text as thai
from saan.partners.indexing import KIND
from saan.partners.models import Offer, Partner
from saan.partners.rules import NEW_DAYS, Freshness, freshness
from saan.search import find as search

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence
    from datetime import date

    from saan.centres.models import Centre
    from saan.kernel.actors import Actor
    from saan.partners.models import Contact, Phone
    from saan.partners.querysets import OfferQuerySet, PartnerQuerySet

PAGE_SIZE = 50
#: A search shows at most this many partners; whoever is not among them needs more letters.
SEARCH_LIMIT = 200
SAME_LIMIT = 3


@dataclass(frozen=True, slots=True)
class Filters:
    """What the registry is narrowed to. Empty = everything. `district` is a code."""

    text: str = ""
    district: str = ""
    kind: str = ""
    accepts: str = ""
    offers: str = ""
    free: bool = False
    fresh: bool = False
    outside: bool = False

    def __bool__(self) -> bool:
        return any(getattr(self, name) for name in self.__dataclass_fields__)


@dataclass(frozen=True, slots=True)
class Setting:
    """What a question about free places needs to know from elsewhere.

    `taken`: {offer: places held by people now}, known by `placements`; offers nobody is in may be
    missing. `fresh_days`, `province`: of the centre.
    """

    today: date
    fresh_days: int
    province: str
    taken: Mapping[int, int] = field(default_factory=dict)

    @classmethod
    def of(cls, centre: Centre, today: date, taken: Mapping[int, int] | None = None) -> Setting:
        """As the centre has set it."""
        return cls(today, centre.offer_fresh_days, centre.province_id, taken or {})

    def trusted_since(self) -> date:
        """Words before this day count as unknown."""
        return self.today - timedelta(days=self.fresh_days)


@dataclass(frozen=True, slots=True)
class Capacity:
    """Places of one partner. `free` is None when nobody knows or there is no limit.

    `places` None with `unlimited`: no limit; None without: no open offer.
    """

    places: int | None
    free: int | None
    unlimited: bool
    confirmed_on: date | None
    freshness: Freshness

    @property
    def known(self) -> bool:
        """Whether the word is young enough to be believed."""
        return self.freshness is not Freshness.OLD


@dataclass(frozen=True, slots=True)
class PartnerRow:
    """One line of the registry."""

    partner: Partner
    capacity: Capacity
    outside: bool
    phone: Phone | None
    line_id: str
    spelt: bool = True


@dataclass(frozen=True, slots=True)
class RegistryPage:
    """One page of the registry and what stands above it.

    `free` counts free places among all `total` hits whose word can be trusted; `spelt` is False
    when nothing is written as typed and the likest come first; `nearest` is then the first name,
    if it is the name that is alike and not only its district or contact.
    """

    rows: tuple[PartnerRow, ...]
    total: int
    number: int
    pages: int
    free: int
    spelt: bool
    nearest: str = ""


@dataclass(frozen=True, slots=True)
class Summary:
    """The registry as a whole."""

    total: int
    districts: int
    outside: int


@dataclass(frozen=True, slots=True)
class SamePartner:
    """A partner that may be the one being entered. `reasons`: `name`, `near`, `phone`, `place`."""

    partner: Partner
    reasons: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class PartnerCard:
    """A partner in short, for pages of other areas."""

    partner: Partner
    offers: tuple[Offer, ...]
    contacts: tuple[Contact, ...]
    phones: tuple[Phone, ...]


def registry(actor: Actor, filters: Filters, setting: Setting, page: int = 1) -> RegistryPage:
    """One page of the actor's registry: in Thai order, or nearest name first when searched."""
    found, hits = _matching(actor, filters, setting)
    if filters.text:
        rank = {hit.object_id: n for n, hit in enumerate(hits)}
        keys = sorted(found.values_list("pk", flat=True), key=rank.__getitem__)
        total = len(keys)
    else:
        keys = []
        total = found.count()
    pages = max(1, -(-total // PAGE_SIZE))
    number = min(max(page, 1), pages)
    start = (number - 1) * PAGE_SIZE
    if filters.text:
        some = keys[start : start + PAGE_SIZE]
        by_pk = {
            p.pk: p for p in _with_everything(Partner.objects.for_actor(actor).filter(pk__in=some))
        }
        partners = [by_pk[pk] for pk in some]
    else:
        partners = list(_with_everything(found)[start : start + PAGE_SIZE])
    typed = {hit.object_id for hit in hits if hit.score > search.FUZZY_TOP}
    rows = tuple(_row(p, setting, spelt=not filters.text or p.pk in typed) for p in partners)
    spelt = not filters.text or not rows or any(pk in typed for pk in keys)
    nearest = "" if spelt else _nearest(filters.text, rows[0].partner)
    free = _free_total(actor, found, setting)
    return RegistryPage(rows, total, number, pages, free, spelt, nearest)


def everything(actor: Actor, filters: Filters, setting: Setting) -> list[PartnerRow]:
    """All rows of the filtered registry, by district and then in Thai order: to print or export."""
    found, _ = _matching(actor, filters, setting)
    ordered = _with_everything(found).order_by("province_id", "district_id", "sort_key", "pk")
    return [_row(partner, setting) for partner in ordered]


def summary(actor: Actor, province: str) -> Summary:
    """How many partners, in how many districts of the own province, how many outside it."""
    counted = (
        Partner.objects.for_actor(actor)
        .active()
        .order_by()
        .aggregate(
            total=Count("pk"),
            districts=Count("district", distinct=True, filter=Q(province=province)),
            outside=Count("pk", filter=~Q(province=province) & Q(province__isnull=False)),
        )
    )
    return Summary(**counted)


def by_district(actor: Actor, filters: Filters, setting: Setting) -> dict[str, int]:
    """{district code: filtered partners there}; "" for those whose district is not known."""
    found, _ = _matching(actor, filters, setting)
    counted = found.order_by().values_list("district_id").annotate(n=Count("pk"))
    return {code or "": n for code, n in counted}


def points(actor: Actor, filters: Filters, setting: Setting, limit: int = 400) -> list[Partner]:
    """Filtered partners of the own province that have a point, at most `limit`, for the map."""
    found, _ = _matching(actor, filters, setting)
    there = found.filter(province=setting.province, latitude__isnull=False)
    return list(there.only("pk", "name", "latitude", "longitude", "kind")[:limit])


def capacity(offers: Iterable[Offer], setting: Setting, *, resting: bool = False) -> Capacity:
    """Add up the open offers of one partner. Words too old count as unknown, not as free."""
    counted = [offer for offer in offers if offer.is_open and not resting]
    confirmed = max((o.confirmed_on for o in counted if o.confirmed_on), default=None)
    fresh = freshness(confirmed, today=setting.today, fresh_days=setting.fresh_days)
    trusted = [o for o in counted if o.confirmed_on and o.confirmed_on >= setting.trusted_since()]
    unlimited = any(offer.places is None for offer in counted)
    free = sum(
        max(0, o.places - setting.taken.get(o.pk, 0)) for o in trusted if o.places is not None
    )
    return Capacity(
        places=None if unlimited or not counted else sum(o.places or 0 for o in counted),
        free=free if trusted and not unlimited else None,
        unlimited=unlimited,
        confirmed_on=confirmed,
        freshness=fresh,
    )


def partner_card(actor: Actor, partner_id: int) -> PartnerCard | None:
    """A partner with its offers and everybody to call, also when archived; None: not of the actor."""
    found = _with_everything(Partner.objects.for_actor(actor).filter(pk=partner_id)).first()
    return None if found is None else _card(found)


def find_by_text(actor: Actor, text: str, limit: int = 50) -> list[Partner]:
    """Partners that the typed text may mean, best first."""
    hits = search.find(KIND, actor.centre_id, text, limit=limit)
    own = Partner.objects.for_actor(actor).active()
    by_pk = _placed(own).in_bulk([hit.object_id for hit in hits])
    return [by_pk[hit.object_id] for hit in hits if hit.object_id in by_pk]


def possible_same(
    actor: Actor,
    *,
    name: str,
    phones: Sequence[str] = (),
    district_code: str = "",
    besides: int | None = None,
) -> list[SamePartner]:
    """Who in the registry may be this one: the same squeezed name, a number, or a near name there.

    `phones` as E.164. A name that is only near counts when the district agrees or is not given.
    """
    reasons: dict[int, list[str]] = {}
    own = Partner.objects.for_actor(actor).active()
    if besides is not None:
        own = own.exclude(pk=besides)
    key = thai.squeeze(name)
    if key:
        for pk in own.filter(name_key=key).values_list("pk", flat=True)[:SAME_LIMIT]:
            reasons.setdefault(pk, []).append("name")
    if phones:
        called = own.filter(phones__e164__in=list(phones)).values_list("pk", flat=True)
        for pk in called.distinct()[:SAME_LIMIT]:
            reasons.setdefault(pk, []).append("phone")
    near = (
        [hit.object_id for hit in search.find(KIND, actor.centre_id, name, limit=5)] if key else []
    )
    partners = {p.pk: p for p in _placed(own.filter(pk__in={*reasons, *near}))}
    for pk in near:
        _note_near(reasons, partners.get(pk), key, district_code)
    return [
        SamePartner(partners[pk], tuple(reasons[pk]))
        for pk in list(reasons)[:SAME_LIMIT]
        if pk in partners
    ]


def _note_near(
    reasons: dict[int, list[str]], partner: Partner | None, key: str, district_code: str
) -> None:
    if partner is None:
        return
    here = bool(district_code) and partner.district_id == district_code
    known = reasons.get(partner.pk)
    if known is None and (here or not district_code) and alike(partner.name_key, key):
        known = reasons.setdefault(partner.pk, ["near"])
    if known is not None and here:
        known.append("place")


def _nearest(text: str, partner: Partner) -> str:
    from rapidfuzz.fuzz import partial_ratio  # late: only while somebody searches

    return partner.name if partial_ratio(thai.squeeze(text), partner.name_key) >= 60 else ""


def alike(one: str, other: str) -> bool:
    """Whether two squeezed names differ by a slip of the finger, not by a word."""
    from rapidfuzz.fuzz import ratio  # late: only while somebody types a name

    return bool(ratio(one, other) >= 85)


def _matching(
    actor: Actor, filters: Filters, setting: Setting
) -> tuple[PartnerQuerySet, list[search.Hit]]:
    found = Partner.objects.for_actor(actor).active()
    hits: list[search.Hit] = []
    if filters.text:
        hits = search.find(KIND, actor.centre_id, filters.text, limit=SEARCH_LIMIT)
        found = found.filter(pk__in=[hit.object_id for hit in hits])
    if filters.district:
        found = found.filter(district=filters.district)
    if filters.kind:
        found = found.of_kind(filters.kind)
    if filters.outside:
        found = found.outside(setting.province)
    offers = _offers_asked_for(actor, filters, setting)
    if offers is not None:
        found = found.filter(pk__in=offers.values("partner"))
    return found, hits


def _offers_asked_for(actor: Actor, filters: Filters, setting: Setting) -> OfferQuerySet | None:
    """One offer must satisfy all that is asked of offers; None when nothing is."""
    if not (filters.accepts or filters.offers or filters.free or filters.fresh):
        return None
    offers = Offer.objects.for_actor(actor).open_on(setting.today).order_by()
    if filters.offers:
        offers = offers.filter(kind=filters.offers)
    if filters.accepts:
        offers = offers.accepting(filters.accepts)
    if filters.fresh:
        offers = offers.confirmed_since(setting.today - timedelta(days=NEW_DAYS))
    if filters.free:
        offers = offers.confirmed_since(setting.trusted_since()).free(_full(actor, setting))
    return offers


def _full(actor: Actor, setting: Setting) -> list[int]:
    held = Offer.objects.for_actor(actor).filter(pk__in=setting.taken, places__isnull=False)
    sizes = held.order_by().values_list("pk", "places")
    return [pk for pk, places in sizes if places is not None and places <= setting.taken[pk]]


def _free_total(actor: Actor, found: PartnerQuerySet, setting: Setting) -> int:
    """Free places among all hits, where the word can be trusted and there is a limit."""
    offers = (
        Offer.objects.for_actor(actor)
        .open_on(setting.today)
        .confirmed_since(setting.trusted_since())
        .filter(places__isnull=False, partner__in=found.order_by())
        .order_by()
    )
    places = offers.aggregate(n=Sum("places"))["n"] or 0
    held = offers.filter(pk__in=setting.taken).values_list("pk", "places")
    return places - sum(min(size or 0, setting.taken[pk]) for pk, size in held)


def _placed(partners: PartnerQuerySet) -> PartnerQuerySet:
    # The shape of a district is large and no line of text needs it.
    return partners.select_related("province", "district", "subdistrict").defer("district__shape")


def _with_everything(partners: PartnerQuerySet) -> PartnerQuerySet:
    return _placed(partners).prefetch_related("offers", "contacts", "phones")


def _row(partner: Partner, setting: Setting, *, spelt: bool = True) -> PartnerRow:
    phones = partner.phones.all()
    lines = (contact.line_id for contact in partner.contacts.all() if contact.line_id)
    return PartnerRow(
        partner=partner,
        capacity=capacity(
            partner.offers.all(), setting, resting=is_resting(partner, setting.today)
        ),
        outside=bool(partner.province_id) and partner.province_id != setting.province,
        phone=phones[0] if phones else None,
        line_id=next(lines, ""),
        spelt=spelt,
    )


def is_resting(partner: Partner, today: date) -> bool:
    """Whether nothing is asked of the partner now."""
    return partner.resting_until is not None and partner.resting_until >= today


def _card(partner: Partner) -> PartnerCard:
    return PartnerCard(
        partner=partner,
        offers=tuple(partner.offers.all()),
        contacts=tuple(partner.contacts.all()),
        phones=tuple(partner.phones.all()),
    )
