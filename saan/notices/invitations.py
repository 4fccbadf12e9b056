"""Bringing colleagues in by a link: to a centre, or to the department above all centres.

An invitation to a centre has a `SignedLink`; one to the department belongs to no centre and carries
its nonce itself, since row security shows links of a centre only. Both open `/join/<token>`.
"""

from __future__ import annotations

import secrets
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING

from django.db import IntegrityError, transaction

from saan.accounts.models import User
from saan.audit.record import record
from saan.centres import staff, staff_national, staff_rules
from saan.centres.events import Event
from saan.centres.models import Centre, Invitation, Membership, NationalInvitation, NationalStaff
from saan.kernel.actors import Actor
from saan.kernel.scope import within
from saan.notices import links
from saan.notices.links import LinkRefused
from saan.notices.models import SignedLink

if TYPE_CHECKING:
    from datetime import datetime

    from saan.centres.models import Role

PURPOSE = "staff.invite"
NATIONAL_PURPOSE = "staff.invite.national"
#: How long somebody has to accept.
DAYS = 7

Asked = Invitation | NationalInvitation


class NameTaken(Exception):  # noqa: N818 - it is an answer, not a fault
    """Somebody else signs in with this user name."""


@dataclass(frozen=True, slots=True)
class Open:
    """An invitation with the link that opens it now; `link` is None at the department."""

    invitation: Asked
    expires_at: datetime
    link: SignedLink | None = None

    @property
    def centre(self) -> Centre | None:
        """Where one is to work; None at the department."""
        return self.link.centre if self.link else None

    @property
    def token(self) -> str:
        """What stands in the address."""
        if self.link is not None:
            return links.token(self.link)
        return links.sign(NATIONAL_PURPOSE, self.invitation.nonce)  # type: ignore[union-attr]

    def is_over(self, now: datetime) -> bool:
        """Whether the time to accept is over."""
        return self.expires_at <= now


@transaction.atomic
def invite(
    *, actor: Actor, name: str, position: str, email: str, role: Role, now: datetime
) -> Invitation:
    """Ask somebody to work at the actor's centre. The same again is the same invitation.

    Raises:
        Refused: they work here already, or the role is one of the department's.
    """
    staff_rules.can_give(role.permissions, national=False).require()
    Centre.objects.select_for_update().get(pk=actor.centre_id)
    known = Membership.objects.for_actor(actor).filter(user__email__iexact=email)
    staff_rules.can_invite(works_here=bool(email) and known.exists()).require()
    same = Invitation.objects.for_actor(actor).filter(
        name=name, email=email, role=role, accepted_at=None, revoked_at=None
    )
    again = same.order_by("pk").first()
    if again is not None:
        return again
    row = Invitation.objects.create(
        centre_id=actor.centre_id,
        name=name,
        position=position,
        email=email,
        role=role,
        created_by_id=actor.user_id,
        created_at=now,
    )
    links.make(actor=actor, purpose=PURPOSE, subject_id=row.pk, now=now, days=DAYS)
    _record(actor, Event.INVITED, row, now)
    return row


@transaction.atomic
def invite_national(
    *, actor: Actor, name: str, position: str, email: str, role: Role, now: datetime
) -> NationalInvitation:
    """Ask somebody to work at the department. The same again is the same invitation.

    Raises:
        Refused: they work there already, or the role is one of a centre.
    """
    staff_rules.can_give(role.permissions, national=True).require()
    there = list(NationalStaff.objects.select_for_update(of=("self",)).select_related("user"))
    known = {row.user.email.lower() for row in there}
    staff_rules.can_invite(works_here=bool(email) and email.lower() in known).require()
    same = NationalInvitation.objects.filter(
        name=name, email=email, role=role, accepted_at=None, revoked_at=None
    )
    again = same.order_by("pk").first()
    if again is not None:
        return again
    row = NationalInvitation.objects.create(
        name=name,
        position=position,
        email=email,
        role=role,
        nonce=secrets.token_urlsafe(24),
        created_by_id=actor.user_id,
        created_at=now,
        expires_at=now + timedelta(days=DAYS),
    )
    _record(actor, Event.NATIONAL_INVITED, row, now)
    return row


@transaction.atomic
def renew(*, actor: Actor, invitation: Asked, now: datetime) -> None:
    """Make a new link; the old one opens nothing any more.

    Raises:
        Refused: it was accepted or revoked meanwhile.
    """
    row = _locked(invitation)
    staff_rules.can_change_invitation(
        accepted=row.accepted_at is not None, revoked=row.revoked_at is not None
    ).require()
    if isinstance(row, NationalInvitation):
        row.nonce, row.expires_at = secrets.token_urlsafe(24), now + timedelta(days=DAYS)
        row.save(update_fields=["nonce", "expires_at"])
        _record(actor, Event.NATIONAL_INVITATION_RENEWED, row, now)
        return
    links.revoke(actor=actor, purpose=PURPOSE, subject_id=row.pk, now=now)
    links.make(actor=actor, purpose=PURPOSE, subject_id=row.pk, now=now, days=DAYS)
    _record(actor, Event.INVITATION_RENEWED, row, now)


@transaction.atomic
def revoke(*, actor: Actor, invitation: Asked, now: datetime) -> None:
    """Take the invitation back; once accepted it is too late, a second time changes nothing.

    Raises:
        Refused: it was accepted meanwhile.
    """
    row = _locked(invitation)
    accepted = row.accepted_at is not None
    staff_rules.can_change_invitation(accepted=accepted, revoked=False).require()
    if row.revoked_at:
        return
    row.revoked_at = now
    row.save(update_fields=["revoked_at"])
    if isinstance(row, NationalInvitation):
        _record(actor, Event.NATIONAL_INVITATION_REVOKED, row, now)
        return
    links.revoke(actor=actor, purpose=PURPOSE, subject_id=row.pk, now=now)
    _record(actor, Event.INVITATION_REVOKED, row, now)


def pending(actor: Actor) -> list[Open]:
    """Who was asked to work at the actor's centre and has not answered, newest first: two queries."""
    rows = Invitation.objects.for_actor(actor).filter(accepted_at=None, revoked_at=None)
    asked = list(rows.select_related("role").order_by("-created_at", "-pk"))
    made = SignedLink.objects.for_actor(actor).filter(
        purpose=PURPOSE, subject_id__in=[row.pk for row in asked], revoked_at=None
    )
    by_row = {link.subject_id: link for link in made.select_related("centre").order_by("pk")}
    return [
        Open(row, by_row[row.pk].expires_at, by_row[row.pk]) for row in asked if row.pk in by_row
    ]


def pending_national() -> list[Open]:
    """Who was asked to work at the department and has not answered, newest first."""
    rows = NationalInvitation.objects.filter(accepted_at=None, revoked_at=None)
    return [
        Open(row, row.expires_at)
        for row in rows.select_related("role").order_by("-created_at", "-pk")
    ]


def find(token: str, now: datetime) -> Open:
    """What a link of either kind opens.

    Raises:
        LinkRefused: with the reason; the link is there when one exists, to say whom to ask.
    """
    try:
        link = links.find(PURPOSE, token, now)
    except LinkRefused as no:
        if no.reason != links.UNKNOWN:
            raise
        return _find_national(token, now)
    with within(link.centre_id):
        row = Invitation.objects.select_related("role").get(pk=link.subject_id)
    return Open(row, link.expires_at, link)


def _find_national(token: str, now: datetime) -> Open:
    nonce = links.nonce_of(NATIONAL_PURPOSE, token)
    rows = NationalInvitation.objects.select_related("role").filter(nonce=nonce)
    row = rows.order_by("pk").first() if nonce else None
    if row is None:
        raise LinkRefused(links.UNKNOWN)
    if row.accepted_at or row.revoked_at or row.expires_at <= now:
        gone = links.REVOKED if row.revoked_at else links.EXPIRED
        raise LinkRefused(links.USED if row.accepted_at else gone)
    return Open(row, row.expires_at)


@transaction.atomic
def accept(*, opened: Open, user: User, now: datetime) -> None:
    """The user works there from now on. Of two at the same moment one wins.

    Raises:
        LinkRefused: it was used, revoked or has ended meanwhile.
        Refused: the user works there already, or is shut out there.
    """
    actor = Actor(
        centre_id=opened.centre.pk if opened.centre else 0, user_id=user.pk, name=str(user)
    )
    if opened.link is None:
        with within(actor.centre_id):
            _accept_national(actor, opened, user, now)
        return
    with within(actor.centre_id):
        here = Membership.objects.for_actor(actor).filter(user=user).order_by("pk").first()
        suspended = here is not None and here.suspended_at is not None
        staff_rules.can_join(is_member=here is not None, is_suspended=suspended).require()
        # The invitation before its link, as `revoke` and `renew` do: no two wait for each other.
        row = _locked(opened.invitation)
        links.use(opened.link, now)
        staff.add_member(actor=actor, user=user, role=row.role, now=now)
        _accepted(actor, Event.INVITATION_ACCEPTED, row, user, now)


@transaction.atomic
def accept_as_new(*, opened: Open, username: str, password: str, now: datetime) -> User:
    """Make the account and accept with it, or neither.

    Raises:
        NameTaken: the user name belongs to somebody.
        LinkRefused: it was used, revoked or has ended meanwhile.
    """
    row = opened.invitation
    user = User(username=username, display_name=row.name, position=row.position)
    if row.email and not User.objects.filter(email__iexact=row.email).exists():
        user.email = row.email
    user.set_password(password)
    try:
        with transaction.atomic():
            user.save()
    except IntegrityError:
        raise NameTaken from None
    accept(opened=opened, user=user, now=now)
    return user


def _accept_national(actor: Actor, opened: Open, user: User, now: datetime) -> None:
    there = NationalStaff.objects.filter(user=user).order_by("pk").first()
    suspended = there is not None and there.suspended_at is not None
    staff_rules.can_join(is_member=there is not None, is_suspended=suspended).require()
    row = _locked(opened.invitation)
    if row.accepted_at or row.revoked_at:
        raise LinkRefused(links.USED if row.accepted_at else links.REVOKED)
    if row.nonce != opened.invitation.nonce:  # type: ignore[union-attr]
        raise LinkRefused(links.REVOKED)  # renewed meanwhile: this link opens nothing any more
    staff_national.add(actor=actor, user=user, role=row.role, now=now)
    _accepted(actor, Event.NATIONAL_INVITATION_ACCEPTED, row, user, now)


def _accepted(actor: Actor, event: Event, row: Asked, user: User, now: datetime) -> None:
    row.accepted_at, row.accepted_user_id = now, user.pk
    row.save(update_fields=["accepted_at", "accepted_user_id"])
    _record(actor, event, row, now)


def _locked(row: Asked) -> Asked:
    """As it stands now; nobody else changes it until we are done."""
    rows = type(row).objects.select_for_update(of=("self",)).select_related("role")
    found: Asked = rows.get(pk=row.pk)
    return found


def _record(actor: Actor, event: Event, row: Asked, now: datetime) -> None:
    record(actor, event, row, changes={"role": row.role_id}, personal={"name": row.name}, at=now)
