"""Take the second factor of a user away, for the day nobody else can."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.core.management.base import BaseCommand, CommandError

from saan.accounts.actions import reset_second_factor
from saan.accounts.models import User
from saan.centres.models import Centre
from saan.kernel import clock
from saan.kernel.actors import Actor
from saan.kernel.scope import within

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    """`manage.py drop_second_factor NAME --centre 36`; written to that centre's history.

    Without --centre to the history of the national level.
    """

    help = "Take the second factor of a user away; the password is still needed."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Describe the options."""
        parser.add_argument("username")
        parser.add_argument("--centre", default="", help="province code of the centre")

    def handle(self, *args: Any, **options: Any) -> None:
        """Do it, or say why not."""
        user = User.objects.filter(username=options["username"]).first()
        if user is None:
            raise CommandError(f"Nobody is called {options['username']!r}.")
        centre_id = 0
        if options["centre"]:
            centre = Centre.objects.filter(province_id=options["centre"]).order_by("pk").first()
            if centre is None:
                raise CommandError(f"No centre in province {options['centre']!r}.")
            centre_id = centre.pk
        with within(centre_id):
            reset_second_factor(actor=Actor.system(centre_id), user=user, now=clock.now())
        self.stdout.write(f"{user.username} signs in with the password alone now.")
