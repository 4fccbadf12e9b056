"""A PNG that somebody sent: checked, and without anything in it that is not picture."""

from __future__ import annotations

import zlib
from typing import TYPE_CHECKING

from django.utils.translation import gettext as _

from saan.kernel.decisions import Refused

if TYPE_CHECKING:
    from collections.abc import Iterator

SIGNATURE = b"\x89PNG\r\n\x1a\n"
MAX_BYTES = 300 * 1024
MAX_SIDE = 1000
#: What draws the picture. Text, places, times and colour profiles are left out.
KEPT = frozenset({b"IHDR", b"PLTE", b"tRNS", b"IDAT", b"IEND"})
#: The most that pixels of this size can unpack to: 8 bytes each and a byte a row, twice for interlacing.
MOST_UNPACKED = 2 * (MAX_SIDE * 8 + 1) * MAX_SIDE


def cleaned(content: bytes) -> bytes:
    """The picture alone.

    Raises:
        Refused: another format, too large, or damaged; the reason says which.
    """
    if len(content) > MAX_BYTES:
        raise Refused(_("The picture is larger than 300 KB: save it smaller."))
    if not content.startswith(SIGNATURE):
        raise Refused(_("This is not a PNG picture. Save the logo as PNG and choose it again."))
    parts = [(kind, data) for kind, data in _chunks(content) if kind in KEPT]
    kinds = [kind for kind, _data in parts]
    header = parts[0][1] if kinds[:1] == [b"IHDR"] else b""
    if len(header) != 13 or kinds.count(b"IHDR") != 1 or kinds[-1] != b"IEND":
        raise _damaged()
    width, height = int.from_bytes(header[:4]), int.from_bytes(header[4:8])
    if not (0 < width <= MAX_SIDE and 0 < height <= MAX_SIDE):
        raise Refused(_("The picture is larger than 1000 × 1000 points: save it smaller."))
    _require_pixels(b"".join(data for kind, data in parts if kind == b"IDAT"))
    return SIGNATURE + b"".join(_chunk(kind, data) for kind, data in parts)


def _chunks(content: bytes) -> Iterator[tuple[bytes, bytes]]:
    """Every part up to the end mark; what hangs after it is not ours."""
    at = len(SIGNATURE)
    while at + 12 <= len(content):
        length = int.from_bytes(content[at : at + 4])
        kind, data = content[at + 4 : at + 8], content[at + 8 : at + 8 + length]
        check = content[at + 8 + length : at + 12 + length]
        if check != zlib.crc32(kind + data).to_bytes(4):
            raise _damaged()
        yield kind, data
        if kind == b"IEND":
            return
        at += 12 + length
    raise _damaged()


def _chunk(kind: bytes, data: bytes) -> bytes:
    return len(data).to_bytes(4) + kind + data + zlib.crc32(kind + data).to_bytes(4)


def _require_pixels(packed: bytes) -> None:
    """They unpack, and to no more than a picture of this size can hold."""
    unpack = zlib.decompressobj()
    try:
        pixels = unpack.decompress(packed, MOST_UNPACKED)
    except zlib.error as bad:
        raise _damaged() from bad
    if not pixels or unpack.unconsumed_tail or not unpack.eof:
        raise _damaged()


def _damaged() -> Refused:
    return Refused(_("The picture is damaged. Save it as PNG again."))
