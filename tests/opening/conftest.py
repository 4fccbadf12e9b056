"""A registry to stay at, and hands to bring a workbook."""

from __future__ import annotations

from itertools import count

import pytest

from saan.partners.enums import OfferKind
from saan.placements import opening_book
from saan.places.models import District
from tests.factories import OfferFactory, PartnerFactory
from tests.opening.books import book


@pytest.fixture
def temple(centre):
    """Three places for a dhamma stay."""
    partner = PartnerFactory.create(centre=centre, name="วัดป่าทดสอบ")
    return OfferFactory.create(partner=partner, places=3)


@pytest.fixture
def farm(centre):
    """Work without a limit of places."""
    partner = PartnerFactory.create(centre=centre, name="ไร่ตัวอย่าง", kind="employer")
    return OfferFactory.create(partner=partner, kind=OfferKind.WORK, places=None, wage_per_day=350)


@pytest.fixture
def district():
    return lambda code: District.objects.get(code=code)


@pytest.fixture
def bring(actor, now):
    """bring(rows, past) → the book."""
    numbers = count()

    def made(rows=(), past=(), **more):
        content = book(rows, past, above=next(numbers), **more)
        return opening_book.receive(actor=actor, file_name="ยกมา.xlsx", content=content, now=now)[0]

    return made


@pytest.fixture
def look(actor, today):
    """look(book) → the rows of people as judged now."""

    def judged(found):
        found.refresh_from_db()
        return opening_book.judged(actor, opening_book.rows_of(found), today)

    return judged


@pytest.fixture
def enter(actor, now):
    """enter(book) → (entered, still ready)."""
    return lambda found: opening_book.enter_people(actor=actor, book=found, now=now)
