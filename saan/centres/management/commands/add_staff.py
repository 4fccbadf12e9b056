"""Give somebody a sign-in and a role, at a centre or at the department."""

from __future__ import annotations

import os
from getpass import getpass
from typing import TYPE_CHECKING, Any

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.core.management.base import BaseCommand, CommandError
from django.db import transaction

from saan.accounts.models import User
from saan.centres import staff, staff_national
from saan.centres.models import Centre, Role
from saan.centres.permissions import ROLES
from saan.kernel import clock
from saan.kernel.actors import Actor
from saan.kernel.decisions import Refused
from saan.kernel.scope import within

if TYPE_CHECKING:
    from argparse import ArgumentParser


class Command(BaseCommand):
    """`manage.py add_staff NAME --centre 36 --role case`; asks for the password.

    `--national` instead of `--centre` makes somebody of the department: so the first national
    administrator comes in, who invites everybody else. SAAN_PASSWORD gives the password where
    nobody can type.
    """

    help = "Add a member of staff to a centre, or with --national to the department."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Describe the options."""
        parser.add_argument("username")
        where = parser.add_mutually_exclusive_group(required=True)
        where.add_argument("--centre", help="province code of the centre")
        where.add_argument("--national", action="store_true", help="at the department")
        parser.add_argument(
            "--role", choices=sorted(ROLES), help="with --national: national_admin if not said"
        )
        parser.add_argument("--name", default="", help="as shown to colleagues")
        parser.add_argument("--position", default="")

    def handle(self, *args: Any, **options: Any) -> None:
        """Add them, or say why not."""
        centre = None if options["national"] else _centre(options["centre"])
        code = options["role"] or ("national_admin" if options["national"] else "")
        if not code:
            raise CommandError("Say the role: --role.")
        if User.objects.filter(username__iexact=options["username"]).exists():
            raise CommandError(f"{options['username']!r} is taken.")
        user = _user(options)
        try:
            _add(user, centre, Role.objects.get(code=code))
        except Refused as no:
            raise CommandError(no.reason) from no
        where = centre.name if centre else "the department"
        self.stdout.write(f"{user.username}: {code}, {where}")


def _centre(province: str) -> Centre:
    centre = Centre.objects.filter(province_id=province).order_by("pk").first()
    if centre is None:
        raise CommandError(f"No centre in province {province!r}: open_centre first.")
    return centre


def _user(options: dict[str, Any]) -> User:
    """The account, not saved yet, with a password that is good enough."""
    user = User(
        username=options["username"], display_name=options["name"], position=options["position"]
    )
    password = os.environ.get("SAAN_PASSWORD") or getpass("Password: ")
    try:
        validate_password(password, user)
    except ValidationError as no:
        raise CommandError(" ".join(no.messages)) from no
    user.set_password(password)
    return user


def _add(user: User, centre: Centre | None, role: Role) -> None:
    """The account and the work, or neither."""
    actor = Actor.system(centre.pk if centre else 0)
    with within(actor.centre_id), transaction.atomic():
        user.save()
        if centre:
            staff.add_member(actor=actor, user=user, role=role, now=clock.now())
        else:
            staff_national.add(actor=actor, user=user, role=role, now=clock.now())
