"""What comes by the clock for the registry. Apart from `tasks`, which the imports themselves put in."""

from __future__ import annotations

from django_tasks import task

from saan.kernel import clock
from saan.kernel.actors import Actor
from saan.partners import import_care


@task()
def continue_imports(centre_id: int) -> None:
    """Let imports go on whose work vanished: from a time before it was kept, or after a restore."""
    import_care.continue_stopped(actor=Actor.system(centre_id), now=clock.now())


@task()
def clear_workbooks(centre_id: int) -> None:
    """Forget the files of imports that can no longer be undone."""
    import_care.clear_old(actor=Actor.system(centre_id), now=clock.now())
