"""Chainable questions about persons."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db import models

from saan.centres.querysets import CentreQuerySet

if TYPE_CHECKING:
    from saan.kernel.actors import Actor
    from saan.people.models import AccessRequest, Person  # noqa: F401 - for the type parameter


class AccessQuerySet(models.QuerySet["AccessRequest"]):
    """Requests between centres."""

    def for_actor(self, actor: Actor) -> Self:
        """Those that the actor's centre asked, or was asked."""
        own = models.Q(asking_centre_id=actor.centre_id) | models.Q(asked_centre_id=actor.centre_id)
        return self.filter(own)

    def asked_of(self, actor: Actor) -> Self:
        """Those that the actor's centre was asked."""
        return self.for_actor(actor).filter(asked_centre_id=actor.centre_id)

    def asked_by(self, actor: Actor) -> Self:
        """Those that the actor's centre asked."""
        return self.for_actor(actor).filter(asking_centre_id=actor.centre_id)


class PersonQuerySet(CentreQuerySet["Person"]):
    """Persons of a centre."""

    def unnamed(self) -> Self:
        """Those whose name nobody knows."""
        return self.filter(first_name="", last_name="", erased_at=None)

    def with_home(self) -> Self:
        """With the names of the registered home, without the heavy shapes."""
        home = self.select_related("home_province", "home_district", "home_subdistrict")
        return home.defer("home_district__shape")

    def sounding_like(self, sound_key: str) -> Self:
        """Those whose whole name has the same sound key."""
        return self.filter(sound_key=sound_key).order_by("pk")

    def family_sounding_like(self, sound_key: str) -> Self:
        """Those whose family name has the same sound; nobody when there is no family name."""
        family = sound_key.partition(".")[0]
        if not family:
            return self.none()
        # A range, not LIKE: the index serves it on both databases.
        near = self.filter(sound_key__gte=f"{family}.", sound_key__lt=f"{family}/")
        return near.order_by("sound_key", "pk")
