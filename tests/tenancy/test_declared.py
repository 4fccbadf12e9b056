"""No table is forgotten, whatever the database."""

from __future__ import annotations

import pytest
from django.apps import apps
from django.db import models

from saan.centres import row_security
from tests.architecture.source import nothing


def forgotten(found):
    """Tables that nobody decided about, or that name a centre and are open without being named."""
    return [
        model._meta.label
        for model in found
        if not row_security.policies_of(model) and model._meta.label not in row_security.OUTSIDE
    ]


def test_every_table_is_locked_or_says_why_not():
    nothing(forgotten(row_security.ours()))


def test_what_is_outside_says_why():
    nothing([label for label, reason in row_security.OUTSIDE.items() if len(reason) < 5])


def test_nothing_is_declared_that_is_gone():
    there = {model._meta.label for model in row_security.ours()}
    declared = {*row_security.SPECIAL, *row_security.OUTSIDE, *row_security.RIGHTS}
    nothing(sorted(declared - there))


def test_nothing_is_both_locked_and_outside():
    nothing(sorted(set(row_security.SPECIAL) & set(row_security.OUTSIDE)))


@pytest.fixture
def new_table():
    """A table that somebody adds without a thought of locks."""

    class Forgotten(models.Model):  # noqa: DJ008 - gone after the test
        of_centre_id = models.BigIntegerField()

        class Meta:
            app_label = "cases"

    class Locked(models.Model):  # noqa: DJ008 - gone after the test
        centre_id = models.BigIntegerField()

        class Meta:
            app_label = "cases"

    yield Forgotten, Locked
    for name in ("forgotten", "locked"):
        apps.all_models["cases"].pop(name)
    apps.clear_cache()


def test_a_new_table_with_a_centre_is_locked_by_itself_and_another_is_seen(new_table):
    assert forgotten(new_table) == ["cases.Forgotten"]
