"""Generated documents are current: `make reference` writes them."""

from __future__ import annotations

import os

import pytest

from tests.architecture import reference
from tests.architecture.source import nothing


@pytest.mark.parametrize("name", reference.DOCUMENTS)
def test_a_generated_document_is_current(name):
    file, text = reference.FOLDER / name, reference.DOCUMENTS[name]()
    if os.environ.get("SAAN_WRITE_REFERENCE"):
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(text, encoding="utf-8")
    assert file.is_file(), "run: make reference"
    assert file.read_text(encoding="utf-8") == text, "run: make reference"


def test_every_state_field_has_its_table():
    """A column called `state` has a TRANSITIONS table that knows each of its codes."""
    known = {type(next(iter(table))): set(table) for _, table in reference.transition_tables()}
    missing = []
    for model in reference.models():
        for field in model._meta.concrete_fields:
            if field.name == "state":
                codes = {code for code, _ in field.choices or ()}
                if codes not in [set(map(str, states)) for states in known.values()]:
                    missing.append(model.__name__)
    nothing(missing)


def test_the_dictionary_holds_every_table():
    text = reference.data_dictionary()
    nothing([m.__name__ for m in reference.models() if f"## {m._meta.label}" not in text])
