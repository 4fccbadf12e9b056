"""The first set-up: who may take a new installation, and the first centre on it.

Whoever sees the server's own screen has the set-up code; a stranger who finds the port first has
not. All of it is one row (`Installation`), locked while it changes: two browsers at the same step
make one administrator and one centre.
"""

from __future__ import annotations

import secrets
from dataclasses import replace
from datetime import timedelta
from typing import TYPE_CHECKING

from django.contrib.auth.hashers import check_password, make_password
from django.db import transaction
from django.utils.translation import gettext as _

from saan.accounts.models import User
from saan.centres.actions.settings import create_centre
from saan.centres.enums import SetupStep
from saan.centres.models import Centre, Installation, Role
from saan.centres.staff import add_member
from saan.kernel import clock
from saan.kernel.actors import Actor
from saan.kernel.decisions import ALLOWED, Decision, Refused
from saan.kernel.scope import within

if TYPE_CHECKING:
    from datetime import datetime

    from saan.places.models import Province

ROW = 1
#: No letter or digit that looks like another.
LETTERS = "23456789ABCDEFGHJKMNPQRSTVWXYZ"
GROUPS, GROUP = 3, 4
WRONG_CODES = 5
LOCKED_FOR = timedelta(minutes=15)
#: Who may be the first: both can let others in.
FIRST_ROLES = ("head", "administrator")


def has_centre() -> bool:
    """Whether the installation is in use."""
    return Centre.objects.exists()


def waiting() -> User | None:
    """The first administrator, as long as there is no centre to belong to."""
    row = Installation.objects.filter(pk=ROW).select_related("user").first()
    return row.user if row else None


@transaction.atomic
def new_code(now: datetime) -> str:
    """Make a set-up code, which is shown once; the one before opens nothing any more.

    A first administrator without a centre is forgotten: the new code is for somebody who cannot
    go on as that one.

    Raises:
        Refused: the installation is in use.
    """
    if has_centre():
        raise Refused(_("This installation is set up already."))
    row, _is_new = Installation.objects.select_for_update().get_or_create(pk=ROW)
    if row.user is not None:
        row.user.delete()
    letters = [secrets.choice(LETTERS) for _place in range(GROUPS * GROUP)]
    code = "-".join("".join(letters[n : n + GROUP]) for n in range(0, len(letters), GROUP))
    row.code_hash, row.made_at = make_password(_plain(code)), now
    row.wrong_codes, row.locked_until, row.user, row.role = 0, None, None, None
    row.save()
    return code


def begin(
    *, code: str, username: str, name: str, password: str, role_code: str, now: datetime
) -> User:
    """Make the first administrator. The same again (a second click) is the same one.

    Raises:
        Refused: a wrong code, too many of them, or somebody else was first.
    """
    with transaction.atomic():
        decision, user = _begin(code, username, name, password, role_code, now)
    # Only now: a refusal inside would take the count of wrong codes back with it.
    decision.require()
    if user is None:  # pragma: no cover - a decision that allows has its user
        raise LookupError
    return user


def _begin(
    code: str, username: str, name: str, password: str, role_code: str, now: datetime
) -> tuple[Decision, User | None]:
    row = Installation.objects.select_for_update().filter(pk=ROW).first()
    if row is None or not row.code_hash or has_centre():
        return Decision(_("There is no set-up code. Make one on the server: setup_code.")), None
    if role_code not in FIRST_ROLES:
        return Decision(_("Choose what you do at the centre.")), None
    if not (decision := _code_opens(row, code, now)):
        return decision, None
    if row.user is not None:
        if row.user.username == username and row.user.check_password(password):
            return ALLOWED, row.user
        return Decision(_("Somebody has begun already. Sign in as that one to go on.")), None
    if User.objects.filter(username__iexact=username).exists():
        return Decision(_("Somebody has this user name: choose another.")), None
    row.user = _first_user(username, name, password)
    row.role = Role.objects.get(pk=role_code)
    row.save(update_fields=["user", "role"])
    return ALLOWED, row.user


def _first_user(username: str, name: str, password: str) -> User:
    user = User(username=username, display_name=name)
    user.set_password(password)
    user.save(force_insert=True)
    return user


def _code_opens(row: Installation, code: str, now: datetime) -> Decision:
    """Right, or counted; after five wrong ones nothing opens for a while."""
    if row.locked_until is not None and row.locked_until > now:
        return Decision(
            _("The code was wrong too often. Wait 15 minutes, or make a new one on the server.")
        )
    if check_password(_plain(code), row.code_hash):
        return ALLOWED
    row.wrong_codes += 1
    if row.wrong_codes >= WRONG_CODES:
        row.wrong_codes, row.locked_until = 0, now + LOCKED_FOR
    row.save(update_fields=["wrong_codes", "locked_until"])
    return Decision(_("This is not the code the server shows."))


def _plain(code: str) -> str:
    """Without what people put between."""
    return "".join(letter for letter in code.upper() if letter in LETTERS)


@transaction.atomic
def open_first_centre(
    *, user: User, province: Province, name: str, phone: str, now: datetime
) -> Centre:
    """Open the first centre with its first member; a second time it is the same one.

    Raises:
        Refused: the user is not the one who began, or the centre is somebody else's.
    """
    row = Installation.objects.select_for_update().filter(pk=ROW).first()
    if row is None or row.user_id != user.pk or row.role is None:
        raise Refused(_("Somebody has begun already. Sign in as that one to go on."))
    there = Centre.objects.order_by("pk").first()
    if there is not None:
        return there
    actor = Actor(centre_id=0, user_id=user.pk, name=str(user))
    centre = create_centre(
        actor=actor,
        province=province,
        name=name,
        phone=phone,
        setup_step=SetupStep.STANDARDS,
        started_on=clock.day_of(now),
        now=now,
    )
    with within(centre.pk):
        own = replace(actor, centre_id=centre.pk)
        add_member(actor=own, user=user, role=row.role, now=now)
    row.code_hash = ""
    row.save(update_fields=["code_hash"])
    return centre
