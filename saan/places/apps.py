"""Django's handle on this app."""

from django.apps import AppConfig
from django.db.models.signals import post_migrate


class PlacesConfig(AppConfig):
    """See README.md."""

    name = "saan.places"

    def ready(self) -> None:
        """Have the reference tables filled by `migrate`."""
        from saan.places import loader

        post_migrate.connect(loader.after_migrate, sender=self, dispatch_uid="saan.places.loader")
