"""The first line through Saan, step by step, with whichever hands are given."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _
from playwright.sync_api import expect

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from playwright.sync_api import Locator, Page

    from tests.e2e.hands import Mouse

#: Called with the page and a name wherever the page is worth looking at.
Look = "Callable[[Page, str], None]"


#: What htmx marks while it asks and swaps.
BUSY = ".htmx-request, .htmx-swapping, .htmx-settling"


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
        expect(self.page.locator(BUSY)).to_have_count(0)

    def follow(self, link: Locator) -> None:
        """Press what leads to another page, and wait for it."""
        with self.page.expect_navigation():
            self.hands.press(link)
        self.settled()

    def area(self, name: str) -> None:
        """Go to an area through the main menu."""
        menu = self.page.get_by_role("navigation", name=_("Main menu")).filter(visible=True)
        self.follow(self.hands.link(f"^{name}$", menu.first))

    def import_registry(self, workbook: Path) -> int:
        """A centre's workbook goes in: upload, look at the rows, take the good ones. How many."""
        hands, page = self.hands, self.page
        self.area(_("Network"))
        self.look(page, "registry")
        self.follow(hands.link(f"^{_('Import')}$"))
        self.look(page, "import_upload")
        hands.attach(page.locator("input[type=file]"), workbook)
        self.follow(hands.button(_("Read the file")))
        accept = page.locator("#import-accept button")
        accept.wait_for()
        self.settled()
        self.look(page, "import_preview")
        hands.press(accept)
        page.locator("#outcome").wait_for()
        self.settled()
        self.look(page, "import_done")
        return int(page.locator("#outcome").inner_text().split()[-2])

    def find_partner(self, text: str) -> str:
        """Type into the registry's search box; the name that comes first."""
        self.area(_("Network"))
        self.hands.write(self.page.locator("main input[type=search]"), text)
        self.page.wait_for_url("**q=*")
        self.settled()
        self.look(self.page, "registry_search")
        return self.page.locator("main a[data-item]").first.inner_text()

    def take_in(self, name: str) -> None:
        """A person found in the city tonight."""
        hands, page = self.hands, self.page
        self.follow(hands.link(_("New case")))
        hands.choose(page.locator("select[name=district]"), "เมืองชัยภูมิ")
        page.locator("select[name=subdistrict] option", has_text="ในเมือง").first.wait_for(
            state="attached"
        )
        self.settled()
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
        self.follow(hands.button(_("We can take the person")))
        self.look(page, "partner_thanks")

    def bring(self) -> None:
        """The person arrives; the follow-ups of a year are planned."""
        hands, page = self.hands, self.page
        page.reload()
        self.settled()
        self.follow(hands.link(_("Go on to the arrival")))
        self.follow(hands.link(_("The person has arrived")))
        self.look(page, "arrive")
        hands.press(hands.button(_("Save the arrival")))
        page.wait_for_url("**/placements/stays/*")
        self.settled()
        self.look(page, "stay")
        for step in ("15 ", "1 ", "3 ", "6 ", "12 "):
            expect(page.get_by_role("main").get_by_text(step).first).to_be_visible()

    def follow_up(self) -> None:
        """Record the follow-up that is overdue longest, in its row on the page of the day."""
        hands, page = self.hands, self.page
        self.area(_("Today"))
        self.look(page, "today")
        form = page.locator("form:has(input[name=outcome])").filter(visible=True).first
        action = form.get_attribute("action")
        hands.pick(form.locator("input[name=outcome][value=well]"))
        hands.press(form.get_by_role("button", name=_("Save")))
        expect(page.locator(f'form[action="{action}"]')).to_have_count(0)
        self.settled()

    def open_person(self, name: str) -> None:
        """Look the person up from anywhere; the page with the one timeline."""
        hands, page = self.hands, self.page
        page.keyboard.press("/")
        page.keyboard.insert_text(name)
        with page.expect_navigation():
            page.keyboard.press("Enter")
        self.settled()
        self.look(page, "search")
        self.follow(hands.link(name, page.get_by_role("main")))
        self.look(page, "person")

    def ratio(self) -> tuple[int, int]:
        """Numerator and denominator of the current year, as the page says them."""
        self.area(_("Statistics"))
        self.look(self.page, "statistics")
        figures = self.page.locator("section[aria-labelledby=ratio-t] a.link-quiet")
        numerator, denominator = (figures.nth(n).inner_text().split()[0] for n in (0, 1))
        return int(numerator), int(denominator)
