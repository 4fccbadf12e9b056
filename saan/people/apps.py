"""Django's handle on this app."""

from django.apps import AppConfig


class PeopleConfig(AppConfig):
    """See README.md."""

    name = "saan.people"

    def ready(self) -> None:
        """A rotation of keys moves the keys of identities, too."""
        from saan.audit.columns import contribute
        from saan.people.identity import Keys

        contribute(Keys())
