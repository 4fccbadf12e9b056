"""Relations obey the same floors as imports: a string foreign key is not a loophole."""

from __future__ import annotations

import subprocess
import tomllib
from types import SimpleNamespace

import pytest
from django.apps import apps

from tests.architecture.source import ROOT, nothing

CONTRACT = tomllib.loads((ROOT / "pyproject.toml").read_text())["tool"]["importlinter"][
    "contracts"
][0]
#: area → height; a higher number stands on a higher floor.
HEIGHT = {
    area.strip(" ()"): -floor
    for floor, row in enumerate(CONTRACT["layers"])
    for area in row.split("|")
}


def climbing(model, fields):
    """Relations of a model that point up, or sideways to a sibling."""
    here = model._meta.app_config.name.split(".")[1]
    for field in fields:
        if field.auto_created or not field.is_relation or field.related_model is None:
            continue
        there = field.related_model._meta.app_config.name
        if not there.startswith("saan."):
            continue
        there = there.split(".")[1]
        if there != here and HEIGHT[there] >= HEIGHT[here]:
            yield f"{model.__name__}.{field.name} → {there}"


def test_foreign_keys_point_down():
    ours = [m for m in apps.get_models() if m.__module__.startswith("saan.")]
    nothing([wrong for m in ours for wrong in climbing(m, m._meta.get_fields())])


def test_a_foreign_key_that_climbs_is_seen():
    partner, placement = (
        apps.get_model("partners", "Partner"),
        apps.get_model("placements", "Placement"),
    )
    upward = SimpleNamespace(
        auto_created=False, is_relation=True, related_model=placement, name="last"
    )
    assert list(climbing(partner, [upward])) == ["Partner.last → placements"]


def test_a_foreign_key_to_a_sibling_is_seen():
    partner, person = apps.get_model("partners", "Partner"), apps.get_model("people", "Person")
    aside = SimpleNamespace(auto_created=False, is_relation=True, related_model=person, name="who")
    assert list(climbing(partner, [aside])) == ["Partner.who → people"]


def test_every_app_stands_on_a_floor():
    installed = {c.name.split(".")[1] for c in apps.get_app_configs() if c.name.startswith("saan.")}
    assert installed <= set(HEIGHT)


@pytest.mark.parametrize("area", ["kernel", "audit", "places", "accounts", "centres"])
def test_the_lower_floors_know_no_pages(area):
    """import-linter checks all floors in `make check`; here the part that hurts most, without it."""
    found = subprocess.run(
        ["grep", "-rlE", r"(from|import) saan\.web", str(ROOT / "saan" / area), "--include=*.py"],
        capture_output=True,
        text=True,
        check=False,
    ).stdout.split()
    nothing(found)
