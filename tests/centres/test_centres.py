"""Centres, who works there, what they set; roles are data."""

from dataclasses import replace

import pytest
from django.core.management import call_command
from django.db import IntegrityError, connection, transaction
from django.utils import translation

from saan.audit import triggers
from saan.audit.models import AuditEvent
from saan.centres import actions, rules
from saan.centres.models import Centre, Membership, Role
from saan.centres.permissions import ROLES, Permission
from saan.centres.queries import centre_of, forget, remembered
from saan.kernel.actors import Actor
from saan.kernel.decisions import Refused
from tests.factories import UserFactory, province, role


def events():
    return list(AuditEvent.objects.order_by("pk").values_list("event", "centre_id"))


@pytest.mark.django_db
def test_migrate_brings_every_role_with_its_permissions():
    for code, (th, en, permissions) in ROLES.items():
        row = Role.objects.get(pk=code)
        assert (row.name_th, row.name_en) == (th, en)
        assert row.permissions == [str(p) for p in permissions]


@pytest.mark.django_db
def test_an_edited_role_stays_edited_and_a_missing_one_comes_back():
    Role.objects.filter(pk="field").update(permissions=["today.view"], name_th="ลงพื้นที่")
    Role.objects.filter(pk="national").delete()
    call_command("migrate", verbosity=0, skip_checks=True)
    field = Role.objects.get(pk="field")
    assert (field.permissions, field.name_th) == (["today.view"], "ลงพื้นที่")
    assert Role.objects.filter(pk="national").exists()
    assert Role.objects.count() == len(ROLES)


@pytest.mark.django_db
def test_a_role_is_called_by_the_readers_language():
    row = Role.objects.get(pk="director")
    assert str(row) == "ผู้อำนวยการศูนย์"
    with translation.override("en"):
        assert str(row) == "Director"


def test_every_role_asks_only_for_permissions_that_exist():
    for _th, _en, permissions in ROLES.values():
        assert set(permissions) <= set(Permission)


@pytest.mark.django_db
def test_opening_a_centre_is_an_event_of_that_centre(now):
    made = actions.create_centre(
        actor=Actor.system(0), province=province(), name=" ศูนย์ทดสอบ ", now=now, link_days=3
    )
    assert (made.name, made.link_days, made.is_demo) == ("ศูนย์ทดสอบ", 3, False)
    assert events() == [("centre.created", made.pk)]


@pytest.mark.django_db
def test_settings_are_changed_with_before_and_after_and_only_when_different(centre, actor, now):
    actions.change_settings(actor=actor, now=now, link_days=14, intake_days=7)
    centre.refresh_from_db()
    assert centre.link_days == 14
    [event] = AuditEvent.objects.all()
    assert event.changes == {"link_days": [7, 14]}
    actions.change_settings(actor=actor, now=now, link_days=14)
    assert AuditEvent.objects.count() == 1


@pytest.mark.parametrize(
    "values",
    [
        {"link_days": 0},
        {"link_days": 91},
        {"facility_window_days": 0},
        {"name": "  "},
        {"ratio_definition": "guess"},
        {"follow_up_schedule": []},
        {"follow_up_schedule": ["15"]},
        {"follow_up_schedule": ["3m", "1m"]},
        {"follow_up_schedule": ["30d", "1m"]},
        {"follow_up_schedule": "15d"},
        {"follow_up_schedule": [15]},
        {"is_demo": True},
    ],
)
def test_senseless_settings_are_refused_with_a_reason(values):
    decision = rules.can_set(values)
    assert not decision
    assert decision.reason


def test_sensible_settings_are_allowed():
    assert rules.can_set({})
    assert rules.can_set({"follow_up_schedule": ["7d", "15d", "1m"], "intake_days": 9})
    assert rules.can_set({"ratio_definition": "transfers", "name": "ศูนย์", "link_days": 90})


@pytest.mark.django_db
def test_a_refused_setting_changes_nothing(centre, actor, now):
    with pytest.raises(Refused):
        actions.change_settings(actor=actor, now=now, intake_days=9, link_days=0)
    centre.refresh_from_db()
    assert centre.intake_days == 7
    assert events() == []


@pytest.mark.django_db
def test_a_member_is_added_moved_and_removed_with_events(centre, actor, now):
    user = UserFactory.create()
    first = actions.add_member(actor=actor, user=user, role=role("case"), now=now)
    again = actions.add_member(actor=actor, user=user, role=role("case"), now=now)
    moved = actions.add_member(actor=actor, user=user, role=role("network"), now=now)
    assert first == again == moved
    assert moved.role_id == "network"
    actions.remove_member(actor=actor, user=user, now=now)
    actions.remove_member(actor=actor, user=user, now=now)
    assert not Membership.objects.filter(user=user).exists()
    assert [event for event, _ in events()] == [
        "centre.member_added",
        "centre.role_changed",
        "centre.member_removed",
    ]
    assert AuditEvent.objects.get(event="centre.role_changed").changes == {
        "user": user.pk,
        "role": ["case", "network"],
    }


@pytest.mark.django_db
def test_the_last_administrator_can_neither_leave_nor_change_role(actor, now):
    only, other = UserFactory.create(), UserFactory.create()
    actions.add_member(actor=actor, user=only, role=role("administrator"), now=now)
    with pytest.raises(Refused):
        actions.remove_member(actor=actor, user=only, now=now)
    with pytest.raises(Refused):
        actions.add_member(actor=actor, user=only, role=role("case"), now=now)
    actions.add_member(actor=actor, user=other, role=role("administrator"), now=now)
    actions.add_member(actor=actor, user=only, role=role("case"), now=now)
    assert Membership.objects.get(user=only).role_id == "case"


@pytest.mark.django_db
def test_a_user_has_one_role_in_a_centre(centre):
    user = UserFactory.create()
    Membership.objects.create(user=user, centre=centre, role=role("case"))
    with pytest.raises(IntegrityError), transaction.atomic():
        Membership.objects.create(user=user, centre=centre, role=role("network"))


@pytest.mark.django_db
def test_the_actors_centre_is_asked_for_once_in_a_request(centre, actor, django_assert_num_queries):
    with django_assert_num_queries(2):
        assert centre_of(actor) == centre_of(actor) == centre
    with remembered(), django_assert_num_queries(1):
        assert centre_of(actor).province == centre_of(actor).province
    with remembered(), django_assert_num_queries(2):
        centre_of(actor)
        forget()
        centre_of(actor)


@pytest.mark.django_db
def test_changed_settings_are_seen_at_once(centre, actor, now):
    with remembered():
        assert centre_of(actor).link_days == 7
        actions.change_settings(actor=actor, now=now, link_days=3)
        assert centre_of(actor).link_days == 3


@pytest.mark.django_db
def test_an_actor_of_no_centre_has_none(actor):
    with pytest.raises(Centre.DoesNotExist):
        centre_of(replace(actor, centre_id=10**9))


def test_a_migration_of_other_apps_alone_needs_neither_roles_nor_triggers(monkeypatch):
    """`migrate places` on an empty database: the tables that would be filled are not there yet."""
    from saan.audit import apps as audit
    from saan.centres import apps as centres

    monkeypatch.setattr(connection.introspection, "table_names", lambda *a, **k: [])
    monkeypatch.setattr(actions, "install_roles", lambda: pytest.fail("no table for roles"))
    monkeypatch.setattr(triggers, "install", lambda using: pytest.fail("no table to guard"))
    centres._install_roles(using="default")
    audit._install_triggers(using="default")
