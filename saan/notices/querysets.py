"""Questions about notices."""

from __future__ import annotations

from typing import TYPE_CHECKING, Self

from django.db.models import Q

from saan.centres.querysets import CentreQuerySet

if TYPE_CHECKING:
    from saan.kernel.actors import Actor
    from saan.notices.models import Notice  # noqa: F401 - for the type parameter


class NoticeQuerySet(CentreQuerySet["Notice"]):
    """Rows of `Notice`."""

    def for_actor(self, actor: Actor) -> Self:
        """Of the actor's centre, to the actor in person or to those who hold a permission."""
        to_many = Q(user_id=None) & (Q(permission="") | Q(permission__in=list(actor.permissions)))
        in_person = Q(user_id=actor.user_id) if actor.user_id else Q(pk__in=[])
        return super().for_actor(actor).filter(to_many | in_person)

    def of_centre(self, actor: Actor) -> Self:
        """Of the actor's centre, to whomever: for counting and for handing over.

        News of somebody's own account is no work, and nobody else's.
        """
        return super().for_actor(actor).exclude(code__startswith="account.")

    def unread(self) -> Self:
        """Not read by anybody yet: a notice to many is done when one of them has read it."""
        return self.filter(read_at=None)
