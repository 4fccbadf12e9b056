"""What a centre may do with the values of a code list. Pure."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from saan.kernel.decisions import ALLOWED, Decision

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping
    from datetime import date

    from saan.centres.codes import Value

LONGEST = 120


def can_name(code: str, label_th: str, words: Mapping[str, str], *, is_own: bool) -> Decision:
    """Whether a value may be called so; `words` are the Thai words of the list's values."""
    word = label_th.strip()
    if is_own and not word:
        return Decision(_("Write what it is called in Thai."))
    if len(word) > LONGEST:
        return Decision(_("Write at most %(most)d letters.") % {"most": LONGEST})
    same = [other for other, known in words.items() if known == word and other != code]
    if word and same:
        return Decision(
            _("“%(word)s” is in this list already.") % {"word": word},
            _("Choose another word, so that people can tell them apart."),
        )
    return ALLOWED


def can_last(
    value: Value, values: Iterable[Value], begins: date | None, ends: date | None
) -> Decision:
    """Whether a value may be chosen from `begins` to `ends` only (None: without an end)."""
    if begins is not None and ends is not None and ends < begins:
        return Decision(_("The last day lies before the first."), _("Check the days."))
    limits = begins != value.valid_from or ends != value.valid_to
    if value.why_needed and limits and (begins is not None or ends is not None):
        return Decision(value.why_needed, _("It may be called something else."))
    if ends is None:
        return ALLOWED
    after = [
        one
        for one in values
        if one.code != value.code
        and one.valid_to is None
        and (one.valid_from is None or (one.valid_from - ends).days <= 1)
    ]
    if not after:
        return Decision(
            _("This is the last value of the list that may be chosen."),
            _("Add another value, or take one up again, before you end this one."),
        )
    return ALLOWED


def can_begin(value: Value, begins: date | None) -> Decision:
    """A built-in value was there from the beginning."""
    if not value.is_own and begins is not None:
        return Decision(_("A built-in value has no first day."))
    return ALLOWED


def can_delete(value: Value, used: int) -> Decision:
    """Only a value of the centre's own that no record holds."""
    if not value.is_own:
        return Decision(
            _("A built-in value stays: figures are counted by it."), _("End it on a day instead.")
        )
    if used:
        words = ngettext(
            "%(count)s record holds this value.", "%(count)s records hold this value.", used
        )
        return Decision(words % {"count": used}, _("End it on a day: old records keep it."))
    return ALLOWED


def can_move(codes: list[str], code: str, step: int) -> Decision:
    """Whether there is room above or below."""
    at = codes.index(code) + step
    if not 0 <= at < len(codes):
        return Decision(_("It already stands at the end of the list."))
    return ALLOWED
