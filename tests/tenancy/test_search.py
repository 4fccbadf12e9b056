"""Typing finds the same through the owner's functions, and never what is another centre's."""

from __future__ import annotations

import pytest

from saan.kernel.scope import within
from saan.search import index
from saan.search.find import find

pytestmark = pytest.mark.django_db
NAMES = ("วัดป่าหนองไผ่ล้อม", "วัดหนองบัว", "ไร่บัวทอง", "100%_ร้านบัว", "โรงสีหนองไผ่")


@pytest.fixture
def entries(centre, other_centre):
    for start, where in ((0, centre), (100, other_centre)):
        for number, name in enumerate(NAMES):
            index.put("partner", start + number, where.pk, [name, f"ต{number}"])


@pytest.mark.parametrize("text", ["หนองไผ่", "บัว", "วัดหนองไผ่ลอม", "%", "100%_", "ห", "บัว วัด"])
def test_the_same_is_found_under_both_locks(text, entries, centre, as_application):
    as_owner = find("partner", centre.pk, text)
    with within(centre.pk), as_application():
        assert find("partner", centre.pk, text) == as_owner


def test_another_centre_is_not_found_even_when_it_is_named(
    entries, centre, other_centre, as_application
):
    assert find("partner", other_centre.pk, "บัวทอง")
    with within(centre.pk), as_application():
        assert find("partner", other_centre.pk, "บัวทอง") == []


def test_the_functions_know_the_sessions_centre_and_no_other(
    entries, centre, other_centre, as_application, rows
):
    held, count = (
        "SELECT count(*) FROM saan_search_containing('%%')",
        "SELECT saan_search_count('%%', 800)",
    )
    with as_application():
        for where, seen in ((centre, len(NAMES)), (None, 0), (other_centre, len(NAMES))):
            with within(where.pk if where else None):
                assert rows(held) == [(seen,)]
                assert rows(count) == [(seen,)]
