"""The first line through the whole system, in a real browser, with a mouse and without one."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from openpyxl import Workbook

from tests.e2e.hands import Keyboard, Mouse
from tests.e2e.line import Line
from tests.e2e.screens import look

if TYPE_CHECKING:
    from collections.abc import Callable

    from playwright.sync_api import Page

SAMPLE = Path(__file__).resolve().parents[1] / "data" / "registry_chaiyaphum_sample.xlsx"

pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("province")]


def glance(page: Page, name: str) -> None:
    """The keyboard journey looks at no pages: the other one did."""


def small(folder: Path) -> Path:
    """Another centre's habits in three rows: other headings, Thai digits, no title."""
    book = Workbook()
    sheet = book.active
    sheet.append(["ชื่อเครือข่าย", "ประเภท", "ตำบล", "อำเภอ", "โทร", "รับได้(คน)"])
    sheet.append(["วัดป่าสายลมทอ", "วัด", "ในเมือง", "เมือง", "๐๘๑-๐๐๐-๙๙๙๑", "๓ คน"])
    sheet.append(["ไร่สายไหมสาน", "นายจ้าง", "ผักปัง", "ภูเขียว", "0810009992", 2])
    sheet.append(["รวม", None, None, None, None, 5])
    book.save(folder / "small.xlsx")
    return folder / "small.xlsx"


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
    tmp_path: Path,
) -> None:
    officer = Line(hands(sign_in("director")), see)
    if hands is Mouse:
        assert officer.import_registry(SAMPLE) >= 10
        assert officer.find_partner("หวยหินฝน") == "วัดห้วยหินฝน"
    else:
        assert officer.import_registry(small(tmp_path)) == 2
        assert officer.find_partner("ป่าสายลมทอ") == "วัดป่าสายลมทอ"
    sent, opened = officer.ratio()
    officer.take_in(name)
    link = officer.ask_the_first()
    partner = Line(hands(visit(390, has_touch=True)), see)
    partner.say_yes(link)
    officer.bring()
    officer.follow_up()
    officer.open_person(name.removeprefix("นาย"))
    assert officer.ratio() == (sent, opened + 1)
