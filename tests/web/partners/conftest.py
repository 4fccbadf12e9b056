"""A registry to look at."""

from __future__ import annotations

import pytest

from saan.kernel.thai.phones import parse_all
from saan.partners import actions
from saan.partners.values import ContactValues


@pytest.fixture
def temple(actor, now, today):
    """A temple with a contact, two numbers and a place that was confirmed today."""
    return actions.create(
        actor=actor,
        now=now,
        name="วัดหนองไผ่ล้อม",
        kind="temple",
        stage="hosting",
        subdistrict_code="360106",
        phones=parse_all("044 800 123"),
        contacts=[
            ContactValues("พระครูสมมุติ", "เจ้าอาวาส", "wat36", tuple(parse_all("081 000 0011")))
        ],
        offers=[{"kind": "dhamma_stay", "places": 5, "confirmed_on": today}],
    )


@pytest.fixture(autouse=True)
def _clock(monkeypatch, today, now):
    """It is the day of the fixtures."""
    monkeypatch.setattr("saan.kernel.clock.today", lambda: today)
    monkeypatch.setattr("saan.kernel.clock.now", lambda: now)
