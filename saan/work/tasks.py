"""The one task of the queue: do a piece of work."""

from __future__ import annotations

from uuid import UUID

from django_tasks import task


@task()
def carry_out(job_id: str) -> None:
    """Do it here and now. The worker claims first and then does the same (saan.work.worker)."""
    from saan.work import life

    life.run_here(UUID(job_id))
