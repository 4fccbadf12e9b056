"""The second lock: on PostgreSQL the database itself keeps the rows of centres apart.

Every table with a `centre_id` is locked without anybody having to think of it; what differs from
that stands in `SPECIAL`, and what has no centre in `OUTSIDE` with the reason (a test demands one of
the three for every table). The settings that open rows come from `saan.kernel.scope`.

Policies and grants are put back after every `migrate`, as the triggers of history are, because a
migration may remake a column and take a policy with it. Row security does not bind a superuser;
it binds the owner of the tables because it is forced, and a policy of its own then lets the owner
do everything: migrations, backup and restore act as the owner, the application never does.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING

from django.apps import apps
from django.db import connections, transaction

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.db.models import Model

# In a sub-select the setting is read once a statement and not once a row.
CENTRE = "(SELECT NULLIF(current_setting('saan.centre', true), '')::bigint)"
USER = "(SELECT NULLIF(current_setting('saan.user', true), '')::bigint)"
LINK = "(SELECT NULLIF(current_setting('saan.link', true), ''))"

READ, ADD, CHANGE, REMOVE = "SELECT", "INSERT", "UPDATE", "DELETE"
EVERYTHING = (READ, ADD, CHANGE, REMOVE)
PREFIX = "saan_"
OWNER = "saan_owner"


@dataclass(frozen=True, slots=True)
class Policy:
    """Which rows a command may touch. `after` is what must hold for a row as it is written."""

    command: str
    rows: str
    after: str = ""
    name: str = "centre"

    def sql(self, table: str) -> str:
        """The statement that makes it."""
        using = f" USING ({self.rows})" if self.command != ADD else ""
        check = f" WITH CHECK ({self.after or self.rows})" if self.command in {ADD, CHANGE} else ""
        name = f"{PREFIX}{self.name}_{self.command.lower()}"
        return f'CREATE POLICY {name} ON "{table}" FOR {self.command} TO PUBLIC{using}{check};'


#: What the application may do with a table, where that is less than everything.
RIGHTS: dict[str, tuple[str, ...]] = {
    "audit.AuditEvent": (READ, ADD),
    "audit.ChainLink": (READ, ADD),
    "audit.ChainHead": (READ, ADD, CHANGE),
    "audit.PersonKey": (READ, ADD, CHANGE),
    "audit.CentreKey": (READ, ADD, CHANGE),
    "centres.Centre": (READ, ADD, CHANGE),
}

_ASKING, _ASKED = f"asking_centre_id = {CENTRE}", f"asked_centre_id = {CENTRE}"

#: Policies of tables whose rows are not simply the centre's own; they come on top of the usual ones
#: where the table has a `centre_id`.
SPECIAL: dict[str, tuple[Policy, ...]] = {
    # One's own memberships, before it is known for which centre one acts.
    "centres.Membership": (Policy(READ, f"user_id = {USER}", name="user"),),
    # The one link that somebody without an account brought.
    "notices.SignedLink": (Policy(READ, f"nonce = {LINK}", name="link"),),
    # Names of centres are no secret; opening one is how it begins; settings are its own.
    "centres.Centre": (
        Policy(READ, "true"),
        Policy(ADD, "true"),
        Policy(CHANGE, f"id = {CENTRE}"),
    ),
    # That another centre knows the same human being is what the table is there to tell.
    "people.IdentityMember": (
        Policy(READ, "true"),
        Policy(ADD, f"home_centre_id = {CENTRE}"),
        Policy(CHANGE, f"home_centre_id = {CENTRE}"),
        Policy(REMOVE, f"home_centre_id = {CENTRE}"),
    ),
    # Both sides see a request; who asks can begin and end it, only who is asked can grant it.
    "people.AccessRequest": (
        Policy(READ, f"{_ASKING} OR {_ASKED}"),
        Policy(ADD, f"{_ASKING} AND state = 'asked'"),
        Policy(CHANGE, _ASKED, name="asked"),
        Policy(CHANGE, _ASKING, f"{_ASKING} AND state IN ('asked', 'ended')", name="asking"),
    ),
}

#: Tables of ours that belong to no centre, each with the reason.
OUTSIDE: dict[str, str] = {
    "accounts.User": "sign-in comes before the centre; holds no client",
    "accounts.User_groups": "not used",
    "accounts.User_user_permissions": "not used",
    "accounts.AuthenticatorApp": "a user's own, asked for before the centre is known",
    "accounts.KnownDevice": "a user's own",
    "accounts.Passkey": "a user's own, asked for before the centre is known",
    "accounts.RecoveryCodes": "a user's own, asked for before the centre is known",
    "accounts.WrongCodes": "a user's own, asked for before the centre is known",
    "audit.KeyProof": "keys belong to the installation",
    "centres.Installation": "set up before there is a centre; holds no client",
    "centres.NationalInvitation": "asked to the department; holds no client",
    "centres.NationalStaff": "staff of the department belong to no centre",
    "centres.Role": "roles are the installation's",
    "people.Identity": "a blind key and nothing else",
    "work.Job": "a worker takes what comes, for any centre; holds no client",
    "work.Lease": "of the workers",
    "work.Plan": "of the scheduler",
    "work.WorkerSign": "of the workers",
    "places.Province": "the same for everybody",
    "places.District": "the same for everybody",
    "places.Subdistrict": "the same for everybody",
}


def ours() -> list[type[Model]]:
    """All models of Saan."""
    models = apps.get_models(include_auto_created=True)
    return [model for model in models if model.__module__.startswith("saan.")]


def has_centre(model: type[Model]) -> bool:
    """Whether each row says whose it is."""
    return any(field.column == "centre_id" for field in model._meta.local_fields)


def policies_of(model: type[Model]) -> tuple[Policy, ...]:
    """What locks a table; nothing when it lies outside of the lock."""
    label = model._meta.label
    if label in OUTSIDE:
        return ()
    commands = RIGHTS.get(label, EVERYTHING) if has_centre(model) else ()
    own = tuple(Policy(command, f"centre_id = {CENTRE}") for command in commands)
    return own + SPECIAL.get(label, ())


def wanted() -> dict[str, tuple[Policy, ...]]:
    """Table → its policies."""
    found = {model._meta.db_table: policies_of(model) for model in ours()}
    return {table: policies for table, policies in found.items() if policies}


@dataclass(frozen=True, slots=True)
class Locked:
    """How the database has a table now."""

    table: str
    owner: str
    forced: bool
    policies: tuple[str, ...]
    fingerprint: str


_STATE = """
SELECT c.relname, pg_get_userbyid(c.relowner), c.relrowsecurity AND c.relforcerowsecurity,
       coalesce(array_agg(p.polname::text) FILTER (WHERE p.polname LIKE %s), '{}'),
       coalesce(max(obj_description(p.oid, 'pg_policy')) FILTER (WHERE p.polname = %s), '')
FROM pg_class c LEFT JOIN pg_policy p ON p.polrelid = c.oid
WHERE c.relkind = 'r' AND c.relnamespace = current_schema()::regnamespace
GROUP BY c.oid ORDER BY c.relname
"""


def state(using: str = "default") -> dict[str, Locked]:
    """Every table of a PostgreSQL database, and its lock."""
    with connections[using].cursor() as cursor:
        cursor.execute(_STATE, [PREFIX + "%", OWNER])
        rows = cursor.fetchall()
    return {row[0]: Locked(row[0], row[1], row[2], tuple(row[3]), row[4]) for row in rows}


def install(using: str = "default", role: str = "") -> list[str]:
    """Put policies, and the grants of the application's role, in place; the tables that changed.

    Doing it twice changes nothing. On SQLite there is nothing to do.
    """
    if connections[using].vendor != "postgresql":
        return []
    plan, changed = wanted(), []
    with transaction.atomic(using=using), connections[using].cursor() as cursor:
        there = state(using)
        for table, now in there.items():
            statements = list(_difference(now, plan.get(table, ())))
            if statements:
                cursor.execute("".join(statements))
                changed.append(table)
        if role:
            cursor.execute("".join(_grants(role, set(there))))
    return changed


def _difference(now: Locked, policies: tuple[Policy, ...]) -> Iterable[str]:
    """The statements that bring a table's lock from what it is to what it should be."""
    table = f'"{now.table}"'
    making = [policy.sql(now.table) for policy in policies]
    making.append(
        f'CREATE POLICY {OWNER} ON {table} FOR ALL TO "{now.owner}" USING (true) WITH CHECK (true);'
    )
    fingerprint = sha256("".join(making).encode()).hexdigest()
    is_right = now.forced and now.fingerprint == fingerprint and len(now.policies) == len(making)
    if is_right if policies else not now.policies:
        return
    for name in now.policies:
        yield f"DROP POLICY {name} ON {table};"
    if not policies:
        yield f"ALTER TABLE {table} NO FORCE ROW LEVEL SECURITY, DISABLE ROW LEVEL SECURITY;"
        return
    yield from making
    yield f"COMMENT ON POLICY {OWNER} ON {table} IS '{fingerprint}';"
    yield f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;"


def _grants(role: str, tables: set[str]) -> Iterable[str]:
    """What the application's role may do: rows, and nothing about tables."""
    to, in_schema = f'"{role}"', "IN SCHEMA public"
    yield f"GRANT USAGE ON SCHEMA public TO {to};"
    yield f"GRANT {', '.join(EVERYTHING)} ON ALL TABLES {in_schema} TO {to};"
    yield f"GRANT USAGE, SELECT ON ALL SEQUENCES {in_schema} TO {to};"
    narrow = {apps.get_model(label)._meta.db_table: rights for label, rights in RIGHTS.items()}
    narrow["django_migrations"] = (READ,)
    for table, rights in narrow.items():
        refused = ", ".join(right for right in EVERYTHING if right not in rights)
        if table in tables:
            yield f'REVOKE {refused} ON "{table}" FROM {to};'


def role_exists(role: str, using: str = "default") -> bool:
    """Whether the server knows the role."""
    with connections[using].cursor() as cursor:
        cursor.execute("SELECT 1 FROM pg_roles WHERE rolname = %s", [role])
        return cursor.fetchone() is not None
