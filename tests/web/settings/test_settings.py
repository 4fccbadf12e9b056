"""Settings: what is changed, what is refused, and two who change at once."""

from __future__ import annotations

import zlib
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from saan.audit.models import AuditEvent
from saan.centres.models import Centre, Facility, Logo, MinimumWage, Signatory
from tests.factories import MinimumWageFactory
from tests.web.swap import soup

pytestmark = pytest.mark.django_db
PAGES = (
    "centre",
    "standards",
    "facilities",
    "facilities/new",
    "wages",
    "signatories",
    "signatories/new",
)


def png(width=2, height=2, extra=b"", pixels=None, kind=2):
    """A picture made by hand."""

    def chunk(name, data):
        return len(data).to_bytes(4) + name + data + zlib.crc32(name + data).to_bytes(4)

    header = width.to_bytes(4) + height.to_bytes(4) + bytes([8, kind, 0, 0, 0])
    rows = b"".join(b"\0" + b"\x20\x60\x60" * width for _row in range(height))
    packed = zlib.compress(rows if pixels is None else pixels)
    parts = chunk(b"IHDR", header) + extra + chunk(b"IDAT", packed) + chunk(b"IEND", b"")
    return b"\x89PNG\r\n\x1a\n" + parts


def text_chunk():
    data = b"Comment\0by somebody at 14.97,102.10"
    name = b"tEXt"
    return len(data).to_bytes(4) + name + data + zlib.crc32(name + data).to_bytes(4)


def form_of(response):
    """What a browser would send of the page's form."""
    form = soup(response).select_one("#settings-form")
    data: dict[str, Any] = {}
    for field in form.select("input[name]"):
        if field.get("type") in {"checkbox", "radio"}:
            if field.has_attr("checked"):
                data.setdefault(str(field["name"]), []).append(field.get("value", "on"))
        else:
            data[str(field["name"])] = field.get("value", "")
    for select in form.select("select[name]"):
        chosen = select.select_one("option[selected]")
        data[str(select["name"])] = chosen["value"] if chosen else ""
    return data


@pytest.fixture
def admin(client_for):
    return client_for("administrator")


@pytest.mark.parametrize("path", PAGES)
def test_only_who_may_set_opens_settings(client_for, path):
    assert client_for("administrator").get(f"/settings/{path}").status_code == 200
    assert client_for("case").get(f"/settings/{path}").status_code == 403


def test_settings_are_behind_more_on_a_phone_and_in_the_rail_of_who_may(client_for):
    page = soup(client_for("head").get("/people/"))
    assert page.select_one("nav.rail a[href='/settings/']")
    more = soup(client_for("head").get("/_kit/more"))
    assert more.select_one("main a[href='/settings/']")
    officer = soup(client_for("network").get("/partners/"))
    assert not officer.select("a[href^='/settings/']")


def test_the_first_page_lists_what_the_role_includes(client_for, admin):
    mine = {a["href"] for a in soup(admin.get("/settings/")).select("main li a")}
    assert {"/settings/centre", "/settings/wages", "/settings/staff/"} <= mine
    assert client_for("network").get("/settings/").status_code == 403
    officer = soup(client_for("case").get("/people/"))
    assert officer.select_one("nav.rail a[href='/settings/opening/'], nav.rail a[href*='opening']")


def test_many_tabs_become_a_way_back(admin):
    page = soup(admin.get("/settings/facilities"))
    assert not page.select(".subnav a")
    assert page.select_one("main nav a[href='/settings/']")


def test_the_centre_is_renamed_with_its_history(admin, centre):
    sent = form_of(admin.get("/settings/centre"))
    answer = admin.post("/settings/centre", sent | {"name": "ศูนย์ใหม่", "phone": "044 000 091"})
    assert answer["Location"] == "/settings/centre"
    centre.refresh_from_db()
    assert (centre.name, centre.phone) == ("ศูนย์ใหม่", "044 000 091")
    changes = AuditEvent.objects.get(event="centre.settings_changed").changes
    assert changes["phone"] == ["", "044 000 091"]


def test_standards_are_changed_and_say_which_nobody_has_confirmed(admin, centre):
    page = admin.get("/settings/standards")
    before = len(soup(page).select("#settings-form .text-warning"))
    sent = form_of(page) | {
        "intake_days": "๙",
        "follow_up_schedule": "7 วัน, ๑ เดือน, 1 ปี",
        "started_on": "1/10/2567",
        "second_factor_roles": ["case", "head"],
    }
    assert admin.post("/settings/standards", sent).status_code == 303
    centre.refresh_from_db()
    assert (centre.intake_days, centre.follow_up_schedule) == (9, ["7d", "1m", "12m"])
    assert str(centre.started_on) == "2024-10-01"
    assert centre.second_factor_roles == ["case", "head"]
    after = soup(admin.get("/settings/standards")).select("#settings-form .text-warning")
    assert before == 11
    assert len(after) == 9


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"intake_days": "0"}, "intake_days"),
        ({"intake_days": "abc"}, "intake_days"),
        ({"follow_up_schedule": "15"}, "follow_up_schedule"),
        ({"follow_up_schedule": "3 เดือน, 1 เดือน"}, "follow_up_schedule"),
        ({"follow_up_schedule": "0 วัน"}, "follow_up_schedule"),
        ({"follow_up_schedule": ""}, "follow_up_schedule"),
        ({"fiscal_year_start": "13"}, "fiscal_year_start"),
        ({"retention_years": "101"}, "retention_years"),
        ({"started_on": "31/2/2567"}, "started_on"),
        ({"satisfaction_scale": "C"}, "satisfaction_scale"),
        ({"second_factor_roles": ["nobody"]}, "second_factor_roles"),
    ],
)
def test_a_senseless_standard_is_refused_at_its_field(admin, centre, wrong, field):
    sent = form_of(admin.get("/settings/standards")) | {"link_days": "8"}
    answer = admin.post("/settings/standards", sent | wrong)
    assert answer.status_code == 422
    assert soup(answer).select(f"[name={field}][aria-invalid=true]")
    assert soup(answer).select_one("[name=link_days]")["value"] == "8"
    centre.refresh_from_db()
    assert centre.link_days == 7


def test_two_administrators_change_different_standards_and_both_are_kept(client_for, centre):
    one, two = client_for("administrator"), client_for("head")
    first, second = (form_of(b.get("/settings/standards")) for b in (one, two))
    assert one.post("/settings/standards", first | {"intake_days": "5"}).status_code == 303
    assert two.post("/settings/standards", second | {"link_days": "14"}).status_code == 303
    centre.refresh_from_db()
    assert (centre.intake_days, centre.link_days) == (5, 14)


def test_the_same_standard_changed_by_two_shows_both_values_and_waits_for_a_choice(
    client_for, centre
):
    one, two = client_for("administrator"), client_for("head")
    first, second = (form_of(b.get("/settings/standards")) for b in (one, two))
    one.post("/settings/standards", first | {"follow_up_schedule": "1 เดือน"})
    answer = two.post(
        "/settings/standards", second | {"follow_up_schedule": "2 เดือน", "link_days": "3"}
    )
    assert answer.status_code == 422
    shown = soup(answer).select_one("[aria-labelledby=clash-title]").get_text(" ")
    assert "1 เดือน" in shown
    assert "2 เดือน" in shown
    centre.refresh_from_db()
    assert (centre.follow_up_schedule, centre.link_days) == (["1m"], 7)
    undecided = two.post("/settings/standards", form_of(answer))
    assert undecided.status_code == 422
    mine = form_of(undecided) | {"keep_follow_up_schedule": "mine"}
    assert two.post("/settings/standards", mine).status_code == 303
    centre.refresh_from_db()
    assert (centre.follow_up_schedule, centre.link_days) == (["2m"], 3)


def test_a_clash_can_be_left_to_the_other(client_for, centre):
    one, two = client_for("administrator"), client_for("head")
    first, second = (form_of(b.get("/settings/centre")) for b in (one, two))
    one.post("/settings/centre", first | {"phone": "1"})
    answer = two.post("/settings/centre", second | {"phone": "2", "name": "ศูนย์ข"})
    theirs = form_of(answer) | {"keep_phone": "theirs"}
    assert two.post("/settings/centre", theirs).status_code == 303
    centre.refresh_from_db()
    assert (centre.phone, centre.name) == ("1", "ศูนย์ข")


def test_a_logo_is_kept_without_what_is_no_picture_and_seen_by_whoever_has_its_address(
    admin, centre
):
    sent = {"logo": SimpleUploadedFile("logo.png", png(extra=text_chunk()), "image/png")}
    assert admin.post("/settings/centre/logo", sent).status_code == 303
    kept = bytes(Logo.objects.get().content)
    assert b"14.97" not in kept
    assert kept == png()
    page = soup(admin.get("/settings/centre"))
    address = str(page.select_one("#logo img")["src"])
    shown = Client().get(address)
    assert (shown.content, shown["Content-Type"]) == (kept, "image/png")
    assert "immutable" in shown["Cache-Control"]
    assert Client().get(f"/settings/logo/{centre.pk}/{'0' * 64}.png").status_code == 404
    assert soup(admin.get("/settings/centre")).select("#logo img")
    admin.post("/settings/centre/logo/remove")
    assert not Logo.objects.exists()
    assert Client().get(address).status_code == 404
    assert not soup(admin.get("/settings/centre")).select("#logo img")


@pytest.mark.parametrize(
    "content",
    [
        b"GIF89a nothing",
        b"\xff\xd8\xff\xe0 jpeg",
        png()[:-4],
        png().replace(b"IDAT", b"IDAX"),
        png(width=1001),
        png(pixels=b""),
        png(pixels=b"\0" * (2 * 8001 * 1000 + 1)),
        png() + b"\0" * (301 * 1024),
        b"\x89PNG\r\n\x1a\n",
        b"",
    ],
    ids=["gif", "jpeg", "cut", "sum", "wide", "empty", "bomb", "large", "nothing", "no bytes"],
)
def test_what_is_no_small_png_is_refused_with_the_reason_at_the_field(admin, content):
    sent = {"logo": SimpleUploadedFile("logo.png", content, "image/png")}
    answer = admin.post("/settings/centre/logo", sent)
    assert answer.status_code == 422
    assert soup(answer).select_one("[name=logo]")["aria-invalid"] == "true"
    assert not Logo.objects.exists()


def test_what_hangs_after_a_picture_is_not_kept(admin):
    sent = {"logo": SimpleUploadedFile("logo.png", png() + b"<script>", "image/png")}
    assert admin.post("/settings/centre/logo", sent).status_code == 303
    assert bytes(Logo.objects.get().content) == png()


def test_a_facility_is_added_once_changed_retired_and_brought_back(admin, centre):
    sent = {"name": "สถานคุ้มครอง ก", "act": "shelter", "province_id": "30", "phone": "044"}
    assert admin.post("/settings/facilities/new", sent).status_code == 303
    assert admin.post("/settings/facilities/new", sent).status_code == 422
    row = Facility.objects.get()
    assert (row.centre_id, row.act, row.province_id) == (centre.pk, "shelter", "30")
    there = f"/settings/facilities/{row.pk}"
    changed = form_of(admin.get(there)) | {"act": "shelter_beggar", "province_id": ""}
    assert admin.post(there, changed).status_code == 303
    row.refresh_from_db()
    assert (row.act, row.province_id) == ("shelter_beggar", None)
    admin.post(f"{there}/retire")
    admin.post(f"{there}/retire")
    row.refresh_from_db()
    assert row.retired_on is not None
    assert row.name in admin.get("/settings/facilities").content.decode()
    admin.post(f"{there}/revive")
    row.refresh_from_db()
    assert row.retired_on is None
    told = AuditEvent.objects.filter(event__startswith="centre.facility").order_by("pk")
    assert [event.event.rpartition("_")[2] for event in told] == [
        "added",
        "changed",
        "retired",
        "revived",
    ]


def test_two_facilities_cannot_get_one_name(admin):
    for name in ("ก", "ข"):
        admin.post("/settings/facilities/new", {"name": name, "act": "shelter"})
    there = f"/settings/facilities/{Facility.objects.get(name='ข').pk}"
    answer = admin.post(there, form_of(admin.get(there)) | {"name": "ก"})
    assert answer.status_code == 422
    assert Facility.objects.filter(name="ข").exists()


def test_a_wage_is_written_corrected_and_deleted_with_a_reason(admin, centre):
    page = admin.get("/settings/wages")
    sent = form_of(page) | {"baht_per_day": "๓๔๘", "valid_from": "1/1/2568", "source": "ประกาศ"}
    assert admin.post("/settings/wages", sent).status_code == 303
    assert admin.post("/settings/wages", sent).status_code == 303
    other = admin.post("/settings/wages", sent | {"baht_per_day": "350"})
    assert other.status_code == 422
    assert "348" in other.content.decode()
    wage = MinimumWage.objects.get()
    there = f"/settings/wages/{wage.pk}"
    assert admin.post(there, form_of(admin.get(there)) | {"baht_per_day": "349"}).status_code == 303
    wage.refresh_from_db()
    assert (wage.baht_per_day, wage.source) == (349, "ประกาศ")
    assert admin.post(f"{there}/delete", {"reason": ""}).status_code == 422
    assert MinimumWage.objects.exists()
    assert admin.post(f"{there}/delete", {"reason": "พิมพ์ผิด"}).status_code == 303
    assert not MinimumWage.objects.exists()
    gone = AuditEvent.objects.get(event="centre.minimum_wage_deleted").changes
    assert gone["reason"] == "พิมพ์ผิด"
    assert gone["baht_per_day"] == [349, None]


def test_which_wage_holds_today_is_marked(admin, centre, today):
    MinimumWageFactory.create(centre=centre)
    later = {"baht_per_day": "400", "valid_from": "1/1/2600"}
    assert admin.post("/settings/wages", later).status_code == 303
    tags = [
        tag.get_text(strip=True)
        for tag in soup(admin.get("/settings/wages")).select(".badge, .tag")
    ]
    assert len(tags) == 2


@pytest.mark.parametrize(
    "wrong", [{"baht_per_day": "10440"}, {"baht_per_day": "0"}, {"valid_from": ""}]
)
def test_no_months_pay_and_no_wage_without_a_day(admin, wrong):
    sent = {"baht_per_day": "348", "valid_from": "1/1/2568"} | wrong
    assert admin.post("/settings/wages", sent).status_code == 422
    assert not MinimumWage.objects.exists()


def test_who_signs_is_ordered_retired_and_brought_back(admin, centre):
    for name in ("ก", "ข"):
        sent = {"name": name, "position": "ผู้อำนวยการ"}
        assert admin.post("/settings/signatories/new", sent).status_code == 303
    assert admin.post("/settings/signatories/new", sent).status_code == 422
    second = Signatory.objects.get(name="ข")
    admin.post(f"/settings/signatories/{second.pk}/move", {"to": "up"})
    admin.post(f"/settings/signatories/{second.pk}/move", {"to": "up"})
    assert list(Signatory.objects.order_by("order").values_list("name", flat=True)) == ["ข", "ก"]
    there = f"/settings/signatories/{second.pk}"
    assert admin.post(there, form_of(admin.get(there)) | {"position": "ครู"}).status_code == 303
    admin.post(f"{there}/retire")
    second.refresh_from_db()
    assert (second.position, second.retired_on is None) == ("ครู", False)
    page = soup(admin.get("/settings/signatories"))
    assert page.select_one(f"form[action='{there}/revive']")
    admin.post(f"{there}/revive")
    second.refresh_from_db()
    assert second.retired_on is None
    moves = AuditEvent.objects.filter(event="centre.signatory_moved")
    assert moves.count() == 1


def test_rows_of_another_centre_are_not_there(admin, other_centre):
    facility = Facility.objects.create(centre=other_centre, name="ก", act="shelter")
    wage = MinimumWageFactory.create(centre=other_centre)
    signs = Signatory.objects.create(centre=other_centre, name="ก", position="ข")
    for path in (
        f"facilities/{facility.pk}",
        f"facilities/{facility.pk}/retire",
        f"wages/{wage.pk}",
        f"wages/{wage.pk}/delete",
        f"signatories/{signs.pk}",
        f"signatories/{signs.pk}/move",
    ):
        assert admin.post(f"/settings/{path}", {"reason": "x"}).status_code == 404, path


@pytest.mark.parametrize("path", ["facilities", "wages", "signatories"])
def test_the_number_of_queries_does_not_grow_with_the_rows(
    admin, centre, path, django_assert_num_queries
):
    def grow(first, last):
        for n in range(first, last):
            Facility.objects.create(centre=centre, name=f"ก {n}", act="shelter", province_id="36")
            Signatory.objects.create(centre=centre, name=f"ก {n}", position="ข", order=n)
            MinimumWage.objects.create(
                centre=centre, valid_from=f"20{10 + n}-01-01", baht_per_day=300 + n
            )

    from django.db import connection
    from django.test.utils import CaptureQueriesContext

    def count():
        with CaptureQueriesContext(connection) as asked:
            assert admin.get(f"/settings/{path}").status_code == 200
        return len(asked)

    grow(0, 3)
    few = count()
    grow(3, 30)
    assert count() == few


def test_the_logo_stands_on_the_directory_and_on_the_partners_page(admin, client_for, centre):
    sent = {"logo": SimpleUploadedFile("logo.png", png(), "image/png")}
    admin.post("/settings/centre/logo", sent)
    address = f"/settings/logo/{centre.pk}/{Centre.objects.get(pk=centre.pk).logo_sha256}.png"
    assert address in client_for("network").get("/partners/print").content.decode()
