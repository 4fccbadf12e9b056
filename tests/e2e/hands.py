"""Two ways of using a page: with a mouse, and with the keyboard alone. The journey is the same."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

    from playwright.sync_api import Locator, Page

#: More stops than any page of ours has.
STOPS = 400


class Mouse:
    """Points and clicks."""

    def __init__(self, page: Page) -> None:
        self.page = page

    def visible(self, found: Locator) -> Locator:
        """The first one that can be seen: a page may carry a link for phones and one for desks."""
        shown = found.filter(visible=True).first
        shown.wait_for()
        return shown

    def link(self, name: str, within: Locator | None = None) -> Locator:
        """A link by its words."""
        return self.visible((within or self.page).get_by_role("link", name=re.compile(name)))

    def button(self, name: str, within: Locator | None = None) -> Locator:
        """A button by its words."""
        return self.visible((within or self.page).get_by_role("button", name=re.compile(name)))

    def press(self, target: Locator) -> None:
        """Press a link or a button."""
        target.click()

    def write(self, target: Locator, text: str) -> None:
        """Write into a field, in place of what stands there."""
        target.fill(text)

    def pick(self, target: Locator) -> None:
        """Choose one radio or tick a box; its label is what a person sees."""
        target.locator("xpath=ancestor::label[1]").click()

    def choose(self, target: Locator, label: str) -> None:
        """Choose an entry of a list."""
        target.select_option(label=label)

    def attach(self, target: Locator, file: Path) -> None:
        """Give a file."""
        target.set_input_files(file)


class Keyboard(Mouse):
    """Tab, arrows, Enter, Space; nothing else."""

    def reach(self, target: Locator) -> None:
        """Tab until the target has the focus.

        Raises:
            AssertionError: it cannot be reached.
        """
        element = target.element_handle()
        for _ in range(STOPS):
            if self.page.evaluate("el => el === document.activeElement", element):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"cannot be reached with Tab: {target}")

    def press(self, target: Locator) -> None:
        """Reach it and press Enter."""
        self.reach(target)
        self.page.keyboard.press("Enter")

    def write(self, target: Locator, text: str) -> None:
        """Reach it, select what stands there, type."""
        self.reach(target)
        self.page.keyboard.press("ControlOrMeta+a")
        self.page.keyboard.insert_text(text) if text else self.page.keyboard.press("Delete")

    def pick(self, target: Locator) -> None:
        """A box by Space; a radio by the arrows inside its group."""
        if target.get_attribute("type") == "checkbox":
            self.reach(target)
            self.page.keyboard.press("Space")
            return
        name = target.get_attribute("name") or ""
        form = target.locator("xpath=ancestor::form[1]")
        group = form.locator(f'input[type=radio][name="{name}"]')
        self._reach_group(target)
        if not group.and_(self.page.locator(":checked")).count():
            self.page.keyboard.press("Space")
        for _ in range(group.count()):
            if target.is_checked():
                return
            self.page.keyboard.press("ArrowDown")
        raise AssertionError(f"cannot be chosen with the arrows: {target}")

    def _reach_group(self, target: Locator) -> None:
        same = (
            "el => ((at) => el.form === at?.form && el.name === at?.name)(document.activeElement)"
        )
        for _ in range(STOPS):
            if target.evaluate(same):
                return
            self.page.keyboard.press("Tab")
        raise AssertionError(f"cannot be reached with Tab: {target}")

    def choose(self, target: Locator, label: str) -> None:
        """Open the list, go down with the arrows, take the entry."""
        labels = [text.strip() for text in target.locator("option").all_inner_texts()]
        assert label in labels, f"no entry {label!r} in {target}"
        self.reach(target)
        steps = labels.index(label) - target.evaluate("el => el.selectedIndex")
        self.page.keyboard.press("Space")
        for _ in range(abs(steps)):
            self.page.keyboard.press("ArrowDown" if steps > 0 else "ArrowUp")
        self.page.keyboard.press("Enter")
        chosen = target.locator("option:checked").inner_text().strip()
        assert chosen == label, f"the arrows led to {chosen!r}, not to {label!r}"

    def attach(self, target: Locator, file: Path) -> None:
        """Open the file dialogue with Enter."""
        # The listener is there before the walk to the field: under load it takes a moment to hear.
        with self.page.expect_file_chooser() as chooser:
            self.reach(target)
            self.page.keyboard.press("Enter")
        chooser.value.set_files(file)
