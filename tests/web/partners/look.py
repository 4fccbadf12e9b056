"""Looking at a page."""

from __future__ import annotations

from typing import Any

from bs4 import Tag

from tests.web.swap import soup


def one(page: Any, select: str) -> Tag:
    """The element, which must be there; `page` is a response or a part of one."""
    found = (page if isinstance(page, Tag) else soup(page)).select_one(select)
    assert found is not None, f"{select} is not on the page"
    return found


def text(page: Any) -> str:
    """All words of a response or of a part of it, single spaced."""
    whole = page if isinstance(page, Tag) else soup(page)
    return " ".join(whole.get_text(" ", strip=True).split())
