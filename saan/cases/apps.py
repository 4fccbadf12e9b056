"""Django's handle on this app."""

from django.apps import AppConfig


class CasesConfig(AppConfig):
    """See README.md."""

    name = "saan.cases"

    def ready(self) -> None:
        """Bring the code lists of this domain in."""
        from saan.cases import code_lists

        code_lists.register()
