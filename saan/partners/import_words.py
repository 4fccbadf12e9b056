"""What an import says to the officer: doubts, suggestions, what was left out. Words only."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext

from saan.centres import codes
from saan.centres.enums import CodeList
from saan.kernel.thai import phones
from saan.places.names import names

if TYPE_CHECKING:
    from collections.abc import Mapping

    from django.utils.functional import _StrPromise

Problem = dict[str, Any]

FIELD_LABELS: dict[str, _StrPromise] = {
    "name": gettext_lazy("name"),
    "kind": gettext_lazy("kind"),
    "address": gettext_lazy("house number, village, road"),
    "full_address": gettext_lazy("address in one line"),
    "subdistrict": gettext_lazy("subdistrict"),
    "district": gettext_lazy("district"),
    "province": gettext_lazy("province"),
    "postcode": gettext_lazy("postcode"),
    "contact": gettext_lazy("contact person"),
    "position": gettext_lazy("position"),
    "phones": gettext_lazy("telephone"),
    "line_id": gettext_lazy("LINE ID"),
    "groups": gettext_lazy("accepted groups"),
    "places": gettext_lazy("places"),
    "offers": gettext_lazy("what it gives"),
    "found_via": gettext_lazy("found via"),
    "found_on": gettext_lazy("found on"),
    "note": gettext_lazy("note"),
}

MESSAGES: dict[tuple[str, str], _StrPromise] = {
    ("name", "missing"): gettext_lazy("No name"),
    ("name", "too_long"): gettext_lazy("The name is longer than 200 letters"),
    ("name", "maybe_same"): gettext_lazy("May be the same as one we have"),
    ("name", "same"): gettext_lazy("The same as one we have"),
    ("kind", "missing"): gettext_lazy("No kind"),
    ("kind", "unknown"): gettext_lazy("A kind we do not know"),
    ("kind", "guessed"): gettext_lazy("Kind taken from the name"),
    ("province", "unknown"): gettext_lazy("There is no such province"),
    ("province", "misspelt"): gettext_lazy("Province misspelt"),
    ("district", "unknown"): gettext_lazy("The province has no such district"),
    ("district", "misspelt"): gettext_lazy("District misspelt"),
    ("district", "elsewhere"): gettext_lazy("The district is in another province"),
    ("district", "missing"): gettext_lazy("No place stated"),
    ("subdistrict", "unknown"): gettext_lazy("There is no such subdistrict"),
    ("subdistrict", "misspelt"): gettext_lazy("Subdistrict misspelt"),
    ("subdistrict", "elsewhere"): gettext_lazy("The subdistrict is in another province"),
    ("subdistrict", "not_in_district"): gettext_lazy(
        "The subdistrict is not in the stated district"
    ),
    ("subdistrict", "ambiguous"): gettext_lazy("Several districts have this subdistrict"),
    ("phones", "lost_zero"): gettext_lazy("The leading 0 is missing"),
    ("phones", "to_confirm"): gettext_lazy("A telephone number to confirm"),
    ("phones", "unreadable"): gettext_lazy("Not a telephone number"),
    ("places", "range"): gettext_lazy("The smaller number is kept"),
    ("places", "family"): gettext_lazy("One place per family"),
    ("places", "in_words"): gettext_lazy("Places not given as a number"),
    ("places", "unclear"): gettext_lazy("Several numbers of places"),
    ("places", "too_many"): gettext_lazy("More places than can be"),
    ("found_on", "impossible"): gettext_lazy("There is no such date"),
    ("found_on", "partial"): gettext_lazy("Only month or year known"),
    ("found_on", "future"): gettext_lazy("The date lies in the future"),
    ("found_on", "serial"): gettext_lazy("Date kept as a number in the file"),
    ("found_via", "other"): gettext_lazy("Another way, kept in the note"),
}

REASONS: dict[str, _StrPromise] = {
    "name": gettext_lazy("same name"),
    "name_spaced": gettext_lazy("the name differs only in spaces or signs"),
    "name_alike": gettext_lazy("nearly the same name"),
    "phone": gettext_lazy("same telephone"),
    "subdistrict": gettext_lazy("same subdistrict"),
    "district": gettext_lazy("same district"),
    "province": gettext_lazy("same province"),
}


def message(problem: Problem) -> str:
    """The doubt in a few words."""
    if problem["code"] == "formula":
        return _("The cell holds a formula without a value")
    return str(MESSAGES[problem["field"], problem["code"]])


def why(problem: Problem) -> str:
    """A second line that helps to decide, or nothing."""
    params = problem["params"]
    if problem["field"] == "name" and params.get("reasons"):
        return " · ".join(str(REASONS[code]) for code in params["reasons"])
    if params.get("reason"):
        kept = problem["field"] == "found_on"
        return (
            _("%(reason)s What the file says is kept.") % params if kept else str(params["reason"])
        )
    if problem["code"] in ("not_in_district", "ambiguous") and problem["options"]:
        return _places_named(problem)
    if problem["code"] == "lost_zero":
        return _("Spreadsheets drop the first 0 of a number.")
    if problem["code"] == "formula":
        return _("Open the file in Excel and save it, or type the value here.")
    return ""


def _places_named(problem: Problem) -> str:
    found = [o["place"] for o in problem["options"] if o["place"].get("subdistrict_code")]
    if len(found) == 1:
        province = names().label(found[0]["province_code"])
        return _("%(province)s has only one such subdistrict.") % {"province": province}
    return ngettext(
        "%(count)d place has this name.", "%(count)d places have this name.", len(found)
    ) % {"count": len(found)}


def in_file(problem: Problem) -> str:
    """What the file says, as far as it concerns the doubt."""
    params = problem["params"]
    written = {
        level: params.get(f"{level}_written", "")
        for level in ("subdistrict", "district", "province")
    }
    if any(written.values()):
        if problem["field"] != "province":
            written["province"] = ""
        return place_words(written)
    return str(problem["value"])


def place_words(named: Mapping[str, str]) -> str:
    """Place names with the words for their levels."""
    patterns = {
        "subdistrict": _("subdistrict %(name)s"),
        "district": _("district %(name)s"),
        "province": _("province %(name)s"),
    }
    return " ".join(patterns[level] % {"name": name} for level, name in named.items() if name)


def suggestion(problem: Problem, home: str = "") -> str:
    """The first suggestion in words, or nothing; for a duplicate the one it repeats."""
    if problem["code"] == "same":
        return str(problem["params"]["same_name"])
    return option_words(problem, problem["options"][0], home) if problem["options"] else ""


def option_words(problem: Problem, option: Mapping[str, Any], home: str = "") -> str:
    """What a choice would put in place of what the file says."""
    if "place" in option:
        say, place = names().label, option["place"]
        levels = ("subdistrict", "district", "province")
        named = {level: say(place.get(f"{level}_code", "")) for level in levels}
        if place.get("province_code") == home and named["district"]:
            named["province"] = ""
        return place_words(named)
    if option.get("phones") == "confirm":
        numbers = problem["params"]["numbers"]
        return ", ".join(phones.display(e164, extension) for e164, extension in numbers)
    if "kind" in option:
        return codes.label(CodeList.PARTNER_KIND, option["kind"])
    if "same" in option:
        return str(problem["params"]["same_name"])
    if option.get("places") is not None:
        return str(option["places"])
    return _("left empty")


def note_words(note: Mapping[str, Any]) -> str:
    """Something in the file that is no row, and why."""
    code = note["code"]
    if code == "titles":
        return ngettext(
            "%(count)d title row at the top of “%(sheet)s”",
            "%(count)d title rows at the top of “%(sheet)s”",
            note["count"],
        ) % dict(note)
    if code == "repeated":
        return _("Headings repeated in “%(sheet)s” (%(count)d)") % dict(note)
    texts = {
        "total": _("Total row “%(text)s” in “%(sheet)s”, row %(row)s"),
        "no_table": _("Sheet “%(sheet)s” has no table"),
        "hidden": _("Sheet “%(sheet)s” is hidden"),
    }
    return texts[code] % dict(note)


def as_item(problem: Problem, home: str = "") -> dict[str, Any]:
    """A doubt for people and programs outside."""
    return {
        "field": problem["field"],
        "code": problem["code"],
        "value": problem["value"],
        "message": message(problem),
        "suggestion": suggestion(problem, home),
    }
