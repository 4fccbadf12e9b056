"""Reads msgids out of Python and templates; keeps the .po file sorted and free of noise.

A translation may be written before its msgid exists: it is kept in the file's order when it comes.
"""

from __future__ import annotations

import io
import re
from typing import TYPE_CHECKING, Any

from babel.messages import mofile, pofile
from babel.messages.catalog import Catalog
from babel.messages.extract import extract_python
from django.utils.translation.template import templatize

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

#: (context, msgid, plural) → the files that use it
Key = tuple[str, str, str]
Found = dict[Key, set[str]]

FUNCTIONS = (
    "_",
    "gettext",
    "gettext_lazy",
    "gettext_noop",
    "ngettext",
    "ngettext_lazy",
    "pgettext",
    "pgettext_lazy",
    "npgettext",
    "npgettext_lazy",
)
KEYWORDS = dict.fromkeys(FUNCTIONS)
#: A call with nothing but strings and names in its brackets.
CALL = re.compile(r"""(?:n?p?gettext|\b_)\((?:'(?:\\.|[^'\\])*'|"(?:\\.|[^"\\])*"|[^()'"])*\)""")
PLACEHOLDER = re.compile(r"%\((\w+)\)|(?<!%)\{(\w*)\}")


def key_of(function: str, messages: Any) -> Key | None:
    """What a call asks for, whichever function it uses."""
    parts = list(messages) if isinstance(messages, (tuple, list)) else [messages]
    context = parts.pop(0) if "pgettext" in function and parts else ""
    if not parts or not parts[0]:
        return None
    plural = parts[1] if "ngettext" in function or function.startswith("np") else ""
    return (context or "", parts[0], plural or "")


def python_keys(text: str) -> Iterator[Key]:
    """The msgids of Python code."""
    calls = extract_python(io.BytesIO(text.encode()), KEYWORDS, [], {"encoding": "utf-8"})
    for _line, function, messages, _comments in calls:
        key = key_of(str(function), messages)
        if key:
            yield key


def template_keys(text: str, origin: str) -> Iterator[Key]:
    """The msgids of a template; Django turns it into something that reads like Python."""
    code = templatize(text, origin=origin)
    for call in CALL.findall(code):
        yield from python_keys(call)


def extract(root: Path) -> Found:
    """Every msgid below the folder."""
    found: Found = {}
    for path in sorted(root.rglob("*")):
        if (
            path.suffix not in {".py", ".html"}
            or "migrations" in path.parts
            or "static" in path.parts
        ):
            continue
        text = path.read_text(encoding="utf-8")
        reader = python_keys(text) if path.suffix == ".py" else template_keys(text, str(path))
        for key in reader:
            found.setdefault(key, set()).add(str(path.relative_to(root.parent)))
    return found


def read(path: Path) -> Catalog:
    """The catalogue as it is; an empty one when there is none."""
    if not path.exists():
        return Catalog(locale="th")
    with path.open("rb") as file:
        return pofile.read_po(file, locale="th")


def thai_of(book: Catalog, key: Key) -> str:
    """The Thai for a msgid, or nothing."""
    context, msgid, plural = key
    message = book.get((msgid, plural) if plural else msgid, context or None)
    if message is None or message.fuzzy:
        return ""
    text = message.string[0] if isinstance(message.string, (tuple, list)) else message.string
    return text or ""


def put(book: Catalog, key: Key, thai: str) -> None:
    """Add one message. Thai has no plural form of its own."""
    context, msgid, plural = key
    book.add(
        (msgid, plural) if plural else msgid, (thai,) if plural else thai, context=context or None
    )


def merge(book: Catalog, found: Found, pairs: dict[str, Any]) -> list[str]:
    """Put translations in; returns the msgids that are used nowhere (they are left out)."""
    by_text: dict[str, list[Key]] = {}
    for key in found:
        by_text.setdefault(key[1], []).append(key)
        if key[0]:
            by_text.setdefault(f"{key[0]}|{key[1]}", []).append(key)
    unknown = []
    for msgid, value in pairs.items():
        thai = next(iter(value.values())) if isinstance(value, dict) else value
        keys = by_text.get(msgid, [])
        if not keys:
            unknown.append(msgid)
        for key in keys:
            if key in book and not thai:
                continue
            _drop(book, key)
            put(book, key, thai)
    return unknown


def _drop(book: Catalog, key: Key) -> None:
    context, msgid, plural = key
    book.delete((msgid, plural) if plural else msgid, context or None)


def updated(book: Catalog, found: Found, *, prune: bool) -> Catalog:
    """A catalogue of the msgids in use with the Thai known so far; others go only with `prune`."""
    fresh = Catalog(locale="th", fuzzy=False)
    keys = set(found) if prune else set(found) | set(translated(book))
    for key in sorted(keys, key=lambda k: (k[1], k[0], k[2])):
        put(fresh, key, thai_of(book, key))
    return fresh


def translated(book: Catalog) -> Iterator[Key]:
    """The msgids that have Thai."""
    for message in book:
        parts = message.id if isinstance(message.id, (tuple, list)) else (message.id, "")
        key = (message.context or "", parts[0], parts[1])
        if parts[0] and thai_of(book, key):
            yield key


HEADER = """\
msgid ""
msgstr ""
"Language: th\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: nplurals=1; plural=0;\\n"

"""


def write_po(book: Catalog, path: Path) -> None:
    """Write without dates, line numbers and anything else that changes by itself."""
    buffer = io.BytesIO()
    pofile.write_po(buffer, book, omit_header=True, sort_output=True, no_location=True, width=0)
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(HEADER + buffer.getvalue().decode("utf-8").strip() + "\n", encoding="utf-8")


def write_mo(book: Catalog, path: Path) -> None:
    """Compile."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("wb") as file:
        mofile.write_mo(file, book)


def missing(book: Catalog, found: Found, under: str) -> dict[str, str]:
    """Msgids without Thai, as a file to fill in."""
    return {
        key[1]: ""
        for key, files in sorted(found.items())
        if not thai_of(book, key) and any(f.startswith(under) for f in files)
    }


def problems(book: Catalog, found: Found) -> list[str]:
    """What keeps the catalogue from being complete."""
    lines = []
    for key, files in sorted(found.items()):
        thai = thai_of(book, key)
        if not thai:
            lines.append(f"no Thai: {key[1]!r} in {min(files)}")
        elif not placeholders(thai) <= placeholders(key[1]) | placeholders(key[2]):
            lines.append(f"placeholders differ: {key[1]!r}")
    wanted = {(k[0], k[1]) for k in found}
    for message in book:
        msgid = message.id[0] if isinstance(message.id, (tuple, list)) else message.id
        if msgid and (message.context or "", msgid) not in wanted:
            lines.append(f"unused: {msgid!r}")
        if msgid and message.fuzzy:
            lines.append(f"fuzzy: {msgid!r}")
    return lines


def placeholders(text: str) -> set[str]:
    """The names that a sentence leaves open."""
    return {a or b for a, b in PLACEHOLDER.findall(text)}
