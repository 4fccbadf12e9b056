"""A form that was drawn for one centre keeps nothing at another."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from saan.people.models import Person
from tests.conftest import BACKEND
from tests.factories import MembershipFactory, UserFactory, role

pytestmark = pytest.mark.django_db
TOKEN = re.compile(r'name="csrfmiddlewaretoken" value="(\w+)"')


@pytest.fixture
def browser(centre, other_centre):
    """Somebody of two centres, acting at the first, whose forms are checked as in production."""
    user = UserFactory.create()
    for where in (centre, other_centre):
        MembershipFactory.create(centre=where, user=user, role=role("case"))
    client = Client(enforce_csrf_checks=True)
    client.force_login(user, backend=BACKEND)
    return client


def token(browser):
    """What the forms of a page carry."""
    return TOKEN.search(browser.get("/people/new").content.decode())[1]


def move(browser, where, drawn):
    sent = {"centre": where.pk, "csrfmiddlewaretoken": drawn}
    return browser.post(reverse("kit:centre"), sent)


def send(browser, drawn):
    """A new person, by a form of an earlier page."""
    sent = {"first_name": "สมหมาย", "last_name": "ใจดี", "csrfmiddlewaretoken": drawn}
    return browser.post("/people/new", sent)


def test_a_form_from_before_the_other_centre_is_too_old(browser, other_centre):
    drawn = token(browser)
    assert move(browser, other_centre, drawn).status_code in {302, 303}
    assert send(browser, drawn).status_code == 403
    assert not Person.objects.exists()
    assert send(browser, token(browser)).status_code != 403


def test_choosing_the_same_centre_again_spoils_no_form(browser, centre):
    drawn = token(browser)
    move(browser, centre, drawn)
    assert send(browser, drawn).status_code != 403
