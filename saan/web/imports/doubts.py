"""What is doubtful in a row of a workbook, and what was decided about it, in words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from saan.centres import codes
from saan.centres.enums import CodeList
from saan.kernel.thai import phones
from saan.partners import import_words
from saan.partners.import_same import DIFFERENT
from saan.places.names import names

if TYPE_CHECKING:
    from saan.partners.models import ImportRow


@dataclass(frozen=True, slots=True)
class Answer:
    """One button: a suggestion to take."""

    label: str
    problem: int
    option: int
    is_first: bool


@dataclass(frozen=True, slots=True)
class Doubt:
    """One doubt: what is the matter, what the file says, what would be right."""

    message: str
    written: str
    suggestion: str
    why: str
    blocks: bool
    answers: tuple[Answer, ...]
    is_same: bool


def doubt(number: int, problem: dict[str, Any], home: str) -> Doubt:
    """One doubt in words. `home`: the centre's province, which goes without saying."""
    options = problem["options"] if problem["blocks"] else []
    answers = tuple(
        Answer(_answer_label(problem, option, home), number, index, index == 0)
        for index, option in enumerate(options[:5])
    )
    return Doubt(
        message=import_words.message(problem),
        written=import_words.in_file(problem),
        suggestion=import_words.suggestion(problem, home),
        why=import_words.why(problem),
        blocks=problem["blocks"],
        answers=answers,
        is_same=problem["code"] == "maybe_same",
    )


def _answer_label(problem: dict[str, Any], option: dict[str, Any], home: str) -> str:
    if "same" in option:
        return _("Yes, the same")
    if option.get("phones"):
        return _("Add the 0") if problem["code"] == "lost_zero" else _("The number is right")
    if "place" in option:
        place = option["place"]
        if problem["field"] == "subdistrict" and not place.get("subdistrict_code"):
            return _("Leave the subdistrict empty")
        level = "province" if problem["field"] == "province" else "district"
        if problem["code"] == "misspelt" and problem["field"] == "subdistrict":
            level = "subdistrict"
        return _("Use %(name)s") % {"name": names().label(place[f"{level}_code"])}
    words = import_words.option_words(problem, option, home)
    if "kind" in option or option.get("places") is not None:
        return _("Use %(name)s") % {"name": words}
    return _("Leave empty")


def settled(row: ImportRow) -> str:
    """What the officer decided, or nothing."""
    choices: dict[str, Any] = row.before.get("choices", {})
    said = [_choice_words(row, name, value) for name, value in choices.items()]
    if row.before.get("edits") and not any(said):
        said.append(_("as typed"))
    return " · ".join(words for words in said if words)


def _choice_words(row: ImportRow, name: str, value: Any) -> str:
    if name == "place":
        levels = ("subdistrict", "district")
        return import_words.place_words(
            {level: names().label(value.get(f"{level}_code", "")) for level in levels}
        )
    if name == "phones":
        numbers = row.values.get("phone_numbers", [])
        return ", ".join(phones.display(e164, extension) for e164, extension, _sure in numbers)
    if name == "same":
        return _("not the same") if value == DIFFERENT else _("the same as one we have")
    if name == "kind":
        return codes.label(CodeList.PARTNER_KIND, value)
    if name.startswith(("empty_", "formula_")):
        field = name.removeprefix("empty_").removeprefix("formula_")
        return _("%(field)s left empty") % {"field": import_words.FIELD_LABELS[field]}
    return ""
