"""The four regions of the National Statistical Office, by the first digit of a province's code."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Region(models.TextChoices):
    """North to south, as people list them."""

    NORTH = "north", _("North")
    NORTHEAST = "northeast", _("Northeast")
    CENTRAL = "central", _("Central")
    SOUTH = "south", _("South")


_BY_DIGIT = {
    "1": Region.CENTRAL,
    "2": Region.CENTRAL,
    "3": Region.NORTHEAST,
    "4": Region.NORTHEAST,
    "5": Region.NORTH,
    "6": Region.NORTH,
    "7": Region.CENTRAL,
    "8": Region.SOUTH,
    "9": Region.SOUTH,
}


def region_of(province_code: str) -> Region:
    """The region of a province (its two-digit code)."""
    return _BY_DIGIT[province_code[0]]
