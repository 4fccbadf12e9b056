"""Give somebody a sign-in and a role at a centre."""

from __future__ import annotations

import os
from getpass import getpass
from typing import TYPE_CHECKING, Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from saan.accounts.models import User
from saan.centres.actions import add_member
from saan.centres.models import Centre, Role
from saan.centres.permissions import ROLES
from saan.kernel import clock
from saan.kernel.actors import Actor
from saan.kernel.scope import within

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    """`manage.py add_staff NAME --centre 36 --role case`; asks for the password.

    SAAN_PASSWORD gives it where nobody can type.
    """

    help = "Add a member of staff to a centre."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Describe the options."""
        parser.add_argument("username")
        parser.add_argument("--centre", required=True, help="province code of the centre")
        parser.add_argument("--role", required=True, choices=sorted(ROLES))
        parser.add_argument("--name", default="", help="as shown to colleagues")
        parser.add_argument("--position", default="")

    def handle(self, *args: Any, **options: Any) -> None:
        """Add them, or say why not."""
        centre = Centre.objects.filter(province_id=options["centre"]).first()
        if centre is None:
            raise CommandError(f"No centre in province {options['centre']!r}: open_centre first.")
        if User.objects.filter(username=options["username"]).exists():
            raise CommandError(f"{options['username']!r} is taken.")
        user = User(
            username=options["username"],
            display_name=options["name"],
            position=options["position"],
        )
        password = os.environ.get("SAAN_PASSWORD") or getpass("Password: ")
        try:
            validate_password(password, user)
        except ValidationError as no:
            raise CommandError(" ".join(no.messages)) from no
        user.set_password(password)
        with within(centre.pk), transaction.atomic():
            user.save()
            add_member(
                actor=Actor.system(centre.pk),
                user=user,
                role=Role.objects.get(code=options["role"]),
                now=clock.now(),
            )
        self.stdout.write(f"{user.username}: {options['role']}, {centre.name}")
