"""What may stand in a log: what happened, where, how long. Never who it was about.

A message is kept as it is written in the code; of its arguments only numbers are filled in. Of a
fault we keep its class and the places it went through; its message may quote a row ("Key
(phone)=(081…)") and stays only for kinds that speak of the machine. What names a person by accident
(Thai letters, e-mail, long numbers, quoted values) is blotted out everywhere.
"""

from __future__ import annotations

import logging
import re
import traceback
from contextvars import ContextVar
from typing import Any

from pythonjsonlogger.json import JsonFormatter

BLOT = "…"
#: Fields that a record may carry beside its message: numbers, codes and names of ours.
FIELDS = (
    "request_id",
    "route",
    "method",
    "status",
    "ms",
    "queries",
    "user",
    "centre",
    "job",
    "code",
    "task",
    "worker",
    "attempt",
    "count",
    "fault",
    "slot",
    "check",
)
#: Kinds of faults that speak of the machine and not of a row.
ABOUT_THE_MACHINE = {
    "ModuleNotFoundError",
    "ImportError",
    "ImproperlyConfigured",
    "BadEnvironment",
    "OperationalError",
    "TemplateDoesNotExist",
    "NoReverseMatch",
}
_SCRUB = (
    re.compile(r"(?m)^\s*(?:DETAIL|CONTEXT|LINE \d+|HINT|STATEMENT|QUERY):.*$"),
    re.compile(r"=\s?\([^)]*\)"),
    re.compile(r"\([^()]*,[^()]*\)"),
    re.compile(r"'[^'\n]*'|\"[^\"\n]*\"|“[^”]*”|‘[^’]*’"),
    re.compile(r"[\w.+-]+@[\w-]+\.[\w.-]+"),
    re.compile(r"(?<![\w.])\+?\d(?:[ .()-]{0,2}\d){6,}"),
    re.compile(r"[?&][\w%-]+=[^\s&]*"),
    re.compile("[\u0e00-\u0e7f]+(?:[ .\u0e00-\u0e7f]*[\u0e00-\u0e7f])?"),
)

#: What every line written meanwhile carries: request, job, user and centre by number.
_context: ContextVar[dict[str, Any] | None] = ContextVar("saan_logs", default=None)


def put(**fields: Any) -> None:
    """Let the lines of this request or job carry these fields from now on."""
    _context.set({**(_context.get() or {}), **fields})


def clear() -> None:
    """A new request or job begins: nothing is carried on."""
    _context.set(None)


def carried() -> dict[str, Any]:
    """What the lines carry now."""
    return dict(_context.get() or {})


def scrub(text: str) -> str:
    """Blot out what could be personal."""
    for pattern in _SCRUB:
        text = pattern.sub(BLOT, text)
    return text


def message(record: logging.LogRecord) -> str:
    """The message as the code has it; of the arguments numbers only."""
    text = str(record.msg)
    if not record.args:
        return scrub(text)
    given = record.args
    safe: Any
    if isinstance(given, dict):
        safe = {name: _harmless(value) for name, value in given.items()}
    else:
        safe = tuple(_harmless(value) for value in given)
    try:
        return scrub(text % safe)
    except (TypeError, ValueError):
        return scrub(text)


def _harmless(value: Any) -> Any:
    return value if isinstance(value, bool | int | float | None) else BLOT


def frames(error: BaseException) -> str:
    """Class and places of a fault, with those that led to it; no values."""
    parts: list[str] = []
    seen: set[int] = set()
    here: BaseException | None = error
    while here is not None and id(here) not in seen:
        seen.add(id(here))
        lines = [
            f"  {frame.filename}:{frame.lineno} {frame.name}"
            for frame in traceback.extract_tb(here.__traceback__)
        ]
        parts.append("\n".join([_headline(here), *lines]))
        here = here.__cause__ or (None if here.__suppress_context__ else here.__context__)
    return "\nbecause of ".join(parts)


def _headline(error: BaseException) -> str:
    kind = type(error).__qualname__
    said = scrub(str(error)).strip() if kind in ABOUT_THE_MACHINE else ""
    return f"{kind}: {said}" if said else kind


class JsonLines(JsonFormatter):
    """One JSON object a line."""

    def format(self, record: logging.LogRecord) -> str:
        """Put together only what may stand there; nothing of the record comes along by itself."""
        line: dict[str, Any] = {
            "time": self.formatTime(record, "%Y-%m-%dT%H:%M:%S%z"),
            "level": record.levelname,
            "logger": record.name,
            "message": message(record),
            **carried(),
        }
        line |= {name: record.__dict__[name] for name in FIELDS if name in record.__dict__}
        if record.exc_info and record.exc_info[1] is not None:
            line["traceback"] = frames(record.exc_info[1])
        return self.jsonify_log_record(line)


class NotTheServersOwn(logging.Filter):
    """Leave out what Django says of each refused request: our own line has it, without the path."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Whether the line is written."""
        return not (record.name == "django.request" and record.exc_info is None)


#: Addresses whose last part is the key to them (saan.web.answer, join, accounts.views_renew).
_KEYS = re.compile(r"/(a|join|account/renew)/[^/\s?\"']+")


class WithoutKeys(logging.Filter):
    """Blot out the secret of a link, which Django's own lines quote with the path."""

    def filter(self, record: logging.LogRecord) -> bool:
        """Every line is written."""
        record.msg = _without_keys(record.msg)
        if isinstance(record.args, tuple):
            record.args = tuple(_without_keys(value) for value in record.args)
        return True


def _without_keys(value: Any) -> Any:
    return _KEYS.sub(rf"/\1/{BLOT}", value) if isinstance(value, str) else value


def settings(*, as_json: bool, level: str) -> dict[str, Any]:
    """Django's LOGGING: one JSON object a line, or plain words for a developer."""
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "filters": {
            "own": {"()": f"{__name__}.NotTheServersOwn"},
            "keys": {"()": f"{__name__}.WithoutKeys"},
        },
        "formatters": {
            "plain": {"format": "%(asctime)s %(levelname)s %(name)s %(message)s"},
            "json": {"()": f"{__name__}.JsonLines"},
        },
        "handlers": {
            "console": {
                "class": "logging.StreamHandler",
                "formatter": "json" if as_json else "plain",
                "filters": ["own"] if as_json else ["keys"],
            }
        },
        "root": {"handlers": ["console"], "level": level},
        # Its lines name who failed to sign in; the table axes keeps has them for the administrator.
        "loggers": {"axes": {"level": "ERROR"}, "django.server": {"level": "ERROR"}},
    }
