"""The one place where the department acts inside a centre it has not chosen to work at."""

from __future__ import annotations

from contextlib import contextmanager
from dataclasses import replace
from typing import TYPE_CHECKING

from django.http import Http404

from saan.centres import staff_queries
from saan.kernel.scope import within

if TYPE_CHECKING:
    from collections.abc import Iterator

    from saan.centres.models import Centre
    from saan.kernel.actors import Actor


@contextmanager
def at_centre(actor: Actor, centre: Centre) -> Iterator[Actor]:
    """The actor as somebody who acts for this centre; row security opens this centre and no other."""
    with within(centre.pk):
        yield replace(actor, centre_id=centre.pk)


def centre_or_404(pk: int) -> Centre:
    """A centre of the country."""
    found = staff_queries.all_centres().filter(pk=pk).first()
    if found is None:
        raise Http404
    return found
