"""The life of one piece of work, and why it stopped."""

from __future__ import annotations

from django.db.models import TextChoices
from django.utils.translation import gettext_lazy as _


class JobState(TextChoices):
    """Where a piece of work is."""

    WAITING = "waiting", _("waiting")
    RUNNING = "running", _("running")
    DONE = "done", _("finished")
    FAILED = "failed", _("failed")
    LEFT = "left", _("left as it is")


class Reason(TextChoices):
    """Why it did not end well the last time."""

    ERROR = "error", _("something went wrong on our side")
    REFUSED = "refused", _("a rule said no")
    LOST = "lost", _("its worker stopped in the middle")
