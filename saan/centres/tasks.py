"""Work of this domain that runs outside a request."""

from __future__ import annotations

import logging

from django_tasks import task

from saan.centres import key_care
from saan.kernel import clock
from saan.work import queue

logger = logging.getLogger("saan.keys")


class ValuesDamaged(RuntimeError):  # noqa: N818 - it says what happened
    """Some values could not be opened and stay under their old key."""


@task()
def rotate_keys() -> None:
    """Seal everything with the first key; killed half-way, it goes on where it stopped.

    Raises:
        ValuesDamaged: the others were moved; `manage.py keys` says what still needs the old key.
    """
    done = key_care.rotate(now=clock.now(), progress=queue.progress)
    if done.damaged:
        logger.error("values could not be opened", extra={"values": done.damaged[:100]})
        raise ValuesDamaged(f"{len(done.damaged)}: {', '.join(done.damaged[:5])}")
