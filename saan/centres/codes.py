"""The eight code lists as a centre uses them: its words, its order, its days, its own finer codes.

The built-in codes are enumerations of the domains; `CodeEntry` rows lie over them. A code of the
centre's own is `base.n` (`temple.1`) and counts wherever `temple` counts: columns keep the base,
rules compare bases. Domains above `centres` bring their enumerations in when Django is ready.

Words are those of the centre we act for (`kernel.scope`); `centre_id` names another border's.
"""

from __future__ import annotations

import json
from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.db.models import Count, TextField
from django.db.models.functions import Cast
from django.utils.translation import get_language, gettext_lazy
from django.utils.translation import gettext as _

from saan.centres.enums import CodeList, TargetGroup
from saan.centres.queries import code_entries
from saan.kernel import scope
from saan.kernel.decisions import ALLOWED, Decision

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterable
    from datetime import date

    from django.db.models import QuerySet, TextChoices
    from django.utils.functional import Promise

    from saan.centres.models import CodeEntry
    from saan.kernel.actors import Actor

DOT = "."
NO_MORE = gettext_lazy("%(label)s (no longer used)")

_BUILT_IN: dict[str, type[TextChoices]] = {CodeList.TARGET_GROUP: TargetGroup}
_NEEDED: dict[str, dict[str, Promise | str]] = {}
_COUNTERS: dict[str, list[Callable[[Actor], Counter[str]]]] = {}


def register(which: CodeList, words: type[TextChoices]) -> None:
    """Bring in the built-in codes of a list."""
    _BUILT_IN[which] = words


def need(which: CodeList, codes: Iterable[str], why: Promise | str) -> None:
    """Say which codes the product itself writes or asks for: they stay, and why."""
    _NEEDED.setdefault(which, {}).update({str(code): why for code in codes})


def count_by(which: CodeList, counter: Callable[[Actor], Counter[str]]) -> None:
    """Add a way to count how many records hold each full code."""
    _COUNTERS.setdefault(which, []).append(counter)


def uses(actor: Actor, which: str) -> Counter[str]:
    """How many records of the actor's centre hold each full code now."""
    total: Counter[str] = Counter()
    for counter in _COUNTERS.get(which, []):
        total += counter(actor)
    return total


def base(code: str) -> str:
    """The built-in code that a full code counts as: `temple` for `temple.1`."""
    return code.partition(DOT)[0]


def split(code: str) -> tuple[str, str]:
    """What the two columns hold: the base, and the full code where it is the centre's own."""
    return base(code), code if DOT in code else ""


def builtin(which: str) -> type[TextChoices]:
    """The enumeration below a list."""
    return _BUILT_IN[which]


def in_columns(rows: QuerySet[Any], column: str, detail: str) -> Counter[str]:
    """Count rows by the full code of a pair of columns; one query."""
    counted = rows.order_by().values_list(column, detail).annotate(n=Count("pk"))
    found: Counter[str] = Counter()
    for code, full, number in counted:
        if code:
            found[full or code] += number
    return found


def in_lists(rows: QuerySet[Any], column: str) -> Counter[str]:
    """Count rows by the codes in a column that holds several; one query."""
    texts = rows.order_by().annotate(codes_text=Cast(column, TextField()))
    found: Counter[str] = Counter()
    for text, number in texts.values_list("codes_text").annotate(n=Count("pk")):
        for code in json.loads(text or "[]"):
            found[code] += number
    return found


@dataclass(frozen=True, slots=True)
class Value:
    """One value of a list at a centre. Empty labels of a built-in one mean: as it comes."""

    list: str
    code: str
    label_th: str
    label_en: str
    position: int | None
    valid_from: date | None
    valid_to: date | None
    why_needed: str = ""

    @property
    def base(self) -> str:
        """The built-in code it counts as."""
        return base(self.code)

    @property
    def is_own(self) -> bool:
        """Whether the centre made it."""
        return DOT in self.code

    @property
    def is_changed(self) -> bool:
        """Whether a built-in value is not as it comes (its place in the order aside)."""
        return bool(self.label_th or self.label_en or self.valid_from or self.valid_to)

    def facts(self) -> dict[str, str | None]:
        """What a form is opened with, as JSON."""
        return {
            "label_th": self.label_th,
            "label_en": self.label_en,
            "valid_from": self.valid_from.isoformat() if self.valid_from else None,
            "valid_to": self.valid_to.isoformat() if self.valid_to else None,
        }

    def is_current(self, day: date) -> bool:
        """Whether it may be chosen on the day (Bangkok's)."""
        begun = self.valid_from is None or self.valid_from <= day
        return begun and (self.valid_to is None or day <= self.valid_to)


def label(which: str, code: str, centre_id: int | None = None) -> str:
    """The centre's word for a full code; a code that is not known any more keeps its base's."""
    if not code:
        return ""
    entry = _overlay(which, centre_id).get(code)
    if entry is not None and (word := _word(entry)):
        return word
    if DOT in code:
        return label(which, base(code), centre_id)
    words = _BUILT_IN[which]
    return str(words(code).label) if code in words.values else code


def labels(which: str, codes: Iterable[str], centre_id: int | None = None) -> str:
    """Several codes in words, with commas."""
    return ", ".join(label(which, code, centre_id) for code in codes if code)


def values(which: str, centre_id: int | None = None) -> list[Value]:
    """Every value of a list, retired ones too, in the centre's order; own ones after their base."""
    overlay = _overlay(which, centre_id)
    codes = list(_BUILT_IN[which].values)
    places: dict[str, tuple[int, int]] = {}
    for at, code in enumerate(codes):
        entry = overlay.get(code)
        # One that came with an update stands behind those that were put in order.
        set_at = entry.position if entry is not None else None
        places[code] = (set_at if set_at is not None else 1000 + at, 0)
    for code, entry in overlay.items():
        if DOT in code and base(code) in places:
            number = int(code.partition(DOT)[2])
            own = (entry.position, 0) if entry.position is not None else None
            places[code] = own or (places[base(code)][0], number)
    return [
        _value(which, code, overlay.get(code)) for code in sorted(places, key=places.__getitem__)
    ]


def value(which: str, code: str, centre_id: int | None = None) -> Value | None:
    """One value of a list; None when the list has no such code."""
    return next((one for one in values(which, centre_id) if one.code == code), None)


def choices(
    which: str,
    day: date,
    *,
    keep: Collection[str] = (),
    only: Collection[str] | None = None,
    but: Collection[str] = (),
    centre_id: int | None = None,
) -> list[tuple[str, str]]:
    """What may be chosen on the day, in order, and what a record holds already (`keep`).

    `only` and `but` name bases.
    """
    found = []
    for one in values(which, centre_id):
        if (only is not None and one.base not in only) or one.base in but:
            continue
        word = label(which, one.code, centre_id)
        if one.is_current(day):
            found.append((one.code, word))
        elif one.code in keep:
            found.append((one.code, str(NO_MORE) % {"label": word}))
    known = {code for code, _word_ in found}
    lost = [code for code in keep if code and code not in known]
    return [*found, *((code, label(which, code, centre_id)) for code in lost)]


def search_choices(which: str, day: date) -> list[tuple[str, str]]:
    """What records may be looked for: retired values too, since old records hold them."""
    return choices(which, day, keep=[one.code for one in values(which)])


def spoken(which: str, day: date, centre_id: int) -> dict[str, str]:
    """The centre's own words in small letters → the full code, for reading what people write."""
    return {
        word.casefold(): one.code
        for one in values(which, centre_id)
        for word in (one.label_th, one.label_en)
        if word and one.is_current(day)
    }


def known_base(which: str, code: str) -> bool:
    """Whether a code, of the centre's own or not, is of this list."""
    return base(code) in _BUILT_IN[which].values


def known(which: str, code: str, centre_id: int | None = None) -> Decision:
    """Whether the list has this full code at all; forms offer only what is current."""
    if code in _BUILT_IN[which].values:
        return ALLOWED
    if DOT in code and code in _overlay(which, centre_id):
        return ALLOWED
    return Decision(_("This is not in the list."), _("Choose from the list."))


def _overlay(which: str, centre_id: int | None) -> dict[str, CodeEntry]:
    centre = (scope.current().centre_id or 0) if centre_id is None else centre_id
    return code_entries(centre).get(which, {})


def _word(entry: CodeEntry) -> str:
    """The centre's word in the language of the page; an own code without English keeps its Thai."""
    if get_language() == "en":
        return entry.label_en or (entry.label_th if DOT in entry.code else "")
    return entry.label_th


def _value(which: str, code: str, entry: CodeEntry | None) -> Value:
    why = str(_NEEDED.get(which, {}).get(code, ""))
    if entry is None:
        return Value(which, code, "", "", None, None, None, why)
    return Value(
        which,
        code,
        entry.label_th,
        entry.label_en,
        entry.position,
        entry.valid_from,
        entry.valid_to,
        why,
    )
