"""Helping a colleague who cannot sign in: a link for a new password, or no second factor any more."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django.db import transaction
from django.utils.translation import gettext as _

from saan.accounts import actions as accounts
from saan.accounts.events import Event
from saan.accounts.models import User
from saan.audit.record import record
from saan.centres.models import Membership
from saan.centres.standing import Standing, standing_of
from saan.kernel.actors import Actor
from saan.kernel.decisions import ALLOWED, Decision
from saan.kernel.scope import within
from saan.notices import account, links

if TYPE_CHECKING:
    from datetime import datetime

    from saan.notices.models import SignedLink

PURPOSE = "staff.password"
DAYS = 2


@dataclass(frozen=True, slots=True)
class Renewal:
    """Somebody who may set a new password, and the link that lets them."""

    user: User
    link: SignedLink


def can_help(actor: Actor, user: User) -> Decision:
    """A colleague of this centre alone: who works elsewhere too would be opened there as well."""
    if actor.user_id == user.pk:
        return Decision(_("This is yourself: see My account."))
    if _works_elsewhere(user, actor.centre_id):
        return Decision(_("This colleague works elsewhere too: ask whoever runs the installation."))
    return ALLOWED


def _works_elsewhere(user: User, centre_id: int) -> bool:
    standing = standing_of(user, centre_id)
    return isinstance(standing, Standing) and (
        standing.may_go_national or any(own.centre_id != centre_id for own in standing.own)
    )


@transaction.atomic
def offer_password(*, actor: Actor, user: User, now: datetime) -> SignedLink:
    """Make a link for a new password, good once and for two days; an earlier one ends.

    Raises:
        Refused: it is oneself, or somebody of several centres.
    """
    can_help(actor, user).require()
    links.revoke(actor=actor, purpose=PURPOSE, subject_id=user.pk, now=now)
    link = links.make(actor=actor, purpose=PURPOSE, subject_id=user.pk, now=now, days=DAYS)
    record(actor, Event.PASSWORD_OFFERED, user, at=now)
    return link


@transaction.atomic
def take_second_factor(*, actor: Actor, user: User, now: datetime) -> None:
    """Take all second factors of a colleague away, and tell the colleague.

    Raises:
        Refused: it is oneself, or somebody of several centres.
    """
    can_help(actor, user).require()
    accounts.reset_second_factor(actor=actor, user=user, now=now)
    account.tell(actor=actor, user=user, code="account.factors_reset", now=now)


def find(token: str, now: datetime) -> Renewal:
    """Who may set a new password with this token.

    Raises:
        LinkRefused: with the reason; also when the colleague no longer works there, or has come to
            work elsewhere too, which the link would open as well.
    """
    link = links.find(PURPOSE, token, now)
    with within(link.centre_id):
        works = Membership.objects.filter(
            centre_id=link.centre_id, user_id=link.subject_id, suspended_at=None
        )
        if not works.exists():
            raise links.LinkRefused(links.REVOKED, link)
    user = User.objects.get(pk=link.subject_id)
    if _works_elsewhere(user, link.centre_id):
        raise links.LinkRefused(links.REVOKED, link)
    return Renewal(user, link)


def set_password(*, renewal: Renewal, password: str, now: datetime) -> None:
    """Use the link up and set the password, which was validated; every session ends.

    Raises:
        LinkRefused: somebody was faster.
    """
    user, centre_id = renewal.user, renewal.link.centre_id
    actor = Actor(centre_id=centre_id, user_id=user.pk, name=str(user))
    with within(centre_id), transaction.atomic():
        links.use(renewal.link, now)
        accounts.change_password(actor=actor, user=user, password=password, now=now)
        account.tell(actor=actor, user=user, code="account.password_changed", now=now)
