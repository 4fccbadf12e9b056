"""The first day of a centre, from an empty installation to its first person, in a real browser."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest
from django.utils.translation import gettext as _
from openpyxl import load_workbook
from playwright.sync_api import expect

from tests.e2e.conftest import served
from tests.e2e.hands import Mouse
from tests.e2e.line import Line
from tests.e2e.screens import look

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from playwright.sync_api import Page

    from tests.server.running import Server

SAMPLE = Path(__file__).resolve().parents[1] / "data" / "registry_chaiyaphum_sample.xlsx"
PASSWORD = "ผ้าผืนใหญ่ทอจากด้ายหลายเส้น"
STAYING = ("นาย", "ทอแสง", "ใจสาน", "", "ชาย", "2510", "วัดห้วยหินฝน", "ภักดีชุมพล", "ชัยภูมิ")

pytestmark = [pytest.mark.e2e, pytest.mark.xdist_group("first_day")]


@pytest.fixture(scope="module")
def empty(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Server]:
    """An installation in which nothing is but the tables."""
    yield from served(tmp_path_factory.mktemp("empty"), demo=False)


@pytest.fixture
def province(empty: Server) -> str:
    """The address that `visit` opens."""
    return empty.address


class FirstDay(Line):
    """The steps of the day, each looked at."""

    def fill(self, **values: str) -> None:
        """Write into fields by their names."""
        for name, value in values.items():
            self.hands.write(self.page.locator(f"main [name={name}]"), value)

    def go_on(self, words: str) -> None:
        """Send the form and wait for the next page."""
        self.follow(self.hands.button(f"^{words}$"))

    def begin(self, code: str, name: str, username: str) -> None:
        """The code from the terminal, and the first administrator."""
        self.page.goto("/")
        self.page.wait_for_url("**/setup/")
        look(self.page, "setup_start")
        self.fill(code=code, name=name, username=username, password1=PASSWORD, password2=PASSWORD)
        self.go_on(_("Continue"))

    def open_centre(self) -> None:
        """Province, times, facilities: what is common stands there already."""
        self.hands.choose(self.page.locator("select[name=province_id]"), "ชัยภูมิ")
        self.fill(phone="044 000 111")
        look(self.page, "setup_centre")
        self.go_on(_("Continue"))
        look(self.page, "setup_standards")
        self.go_on(_("Save and continue"))
        self.fill(baht_per_day="๓๔๘", valid_from="1 ม.ค. 2568")
        look(self.page, "setup_facilities")
        self.go_on(_("Save and continue"))
        look(self.page, "setup_next")

    def invite(self, name: str, role: str) -> str:
        """A colleague is to come in; the link to give away."""
        self.page.goto("/settings/staff/")
        self.settled()
        look(self.page, "staff")
        self.follow(self.hands.link(_("Invite a colleague")))
        self.fill(name=name)
        self.hands.pick(self.page.locator(f"input[name=role][value={role}]"))
        self.go_on(_("Make the link"))
        look(self.page, "staff_invitation")
        return str(self.page.locator("[data-copy^=http]").first.get_attribute("data-copy"))

    def join(self, link: str, username: str) -> None:
        """The colleague chooses how to sign in, on a phone."""
        self.page.goto(link)
        self.settled()
        look(self.page, "join")
        self.fill(username=username, password1=PASSWORD, password2=PASSWORD)
        self.go_on(_("Come in"))

    def add_code(self, which: str, base: str, word: str) -> None:
        """A value of the centre's own under a built-in one."""
        self.page.goto(f"/settings/codes/{which}")
        self.settled()
        self.follow(self.hands.link(_("Add a value of your own")))
        self.hands.choose(self.page.locator("select[name=base]"), base)
        self.fill(label_th=word)
        look(self.page, "code_new")
        self.go_on(_("Add"))
        expect(self.page.get_by_role("main").get_by_text(word).first).to_be_visible()
        look(self.page, "code_list")

    def bring_opening_balances(self, folder: Path) -> None:
        """The template, filled in with one person and one past year, read and entered."""
        page = self.page
        page.goto("/settings/opening/")
        self.settled()
        look(page, "opening")
        with page.expect_download() as download:
            self.hands.press(self.hands.link(_("Download the template")))
        file = folder / "opening.xlsx"
        download.value.save_as(file)
        fill_in(file)
        self.hands.attach(page.locator("input[type=file]"), file)
        self.follow(self.hands.button(_("Read the file")))
        look(page, "opening_book")
        self.follow(self.hands.button(r"^บันทึก 2 แถว"))
        look(page, "opening_done")


def fill_in(file: Path) -> None:
    """One person who stays, and last year's totals, under the template's own headings."""
    book = load_workbook(file)
    people, past = book.worksheets[:2]
    row = first_row(people)
    for column, value in enumerate((*STAYING, None, "1 ก.พ. 2569"), 1):
        if value:
            people.cell(row, column, value)
    row = first_row(past)
    for column, figure in enumerate((2568, 93, 27, "รายงานประจำปี"), 1):
        past.cell(row, column, figure)
    book.save(file)


def first_row(sheet) -> int:
    """The row under the headings."""
    for row in sheet.iter_rows(min_row=1, max_row=10):
        if sum(cell.value is not None for cell in row) >= 4:
            return int(row[0].row) + 1
    raise AssertionError("no headings")


def test_the_first_day_of_a_centre(
    empty: Server, visit: Callable[..., Page], tmp_path: Path
) -> None:
    said = empty.python("manage.py", "setup_code")
    code = re.search(r"[A-Z0-9]{4}(?:-[A-Z0-9]{4})+", said)
    assert code, said
    head = FirstDay(Mouse(visit()), look)
    head.begin(code[0], "แสงหล้า ทอสาน", "head")
    head.open_centre()
    link = head.invite("สายรุ้ง ทอดี", "case")
    officer = FirstDay(Mouse(visit(390, has_touch=True)), look)
    officer.join(link, "case")
    officer.page.set_viewport_size({"width": 1280, "height": 800})
    head.add_code("cause", _("no dwelling"), "ถูกไล่ที่จากที่สาธารณะ")
    head.page.goto("/")
    assert head.import_registry(SAMPLE) >= 10
    head.bring_opening_balances(tmp_path)
    officer.page.goto("/")
    officer.take_in("นายแสงสาน ใจเย็น")
    expect(officer.page.get_by_role("main").locator("h1")).to_be_visible()
    assert empty.ask("first_day()") == {"cases": 2, "opening": 1, "staying": 1, "reported": 1}
