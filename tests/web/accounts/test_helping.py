"""A colleague who cannot get in: a link for a new password, or no second factor any more."""

from __future__ import annotations

import re
from io import StringIO

import pytest
from django.test import Client

from saan.accounts.events import Event
from saan.accounts.models import AuthenticatorApp
from saan.audit.models import AuditEvent
from saan.notices.models import Notice
from tests.factories import MembershipFactory, role
from tests.web.accounts.hands import PASSWORD, member, sign_in, with_app

pytestmark = pytest.mark.django_db
NEW = "ฝนตกที่หนองบัวแดง"


@pytest.fixture
def user(centre):
    return member(centre, username="somsri")


@pytest.fixture
def admin(client_for):
    return client_for("administrator")


def link_of(page):
    return re.search(r"/account/renew/[\w.\-]+", page.content.decode())[0]


def test_a_forgotten_password_is_chosen_anew_by_link_and_the_link_is_good_once(admin, user):
    address = link_of(admin.post(f"/settings/staff/{user.pk}/help/password"))
    visitor = Client()
    assert visitor.get(address).status_code == 200
    assert visitor.post(address, {"new": "short"}).status_code == 422
    assert visitor.post(address, {"new": NEW})["Location"] == "/account/sign-in"
    assert "เข้าสู่ระบบด้วยรหัสผ่านใหม่" in visitor.get("/account/sign-in").content.decode()
    assert visitor.post(address, {"new": "another one of length"}).status_code == 410
    assert sign_in(Client(), user, NEW)["Location"] == "/"
    assert AuditEvent.objects.filter(event=Event.PASSWORD_OFFERED).count() == 1


def test_a_second_link_ends_the_first(admin, user):
    first = link_of(admin.post(f"/settings/staff/{user.pk}/help/password"))
    second = link_of(admin.post(f"/settings/staff/{user.pk}/help/password"))
    assert Client().get(first).status_code == 410
    assert Client().get(second).status_code == 200


def test_the_link_does_not_go_round_the_second_factor(admin, user):
    with_app(user)
    address = link_of(admin.post(f"/settings/staff/{user.pk}/help/password"))
    Client().post(address, {"new": NEW})
    assert sign_in(Client(), user, NEW)["Location"] == "/account/sign-in/code"


def test_the_link_of_somebody_who_was_suspended_opens_nothing(admin, user, now):
    address = link_of(admin.post(f"/settings/staff/{user.pk}/help/password"))
    user.memberships.update(suspended_at=now)
    assert Client().get(address).status_code == 410


def test_the_link_of_one_centre_opens_no_other_that_came_meanwhile(admin, user, other_centre):
    address = link_of(admin.post(f"/settings/staff/{user.pk}/help/password"))
    MembershipFactory.create(centre=other_centre, user=user, role=role("case"))
    assert Client().get(address).status_code == 410
    assert Client().post(address, {"new": NEW}).status_code == 410
    user.refresh_from_db()
    assert user.check_password(PASSWORD)


@pytest.mark.parametrize("token", ["x", "a.b", "%00", "a" * 300])
def test_a_made_up_link_opens_nothing(db, token):
    assert Client().get(f"/account/renew/{token}").status_code == 410


def test_the_second_factor_is_taken_away_and_its_owner_told(admin, user):
    with_app(user)
    assert admin.post(f"/settings/staff/{user.pk}/help/second-factor").status_code == 303
    assert not AuthenticatorApp.objects.exists()
    assert Notice.objects.filter(code="account.factors_reset", user_id=user.pk).exists()
    assert sign_in(Client(), user)["Location"] == "/"


def test_somebody_who_works_at_another_centre_too_is_not_opened_from_here(
    admin, user, other_centre
):
    MembershipFactory.create(centre=other_centre, user=user, role=role("case"))
    assert admin.post(f"/settings/staff/{user.pk}/help/password").status_code == 409
    assert admin.post(f"/settings/staff/{user.pk}/help/second-factor").status_code == 409
    assert "ทำงานที่อื่นด้วย" in admin.get(f"/settings/staff/{user.pk}/help").content.decode()


def test_a_colleague_of_another_centre_is_not_there(admin, other_centre):
    stranger = member(other_centre)
    for what in ("", "/password", "/second-factor"):
        address = f"/settings/staff/{stranger.pk}/help{what}"
        assert (admin.post(address) if what else admin.get(address)).status_code == 404


def test_a_suspected_account_opens_again_by_such_a_link(admin, user):
    own = Client()
    sign_in(own, user)
    own.post("/account/sessions/not-me")
    assert sign_in(Client(), user, PASSWORD)["Location"] == "/account/sign-in"
    address = link_of(admin.post(f"/settings/staff/{user.pk}/help/password"))
    Client().post(address, {"new": NEW})
    assert sign_in(Client(), user, NEW)["Location"] == "/"


@pytest.mark.parametrize("where", ["", "36"])
def test_the_command_line_helps_the_last_administrator(user, centre, where):
    from django.core.management import call_command

    with_app(user)
    call_command("drop_second_factor", "somsri", centre=where, stdout=StringIO())
    assert not AuthenticatorApp.objects.exists()
    event = AuditEvent.objects.get(event=Event.FACTORS_RESET)
    assert event.centre_id == (centre.pk if where else 0)


@pytest.mark.parametrize(
    "options", [{"username": "nobody"}, {"username": "somsri", "centre": "99"}]
)
def test_the_command_says_what_it_does_not_know(user, options):
    from django.core.management import CommandError, call_command

    with pytest.raises(CommandError):
        call_command("drop_second_factor", options.pop("username"), **options)
