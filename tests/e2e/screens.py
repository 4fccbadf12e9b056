"""Pictures of pages, and what an accessibility checker says about them."""

from __future__ import annotations

import io
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any

from PIL import Image

if TYPE_CHECKING:
    from playwright.sync_api import Page

ROOT = Path(__file__).resolve().parents[2]
SCREENS = ROOT / "docs" / "screens"
AXE = ROOT / "assets" / "node_modules" / "axe-core" / "axe.min.js"
WIDTHS = (390, 1280)
THEMES = ("light", "dark")
#: A picture of a long list shows its beginning.
TALLEST = 2600
RULES = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]


def violations(page: Page) -> list[str]:
    """What axe-core objects to, one line each."""
    page.evaluate(AXE.read_text(encoding="utf-8"))
    found: list[dict[str, Any]] = page.evaluate(
        "rules => axe.run(document, {runOnly: rules}).then(r => r.violations)", RULES
    )
    return [
        f"{one['id']}: {node['html'][:160]} · {node.get('failureSummary', '')[:200]}"
        for one in found
        for node in one["nodes"]
    ]


def look(page: Page, name: str) -> None:
    """Check the page in every width and theme, and take its pictures where they are wanted.

    Raises:
        AssertionError: axe objects, or the page is wider than the screen.
    """
    before = page.viewport_size
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 844 if width < 800 else 800})
        for theme in THEMES:
            page.emulate_media(color_scheme=theme)  # type: ignore[arg-type]
            page.wait_for_timeout(150)
            wide = page.evaluate("document.documentElement.scrollWidth - innerWidth")
            assert wide <= 0, f"{name} is {wide} px wider than {width} px"
            objections = violations(page)
            assert objections == [], f"{name} {width} {theme}:\n" + "\n".join(objections)
            if os.environ.get("SAAN_SCREENS"):
                keep(page, SCREENS / f"{name}-{width}-{theme}.png")
    page.emulate_media(color_scheme="light")
    if before:
        page.set_viewport_size(before)


def keep(page: Page, file: Path) -> None:
    """Write the whole page as a small palette picture."""
    file.parent.mkdir(parents=True, exist_ok=True)
    # What is fixed to the window belongs to the whole picture: make the window as high as the page.
    size = page.viewport_size or {"width": 1280, "height": 800}
    height = page.evaluate("document.documentElement.scrollHeight")
    page.set_viewport_size({"width": size["width"], "height": min(max(height, 800), TALLEST)})
    picture = Image.open(io.BytesIO(page.screenshot())).convert("RGB")
    page.set_viewport_size(size)
    picture.quantize(colors=96, dither=Image.Dither.NONE).save(file, optimize=True)
