"""The one place that says which rows belong to whom."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self, TypeVar

from django.db import models

if TYPE_CHECKING:
    from saan.kernel.actors import Actor

M = TypeVar("M", bound=models.Model)


class CentreQuerySet(models.QuerySet[M]):
    """Rows that carry `centre`."""

    def for_actor(self, actor: Actor) -> Self:
        """Those of the actor's centre. Every query made for a person starts here."""
        return self.filter(centre_id=actor.centre_id)
