"""Write the reference places again."""

from __future__ import annotations

from typing import Any

from django.core.management.base import BaseCommand

from saan.places import loader
from saan.places.models import District, Province, Subdistrict


class Command(BaseCommand):
    """`migrate` does this too; run it after an update of the geothai package."""

    help = "Load provinces, districts and subdistricts with their points and computed shapes."

    def handle(self, *_args: Any, **_options: Any) -> None:
        """Load and count."""
        loader.load()
        counts = (model.objects.count() for model in (Province, District, Subdistrict))
        self.stdout.write("{} provinces, {} districts, {} subdistricts".format(*counts))
