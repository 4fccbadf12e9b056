"""Suspended, let in again, removed; somebody always stays who can let others in."""

import pytest
from allauth.usersessions.models import UserSession

from saan.audit.models import AuditEvent
from saan.centres import staff, staff_national
from saan.centres.models import Centre, Membership, NationalStaff
from saan.centres.permissions import NATIONAL
from saan.centres.standing import Nowhere, may_stand, standing_of
from saan.kernel.actors import Actor
from saan.kernel.decisions import Refused
from tests.factories import (
    CentreFactory,
    MembershipFactory,
    NationalStaffFactory,
    UserFactory,
    province,
    role,
)

pytestmark = pytest.mark.django_db
SYSTEM = Actor.system(0)


def member(centre, code="case", **more):
    return MembershipFactory.create(centre=centre, role=role(code), **more).user


def events():
    return list(AuditEvent.objects.order_by("pk").values_list("event", flat=True))


def test_a_suspended_member_stands_nowhere_and_stands_again_when_let_in(actor, centre, now):
    user = member(centre)
    for _ in range(2):
        staff.suspend(actor=actor, user=user, now=now)
    assert standing_of(user, None) == Nowhere(suspended=centre.name)
    for _ in range(2):
        staff.revive(actor=actor, user=user, now=now)
    assert standing_of(user, None).centre == centre
    assert events() == ["centre.member_suspended", "centre.member_revived"]


def test_the_sessions_of_a_suspended_member_end(actor, centre, now, client):
    user = member(centre)
    client.force_login(user)
    UserSession.objects.create(
        user=user, session_key=client.session.session_key, ip="127.0.0.1", user_agent=""
    )
    staff.suspend(actor=actor, user=user, now=now)
    assert not UserSession.objects.exists()
    assert "_auth_user_id" not in client.session


def test_the_last_administrator_who_can_enter_stays(actor, centre, now):
    last = member(centre, "administrator")
    member(centre, "administrator", suspended_at=now)
    for act in (staff.suspend, staff.remove_member):
        with pytest.raises(Refused):
            act(actor=actor, user=last, now=now)
    with pytest.raises(Refused):
        staff.add_member(actor=actor, user=last, role=role("case"), now=now)
    another = member(centre, "head")
    staff.suspend(actor=actor, user=last, now=now)
    with pytest.raises(Refused):
        staff.suspend(actor=actor, user=another, now=now)


def test_a_suspended_administrator_may_be_removed(actor, centre, now):
    member(centre, "administrator")
    gone = member(centre, "administrator", suspended_at=now)
    staff.remove_member(actor=actor, user=gone, now=now)
    assert not Membership.objects.filter(user=gone).exists()


def test_nobody_shuts_themselves_out(centre, now):
    member(centre, "administrator")
    me = member(centre, "administrator")
    myself = Actor(centre_id=centre.pk, user_id=me.pk)
    for act in (staff.suspend, staff.remove_member):
        with pytest.raises(Refused):
            act(actor=myself, user=me, now=now)


def test_nobody_of_another_centre_is_suspended(actor, other_centre, now):
    user = member(other_centre)
    with pytest.raises(Refused):
        staff.suspend(actor=actor, user=user, now=now)


def test_a_centre_gives_no_national_role(actor, now):
    with pytest.raises(Refused):
        staff.add_member(actor=actor, user=UserFactory.create(), role=role("national"), now=now)


def test_a_membership_never_opens_the_national_level(centre):
    user = member(centre, "national_admin")  # as a row edited by hand would have it
    assert not standing_of(user, None).actor.permissions & NATIONAL
    assert may_stand(user, 0) is None


def test_one_of_two_centres_is_chosen_and_no_third(centre, other_centre):
    user = member(centre)
    MembershipFactory.create(user=user, centre=other_centre, role=role("director"))
    third = CentreFactory.create(province=province("40"))
    assert standing_of(user, None).centre == centre
    assert standing_of(user, other_centre.pk).role.pk == "director"
    assert may_stand(user, third.pk) is None
    assert may_stand(user, 0) is None
    assert standing_of(user, third.pk).centre == centre


def test_a_suspension_holds_for_one_centre_only(actor, centre, other_centre, now):
    user = member(centre)
    MembershipFactory.create(user=user, centre=other_centre)
    staff.suspend(actor=actor, user=user, now=now)
    assert standing_of(user, centre.pk).centre == other_centre


def test_the_department_stands_above_and_at_any_centre_with_its_own_permissions(centre):
    user = NationalStaffFactory.create(role=role("national_admin")).user
    top = standing_of(user, None)
    assert (top.centre, top.actor.centre_id) == (None, 0)
    assert top.actor.permissions == {"national.view", "national.edit", "jobs.view"}
    inside = standing_of(user, centre.pk)
    assert inside.actor.centre_id == centre.pk
    assert inside.actor.permissions == set(role("national_admin").permissions)
    assert may_stand(user, 999_999) is None


def test_whoever_works_at_both_levels_chooses_and_gets_one_at_a_time(centre, other_centre):
    user = member(centre)
    NationalStaffFactory.create(user=user)
    assert "case.edit" in standing_of(user, None).actor.permissions
    assert standing_of(user, 0).actor.permissions == {"national.view"}
    there = standing_of(user, other_centre.pk)
    assert (there.centre, there.is_national) == (other_centre, True)
    assert "case.edit" not in there.actor.permissions
    assert not standing_of(user, centre.pk).is_national


def test_suspended_national_staff_stand_nowhere(now):
    NationalStaffFactory.create(role=role("national_admin"))
    user = NationalStaffFactory.create().user
    staff_national.suspend(actor=SYSTEM, user_id=user.pk, now=now)
    assert standing_of(user, None) == Nowhere()
    staff_national.revive(actor=SYSTEM, user_id=user.pk, now=now)
    assert standing_of(user, None).is_national
    staff_national.remove(actor=SYSTEM, user_id=user.pk, now=now)
    staff_national.remove(actor=SYSTEM, user_id=user.pk, now=now)
    assert not NationalStaff.objects.filter(user=user).exists()
    assert events() == [
        "national.staff_suspended", "national.staff_revived", "national.staff_removed",
    ]  # fmt: skip


def test_the_last_national_administrator_stays(now):
    last = NationalStaffFactory.create(role=role("national_admin"))
    NationalStaffFactory.create(role=role("national_admin"), suspended_at=now)
    for act in (staff_national.suspend, staff_national.remove):
        with pytest.raises(Refused):
            act(actor=SYSTEM, user_id=last.user_id, now=now)
    with pytest.raises(Refused):
        staff_national.add(actor=SYSTEM, user=last.user, role=role("national"), now=now)


def test_a_new_centre_waits_for_its_set_up_and_has_its_own_history(now):
    actor = Actor(centre_id=0, user_id=NationalStaffFactory.create().user_id)
    made = staff_national.open_centre(
        actor=actor, province=province("30"), name="ศูนย์ทดสอบ", phone="", now=now
    )
    assert made.setup_step == "standards"
    assert AuditEvent.objects.get().centre_id == made.pk
    with pytest.raises(Refused):
        staff_national.open_centre(
            actor=actor, province=province("30"), name=" ศูนย์ทดสอบ ", phone="", now=now
        )
    staff_national.open_centre(
        actor=actor, province=province("36"), name="ศูนย์ทดสอบ", phone="", now=now
    )
    assert Centre.objects.count() == 2
