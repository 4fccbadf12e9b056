"""Work of this domain that runs outside a request."""

from __future__ import annotations

import logging

from django_tasks import task

from saan.audit import chain, verify
from saan.kernel import clock

logger = logging.getLogger("saan.audit")


class HistoryBroken(RuntimeError):  # noqa: N818 - it says what happened
    """The chain of a centre does not hold; the message names the place."""


@task()
def seal_history(centre_id: int) -> None:
    """Take the centre's new events into its chain."""
    chain.seal_chain(centre_id, now=clock.now())


@task()
def verify_history(centre_id: int) -> None:
    """Recompute the centre's chain; what was found stands beside its head.

    Raises:
        HistoryBroken: so that the work shows as failed and somebody looks.
    """
    verdict = verify.verify_and_note(centre_id, now=clock.now())
    if verdict.broken is not None:
        logger.error("history is broken", extra={"centre": centre_id, "found": verdict.as_json()})
        raise HistoryBroken(f"centre {centre_id}: {verdict.broken}")
