"""What is known of an episode, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.html import format_html_join
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from saan.cases.enums import EntryRoute, LegalCategory, Reporter, UrgentNeed
from saan.centres import codes
from saan.centres.enums import CodeList
from saan.kernel.thai.dates import short
from saan.partners.enums import Feature, OfferKind

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import TextChoices
    from django.utils.safestring import SafeString

    from saan.cases.models import Case
    from saan.places.models import District, Province, Subdistrict


def labels(vocabulary: type[TextChoices], held: Iterable[str]) -> str:
    """The words of codes; a code that is gone from the vocabulary stays readable."""
    known = dict(vocabulary.choices)
    return ", ".join(str(known.get(code, code)) for code in held if code)


def pairs(case: Case, *, may_read: bool) -> list[tuple[str, str]]:
    """Label and words of every fact that is known; sensitive ones only for those who may."""
    facts = [
        (_("opened on"), short(case.opened_on)),
        (_("found where"), _found(case)),
        (
            _("how it reached us"),
            " · ".join(
                part
                for part in (
                    labels(EntryRoute, [case.entry_route]),
                    labels(Reporter, [case.reporter]),
                )
                if part
            ),
        ),
        (_("needed at once"), labels(UrgentNeed, case.urgent_needs)),
    ]
    if may_read:
        facts += [
            (_("type under the Act"), labels(LegalCategory, [case.legal_category])),
            (_("groups"), codes.labels(CodeList.TARGET_GROUP, case.field_types)),
            (_("causes"), codes.labels(CodeList.CAUSE, case.causes)),
            (_("problems"), codes.labels(CodeList.PROBLEM, case.problems)),
            (_("in the person's own words"), case.situation),
        ]
    facts += [
        (_("looks for"), labels(OfferKind, case.kinds)),
        (_("must have"), labels(Feature, case.needs)),
        (_("would like"), labels(Feature, case.wishes)),
        (_("must not be"), labels(Feature, case.avoids)),
        (_("can do"), case.skills),
    ]
    return [(label, text) for label, text in facts if text]


def _found(case: Case) -> SafeString:
    return joined(case.found_place, place_words(case.found_subdistrict, case.found_district))


def joined(*parts: str) -> SafeString:
    """Those that are not empty, with a dot between."""
    return format_html_join(" · ", "{}", ((part,) for part in parts if part))


def place_words(
    subdistrict: Subdistrict | None, district: District | None, province: Province | None = None
) -> SafeString:
    """A place as an officer writes it, the smallest part first; no name breaks across lines."""
    english = get_language() == "en"
    words = []
    for part, thai in (
        (subdistrict, _("subdistrict %(name)s")),
        (district, _("district %(name)s")),
        (province, _("province %(name)s")),
    ):
        if part:
            words.append(part.name_en if english else thai % {"name": part.name_th})
    gap = ", " if english else " "
    return format_html_join(gap, '<span class="nb">{}</span>', ((word,) for word in words))
