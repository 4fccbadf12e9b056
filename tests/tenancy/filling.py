"""A row of every table for a centre, whatever tables there are."""

from __future__ import annotations

import itertools
import secrets
from datetime import UTC, date, datetime
from typing import TYPE_CHECKING, Any
from uuid import uuid4

from django.db import models

from saan.centres import row_security
from tests.access import world

if TYPE_CHECKING:
    from collections.abc import Callable

    from django.db.models import Field, Model

    from saan.centres.models import Centre

NUMBERS = itertools.count(1_000)
#: What a constraint demands, by the name of the field.
DEMANDED = {"fiscal_year": 2569}
#: By the kind of the field; the first that fits.
VALUES: tuple[tuple[type[Field[Any, Any]], Callable[[Any], Any]], ...] = (
    (models.UUIDField, lambda _: uuid4()),
    (models.BooleanField, lambda _: False),
    (models.DateTimeField, lambda _: datetime(2026, 11, 1, 3, 0, tzinfo=UTC)),
    (models.DateField, lambda _: date(2026, 11, 1)),
    (models.IntegerField, lambda _: next(NUMBERS)),
    (models.BinaryField, lambda _: b"\x01"),
    (models.JSONField, lambda _: {}),
    (models.CharField, lambda field: secrets.token_hex(16)[: field.max_length]),
    (models.TextField, lambda _: "x"),
)


def locked_models() -> list[type[Model]]:
    """Models whose rows belong to one centre."""
    return [
        model
        for model in row_security.ours()
        if row_security.policies_of(model) and row_security.has_centre(model)
    ]


def fill(centre: Centre) -> dict[type[Model], Any]:
    """At least one row of every locked table; the key of one of each."""
    world.build(centre)
    return {model: row_of(model, centre).pk for model in locked_models()}


def row_of(model: type[Model], centre: Centre) -> Any:
    """A row of the centre: one that is there, or a new one with whatever its columns demand."""
    rows = model._default_manager.order_by("pk")
    if row_security.has_centre(model):
        rows = rows.filter(centre_id=centre.pk)
    return rows.first() or _made(model, centre)


def _made(model: type[Model], centre: Centre) -> Any:
    said: dict[str, Any] = {}
    for field in model._meta.local_fields:
        if field.column == "centre_id":
            said[field.attname] = centre.pk
        elif not (field.null or field.has_default() or _fills_itself(field)):
            said[field.attname] = _value(field, centre)
    return model._default_manager.create(**said)


def _fills_itself(field: Any) -> bool:
    is_number = isinstance(field, models.AutoField | models.BigAutoField)
    return is_number or field.blank or field.db_default is not models.NOT_PROVIDED


def _value(field: Any, centre: Centre) -> Any:
    if field.is_relation:
        return row_of(field.related_model, centre).pk
    if field.name in DEMANDED:
        return DEMANDED[field.name]
    if field.choices:
        return field.flatchoices[0][0]
    for kind, value in VALUES:
        if isinstance(field, kind):
            return value(field)
    raise LookupError(f"tests/tenancy/filling.py: a value for {field}")
