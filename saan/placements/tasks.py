"""Background work of the placements, for one centre at a time."""

from __future__ import annotations

from django_tasks import task

from saan.kernel import clock
from saan.kernel.actors import Actor


@task()
def close_overdue_requests(centre_id: int) -> None:
    """Close requests that nobody answered in time."""
    from saan.placements import actions
    from saan.placements.models import OPEN_REFERRALS, Referral

    actor, now = Actor.system(centre_id), clock.now()
    late = Referral.objects.for_actor(actor).filter(state__in=OPEN_REFERRALS, expires_at__lte=now)
    for pk in list(late.order_by("expires_at", "pk").values_list("pk", flat=True)):
        actions.close_overdue(actor=actor, pk=pk, now=now)


@task()
def put_aside_workbooks(centre_id: int) -> None:
    """Forget what is left of workbooks of opening balances that nobody finished."""
    from saan.placements import opening_book

    opening_book.put_aside_old(actor=Actor.system(centre_id), now=clock.now())


@task()
def tell_of_retention(centre_id: int) -> None:
    """Tell who may erase that records need not be kept any longer."""
    from saan.placements import actions

    actions.tell_of_retention(actor=Actor.system(centre_id), now=clock.now())
