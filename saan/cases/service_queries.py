"""Reads about services given."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from django.db.models import Count

from saan.cases.models import ServiceGiven
from saan.centres.codes import base

if TYPE_CHECKING:
    from datetime import date

    from saan.cases.models import Case
    from saan.kernel.actors import Actor


def services_of(actor: Actor, case: Case) -> list[ServiceGiven]:
    """What a case has received, the newest day first."""
    rows = ServiceGiven.objects.for_actor(actor).filter(case=case)
    return list(rows.order_by("-given_on", "-pk"))


def services_between(actor: Actor, first: date, last: date) -> list[tuple[str, int, int]]:
    """Full code, times given and cases that received it, from the first to the last day.

    The built-in value has its own ones in it (`meals` holds `meals.1`), each of which follows.
    """
    rows = ServiceGiven.objects.for_actor(actor).filter(given_on__range=(first, last)).order_by()
    times: Counter[str] = Counter(dict(rows.values_list("code").annotate(n=Count("pk"))))
    cases: dict[str, set[int]] = {}
    for code, case in rows.values_list("code", "case_id").distinct():
        cases.setdefault(code, set()).add(case)
        cases.setdefault(base(code), set()).add(case)
    for code in [code for code in times if code != base(code)]:
        times[base(code)] += times[code]
    return [(code, times[code], len(cases[code])) for code in sorted(times)]
