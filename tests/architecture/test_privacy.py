"""Every field about a person says how private it is."""

from __future__ import annotations

import pytest
from django.apps import apps

from saan.kernel.privacy import Privacy
from tests.architecture.source import nothing

AREAS = ("people", "cases", "placements")
MODELS = [m for area in AREAS for m in apps.get_app_config(area).get_models()]


def undeclared(fields, declared):
    """Fields without a declaration, and declarations without a field."""
    return sorted(set(fields) ^ set(declared))


@pytest.mark.parametrize("model", MODELS, ids=lambda m: m.__name__)
def test_every_field_declares_its_privacy(model):
    assert undeclared([f.name for f in model._meta.concrete_fields], model.PRIVACY) == []
    assert {type(value) for value in model.PRIVACY.values()} == {Privacy}


def test_a_forgotten_field_is_seen():
    assert undeclared(["id", "nickname"], {"id": Privacy.OPEN}) == ["nickname"]


@pytest.mark.parametrize("model", MODELS, ids=lambda m: m.__name__)
def test_sealed_columns_are_personal(model):
    sealed = [f.name for f in model._meta.concrete_fields if f.name.endswith(("_sealed", "_key"))]
    open_ones = [n for n in sealed if model.PRIVACY[n] is Privacy.OPEN and n != "intake_key"]
    nothing(open_ones)
