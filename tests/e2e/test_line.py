"""The first line through the whole system, in a real browser, with a mouse and without one."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.e2e.hands import Keyboard, Mouse
from tests.e2e.line import Line
from tests.e2e.screens import look

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("province")]


def glance(page: Page, name: str) -> None:
    """The keyboard journey looks at no pages: the other one did."""


@pytest.mark.parametrize(
    ("hands", "see", "name"),
    [(Mouse, look, "นายแสงสาน ใจเย็น"), (Keyboard, glance, "นายสายรุ้ง ทอดี")],
    ids=["mouse", "keyboard"],
)
def test_from_the_street_to_the_ratio(
    hands: type[Mouse],
    see: Callable[[Page, str], None],
    name: str,
    visit: Callable[..., Page],
    sign_in: Callable[..., Page],
) -> None:
    officer = Line(hands(sign_in("director")), see)
    sent, opened = officer.ratio()
    officer.take_in(name)
    link = officer.ask_the_first()
    partner = Line(hands(visit(390, has_touch=True)), see)
    partner.say_yes(link)
    officer.bring()
    assert officer.ratio() == (sent, opened + 1)
