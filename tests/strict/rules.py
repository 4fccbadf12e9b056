"""What the whole suite refuses, though Django would let it pass. Installed by tests/conftest.py."""

from __future__ import annotations

import re
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

from django.db import models

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pytest

OURS = Path(__file__).resolve().parents[2] / "saan"


class UndefinedVariable(AssertionError):  # noqa: N818 - a failed assertion
    """A template of ours asks for something that its context does not hold."""


class Undefined(str):
    """Stands in for Django's `string_if_invalid`: a hole in a page of ours is an error."""

    __slots__ = ()

    def __contains__(self, key: object) -> bool:
        return key == "%s"

    def __bool__(self) -> bool:
        return True

    def __mod__(self, variable: object) -> str:
        name = _template_name()
        if Path(name).is_relative_to(OURS):
            raise UndefinedVariable(f"{name}: {variable} is not defined")
        return ""


def _template_name() -> str:
    """The template being rendered, read from the calling frames; '' when there is none."""
    frame = sys._getframe(2)
    while frame:
        template = getattr(frame.f_locals.get("context"), "template", None)
        origin = getattr(template, "origin", None)
        if origin is not None:
            return str(origin.name)
        if frame.f_back is None:
            break
        frame = frame.f_back
    return ""


def dates_are_not_datetimes(patch: pytest.MonkeyPatch) -> None:
    """A DateField refuses a datetime: which day it means depends on the time zone."""
    kept = models.DateField.get_prep_value

    def get_prep_value(self: models.DateField[Any, Any], value: Any) -> Any:
        if isinstance(value, datetime) and not isinstance(self, models.DateTimeField):
            raise TypeError(f"{self}: a datetime is not a date")
        return kept(self, value)

    patch.setattr(models.DateField, "get_prep_value", get_prep_value)


def unordered_comes_back_reversed(patch: pytest.MonkeyPatch) -> None:
    """Whoever relies on the order of a queryset without one sees it the other way round."""
    kept = models.QuerySet._fetch_all

    def _fetch_all(self: models.QuerySet[Any]) -> None:
        fresh = self._result_cache is None
        kept(self)
        if fresh and isinstance(self._result_cache, list) and not self.ordered:
            self._result_cache.reverse()

    patch.setattr(models.QuerySet, "_fetch_all", _fetch_all)


HANDLER = re.compile(r"<[^>]*\son[a-z]+\s*=", re.IGNORECASE)
STYLE = re.compile(r"<[^>]*\sstyle\s*=", re.IGNORECASE)
SCRIPT = re.compile(r"<script(?![^>]*(\ssrc=|\snonce=|type=\"application/json\"))", re.IGNORECASE)
FORM = re.compile(r"<form\b[^>]*\bmethod=\"?post\"?[^>]*>.*?</form>", re.IGNORECASE | re.DOTALL)
QUOTED = re.compile(r"\"[^\"]*\"")


def faults(html: str) -> Iterator[str]:
    """What is wrong with a page as the browser receives it."""
    bare = QUOTED.sub('""', html)
    for name, pattern in {"an inline handler": HANDLER, "an inline style": STYLE}.items():
        if found := pattern.search(bare):
            yield f"{name}: {found.group()[:120]}"
    if found := SCRIPT.search(html):
        yield f"an inline script: {html[found.start() : found.start() + 120]}"
    for sign in ("{{", "{%", "{#"):
        if sign in html:
            at = html.index(sign)
            yield f"a stray {sign}: {html[max(0, at - 40) : at + 80]}"
    for form in FORM.findall(html):
        if "csrfmiddlewaretoken" not in form:
            yield f"a form without its CSRF token: {form[:160]}"


def check(response: Any) -> None:
    """Refuse a response whose HTML has faults."""
    if getattr(response, "streaming", False):
        return
    if not response.get("Content-Type", "").startswith("text/html"):
        return
    found = list(faults(response.content.decode()))
    if found:
        raise AssertionError(f"{response.request['PATH_INFO']}: " + "; ".join(found))
