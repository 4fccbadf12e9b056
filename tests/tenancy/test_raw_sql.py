"""Raw SQL as the application's role: the database keeps two centres apart without our help."""

from __future__ import annotations

import pytest
from django.db.utils import DatabaseError, ProgrammingError

from saan.centres import row_security
from saan.kernel.scope import within
from saan.notices.models import SignedLink
from tests.factories import MembershipFactory
from tests.tenancy.filling import fill, locked_models

pytestmark = pytest.mark.django_db
MODELS = locked_models()
#: Rows a centre may see of another without any lock being open: none.
each_table = pytest.mark.parametrize("model", MODELS, ids=lambda m: m._meta.label)


@pytest.fixture
def mine(as_application, centre):
    return fill(centre)


@pytest.fixture
def theirs(as_application, other_centre):
    return fill(other_centre)


def refused(rows, sql, *values):
    """Whether the database says that the role may not, or that history is not changed."""
    try:
        rows(sql, *values)
    except DatabaseError as no:
        return no.__cause__.sqlstate in {"42501", "23000"}
    return False


@each_table
def test_a_centre_sees_its_rows_and_none_of_another(
    model, mine, theirs, centre, other_centre, as_application, rows
):
    count = f'SELECT count(*) FROM "{model._meta.db_table}" WHERE centre_id = %s'
    assert rows(count, other_centre.pk)[0][0], "nothing to hide"
    with within(centre.pk), as_application():
        assert rows(count, centre.pk)[0][0]
        assert rows(count, other_centre.pk) == [(0,)]


@each_table
def test_without_a_centre_nothing_is_seen(model, mine, as_application, rows):
    with as_application():
        assert rows(f'SELECT count(*) FROM "{model._meta.db_table}"') == [(0,)]


@each_table
def test_a_centre_changes_and_removes_nothing_of_another(
    model, mine, theirs, centre, as_application, rows
):
    table, rights = model._meta.db_table, row_security.RIGHTS.get(model._meta.label)
    key = model._meta.pk.column
    for command, sql in (
        ("UPDATE", f'UPDATE "{table}" SET centre_id = centre_id WHERE "{key}" = %s'),
        ("DELETE", f'DELETE FROM "{table}" WHERE "{key}" = %s'),
    ):
        with within(centre.pk), as_application():
            if rights and command not in rights:
                assert refused(rows, sql, theirs[model])
                assert refused(rows, sql, mine[model])
            else:
                assert rows(sql, theirs[model]) == [(0,)]


@each_table
def test_a_centre_writes_nothing_for_another(
    model, mine, theirs, centre, other_centre, as_application, rows
):
    table = model._meta.db_table
    columns = [f.column for f in model._meta.local_fields if not f.primary_key]
    read = ["%s" if column == "centre_id" else f'"{column}"' for column in columns]
    names = ", ".join(f'"{column}"' for column in columns)
    copy = (
        f'INSERT INTO "{table}" ({names}) SELECT {", ".join(read)} FROM "{table}"'
        f' WHERE "{model._meta.pk.column}" = %s'
    )
    move = f'UPDATE "{table}" SET centre_id = %s WHERE "{model._meta.pk.column}" = %s'
    with within(centre.pk), as_application():
        assert refused(rows, copy, other_centre.pk, mine[model])
        assert refused(rows, move, other_centre.pk, mine[model])


@each_table
def test_a_table_cannot_be_emptied_or_remade(model, as_application, rows):
    with as_application():
        assert refused(rows, f'TRUNCATE "{model._meta.db_table}" CASCADE')
        assert refused(rows, f'ALTER TABLE "{model._meta.db_table}" DISABLE ROW LEVEL SECURITY')


def test_a_centre_reads_the_names_of_all_and_changes_its_own_settings_only(
    centre, other_centre, as_application, rows
):
    change = "UPDATE centres_centre SET link_days = 9 WHERE id = %s"
    with within(centre.pk), as_application():
        assert rows("SELECT count(*) FROM centres_centre") == [(2,)]
        assert rows(change, centre.pk) == [(1,)]
        assert rows(change, other_centre.pk) == [(0,)]
        assert refused(rows, "DELETE FROM centres_centre")


def test_before_a_centre_is_known_a_user_sees_the_own_memberships(
    centre, other_centre, as_application, rows
):
    member = MembershipFactory.create(centre=centre)
    MembershipFactory.create(user=member.user, centre=other_centre)
    MembershipFactory.create(centre=centre)
    with as_application():
        with within(user_id=member.user_id):
            assert rows("SELECT count(*) FROM centres_membership") == [(2,)]
            assert rows("UPDATE centres_membership SET role_id = role_id") == [(0,)]
        assert rows("SELECT count(*) FROM centres_membership") == [(0,)]


def test_a_link_shows_itself_and_no_other(mine, theirs, as_application, rows):
    nonces = list(SignedLink.objects.order_by("pk").values_list("nonce", flat=True))
    assert len(nonces) > 1
    with within(link=nonces[0]), as_application():
        assert rows("SELECT nonce FROM notices_signedlink") == [(nonces[0],)]
        assert rows("UPDATE notices_signedlink SET used_at = now()") == [(0,)]


def test_the_owner_of_the_tables_sees_every_centre(mine, theirs, rows):
    assert len(rows("SELECT DISTINCT centre_id FROM people_person")) == 2


def request_of(rows, asking, asked):
    columns = "asking_centre_id, asked_centre_id, asking_person_id, asked_person_id"
    sql = (
        f"INSERT INTO people_accessrequest ({columns}, state, reason, answer, asked_by_name,"
        " asked_at) VALUES (%s, %s, 1, 2, %s, '', '', '', now()) RETURNING id"
    )
    return lambda state="asked": rows(sql, asking.pk, asked.pk, state)[0][0]


def test_a_request_is_seen_by_both_sides_and_granted_by_the_one_that_was_asked(
    centre, other_centre, as_application, rows
):
    grant = "UPDATE people_accessrequest SET state = 'granted' WHERE id = %s"
    seen = "SELECT count(*) FROM people_accessrequest"
    with as_application():
        with within(centre.pk):
            ask = request_of(rows, centre, other_centre)
            key = ask()
            assert refused(rows, grant, key)
            assert rows(seen) == [(1,)]
            with pytest.raises(ProgrammingError):
                ask("granted")
            with pytest.raises(ProgrammingError):
                request_of(rows, other_centre, centre)()
        with within(other_centre.pk):
            assert rows(seen) == [(1,)]
            assert rows(grant, key) == [(1,)]
        with within(centre.pk):
            assert refused(rows, "UPDATE people_accessrequest SET granted_until = '2099-01-01'")
            assert rows("UPDATE people_accessrequest SET state = 'ended'") == [(1,)]
        with within(centre.pk + other_centre.pk):
            assert rows(seen) == [(0,)]


def test_an_identity_is_seen_by_all_and_each_centre_writes_its_own_part(
    centre, other_centre, as_application, rows
):
    add = (
        "INSERT INTO people_identitymember (identity_id, home_centre_id, person_id)"
        " VALUES (%s, %s, %s)"
    )
    make = (
        "INSERT INTO people_identity (key, created_at) VALUES (repeat('0', 64), now()) RETURNING id"
    )
    with as_application(), within(centre.pk):
        identity = rows(make)[0][0]
        rows(add, identity, centre.pk, 1)
        assert refused(rows, add, identity, other_centre.pk, 2)
        with within(other_centre.pk):
            assert rows("SELECT count(*) FROM people_identitymember") == [(1,)]
            assert rows("DELETE FROM people_identitymember") == [(0,)]
            assert rows("UPDATE people_identitymember SET identity_id = identity_id") == [(0,)]
