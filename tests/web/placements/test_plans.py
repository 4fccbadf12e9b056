"""The long lists are read through an index on both databases, never by reading a whole table."""

from __future__ import annotations

import pytest
from django.db import connection

from saan.cases.models import Case
from saan.partners.models import Offer, Partner
from saan.placements import queries

pytestmark = pytest.mark.django_db


def plan(rows):
    """How the database would read the rows; an empty table does not hide a missing index."""
    if connection.vendor == "postgresql":
        with connection.cursor() as cursor:
            cursor.execute("SET LOCAL enable_seqscan = off")
    return rows.explain().lower()


def whole(table):
    return "seq scan on " + table if connection.vendor == "postgresql" else "scan " + table


@pytest.mark.parametrize(
    ("table", "rows"),
    [
        ("placements_followup", queries.open_follow_ups),
        ("placements_placement", queries.staying_rows),
        ("placements_referral", queries.open_referrals),
        ("partners_offer", lambda actor: Offer.objects.for_actor(actor).filter(is_open=True)),
        ("partners_partner", lambda actor: Partner.objects.for_actor(actor).active()),
        ("cases_case", lambda actor: Case.objects.for_actor(actor).filter(state="open")),
    ],
)
def test_a_list_is_read_through_an_index(table, rows, actor):
    assert whole(table) not in plan(rows(actor))


def test_a_scan_of_a_whole_table_is_seen():
    assert whole("partners_partner") in Partner.objects.order_by("note").explain().lower()
