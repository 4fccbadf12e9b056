"""Who works: signs of life, and the lease of the one scheduler. By the database's clock alone."""

from __future__ import annotations

import os
import socket
from datetime import timedelta

from django.db import IntegrityError, transaction
from django.db.models import Q
from django.db.models.functions import Now

from saan.work.models import Lease, WorkerSign
from saan.work.rules import SHORT_SILENCE, SILENCE

FORGOTTEN_AFTER = timedelta(days=1)
LEASE = timedelta(seconds=30)
SCHEDULER = "scheduler"


def here() -> str:
    """This machine."""
    return socket.gethostname()[:120]


def give(worker_id: str) -> None:
    """Say that we live; the first time, say who we are."""
    if not WorkerSign.objects.filter(worker_id=worker_id).update(seen_at=Now()):
        WorkerSign.objects.create(worker_id=worker_id, host=here(), pid=os.getpid())


def withdraw(worker_id: str) -> None:
    """We stop in good order."""
    WorkerSign.objects.filter(worker_id=worker_id).delete()
    Lease.objects.filter(worker_id=worker_id).update(worker_id="", until=Now())


def living() -> list[str]:
    """Workers that gave a sign lately, without those of this machine whose process is gone."""
    recent = WorkerSign.objects.filter(seen_at__gte=Now() - SILENCE)
    doubtful = recent.filter(host=here(), seen_at__lt=Now() - SHORT_SILENCE)
    gone = [sign.worker_id for sign in doubtful if not _is_process(sign.pid)]
    return list(recent.exclude(worker_id__in=gone).values_list("worker_id", flat=True))


def _is_process(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except OSError:
        return True
    return True


def is_anybody_alive() -> bool:
    """Whether a worker gave a sign lately."""
    return WorkerSign.objects.filter(seen_at__gte=Now() - SILENCE).exists()


def forget_the_dead() -> None:
    """Take away signs of workers that died long ago."""
    WorkerSign.objects.filter(seen_at__lt=Now() - FORGOTTEN_AFTER).delete()


def hold(worker_id: str, name: str = SCHEDULER) -> bool:
    """Take or renew a lease; False while another worker holds it."""
    free = Q(worker_id=worker_id) | Q(until__lt=Now()) | Q(worker_id="")
    wanted = {"worker_id": worker_id, "until": Now() + LEASE}
    if Lease.objects.filter(free, name=name).update(**wanted):
        return True
    if Lease.objects.filter(name=name).exists():
        return False
    try:
        with transaction.atomic():
            Lease.objects.create(name=name, **wanted)
    except IntegrityError:
        return False  # another was quicker
    return True
