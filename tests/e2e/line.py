"""The first line through Saan, step by step, with whichever hands are given."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Page

    from tests.e2e.hands import Mouse

#: Called with the page and a name wherever the page is worth looking at.
Look = "Callable[[Page, str], None]"


@dataclass
class Line:
    """One officer's walk. `look` checks and pictures each page on the way."""

    hands: Mouse
    look: Callable[[Page, str], None]

    @property
    def page(self) -> Page:
        """The page in front of the officer."""
        return self.hands.page

    def settled(self) -> None:
        """Wait until nothing is being loaded."""
        self.page.wait_for_load_state("networkidle")

    def area(self, name: str) -> None:
        """Go to an area through the main menu."""
        menu = self.page.get_by_role("navigation", name=_("Main menu")).filter(visible=True)
        self.hands.press(self.hands.link(f"^{name}$", menu.first))
        self.settled()

    def import_registry(self, workbook: Path) -> None:
        """A centre's workbook goes in: upload, look at the rows, accept."""
        hands = self.hands
        self.area(_("Network"))
        hands.press(hands.link(_("Import from Excel")))
        self.settled()
        self.look(self.page, "import_upload")
        hands.attach(self.page.locator("input[type=file]"), workbook)
        hands.press(hands.button(_("Read the file")))
        hands.button(_("Use the certain suggestions")).or_(
            hands.button(_("Import"))
        ).first.wait_for()

    def take_in(self, name: str) -> None:
        """A person found in the city tonight."""
        hands, page = self.hands, self.page
        hands.press(hands.link(_("New case")))
        self.settled()
        hands.choose(page.locator("select[name=district]"), "เมืองชัยภูมิ")
        page.locator("select[name=subdistrict] option", has_text="ในเมือง").first.wait_for(
            state="attached"
        )
        hands.choose(page.locator("select[name=subdistrict]"), "ในเมือง")
        self.settled()
        hands.write(page.locator("input[name=found_place]"), "หน้าห้องน้ำ สถานีขนส่ง")
        hands.pick(page.locator("input[name=reporter][value=citizen]"))
        hands.pick(page.locator("input[name=sex][value=male]"))
        hands.pick(page.locator("input[name=age_band][value=middle]"))
        hands.write(page.locator("input[name=name]"), name)
        self.settled()
        hands.pick(page.locator("input[name=urgent_needs][value=bed_tonight]"))
        self.look(page, "intake")
        hands.press(hands.button(_("Save and go on")))
        page.wait_for_url("**/placements/find/*")
        self.settled()

    def ask_the_first(self) -> str:
        """Ask the best place; the link that its partner gets."""
        hands, page = self.hands, self.page
        self.look(page, "find_place")
        hands.press(hands.button(_("Ask to take")))
        page.wait_for_url("**/placements/requests/*")
        self.settled()
        self.look(page, "request")
        return str(page.locator("[data-copy^=http]").first.get_attribute("data-copy"))

    def say_yes(self, link: str) -> None:
        """The partner answers on a phone."""
        hands, page = self.hands, self.page
        page.goto(link)
        self.look(page, "partner_answer")
        hands.press(hands.button(_("We can take the person")))
        self.settled()
        self.look(page, "partner_thanks")

    def bring(self) -> None:
        """The person arrives; the follow-ups of a year are planned."""
        hands, page = self.hands, self.page
        page.reload()
        self.settled()
        hands.press(hands.link(_("Go on to the arrival")))
        self.settled()
        hands.press(hands.link(_("The person has arrived")))
        self.settled()
        self.look(page, "arrive")
        hands.press(hands.button(_("Save the arrival")))
        page.wait_for_url("**/placements/stays/*")
        self.settled()
        self.look(page, "stay")

    def follow_up(self) -> None:
        """Record the follow-up that is overdue longest, in its row on the page of the day."""
        hands, page = self.hands, self.page
        self.area(_("Today"))
        self.look(page, "today")
        hands.press(hands.link(_("Record")).or_(hands.button(_("Record"))).first)
        self.settled()

    def ratio(self) -> tuple[int, int]:
        """Numerator and denominator of the current year, as the page says them."""
        self.area(_("Statistics"))
        figures = self.page.locator("section[aria-labelledby=ratio-t] a.link-quiet")
        numerator, denominator = (figures.nth(n).inner_text().split()[0] for n in (0, 1))
        return int(numerator), int(denominator)
