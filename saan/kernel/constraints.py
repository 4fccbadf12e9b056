"""Constraints that many tables share."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.db.models import CheckConstraint, Q

if TYPE_CHECKING:
    from django.db.models import TextChoices


def one_of(
    field: str, choices: type[TextChoices], name: str, *, blank: bool = False
) -> CheckConstraint:
    """The column holds one of the codes (or nothing, with `blank`)."""
    values = [*choices.values, ""] if blank else list(choices.values)
    return CheckConstraint(condition=Q(**{f"{field}__in": values}), name=name)
