"""Vocabularies of persons."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class IdentityStatus(models.TextChoices):
    """How sure we are of who this is."""

    VERIFIED = "verified", _("identity verified")
    CLAIMED = "claimed", _("as the person says")
    UNKNOWN = "unknown", _("name not known")


class AccessState(models.TextChoices):
    """The life of a request to see another centre's history."""

    ASKED = "asked", _("waiting for an answer")
    GRANTED = "granted", _("granted")
    REFUSED = "refused", _("not granted")
    ENDED = "ended", _("ended")


class EraseReason(models.TextChoices):
    """Why a person's data is erased."""

    RETENTION = "retention", _("the time of keeping is over")
    REQUEST = "request", _("the person asked for it")
    MISTAKE = "mistake", _("written down by mistake")
