"""What the database has is what is declared, after every migrate."""

from __future__ import annotations

import pytest
from django.db import connection

from saan.centres import row_security
from tests.architecture.source import nothing

pytestmark = [
    pytest.mark.django_db,
    pytest.mark.skipif(
        connection.vendor != "postgresql", reason="row security is PostgreSQL's alone"
    ),
]
TABLE = "people_person"


def run(sql):
    with connection.cursor() as cursor:
        cursor.execute(sql)


def test_every_locked_table_has_its_policies_and_they_bind_its_owner():
    there, plan = row_security.state(), row_security.wanted()
    nothing([table for table in plan if not there[table].forced])
    nothing([table for table, p in plan.items() if len(there[table].policies) != len(p) + 1])


def test_no_other_table_has_policies():
    plan = row_security.wanted()
    nothing([t for t, now in row_security.state().items() if now.policies and t not in plan])


def test_installing_again_changes_nothing():
    assert row_security.install() == []


@pytest.mark.parametrize(
    "damage",
    [
        f"DROP POLICY saan_centre_select ON {TABLE}",
        f"ALTER TABLE {TABLE} DISABLE ROW LEVEL SECURITY",
        f"ALTER TABLE {TABLE} NO FORCE ROW LEVEL SECURITY",
        f"CREATE POLICY saan_open_select ON {TABLE} FOR SELECT USING (true)",
        f"ALTER TABLE {TABLE} DROP COLUMN centre_id CASCADE, ADD COLUMN centre_id bigint",
    ],
)
def test_what_was_damaged_is_put_back(damage):
    run(damage)
    assert row_security.install() == [TABLE]
    assert row_security.install() == []


def test_the_policies_of_a_table_that_is_locked_no_more_go():
    run("ALTER TABLE places_province ENABLE ROW LEVEL SECURITY")
    run("CREATE POLICY saan_old ON places_province FOR SELECT USING (false)")
    assert row_security.install() == ["places_province"]
    assert not row_security.state()["places_province"].policies
    assert not row_security.state()["places_province"].forced
