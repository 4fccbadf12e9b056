"""An installation without the demo: a centre is opened and gets its staff."""

from __future__ import annotations

import pytest
from django.core.management import CommandError, call_command

from saan.audit.models import AuditEvent
from saan.centres.models import Centre, Membership, NationalStaff

pytestmark = pytest.mark.django_db


def test_a_centre_is_opened_once_and_the_deed_is_recorded() -> None:
    call_command("open_centre", province="36", name="ศูนย์คุ้มครองฯ ชัยภูมิ")
    centre = Centre.objects.get()
    assert (centre.province_id, centre.is_demo) == ("36", False)
    assert AuditEvent.objects.filter(centre_id=centre.pk).count() == 1
    with pytest.raises(CommandError, match="already"):
        call_command("open_centre", province="36", name="อีกแห่ง")


def test_a_province_of_nowhere_is_refused() -> None:
    with pytest.raises(CommandError, match="99"):
        call_command("open_centre", province="99", name="x")


def test_staff_get_a_sign_in_and_a_role(monkeypatch: pytest.MonkeyPatch, centre: Centre) -> None:
    monkeypatch.setenv("SAAN_PASSWORD", "เขียวแดงขาวดำ-2570-สาน")
    call_command("add_staff", "somying", centre=centre.province_id, role="case", name="สมหญิง")
    member = Membership.objects.select_related("user").get(user__username="somying")
    assert (member.centre_id, member.role_id) == (centre.pk, "case")
    assert member.user.check_password("เขียวแดงขาวดำ-2570-สาน")


@pytest.mark.parametrize(
    ("password", "username", "where"),
    [("short", "somying", "36"), ("เขียวแดงขาวดำ-2570", "somying", "77")],
)
def test_a_weak_password_or_an_unknown_centre_leaves_nobody_behind(
    monkeypatch: pytest.MonkeyPatch, centre: Centre, password: str, username: str, where: str
) -> None:
    monkeypatch.setenv("SAAN_PASSWORD", password)
    with pytest.raises(CommandError):
        call_command("add_staff", username, centre=where, role="case")
    assert not Membership.objects.filter(user__username=username).exists()


def test_the_first_national_administrator_comes_from_the_command_line(
    monkeypatch: pytest.MonkeyPatch, db: None
) -> None:
    monkeypatch.setenv("SAAN_PASSWORD", "เขียวแดงขาวดำ-2570")
    call_command("add_staff", "kamon", "--national", name="กมล")
    row = NationalStaff.objects.select_related("user").get()
    assert (row.user.username, row.role_id) == ("kamon", "national_admin")
    assert not Membership.objects.exists()


@pytest.mark.parametrize(
    "how", [["--national", "--role", "case"], ["--centre", "36", "--role", "national"]]
)
def test_roles_of_the_two_levels_are_not_mixed(
    monkeypatch: pytest.MonkeyPatch, centre: Centre, how: list[str]
) -> None:
    monkeypatch.setenv("SAAN_PASSWORD", "เขียวแดงขาวดำ-2570")
    with pytest.raises(CommandError):
        call_command("add_staff", "kamon", *how)
    assert not NationalStaff.objects.exists()
    assert not Membership.objects.exists()
