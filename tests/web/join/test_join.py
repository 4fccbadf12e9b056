"""Accepting an invitation on the page behind its link."""

from datetime import timedelta

import pytest
from django.test import Client

from saan.accounts.models import User
from saan.centres.models import Membership, NationalStaff
from saan.kernel import clock
from saan.kernel.actors import Actor
from saan.notices import invitations
from tests.conftest import BACKEND
from tests.factories import MembershipFactory, UserFactory, role

pytestmark = pytest.mark.django_db
GOOD = {"username": "somsri.k", "password1": "kluay-khai-12", "password2": "kluay-khai-12"}


def ask(actor, code="case", now=None, **more):
    who = {"name": "สมศรี ใจดี", "position": "", "email": "", "role": role(code), **more}
    invitations.invite(actor=actor, now=now or clock.now(), **who)
    return f"/join/{invitations.pending(actor)[0].token}"


def test_a_link_leads_to_an_account_that_is_signed_in_and_works_here(actor, centre):
    page, browser = ask(actor), Client(enforce_csrf_checks=True)
    shown = browser.get(page)
    assert shown.status_code == 200
    assert centre.name in shown.content.decode()
    assert "no-store" in shown["Cache-Control"]
    sent = {**GOOD, "csrfmiddlewaretoken": shown.context["csrf_token"]}
    answer = browser.post(page, sent)
    assert (answer.status_code, answer["Location"]) == (303, "/")
    assert "สมศรี ใจดี" in browser.get("/").content.decode()
    assert Membership.objects.get(user__username="somsri.k").role_id == "case"


def test_the_account_signs_in_again_with_its_password(actor, client):
    client.post(ask(actor), GOOD)
    other = Client()
    answer = other.post("/account/sign-in", {"login": "somsri.k", "password": GOOD["password1"]})
    assert answer.status_code == 302
    assert other.get("/").status_code == 200


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"username": ""}, "username"),
        ({"username": "มี ช่องว่าง"}, "username"),
        ({"username": "TAKEN"}, "username"),
        ({"password1": "short", "password2": "short"}, "password1"),
        ({"password1": "somsri.k-somsri.k", "password2": "somsri.k-somsri.k"}, "password1"),
        ({"password2": "kluay-khai-13"}, "password2"),
    ],
)
def test_what_does_not_hold_is_said_and_what_was_typed_stays(actor, client, wrong, field):
    UserFactory.create(username="taken")
    page = ask(actor)
    answer = client.post(page, {**GOOD, **wrong})
    assert answer.status_code == 422
    assert list(answer.context["form"].errors) == [field]
    typed = {**GOOD, **wrong}["username"]
    assert not typed or f'value="{typed}"' in answer.content.decode()
    assert User.objects.count() == 2  # the taken one and whoever invited
    assert client.get(page).status_code == 200


def test_sent_twice_it_is_one_account(actor, client):
    page = ask(actor)
    late = Client()
    assert client.post(page, GOOD).status_code == 303
    answer = late.post(page, {**GOOD, "username": "again"})
    assert answer.status_code == 410
    assert not User.objects.filter(username="again").exists()


def test_an_expired_link_says_so_and_whom_to_ask(actor, centre, client):
    page = ask(actor, now=clock.now() - timedelta(days=7))
    for answer in (client.get(page), client.post(page, GOOD)):
        assert answer.status_code == 410
        assert centre.name in answer.content.decode()
    assert Membership.objects.count() == 0


def test_a_link_taken_back_says_so(actor, client):
    page = ask(actor)
    asked = invitations.pending(actor)[0].invitation
    invitations.revoke(actor=actor, invitation=asked, now=clock.now())
    assert client.get(page).status_code == 410


def test_a_link_of_another_purpose_or_of_nobody_is_unknown(client, db):
    for token in ("x", "x.y", "ก"):
        assert client.get(f"/join/{token}").status_code == 404


def test_who_is_signed_in_accepts_into_a_second_centre_and_stands_there(
    actor, centre, other_centre, client_for
):
    browser = client_for("director", other_centre)
    page = ask(actor)
    assert browser.get(page).status_code == 200
    answer = browser.post(page)
    assert answer.status_code == 303
    shown = browser.get("/")
    assert shown.context["shell"].centre == centre
    assert [place[0] for place in shown.context["shell"].elsewhere] == [other_centre.pk]


def test_a_member_who_opens_the_link_is_told_and_the_link_stays(actor, centre, client_for):
    page = ask(actor)
    browser = client_for("case")
    answer = browser.post(page)
    assert answer.status_code == 409
    assert Client().get(page).status_code == 200


def test_an_account_without_any_centre_accepts(actor, centre):
    user, browser = UserFactory.create(), Client()
    browser.force_login(user, backend=BACKEND)
    assert browser.get("/").status_code == 403
    assert browser.post(ask(actor)).status_code == 303
    assert browser.get("/").status_code == 200


def test_the_sign_in_leads_back_to_the_link(actor, client):
    page = ask(actor)
    MembershipFactory.create(user=(user := UserFactory.create(username="old")))
    user.set_password("kluay-khai-12")
    user.save()
    address = client.get(page).context["sign_in_url"]
    answer = client.post(
        "/account/sign-in",
        {"login": "old", "password": "kluay-khai-12", "next": address.partition("next=")[2]},
    )
    assert answer.status_code == 302


def test_the_department_s_link_leads_to_the_list_of_centres(client, db):
    invitations.invite_national(
        actor=Actor.system(0), now=clock.now(), name="วรรณา", position="", email="",
        role=role("national"),
    )  # fmt: skip
    page = f"/join/{invitations.pending_national()[0].token}"
    assert client.get(page).status_code == 200
    answer = client.post(page, GOOD)
    assert (answer.status_code, answer["Location"]) == (303, "/national/")
    assert client.get("/national/").status_code == 200
    assert NationalStaff.objects.count() == 1
