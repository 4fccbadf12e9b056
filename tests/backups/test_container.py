"""The file of a backup: nobody reads it without the key, and nobody changes it unnoticed."""

from __future__ import annotations

import io
from pathlib import Path

import pytest

from saan.backups.container import BLOCK, Opener, Sealer
from saan.kernel.decisions import Refused

HEAD = {"version": "0.2.0", "engine": "sqlite", "at": "2026-11-22T03:00:00+00:00"}
CONTENT = bytes(range(256)) * 10_000  # two and a half blocks


def sealed(content=CONTENT):
    out = io.BytesIO()
    sealer = Sealer(out, HEAD)
    for start in range(0, len(content), 70_000):
        sealer.write(content[start : start + 70_000])
    sealer.close()
    return out.getvalue()


def opened(data):
    opener = Opener(Path("b.saanbackup"), io.BytesIO(data))
    found = b""
    while piece := opener.read(99_991):
        found += piece
    return found


@pytest.mark.parametrize("size", [0, 1, BLOCK - 1, BLOCK, BLOCK + 1, 2 * BLOCK, len(CONTENT)])
def test_what_was_sealed_comes_back(size):
    assert opened(sealed(CONTENT[:size])) == CONTENT[:size]


def test_the_head_can_be_read_and_the_content_cannot():
    data = sealed(b"a name that nobody may read" * 100)
    assert b'"version": "0.2.0"' in data
    assert b"a name that nobody may read" not in data


def test_a_changed_block_is_named():
    data = bytearray(sealed())
    data[-len(CONTENT) // 2] ^= 1
    with pytest.raises(Refused, match=r"2"):
        opened(bytes(data))


def test_a_file_cut_between_two_blocks_is_said_to_be_cut():
    data = sealed()
    head = len(data) - (len(CONTENT) + 3 * 16)
    with pytest.raises(Refused) as no:
        opened(data[: head + 2 * (BLOCK + 16)])
    with pytest.raises(Refused) as also:
        opened(data[:head])
    assert no.value.reason != also.value.reason


def test_a_file_cut_anywhere_is_noticed():
    data = sealed(CONTENT[:5000])
    for end in range(0, len(data), 97):
        with pytest.raises(Refused):
            opened(data[:end])


def test_blocks_cannot_change_places():
    data = sealed()
    head = len(data) - (len(CONTENT) + 3 * 16)
    first, second = (data[head + n * (BLOCK + 16) :][: BLOCK + 16] for n in (0, 1))
    with pytest.raises(Refused):
        opened(data[:head] + second + first + data[head + 2 * (BLOCK + 16) :])


def test_another_head_fits_no_block():
    data = sealed().replace(b'"version": "0.2.0"', b'"version": "9.2.0"')
    with pytest.raises(Refused):
        opened(data)


def test_another_key_is_named_and_nothing_is_read(settings):
    data = sealed()
    settings.ENCRYPTION_KEY = "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVpBQkNERUY="
    with pytest.raises(Refused, match="ENCRYPTION_KEY"):
        opened(data)


def test_an_older_key_that_is_still_known_opens_it(settings):
    data = sealed()
    new = "QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVpBQkNERUY="
    settings.ENCRYPTION_KEY = f"{new},{settings.ENCRYPTION_KEY}"
    assert opened(data) == CONTENT


@pytest.mark.parametrize("data", [b"", b"PK\x03\x04", b"SAANBACKUP1\n\xff\xff\xff\xff{}"])
def test_something_else_is_refused_in_words(data):
    with pytest.raises(Refused):
        opened(data)
