"""Play htmx: swap a response into a page, so that a test can compare it with a fresh page."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from bs4 import BeautifulSoup, Tag

if TYPE_CHECKING:
    from django.http import HttpResponse
    from django.test import Client


def soup(response: Any) -> BeautifulSoup:
    """The document as a browser builds it."""
    return BeautifulSoup(response.content.decode(), "html5lib")


def _one(page: BeautifulSoup | Tag, select: str) -> Tag:
    found = page.select_one(select)
    assert found is not None, f"{select} is not on the page"
    return found


def part(
    client: Client, url: str, data: dict[str, Any] | None = None, *, target: str = ""
) -> HttpResponse:
    """Ask as htmx does, for a part of the page."""
    headers = {"HX-Request": "true", "HX-Target": target.lstrip("#")}
    return client.get(url, data, headers=headers)  # type: ignore[return-value]


def swap(page: BeautifulSoup, response: HttpResponse, target: str) -> None:
    """outerHTML-swap the response's first element over `target`, out-of-band parts by their id."""
    assert b"<html" not in response.content, "a part was asked for, a whole page came"
    fresh = soup(response).body
    assert fresh is not None
    for oob in fresh.select("[hx-swap-oob]"):
        del oob["hx-swap-oob"]
        _one(page, f"#{oob['id']}").replace_with(oob.extract())
    first = fresh.find(recursive=False)
    assert isinstance(first, Tag), "the part is empty"
    _one(page, target).replace_with(first)


def assert_same(a: BeautifulSoup, b: BeautifulSoup, select: str) -> None:
    """The element is the same on both pages, one-time values aside."""
    assert _shape(_one(a, select)) == _shape(_one(b, select))


def _shape(element: Tag) -> str:
    for field in element.select("[name=csrfmiddlewaretoken]"):
        field["value"] = "…"
    return element.prettify()


def assert_swap_equals_fresh(
    client: Client,
    url: str,
    data: dict[str, Any],
    target: str,
    *,
    before: dict[str, Any] | None = None,
) -> None:
    """Following htmx from the page as it was leaves what a fresh load of the new address shows."""
    page = soup(client.get(url, before or {}))
    swap(page, part(client, url, data, target=target), target)
    assert_same(page, soup(client.get(url, data)), target)
