"""From the text of one cell to a value, with what is doubtful about it. Pure.

A doubt that `blocks` waits for the officer; any other is only said. `options` are choices that
would settle it, the best first: `{"phones": "confirm"}` is merged into the row's choices.
"""

from __future__ import annotations

import re
from dataclasses import asdict, dataclass
from dataclasses import field as made
from datetime import date, timedelta
from typing import Any

from saan.kernel.thai.dates import BadDate, parse
from saan.kernel.thai.digits import to_arabic
from saan.kernel.thai.names import split_title
from saan.kernel.thai.phones import BadPhone, PhoneNumber, parse_all
from saan.partners import vocabulary as words
from saan.partners.enums import Channel, Feature, OfferKind, PartnerKind

EXCEL_EPOCH = date(1899, 12, 30)
EXCEL_SERIALS = range(30_000, 65_000)
MOST_PLACES = 1_000
#: What a faulty formula shows; see workbook_faults.
FORMULA_ERRORS = ("#REF!", "#N/A", "#VALUE!", "#NAME?", "#DIV/0!", "#NULL!", "#NUM!", "=", "#")
_NOT_TEMPLE = re.compile(re.escape(words.NOT_A_TEMPLE))
_NUMBER = re.compile(r"\d+")


@dataclass(slots=True)
class Problem:
    """One doubt about one field; the words for it are in import_words."""

    field: str
    code: str
    value: str = ""
    params: dict[str, Any] = made(default_factory=dict)
    options: list[dict[str, Any]] = made(default_factory=list)
    blocks: bool = True

    @property
    def is_certain(self) -> bool:
        """Whether one suggestion stands out, so that it may be taken for many rows at once."""
        return self.blocks and bool(self.params.get("certain"))

    def as_json(self) -> dict[str, Any]:
        """For the row."""
        return asdict(self)


def meant(text: str) -> str:
    """The text, or nothing when the cell only says that there is nothing."""
    text = " ".join(text.split())
    return "" if text.lower() in words.NOTHING else text


def is_formula_error(text: str) -> bool:
    """Whether a formula stands here that has no value."""
    return text.strip() in FORMULA_ERRORS


def kind(text: str, name: str) -> tuple[str, list[Problem]]:
    """The kind of partner: as written, made more exact or guessed by the name."""
    by_name = _kind_by_name(name)
    text = meant(text)
    written = _first(_NOT_TEMPLE.sub("", text.lower()), words.KINDS)
    if text.lower() in words.BROAD_KINDS:
        written = by_name
    if written in words.REFINED_BY_NAME and by_name:
        written = by_name
    if written:
        return str(written), []
    if not text and by_name:
        return str(by_name), [Problem("kind", "guessed", params={"kind": by_name}, blocks=False)]
    options = [{"kind": str(by_name)}] if by_name else []
    return "", [Problem("kind", "unknown" if text else "missing", text, options=options)]


def _kind_by_name(name: str) -> PartnerKind | None:
    for word, found in words.NAME_KINDS:
        if name.startswith(word):
            return found
    if split_title(name)[0]:
        return PartnerKind.INDIVIDUAL
    inside: PartnerKind | None = _first(
        _NOT_TEMPLE.sub("", name), words.NAME_KINDS[len(words.KINDS) :]
    )
    return inside


def _first(text: str, table: tuple[tuple[str, Any], ...]) -> Any:
    return next((found for word, found in table if word in text), None)


def phones(text: str, *, confirmed: bool) -> tuple[list[PhoneNumber], list[Problem]]:
    """Every number of the cell; lost zeros are put back, to be confirmed."""
    try:
        found = parse_all(text)
    except BadPhone as bad:
        why = {"reason": bad.reason}
        return [], [Problem("phones", "unreadable", text, why, [{"empty_phones": True}])]
    if confirmed:
        return [PhoneNumber(n.e164, n.extension) for n in found], []
    doubtful = [n for n in found if n.to_confirm]
    if not doubtful:
        return found, []
    digits = re.sub(r"\D", "", to_arabic(text))
    is_lost_zero = all(n.e164.removeprefix("+66") in digits for n in doubtful)
    code = "lost_zero" if is_lost_zero and "-" not in text else "to_confirm"
    params: dict[str, Any] = {"numbers": [[n.e164, n.extension] for n in found], "certain": True}
    return found, [Problem("phones", code, text, params, [{"phones": "confirm"}])]


@dataclass(slots=True)
class Capacity:
    """`places` None with `is_stated`: no limit. `for_family`: a family together is one place."""

    places: int | None = None
    is_stated: bool = False
    for_family: bool = False


def capacity(text: str) -> tuple[Capacity, list[Problem]]:
    """How many at once. Of "2-3" the smaller; "no limit" is None."""
    text = meant(to_arabic(text))
    if not text:
        return Capacity(), []
    if any(word in text.lower() for word in words.UNLIMITED):
        return Capacity(None, is_stated=True), []
    numbers = [int(n) for n in _NUMBER.findall(text.replace(",", ""))[:9]]
    for_family = words.FAMILY in text
    if not numbers and not for_family:
        return Capacity(), [Problem("places", "in_words", text, blocks=False)]
    first = numbers[0] if numbers else 1
    if first > MOST_PLACES:
        return Capacity(), [Problem("places", "too_many", text, options=[{"places": None}])]
    if for_family:
        note = Problem("places", "family", text, {"places": first}, blocks=False)
        return Capacity(first, is_stated=True, for_family=True), [note]
    if re.fullmatch(words.FROM_TO, text):
        lower = min(numbers)
        note = Problem("places", "range", text, {"places": lower}, blocks=False)
        return Capacity(lower, is_stated=True), [note]
    if len(numbers) > 1:
        return Capacity(), [Problem("places", "unclear", text, options=[{"places": sum(numbers)}])]
    return Capacity(first, is_stated=True), []


@dataclass(slots=True)
class Day:
    """`day` when it is exact; `text` what the file says when it is not."""

    day: date | None = None
    text: str = ""


def found_on(text: str, *, today: date) -> tuple[Day, list[Problem]]:
    """When the partner was found. A wrong date is never corrected: it stays as text."""
    text = meant(text)
    if not text:
        return Day(), []
    if text.isascii() and text.isdigit() and int(text) in EXCEL_SERIALS:
        day = EXCEL_EPOCH + timedelta(days=int(text))
        return Day(day), [
            Problem("found_on", "serial", text, {"day": day.isoformat()}, blocks=False)
        ]
    leave = [{"empty_found_on": True}]
    try:
        read = parse(text)
    except BadDate as bad:
        params: dict[str, Any] = {"reason": bad.reason, "certain": True}
        return Day(None, text[:40]), [Problem("found_on", "impossible", text, params, leave)]
    if read.day is None:
        return Day(None, text[:40]), [Problem("found_on", "partial", text, blocks=False)]
    if read.day > today:
        return Day(None, text[:40]), [Problem("found_on", "future", text, options=leave)]
    return Day(read.day), []


def channel(text: str) -> tuple[str, list[Problem]]:
    """How the partner was found; unknown words are kept in the note."""
    text = meant(text)
    if not text:
        return "", []
    found = _first(text.lower(), words.CHANNELS)
    if found:
        return str(found), []
    return str(Channel.OTHER), [Problem("found_via", "other", text, blocks=False)]


@dataclass(slots=True)
class Acceptance:
    """Who is taken and what the place has, as far as the words are known."""

    groups: list[str] = made(default_factory=list)
    sex: str = ""
    min_age: int | None = None
    max_age: int | None = None
    features: list[str] = made(default_factory=list)
    needs_id_card: bool = False
    wage_per_day: int | None = None
    offer_kind: str = ""


def acceptance(groups_text: str, note: str, kind_code: str) -> Acceptance:
    """Read who is accepted from one cell, features and wage also from the note."""
    text, both = to_arabic(groups_text), to_arabic(f"{groups_text} {note}")
    found = Acceptance(groups=_groups(text), sex=_sex(text))
    found.min_age, found.max_age = _ages(text)
    found.needs_id_card = any(word in both for word in words.NEEDS_ID_CARD)
    found.features = list(dict.fromkeys(str(f) for word, f in words.FEATURES if word in both))
    if Feature.NO_ID_NEEDED in found.features:
        found.needs_id_card = False
    wage = re.search(words.WAGE, both)
    found.wage_per_day = int(wage.group(1)) if wage else None
    usual = words.USUAL_OFFER.get(PartnerKind(kind_code)) if kind_code else None
    found.offer_kind = str(_first(both, words.OFFERS) or usual or OfferKind.RESIDENCE)
    if found.offer_kind != OfferKind.WORK:
        found.wage_per_day = None
    return found


def _groups(text: str) -> list[str]:
    if any(word in text for word in words.ALL_GROUPS):
        return []
    found: list[str] = []
    for word, groups in words.GROUPS:
        if word in text:
            text = text.replace(word, " ")
            found += [str(group) for group in groups]
    return list(dict.fromkeys(found))


def _sex(text: str) -> str:
    close = "".join(text.split())
    if any(word in close for word in words.ANY_SEX):
        return ""
    male = any(word in text for word in words.MALE)
    female = any(word in text for word in words.FEMALE)
    if male == female:
        return ""
    return "male" if male else "female"


def _ages(text: str) -> tuple[int | None, int | None]:
    if between := re.search(words.AGE_RANGE, text):
        ages = sorted((int(between.group(1)), int(between.group(2))))
        return ages[0], ages[1]
    low, high = re.search(words.AGE_FROM, text), re.search(words.AGE_TO, text)
    lowest = int(low.group(1) or low.group(2)) if low else None
    highest = int(high.group(1)) if high else None
    if lowest is not None and highest is not None and lowest > highest:
        return None, None
    return lowest, highest
