"""The Thai catalogue is complete and what the product reads is what was translated."""

from __future__ import annotations

import re

import pytest
from babel.messages.mofile import read_mo
from babel.messages.pofile import read_po
from django.core.management import call_command

from tests.architecture.source import ROOT, nothing

PO = ROOT / "locale" / "th" / "LC_MESSAGES" / "django.po"
THAI = re.compile("[\u0e00-\u0e7f]")


def catalogue():
    with PO.open("rb") as file:
        return [m for m in read_po(file, locale="th") if m.id]


def strings(message):
    return message.string if isinstance(message.string, list | tuple) else [message.string]


def ids(message):
    return tuple(message.id) if isinstance(message.id, list | tuple) else (message.id,)


def test_the_command_finds_nothing_to_do():
    call_command("catalogue", "--check")


def test_no_message_is_empty_or_doubtful():
    nothing([m.id for m in catalogue() if m.fuzzy or not all(strings(m))])


def test_the_compiled_catalogue_is_current():
    with PO.with_suffix(".mo").open("rb") as file:
        compiled = {ids(m): strings(m) for m in read_mo(file) if m.id}
    assert {ids(m) for m in catalogue()} == set(compiled)


@pytest.mark.parametrize("sign", [r"%\(\w+\)[sd]", r"{\w*}"])
def test_a_translation_keeps_its_places_for_values(sign):
    lost = []
    for message in catalogue():
        source = message.id[-1] if isinstance(message.id, list | tuple) else message.id
        wanted = set(re.findall(sign, source))
        lost += [source for text in strings(message) if set(re.findall(sign, text)) - wanted]
        lost += [source for text in strings(message) if wanted - set(re.findall(sign, text))]
    nothing(lost)


def test_most_of_it_is_really_thai():
    """A catalogue filled with the English words would be complete, too."""
    messages = catalogue()
    thai = [m for m in messages if any(THAI.search(text) for text in strings(m))]
    assert len(thai) > 0.97 * len(messages)
