"""Django's handle on this app."""

from django.apps import AppConfig


class AccountsConfig(AppConfig):
    """See README.md."""

    name = "saan.accounts"
