"""What a centre may set."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any

from django.utils.translation import gettext as _

from saan.centres.enums import RatioDefinition
from saan.kernel.decisions import ALLOWED, Decision

if TYPE_CHECKING:
    from collections.abc import Mapping

STEP = re.compile(r"[1-9]\d{0,3}[dm]")
#: setting → (least, most); both sides are meant to be wide enough for any centre.
NUMBERS = {
    "facility_window_days": (1, 3650),
    "offer_fresh_days": (1, 3650),
    "intake_days": (1, 365),
    "protection_days": (1, 365),
    "answer_hours": (1, 720),
    "link_days": (1, 90),
}
OTHERS = frozenset(
    {
        "name",
        "phone",
        "ratio_definition",
        "follow_up_schedule",
        "match_other_provinces",
    }
)


def can_set(values: Mapping[str, Any]) -> Decision:
    """Whether these values make sense as a centre's settings."""
    unknown = set(values) - set(NUMBERS) - OTHERS
    if unknown:
        return Decision(_("There is no setting “%(name)s”.") % {"name": min(unknown)})
    for name, (least, most) in NUMBERS.items():
        if name in values and not least <= values[name] <= most:
            return Decision(
                _("Write a number from %(least)d to %(most)d.") % {"least": least, "most": most}
            )
    if "name" in values and not str(values["name"]).strip():
        return Decision(_("A centre needs a name."))
    if values.get("ratio_definition", RatioDefinition.COHORT) not in RatioDefinition.values:
        return Decision(_("This way to count is not known."))
    return _schedule(values["follow_up_schedule"]) if "follow_up_schedule" in values else ALLOWED


def _schedule(steps: Any) -> Decision:
    """`15d` is days, `3m` calendar months, in order of time and each once."""
    whole = isinstance(steps, list) and all(isinstance(s, str) and STEP.fullmatch(s) for s in steps)
    if not whole or not steps:
        return Decision(_("Write follow-ups such as 15d, 1m, 3m: days or months."))
    lengths = [int(step[:-1]) * (30 if step.endswith("m") else 1) for step in steps]
    if lengths != sorted(set(lengths)):
        return Decision(_("Write the follow-ups in order of time, each once."))
    return ALLOWED
