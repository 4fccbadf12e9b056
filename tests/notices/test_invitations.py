"""Inviting by link: one use, a week, one centre, nobody twice."""

from datetime import timedelta

import pytest

from saan.accounts.models import User
from saan.audit.models import AuditEvent
from saan.centres.models import Invitation, Membership, NationalStaff
from saan.kernel.actors import Actor
from saan.kernel.decisions import Refused
from saan.notices import invitations, links
from saan.notices.links import LinkRefused
from tests.factories import MembershipFactory, NationalStaffFactory, UserFactory, role

pytestmark = pytest.mark.django_db
WHO = {"name": "สมศรี ใจดี", "position": "นักสังคมสงเคราะห์", "email": "somsri@example.org"}


def ask(actor, now, **more):
    invitations.invite(actor=actor, now=now, **{**WHO, "role": role("case"), **more})
    return invitations.pending(actor)[0]


def national(now, **more):
    who = {**WHO, "role": role("national"), **more}
    invitations.invite_national(actor=Actor.system(0), now=now, **who)
    return invitations.pending_national()[0]


def accepted(opened, now, username="somsri"):
    return invitations.accept_as_new(
        opened=opened, username=username, password="kluay-khai-12", now=now
    )


def events():
    return list(AuditEvent.objects.order_by("pk").values_list("event", flat=True))


def test_a_link_makes_an_account_that_works_there(actor, now):
    opened = invitations.find(ask(actor, now).token, now)
    user = accepted(opened, now)
    membership = Membership.objects.get(user=user)
    assert (membership.centre_id, membership.role_id) == (actor.centre_id, "case")
    assert (user.display_name, user.position, user.email) == (
        WHO["name"], WHO["position"], WHO["email"],
    )  # fmt: skip
    assert user.check_password("kluay-khai-12")
    assert events() == ["centre.invited", "centre.member_added", "centre.invitation_accepted"]
    assert AuditEvent.objects.get(event="centre.member_added").actor_id == user.pk
    assert invitations.pending(actor) == []


def test_a_link_opens_once(actor, now):
    opened = ask(actor, now)
    accepted(invitations.find(opened.token, now), now)
    with pytest.raises(LinkRefused) as no:
        invitations.find(opened.token, now)
    assert no.value.reason == links.USED


def test_of_two_who_accept_at_the_same_moment_one_wins_and_the_other_has_no_account(actor, now):
    first, second = (invitations.find(ask(actor, now).token, now) for _ in range(2))
    accepted(first, now)
    with pytest.raises(LinkRefused):
        accepted(second, now, "another")
    assert not User.objects.filter(username="another").exists()
    assert Membership.objects.for_actor(actor).count() == 1


def test_a_link_ends_after_a_week(actor, now):
    opened = ask(actor, now)
    assert invitations.find(opened.token, now + timedelta(days=6, hours=23))
    with pytest.raises(LinkRefused) as no:
        invitations.find(opened.token, now + timedelta(days=7))
    assert no.value.reason == links.EXPIRED


def test_a_new_link_ends_the_old_one(actor, now):
    old = ask(actor, now)
    later = now + timedelta(days=8)
    invitations.renew(actor=actor, invitation=old.invitation, now=later)
    with pytest.raises(LinkRefused) as no:
        invitations.find(old.token, now)
    assert no.value.reason == links.REVOKED
    assert invitations.find(invitations.pending(actor)[0].token, later)


def test_what_was_taken_back_opens_nothing(actor, now):
    opened = ask(actor, now)
    for _ in range(2):
        invitations.revoke(actor=actor, invitation=opened.invitation, now=now)
    with pytest.raises(LinkRefused) as no:
        invitations.find(opened.token, now)
    assert no.value.reason == links.REVOKED
    assert events() == ["centre.invited", "centre.invitation_revoked"]
    with pytest.raises(Refused):
        invitations.renew(actor=actor, invitation=opened.invitation, now=now)


def test_what_was_accepted_is_neither_renewed_nor_taken_back(actor, now):
    opened = ask(actor, now)
    accepted(invitations.find(opened.token, now), now)
    for act in (invitations.renew, invitations.revoke):
        with pytest.raises(Refused):
            act(actor=actor, invitation=opened.invitation, now=now)


def test_asking_twice_is_one_invitation(actor, now):
    ask(actor, now)
    ask(actor, now)
    assert Invitation.objects.count() == 1
    assert events() == ["centre.invited"]


def test_nobody_is_asked_who_works_here_already(actor, centre, now):
    MembershipFactory.create(centre=centre, user=UserFactory.create(email="SOMSRI@example.org"))
    with pytest.raises(Refused):
        ask(actor, now)


def test_a_centre_gives_no_role_of_the_department(actor, now):
    with pytest.raises(Refused):
        ask(actor, now, role=role("national_admin"))
    with pytest.raises(Refused):
        national(now, role=role("administrator"))


def test_somebody_of_another_centre_works_at_both(actor, stranger, other_centre, now):
    there = MembershipFactory.create(centre=other_centre, role=role("director"))
    invitations.accept(
        opened=invitations.find(ask(actor, now).token, now), user=there.user, now=now
    )
    found = Membership.objects.filter(user=there.user).order_by("pk")
    assert [(m.centre_id, m.role_id) for m in found] == [
        (other_centre.pk, "director"),
        (actor.centre_id, "case"),
    ]


@pytest.mark.parametrize("suspended", [False, True])
def test_a_member_accepts_nothing_and_the_link_stays(actor, centre, now, suspended):
    here = MembershipFactory.create(centre=centre, suspended_at=now if suspended else None)
    opened = invitations.find(ask(actor, now).token, now)
    with pytest.raises(Refused):
        invitations.accept(opened=opened, user=here.user, now=now)
    assert invitations.find(opened.token, now)
    here.refresh_from_db()
    assert here.role_id == "director"
    assert (here.suspended_at is not None) == suspended


def test_a_user_name_of_somebody_else_makes_no_account(actor, now):
    UserFactory.create(username="somsri")
    opened = invitations.find(ask(actor, now).token, now)
    with pytest.raises(invitations.NameTaken):
        accepted(opened, now)
    assert invitations.find(opened.token, now)


def test_an_address_of_somebody_else_is_not_given_to_a_second_account(actor, now):
    UserFactory.create(email="Somsri@example.org")
    assert accepted(invitations.find(ask(actor, now).token, now), now).email == ""


def test_a_stranger_sees_no_invitation_of_ours(actor, stranger, now):
    ask(actor, now)
    assert invitations.pending(stranger) == []


def test_the_name_of_the_invited_stands_in_no_open_history(actor, now):
    ask(actor, now)
    assert "สมศรี" not in str(AuditEvent.objects.get().changes)


def test_the_department_invites_and_its_events_are_of_no_centre(now):
    opened = invitations.find(national(now).token, now)
    user = accepted(opened, now)
    assert NationalStaff.objects.get(user=user).role_id == "national"
    assert not Membership.objects.filter(user=user).exists()
    assert set(AuditEvent.objects.values_list("centre_id", flat=True)) == {0}
    with pytest.raises(LinkRefused) as no:
        invitations.find(opened.token, now)
    assert no.value.reason == links.USED


def test_links_of_the_department_end_are_renewed_and_taken_back(now):
    opened = national(now)
    with pytest.raises(LinkRefused) as no:
        invitations.find(opened.token, now + timedelta(days=7))
    assert no.value.reason == links.EXPIRED
    invitations.renew(actor=Actor.system(0), invitation=opened.invitation, now=now)
    with pytest.raises(LinkRefused) as no:
        invitations.find(opened.token, now)
    assert no.value.reason == links.UNKNOWN
    fresh = invitations.pending_national()[0]
    invitations.revoke(actor=Actor.system(0), invitation=fresh.invitation, now=now)
    with pytest.raises(LinkRefused) as no:
        invitations.find(fresh.token, now)
    assert no.value.reason == links.REVOKED


def test_a_link_of_the_department_that_was_renewed_while_it_lay_open_is_no_good(now):
    opened = invitations.find(national(now).token, now)
    invitations.renew(actor=Actor.system(0), invitation=opened.invitation, now=now)
    with pytest.raises(LinkRefused) as no:
        accepted(opened, now)
    assert no.value.reason == links.REVOKED
    assert not NationalStaff.objects.exists()


def test_nobody_is_asked_twice_by_the_department(now):
    national(now)
    assert national(now)
    assert len(invitations.pending_national()) == 1
    NationalStaffFactory.create(user=UserFactory.create(email="there@example.org"))
    with pytest.raises(Refused):
        national(now, email="There@example.org")


@pytest.mark.parametrize("token", ["", "x", "x.y", "ก" * 500])
def test_a_guess_opens_nothing(token, now):
    with pytest.raises(LinkRefused) as no:
        invitations.find(token, now)
    assert no.value.reason == links.UNKNOWN
