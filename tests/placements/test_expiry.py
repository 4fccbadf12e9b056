"""Requests that nobody answered in time are closed by the clock, and who asked is told."""

from __future__ import annotations

from datetime import timedelta

import pytest

from saan.audit.models import AuditEvent
from saan.kernel import clock
from saan.notices.models import Notice
from saan.placements import actions, tasks
from saan.placements.enums import ReferralState
from saan.placements.models import Referral
from tests.factories import ReferralFactory

pytestmark = pytest.mark.django_db


def state(referral) -> str:
    return Referral.objects.get(pk=referral.pk).state


def asked(centre, now, **more):
    values = {"sent_at": now - timedelta(days=8), "expires_at": now} | more
    return ReferralFactory.create(
        case__person__centre=centre, offer__partner__centre=centre, **values
    )


def test_the_task_closes_what_is_over_and_nothing_else(centre, other_centre, monkeypatch, now):
    monkeypatch.setattr(clock, "now", lambda: now)
    over = asked(centre, now)
    talking = asked(centre, now, state=ReferralState.TALK)
    later = asked(centre, now, expires_at=now + timedelta(seconds=1))
    answered = asked(centre, now, state=ReferralState.DECLINED)
    theirs = asked(other_centre, now)
    tasks.close_overdue_requests.call(centre.pk)
    assert [state(r) for r in (over, talking)] == [ReferralState.EXPIRED] * 2
    assert state(later) == state(theirs) == ReferralState.SENT
    assert state(answered) == ReferralState.DECLINED
    assert Notice.objects.filter(code="referral.expired", centre=centre).count() == 2
    assert AuditEvent.objects.filter(event="referral.expired").count() == 2
    tasks.close_overdue_requests.call(centre.pk)
    assert Notice.objects.filter(code="referral.expired").count() == 2


def test_who_asked_is_told_by_name_of_the_partner(actor, centre, now):
    referral = asked(centre, now, sent_by_id=actor.user_id)
    assert actions.close_overdue(actor=actor, pk=referral.pk, now=now)
    notice = Notice.objects.get(code="referral.expired")
    assert notice.user_id == actor.user_id
    assert notice.path == f"/placements/requests/{referral.pk}"
    assert notice.params == {"partner": referral.partner.name}


def test_an_answer_in_the_last_second_stands(actor, centre, now):
    referral = asked(centre, now, state=ReferralState.ACCEPTED)
    assert not actions.close_overdue(actor=actor, pk=referral.pk, now=now)
    assert state(referral) == ReferralState.ACCEPTED
