"""The code lists of this domain, for `saan.centres.codes`."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.utils.translation import gettext_lazy as _

from saan.cases.enums import FACILITY, HOME, Cause, DispositionCode, Problem, Service
from saan.cases.models import Case, Disposition, ServiceGiven
from saan.centres import codes
from saan.centres.enums import CodeList

if TYPE_CHECKING:
    from collections import Counter
    from collections.abc import Callable

    from saan.kernel.actors import Actor


def register() -> None:
    """Bring them in."""
    codes.register(CodeList.CAUSE, Cause)
    codes.register(CodeList.PROBLEM, Problem)
    codes.register(CodeList.SERVICE, Service)
    codes.register(CodeList.DISPOSITION, DispositionCode)
    codes.need(
        CodeList.DISPOSITION, FACILITY, _("The share of people sent to a facility counts it.")
    )
    codes.need(CodeList.DISPOSITION, HOME, _("The page that records the way home asks for it."))
    codes.count_by(CodeList.TARGET_GROUP, _listed("field_types"))
    codes.count_by(CodeList.CAUSE, _listed("causes"))
    codes.count_by(CodeList.PROBLEM, _listed("problems"))
    codes.count_by(CodeList.DISPOSITION, _dispositions)
    codes.count_by(CodeList.SERVICE, _services)


def _listed(column: str) -> Callable[[Actor], Counter[str]]:
    return lambda actor: codes.in_lists(Case.objects.for_actor(actor), column)


def _dispositions(actor: Actor) -> Counter[str]:
    return codes.in_columns(Disposition.objects.for_actor(actor), "code", "code_detail")


def _services(actor: Actor) -> Counter[str]:
    return codes.in_columns(ServiceGiven.objects.for_actor(actor), "code", "code")
