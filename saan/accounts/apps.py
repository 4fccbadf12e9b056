"""Django's handle on this app."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """See README.md."""

    name = "saan.accounts"

    def ready(self) -> None:
        """Let `manage.py check` look at the list of breached passwords."""
        from saan.accounts import checks  # noqa: F401 - registers itself
