"""Every address × role × own and other centre's row; the document in docs/reference is current."""

from __future__ import annotations

import os

import pytest
from django.test import Client

from saan.centres.permissions import ROLES
from saan.centres.staff_rules import is_national
from tests.access import matrix, world
from tests.access.matrix import ANYBODY, COLUMNS, FOREIGN, NONE, OWN

pytestmark = pytest.mark.django_db
WRITE = bool(os.environ.get("SAAN_WRITE_REFERENCE"))
#: A foreign row is not there (404), for those who may not even ask it is forbidden (403),
#: and a visitor is sent to sign in (302).
CLOSED = {403, 404}
#: Addresses whose door says that every centre is the department's to see.
NATIONAL = "/national/"


@pytest.fixture
def browsers(client_for):
    return {who: Client() if who == ANYBODY else client_for(who) for who in COLUMNS}


@pytest.fixture
def own(centre):
    return world.build(centre)


@pytest.fixture
def other(other_centre):
    return world.build(other_centre)


@pytest.mark.skipif(WRITE, reason="the document is being written")
@pytest.mark.parametrize("address", matrix.addresses(), ids=lambda a: a.route)
def test_who_may_open_it(address, browsers, own, other):
    lines = list(matrix.rows(address, browsers, own, other))
    assert [line.line() for line in lines] == matrix.written(address.route)
    assert leaks(address, lines) == []


def leaks(address, lines):
    """Answers that tell somebody about another centre's row, or let a visitor in."""
    found = []
    for line in lines:
        for who, status in zip(COLUMNS, line.answers, strict=True):
            visitor_in = who == ANYBODY and status != 302
            foreign = line.whose not in {OWN, NONE} and not all_centres_are_theirs(address, who)
            foreign_seen = foreign and who != ANYBODY and status not in CLOSED
            if not address.is_public and (visitor_in or foreign_seen):
                found.append(f"{line.method} {line.route} ({line.whose}) {who}: {status}")
    return found


def all_centres_are_theirs(address, who):
    """Under /national/ the department acts on any centre; nobody else gets in there at all."""
    return who in ROLES and is_national(ROLES[who][2]) and address.route.startswith(NATIONAL)


def test_the_document_has_every_address_and_no_other(browsers, own, other):
    if WRITE:
        lines = [x for a in matrix.addresses() for x in matrix.rows(a, browsers, own, other)]
        matrix.FILE.parent.mkdir(parents=True, exist_ok=True)
        matrix.FILE.write_text(matrix.document(lines), encoding="utf-8")
        found = [
            leak
            for a in matrix.addresses()
            for leak in leaks(a, [x for x in lines if x.route == a.route])
        ]
        assert found == []
    known = {f"| `{a.route}` |" for a in matrix.addresses()}
    table = [x for x in matrix.FILE.read_text(encoding="utf-8").splitlines() if x.startswith("| `")]
    assert [x for x in table if not x.startswith(tuple(known))] == []


def test_a_leak_is_seen():
    closed = matrix.addresses()[0]
    row = matrix.Row("/x/<int:pk>", "GET", FOREIGN, (302, *[200] * (len(COLUMNS) - 1)))
    private = type(closed)("/x/<int:pk>", "x", lambda request: None, ("pk",))
    assert len(leaks(private, [row])) == len(COLUMNS) - 1
