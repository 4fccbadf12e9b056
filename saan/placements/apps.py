"""Django's handle on this app."""

from django.apps import AppConfig


class PlacementsConfig(AppConfig):
    """See README.md."""

    name = "saan.placements"

    def ready(self) -> None:
        """Bring the code lists of this domain in."""
        from saan.placements import code_lists

        code_lists.register()
