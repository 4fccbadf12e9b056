"""The code lists in words: what each is for, its values, how many records hold them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, override

from saan.centres import codes
from saan.centres.enums import CodeList
from saan.kernel.thai import dates
from saan.outputs.sheets import Sheet
from saan.web.codes.forms import ValueForm, built_in
from saan.web.kit.editing import Editor

if TYPE_CHECKING:
    from collections import Counter
    from datetime import date

    from django.http import QueryDict

    from saan.centres.codes import Value
    from saan.kernel.actors import Actor

#: Where each list is used.
ABOUT = {
    CodeList.PARTNER_KIND: gettext_lazy(
        "What a partner is, in the registry and when importing it."
    ),
    CodeList.TARGET_GROUP: gettext_lazy(
        "Who a person is in the field, and whom an offer accepts: places are found by it."
    ),
    CodeList.CAUSE: gettext_lazy("Why a person came into this situation."),
    CodeList.PROBLEM: gettext_lazy("What has to be solved with a person."),
    CodeList.SERVICE: gettext_lazy("What the centre does for a person."),
    CodeList.DISPOSITION: gettext_lazy("What became of a person: the figures count it."),
    CodeList.DECLINE_REASON: gettext_lazy("What a partner taps when it is not convenient."),
    CodeList.END_REASON: gettext_lazy("Why a stay with a partner ended."),
}
ICONS = {
    CodeList.PARTNER_KIND: "handshake",
    CodeList.TARGET_GROUP: "users-round",
    CodeList.CAUSE: "layers",
    CodeList.PROBLEM: "circle-alert",
    CodeList.SERVICE: "hand-helping",
    CodeList.DISPOSITION: "flag",
    CodeList.DECLINE_REASON: "minus",
    CodeList.END_REASON: "log-out",
}


@dataclass(frozen=True, slots=True)
class ListCard:
    """One list in brief."""

    label: str
    about: str
    icon: str
    url: str
    current: int
    own: int
    ended: int


@dataclass(frozen=True, slots=True)
class Row:
    """One value of a list."""

    value: Value
    icon: str
    word: str
    counts_as: str
    built_in: str
    used: int
    is_current: bool
    begins: date | None
    is_moved: bool


def cards(today: date) -> list[ListCard]:
    """Every list with how many values it has."""
    return [_card(which, today) for which in CodeList]


def _card(which: CodeList, today: date) -> ListCard:
    values = codes.values(which)
    current = sum(one.is_current(today) for one in values)
    return ListCard(
        label=str(which.label),
        about=str(ABOUT[which]),
        icon=ICONS[which],
        url=reverse("codes:list", args=[which.value]),
        current=current,
        own=sum(one.is_own for one in values),
        ended=len(values) - current,
    )


def list_page(actor: Actor, which: CodeList, today: date, *, moved: str = "") -> dict[str, Any]:
    """A list with its values in order."""
    values, used = codes.values(which), codes.uses(actor, which)
    return {
        "which": which,
        "about": ABOUT[which],
        "rows": [_row(one, used, today, moved) for one in values],
        "seen": " ".join(one.code for one in values),
        "is_ordered": any(one.position is not None for one in values),
    }


def _row(value: Value, used: Counter[str], today: date, moved: str) -> Row:
    word, words = codes.label(value.list, value.code), built_in(value)
    as_it_comes = words.get("label_th", "") if value.label_th else ""
    return Row(
        value=value,
        icon=_icon(value, today),
        word=word,
        counts_as=codes.label(value.list, value.base) if value.is_own else "",
        built_in=as_it_comes,
        used=used[value.code],
        is_current=value.is_current(today),
        begins=value.valid_from if value.valid_from and value.valid_from > today else None,
        is_moved=value.code == moved,
    )


def _icon(value: Value, today: date) -> str:
    if not value.is_current(today):
        return "circle-slash"
    return "tags" if value.is_own else "tag"


def editor(value: Value, data: QueryDict | None = None) -> Editor:
    """The form of one value; built-in words stand in it to be changed."""
    words = built_in(value)
    initial = {
        "label_th": value.label_th or words.get("label_th", ""),
        "label_en": value.label_en or words.get("label_en", ""),
        "valid_from": value.valid_from,
        "valid_to": value.valid_to,
    }
    return Editor(ValueForm, value.facts(), initial, data, value=value)


def value_page(actor: Actor, value: Value, form: Editor, today: date) -> dict[str, Any]:
    """A value with what may be done to it."""
    used = codes.uses(actor, value.list)[value.code]
    return {
        "which": CodeList(value.list),
        "value": value,
        "editor": form,
        "word": codes.label(value.list, value.code),
        "counts_as": codes.label(value.list, value.base) if value.is_own else "",
        "used": used,
        "is_current": value.is_current(today),
        "may_delete": value.is_own and not used,
    }


def sheet(actor: Actor, which: CodeList, today: date) -> Sheet:
    """The list as a table: codes, words in both languages, days, uses."""
    used = codes.uses(actor, which)
    return Sheet(
        title=str(which.label),
        heading=str(which.label),
        notes=(str(ABOUT[which]), dates.long(today)),
        columns=(
            _("Code"),
            _("In Thai"),
            _("In English"),
            _("Counts as"),
            _("First day it may be chosen"),
            _("Last day it may be chosen"),
            _("Records"),
        ),
        rows=tuple(_line(one, used) for one in codes.values(which)),
    )


def _line(value: Value, used: Counter[str]) -> tuple[str | int, ...]:
    words = []
    for language in ("th", "en"):
        with override(language):
            words.append(codes.label(value.list, value.code))
    days = (value.valid_from, value.valid_to)
    return (
        value.code,
        *words,
        value.base if value.is_own else "",
        *(day.isoformat() if day else "" for day in days),
        used[value.code],
    )
