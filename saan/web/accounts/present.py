"""What the sign-in page of a demonstration tells."""

from __future__ import annotations

from dataclasses import dataclass

from saan.accounts.demo import DEMO_NATIONAL, DEMO_PASSWORD
from saan.centres.models import Centre, Membership, NationalStaff
from saan.kernel.scope import within


@dataclass(frozen=True, slots=True)
class DemoSignIn:
    """One way into the demonstration."""

    username: str
    name: str
    role: str
    password: str = DEMO_PASSWORD


def demo_sign_ins() -> list[DemoSignIn]:
    """Who can be tried, where the centre is a demonstration; nobody anywhere else."""
    found: list[DemoSignIn] = []
    for pk in Centre.objects.filter(is_demo=True).values_list("pk", flat=True).order_by("pk"):
        with within(pk):
            rows = list(Membership.objects.filter(centre=pk).select_related("user", "role"))
        found += [DemoSignIn(m.user.get_username(), str(m.user), str(m.role)) for m in rows]
    if found:
        top = NationalStaff.objects.filter(user__username__in=DEMO_NATIONAL)
        people = top.select_related("user", "role").order_by("pk")
        found += [DemoSignIn(s.user.get_username(), str(s.user), str(s.role)) for s in people]
    return found
