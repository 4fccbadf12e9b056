"""The second lock alone: our own is switched off, and a foreign row is still not there."""

from __future__ import annotations

import pytest
from django.test import Client

from saan.centres import row_security
from tests.access import matrix, world
from tests.access.matrix import ANYBODY

pytestmark = pytest.mark.django_db
#: Everything a centre may, everything the department may, and somebody from the street.
WHO = (ANYBODY, "head", "national_admin")


def locks():
    """Every `for_actor` that keeps to a centre, of tables that the database locks as well."""
    found = set()
    for model in row_security.ours():
        if row_security.policies_of(model):
            kind = type(model._default_manager.get_queryset())
            found |= {each for each in kind.__mro__ if "for_actor" in vars(each)}
    return found


@pytest.fixture
def without_our_lock(monkeypatch):
    switched = locks()
    assert len(switched) > 1
    for kind in switched:
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
    for kind in locks():
        monkeypatch.setattr(kind, "for_actor", lambda self, actor: self)
    with as_application():
        alone = list(matrix.rows(address, browsers, *worlds))
    assert alone == both


def test_our_lock_is_really_off(without_our_lock, worlds, client_for):
    """Without the second lock a foreign partner would be shown: so the test above says something."""
    response = client_for("head").get(f"/partners/{worlds[1].partner.pk}")
    assert response.status_code == 200
