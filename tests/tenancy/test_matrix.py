"""The second lock alone: our own is switched off, and a foreign row is still not there."""

from __future__ import annotations

import inspect

import pytest
from django.test import Client

from saan.centres import row_security
from tests.access import matrix, world
from tests.access.matrix import ANYBODY

pytestmark = pytest.mark.django_db
#: Everything a centre may, everything the department may, and somebody from the street.
WHO = (ANYBODY, "head", "national_admin")


def locks():
    """Every `for_actor` that keeps to a centre, of tables that the database locks as well.

    What a class adds to that (a notice is to somebody) stands on top of its parent's and stays.
    """
    found = set()
    for model in row_security.ours():
        kind = type(model._default_manager.get_queryset())
        saying = [each for each in kind.__mro__ if "for_actor" in vars(each)]
        if saying and row_security.policies_of(model):
            found.add(saying[-1])
            assert all(
                "super()" in inspect.getsource(vars(each)["for_actor"]) for each in saying[:-1]
            )
    return found


def switch_off(monkeypatch):
    """Our lock no longer keeps to a centre."""
    for kind in locks():
        monkeypatch.setattr(kind, "for_actor", lambda self, actor: self)


@pytest.fixture
def browsers(client_for):
    return {who: Client() if who == ANYBODY else client_for(who) for who in WHO}


@pytest.fixture
def worlds(as_application, centre, other_centre):
    return world.build(centre), world.build(other_centre)


@pytest.mark.parametrize("address", matrix.addresses(), ids=lambda a: a.route)
def test_the_database_alone_gives_the_same_answers(
    address, browsers, worlds, as_application, monkeypatch
):
    monkeypatch.setattr(matrix, "COLUMNS", WHO)
    both = list(matrix.rows(address, browsers, *worlds))
    switch_off(monkeypatch)
    with as_application():
        alone = list(matrix.rows(address, browsers, *worlds))
    assert alone == both


def test_our_lock_is_really_off(monkeypatch, worlds, client_for):
    """As the owner of the tables a foreign partner would be shown: so the test above says something."""
    switch_off(monkeypatch)
    response = client_for("head").get(f"/partners/{worlds[1].partner.pk}")
    assert response.status_code == 200
