"""Django's handle on this app."""

from django.apps import AppConfig


class PartnersConfig(AppConfig):
    """See README.md."""

    name = "saan.partners"

    def ready(self) -> None:
        """Bring the code lists of this domain in."""
        from saan.partners import code_lists

        code_lists.register()
