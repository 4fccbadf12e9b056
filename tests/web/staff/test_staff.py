"""The pages of staff: invite, roles, suspend, hand over."""

import pytest
from django.core import mail
from django.db import connection
from django.test.utils import CaptureQueriesContext

from saan.audit.models import AuditEvent
from saan.cases.models import Case
from saan.centres.models import Invitation, Membership
from saan.notices.models import Notice
from saan.placements.enums import ReferralState
from saan.placements.models import Referral
from tests.factories import CaseFactory, MembershipFactory, PersonFactory, ReferralFactory, role

pytestmark = pytest.mark.django_db
HOME = "/settings/staff/"
WHO = {"name": "สมศรี ใจดี", "position": "", "email": "", "role": "case"}


@pytest.fixture
def admin(client_for):
    return client_for("administrator")


@pytest.fixture
def giver(centre):
    return MembershipFactory.create(centre=centre, role=role("case")).user


@pytest.fixture
def taker(centre):
    return MembershipFactory.create(centre=centre, role=role("case")).user


@pytest.fixture
def work(centre, giver, now):
    """Two open cases, one request, one unread notice."""
    cases = [
        CaseFactory.create(person=PersonFactory.create(centre=centre), officer_id=giver.pk)
        for _ in range(2)
    ]
    ReferralFactory.create(
        offer__partner__centre=centre, case=cases[0], sent_by_id=giver.pk, state=ReferralState.SENT
    )
    Notice.objects.create(
        centre=centre, user_id=giver.pk, code="referral.accepted", path="/", created_at=now
    )
    return cases


def held(user):
    return (
        Case.objects.filter(officer_id=user.pk).count(),
        Referral.objects.filter(sent_by_id=user.pk).count(),
        Notice.objects.filter(user_id=user.pk).count(),
    )


def all_to(user):
    return {"cases": user.pk, "requests": user.pk, "notices": user.pk}


@pytest.mark.parametrize("code", ["director", "case", "national_admin", "auditor"])
def test_only_who_may_change_settings_gets_in(client_for, code, giver):
    browser = client_for(code)
    for address in (HOME, f"{HOME}invite", f"{HOME}{giver.pk}", f"{HOME}{giver.pk}/suspend"):
        assert browser.get(address).status_code == 403


def test_an_invitation_becomes_a_link_that_opens(admin, client):
    answer = admin.post(f"{HOME}invite", WHO)
    assert answer.status_code == 303
    shown = admin.get(answer["Location"])
    address = shown.context["card"].address
    assert address in shown.content.decode()
    assert client.get(address.replace("http://testserver", "")).status_code == 200
    assert "สมศรี ใจดี" in admin.get(HOME).content.decode()


def test_the_same_form_twice_is_one_invitation(admin):
    first, second = admin.post(f"{HOME}invite", WHO), admin.post(f"{HOME}invite", WHO)
    assert first["Location"] == second["Location"]
    assert Invitation.objects.count() == 1


@pytest.mark.parametrize(
    "wrong", [{"name": ""}, {"email": "x"}, {"role": "national_admin"}, {"role": "nothing"}]
)
def test_a_wrong_invitation_keeps_what_was_typed(admin, wrong):
    answer = admin.post(f"{HOME}invite", {**WHO, "position": "นักวิชาการ", **wrong})
    assert answer.status_code == 422
    assert "นักวิชาการ" in answer.content.decode()
    assert not Invitation.objects.exists()


def test_a_link_is_sent_where_there_is_an_address(admin):
    admin.post(f"{HOME}invite", {**WHO, "email": "somsri@example.org"})
    assert mail.outbox[0].to == ["somsri@example.org"]
    assert "/join/" in mail.outbox[0].body


@pytest.mark.parametrize("backend", ["console", "broken"])
def test_an_e_mail_that_did_not_go_out_is_said_and_the_link_works(admin, settings, backend):
    settings.EMAIL_BACKEND = {
        "console": "django.core.mail.backends.console.EmailBackend",
        "broken": "tests.web.staff.broken.EmailBackend",
    }[backend]
    answer = admin.post(f"{HOME}invite", {**WHO, "email": "somsri@example.org"}, follow=True)
    text = answer.content.decode()
    assert "somsri@example.org" not in text.split("toasts")[-1]
    assert answer.context["card"].address in text
    assert not mail.outbox


def test_a_link_is_made_anew_and_taken_back(admin):
    page = admin.post(f"{HOME}invite", WHO)["Location"]
    old = admin.get(page).context["card"].address
    admin.post(f"{page}/renew")
    new = admin.get(page).context["card"].address
    assert new != old
    assert admin.get(old.replace("http://testserver", "")).status_code == 410
    admin.post(f"{page}/revoke")
    assert admin.get(new.replace("http://testserver", "")).status_code == 410
    assert admin.get(page).status_code == 404


def test_a_suspended_colleague_is_out_at_once_and_reads_why(admin, client_for, centre):
    browser = client_for("case")
    user = Membership.objects.get(role_id="case").user
    assert browser.get("/").status_code == 200
    assert admin.post(f"{HOME}{user.pk}/suspend").status_code == 303
    answer = browser.get("/")
    assert answer.status_code == 403
    assert centre.name in answer.content.decode()
    admin.post(f"{HOME}{user.pk}/revive")
    assert browser.get("/").status_code == 200


def test_the_only_administrator_suspends_nobody_of_that_kind(admin, centre):
    me = Membership.objects.get(role_id="administrator").user
    for way in ("suspend", "remove"):
        answer = admin.post(f"{HOME}{me.pk}/{way}")
        assert answer.status_code == 422
    assert admin.post(f"{HOME}{me.pk}/role", {"role": "case"}).status_code == 409
    assert admin.get(HOME).status_code == 200


def test_a_role_is_changed(admin, giver):
    assert admin.post(f"{HOME}{giver.pk}/role", {"role": "network"}).status_code == 303
    assert Membership.objects.get(user=giver).role_id == "network"
    assert admin.post(f"{HOME}{giver.pk}/role", {"role": "national"}).status_code == 422


def test_all_open_work_goes_to_a_colleague_in_one_step(admin, giver, taker, work):
    page = f"{HOME}{giver.pk}/hand-over"
    assert list(admin.get(page).context["form"].fields) == ["cases", "requests", "notices"]
    assert admin.post(page, all_to(taker)).status_code == 303
    assert (held(giver), held(taker)) == ((0, 0, 0), (2, 1, 1))
    told = AuditEvent.objects.filter(event="case.handed_over").order_by("pk")
    assert {e.person_id for e in told} == {case.person_id for case in work}
    assert told[0].changes["officer"] == [giver.pk, taker.pk]
    assert AuditEvent.objects.filter(event="referral.handed_over").count() == 1
    admin.post(page, all_to(taker))
    assert AuditEvent.objects.filter(event="case.handed_over").count() == 2
    back = f"{HOME}{taker.pk}/hand-over"
    assert admin.post(back, all_to(giver)).status_code == 303
    assert (held(giver), held(taker)) == ((2, 1, 1), (0, 0, 0))


def test_closed_work_stays_under_its_officer(admin, giver, taker, work, today):
    Case.objects.filter(pk=work[1].pk).update(state="closed", closed_on=today)
    admin.post(f"{HOME}{giver.pk}/hand-over", all_to(taker))
    assert held(giver) == (1, 0, 0)
    assert held(taker) == (1, 1, 1)


def test_a_hand_over_without_a_choice_is_asked_again(admin, giver, work):
    answer = admin.post(f"{HOME}{giver.pk}/hand-over", {})
    assert answer.status_code == 422
    assert held(giver) == (2, 1, 1)


def test_work_goes_to_nobody_who_may_not_do_it(admin, giver, work, centre, other_centre, now):
    officer = MembershipFactory.create(centre=centre, role=role("network")).user
    away = MembershipFactory.create(centre=centre, role=role("case"), suspended_at=now).user
    foreign = MembershipFactory.create(centre=other_centre, role=role("case")).user
    for user in (officer, away, foreign, giver):
        answer = admin.post(f"{HOME}{giver.pk}/hand-over", {"cases": user.pk})
        assert answer.status_code == 422
    assert held(giver) == (2, 1, 1)


def test_removing_takes_all_of_the_work_or_does_not_happen(admin, giver, taker, work):
    page = f"{HOME}{giver.pk}/remove"
    assert admin.post(page, {"cases": taker.pk}).status_code == 422
    assert held(giver) == (2, 1, 1)
    assert Membership.objects.filter(user=giver).exists()
    assert admin.post(page, all_to(taker)).status_code == 303
    assert held(taker) == (2, 1, 1)
    assert not Membership.objects.filter(user=giver).exists()
    assert admin.post(page, all_to(taker)).status_code == 404


def test_a_refused_suspension_leaves_the_work_where_it_was(admin, centre, taker, now):
    """All or nothing: the last administrator keeps the cases too."""
    me = Membership.objects.get(role_id="administrator").user
    CaseFactory.create(person=PersonFactory.create(centre=centre), officer_id=me.pk)
    assert admin.post(f"{HOME}{me.pk}/suspend", {"cases": taker.pk}).status_code == 422
    assert held(me) == (1, 0, 0)
    assert not AuditEvent.objects.filter(event="case.handed_over").exists()


def test_what_stays_with_somebody_suspended_is_said_here_and_on_today(
    admin, client_for, giver, taker, work
):
    assert admin.get(HOME).context["staff"].left == []
    assert admin.post(f"{HOME}{giver.pk}/suspend", {"requests": taker.pk}).status_code == 303
    left = admin.get(HOME).context["staff"].left
    assert [one.pk for one in left] == [giver.pk]
    said = "2 เรื่องยังอยู่กับผู้ที่เข้าใช้งานไม่ได้"
    assert said in admin.get(HOME).content.decode()
    assert said in client_for("director").get("/").content.decode()
    assert said in client_for("head").get("/").content.decode()
    admin.post(f"{HOME}{giver.pk}/hand-over", {"cases": taker.pk})
    assert said not in client_for("director").get("/").content.decode()


def test_work_of_somebody_who_is_gone_can_still_be_handed_over(admin, giver, taker, work):
    Membership.objects.filter(user=giver).delete()  # as an import or an old version left it
    assert admin.get(f"{HOME}{giver.pk}").status_code == 404
    assert [one.pk for one in admin.get(HOME).context["staff"].left] == [giver.pk]
    assert admin.post(f"{HOME}{giver.pk}/hand-over", all_to(taker)).status_code == 303
    assert held(taker) == (2, 1, 1)
    assert admin.get(f"{HOME}{giver.pk}/hand-over").status_code == 404


def test_nobody_of_another_centre_is_found(admin, other_centre, actor):
    foreign = MembershipFactory.create(centre=other_centre, role=role("case")).user
    CaseFactory.create(person=PersonFactory.create(centre=other_centre), officer_id=foreign.pk)
    for way in ("", "/hand-over", "/suspend", "/remove"):
        assert admin.get(f"{HOME}{foreign.pk}{way}").status_code == 404
    for way in ("/role", "/revive", "/hand-over", "/suspend", "/remove"):
        assert admin.post(f"{HOME}{foreign.pk}{way}").status_code == 404


@pytest.mark.parametrize("address", ["", "{pk}", "{pk}/hand-over"])
def test_more_staff_and_more_work_need_no_more_queries(admin, centre, giver, address):
    def fill(n):
        for _ in range(n):
            user = MembershipFactory.create(centre=centre, role=role("case")).user
            CaseFactory.create(person=PersonFactory.create(centre=centre), officer_id=user.pk)
            CaseFactory.create(person=PersonFactory.create(centre=centre), officer_id=giver.pk)
            admin.post(f"{HOME}invite", {**WHO, "name": f"คนที่ {user.pk}"})

    def count():
        with CaptureQueriesContext(connection) as seen:
            assert admin.get(HOME + address.format(pk=giver.pk)).status_code == 200
        return len(seen)

    fill(3)
    few = count()
    fill(27)
    assert count() == few
