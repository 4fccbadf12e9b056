"""Where a centre's own word should show, nobody asks the built-in enumeration for its label."""

from __future__ import annotations

import ast
import re

from tests.architecture.source import ROOT, files, name, nothing, tree_of

LISTS = {
    "PartnerKind",
    "TargetGroup",
    "Cause",
    "Problem",
    "Service",
    "DispositionCode",
    "DeclineReason",
    "EndReason",
}
WORDS = {"label", "labels", "choices", "names"}
#: Offers have kinds of their own (`OfferKind`), which no centre changes.
DISPLAY = re.compile(r"(?<!offer\.)get_(?:kind|code|disposition|decline_reason|end_reason)_display")


def words_asked(tree):
    """Lines that take words from one of the eight enumerations, directly or of a member."""
    for node in ast.walk(tree):
        if not (isinstance(node, ast.Attribute) and node.attr in WORDS):
            continue
        owner = node.value
        if isinstance(owner, ast.Call):
            owner = owner.func
        elif isinstance(owner, ast.Attribute):
            owner = owner.value
        if isinstance(owner, ast.Name) and owner.id in LISTS:
            yield node.lineno


def displays(text):
    """Lines that ask Django for the label of a column that such a list fills."""
    for number, line in enumerate(text.splitlines(), 1):
        if DISPLAY.search(line):
            yield number


def test_words_come_from_the_centres_lists():
    found = [f"{name(f)}:{line}" for f in files("saan") for line in words_asked(tree_of(f))]
    sources = [*files("saan"), *sorted((ROOT / "saan").rglob("*.html"))]
    found += [f"{name(f)}:{line}" for f in sources for line in displays(f.read_text("utf-8"))]
    nothing(found)


def test_breaches_are_seen():
    for code in ("PartnerKind(x).label", "Cause.choices", "EndReason.HOME.label"):
        assert list(words_asked(ast.parse(code))) == [1]
    assert not list(words_asked(ast.parse("OfferKind(x).label")))
    assert list(displays("{{ partner.get_kind_display }}")) == [1]
    assert not list(displays("{{ offer.get_kind_display }}"))
