"""What is wrong with a spreadsheet file before its cells are read: locks, traps, broken formulas."""

from __future__ import annotations

import io
import re
import zipfile
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from saan.kernel.decisions import Refused

if TYPE_CHECKING:
    from collections.abc import Iterator

#: The most an unpacked workbook may take; 200,000 full rows need about half.
MOST_UNPACKED = 400 * 1024 * 1024
#: Spreadsheets shrink to a tenth or twentieth; a bomb to a thousandth.
MOST_RATIO = 250
RATIO_MATTERS_FROM = 20 * 1024 * 1024
MOST_FAULTS = 20_000
BLOCK = 4 * 1024 * 1024
OLE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
ZIP = b"PK\x03\x04"
NO_VALUE = "="

_CELL = re.compile(
    rb"<c\b(?P<attributes>[^>]*)>(?:<f\b[^>]*(?:/>|>[^<]*</f>))?(?:<v\s*/>|<v></v>|<v>(?P<value>[^<]*)</v>|(?=</c>))"
)
_REFERENCE = re.compile(rb'\br="([A-Z]{1,3})(\d+)"')
_SHEET = re.compile(r"<(?:\w+:)?sheet\b([^>]*)/?>")
_RELATION = re.compile(r"<Relationship\b([^>]*)/?>")
_ATTRIBUTE = re.compile(r'([\w:]+)="([^"]*)"')


def password_words() -> str:
    """For a locked workbook."""
    return _("The workbook is locked with a password. Take the password off and choose it again.")


def check_container(content: bytes) -> None:
    """Refuse a locked file, one that unpacks to too much, and what is no spreadsheet at all.

    Raises:
        Refused: in words.
    """
    if content.startswith(OLE):
        if _is_encrypted(content):
            raise Refused(password_words())
        return
    if not content.startswith(ZIP):
        raise Refused(
            _("The file is damaged or not a spreadsheet. Open it in Excel and save it again.")
        )
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            entries = archive.infolist()
    except (zipfile.BadZipFile, ValueError, OSError) as error:
        raise Refused(
            _("The file is damaged or not a spreadsheet. Open it in Excel and save it again.")
        ) from error
    unpacked = sum(entry.file_size for entry in entries)
    packed = max(1, len(content))
    is_bomb = unpacked > RATIO_MATTERS_FROM and unpacked / packed > MOST_RATIO
    if unpacked > MOST_UNPACKED or is_bomb:
        raise Refused(_("The file unpacks to far more than a registry can be. It was not opened."))


def _is_encrypted(content: bytes) -> bool:
    import msoffcrypto
    from msoffcrypto.exceptions import FileFormatError

    try:
        return bool(msoffcrypto.OfficeFile(io.BytesIO(content)).is_encrypted())
    except (FileFormatError, OSError, ValueError, AttributeError, KeyError):
        # Not a file msoffcrypto knows: an encrypted package or an old workbook; calamine will tell.
        return (
            b"E\x00n\x00c\x00r\x00y\x00p\x00t\x00e\x00d\x00P\x00a\x00c\x00k\x00a\x00g\x00e"
            in content
        )


def formula_faults(content: bytes) -> dict[str, dict[tuple[int, int], str]]:
    """Per sheet the cells that show an error such as #REF!, or a formula never worked out.

    The reader gives them as empty, so they are looked up in the file itself (.xlsx only).
    """
    if not content.startswith(ZIP):
        return {}
    found: dict[str, dict[tuple[int, int], str]] = {}
    try:
        with zipfile.ZipFile(io.BytesIO(content)) as archive:
            for name, path in _sheet_paths(archive):
                cells = dict(_faulty_cells(archive, path))
                if cells:
                    found[name] = cells
    except (zipfile.BadZipFile, KeyError, OSError, RuntimeError, UnicodeDecodeError):
        return found
    return found


def _sheet_paths(archive: zipfile.ZipFile) -> Iterator[tuple[str, str]]:
    from html import unescape

    if "xl/workbook.xml" not in archive.namelist():
        return
    book = archive.read("xl/workbook.xml").decode()
    relations = archive.read("xl/_rels/workbook.xml.rels").decode()
    targets = {}
    for match in _RELATION.finditer(relations):
        attributes = dict(_ATTRIBUTE.findall(match.group(1)))
        targets[attributes.get("Id", "")] = attributes.get("Target", "")
    for match in _SHEET.finditer(book):
        attributes = dict(_ATTRIBUTE.findall(match.group(1)))
        target = targets.get(attributes.get("r:id", ""), "")
        path = target.removeprefix("/") if target.startswith("/") else f"xl/{target}"
        if target and path in archive.namelist():
            yield unescape(attributes.get("name", "")), path


def _faulty_cells(archive: zipfile.ZipFile, path: str) -> Iterator[tuple[tuple[int, int], str]]:
    left, rest = MOST_FAULTS, b""
    with archive.open(path) as stream:
        while block := stream.read(BLOCK):
            block = rest + block
            cut = block.rfind(b"</c>") + 4 if b"</c>" in block else 0
            block, rest = (block[:cut], block[cut:]) if cut else (block, b"")
            if b"<f" not in block and b't="e"' not in block:
                continue
            for match in _CELL.finditer(block):
                fault = _fault(match)
                if fault and left:
                    left -= 1
                    yield fault


def _fault(match: re.Match[bytes]) -> tuple[tuple[int, int], str] | None:
    attributes, value = match["attributes"], match["value"]
    is_error = b't="e"' in attributes
    never_worked_out = value is None and b"<f" in match.group(0)
    reference = _REFERENCE.search(attributes)
    if not reference or not (is_error or never_worked_out):
        return None
    shown = (value or b"#").decode(errors="replace") if is_error else NO_VALUE
    return (int(reference.group(2)), _column(reference.group(1))), shown


def _column(letters: bytes) -> int:
    number = 0
    for letter in letters:
        number = number * 26 + letter - 64
    return number - 1
