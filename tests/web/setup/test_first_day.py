"""The first day of an installation, from the code on the server's screen to the list of what comes next."""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.core.management import CommandError, call_command
from django.test import Client
from django.urls import reverse

from saan.accounts.models import User
from saan.audit.models import AuditEvent
from saan.centres import setup
from saan.centres.models import Centre, Facility, Installation, Membership, MinimumWage
from saan.kernel import clock
from tests.factories import CentreFactory, MembershipFactory, UserFactory, role
from tests.web.swap import soup

pytestmark = pytest.mark.django_db
PASSWORD = "เขียวแดงขาวดำ-2570-สาน"


@pytest.fixture
def code():
    return setup.new_code(clock.now())


def first(code, /, **more):
    return {
        "code": code,
        "name": "หัวหน้าสมมุติ",
        "username": "huana",
        "password1": PASSWORD,
        "password2": PASSWORD,
        "role": "head",
    } | more


@pytest.fixture
def begun(code):
    """A browser in which the first administrator is signed in."""
    browser = Client()
    assert browser.post("/setup/", first(code))["Location"] == "/setup/centre"
    return browser


@pytest.fixture
def opened(begun):
    """… and has opened the centre of Chaiyaphum."""
    answer = begun.post("/setup/centre", {"province_id": "36", "name": "", "phone": "044 000 090"})
    assert answer["Location"] == "/setup/standards"
    return begun


def form_of(response):
    """What a browser would send of the step's form."""
    form = soup(response).select_one("main form[method=post]")
    data = {}
    for field in form.select("input[name], textarea[name]"):
        kind = field.get("type", "text")
        if kind == "file" or (kind in {"checkbox", "radio"} and not field.has_attr("checked")):
            continue
        data[field["name"]] = field.get("value", field.get_text())
    for select in form.select("select[name]"):
        chosen = select.select_one("option[selected]")
        data[select["name"]] = chosen["value"] if chosen else ""
    return data


@pytest.mark.parametrize("path", ["/", "/people/", "/settings/standards", "/account/sign-in"])
def test_without_a_centre_every_page_leads_to_the_set_up(path):
    answer = Client().get(path)
    assert (answer.status_code, answer["Location"]) == (302, "/setup/")


def test_with_a_centre_nobody_is_led_there(centre):
    assert "/account/sign-in" in Client().get("/people/")["Location"]
    assert Client().get("/account/sign-in").status_code == 200


def test_a_stranger_who_finds_the_port_first_has_no_code(code):
    answer = Client().post("/setup/", first("AAAA-BBBB-CCCC"))
    assert answer.status_code == 422
    assert "ไม่ใช่รหัส" in answer.content.decode() or "not the code" in answer.content.decode()
    assert not User.objects.exists()


def test_without_a_code_nobody_can_begin():
    assert Client().get("/setup/").status_code == 200
    assert Client().post("/setup/", first("")).status_code == 422
    assert Client().post("/setup/", first("AAAA-BBBB-CCCC")).status_code == 422
    assert not User.objects.exists()


def test_five_wrong_codes_lock_even_the_right_one_for_a_while(code):
    for _time in range(5):
        Client().post("/setup/", first("AAAA-BBBB-CCCC"))
    assert Client().post("/setup/", first(code)).status_code == 422
    assert not User.objects.exists()
    Installation.objects.update(locked_until=clock.now() - timedelta(seconds=1))
    assert Client().post("/setup/", first(code)).status_code == 303


def test_a_new_code_lifts_the_lock_and_the_old_one_opens_nothing(code):
    for _time in range(5):
        Client().post("/setup/", first("AAAA-BBBB-CCCC"))
    fresh = setup.new_code(clock.now())
    assert Client().post("/setup/", first(code)).status_code == 422
    assert Client().post("/setup/", first(fresh)).status_code == 303


def test_people_may_type_the_code_as_they_like(code):
    typed = code.replace("-", " ").lower()
    assert Client().post("/setup/", first(typed)).status_code == 303


def test_the_code_is_not_kept_readable(code):
    kept = Installation.objects.get().code_hash
    assert code not in kept
    assert code.replace("-", "") not in kept


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"password2": "x"}, "password2"),
        ({"password1": "short", "password2": "short"}, "password1"),
        ({"username": ""}, "username"),
        ({"name": ""}, "name"),
        ({"code": ""}, "code"),
    ],
)
def test_what_is_wrong_stands_at_its_field(code, wrong, field):
    answer = Client().post("/setup/", first(code, **wrong))
    assert answer.status_code == 422
    assert soup(answer).select_one(f"[name={field}]")["aria-invalid"] == "true"
    assert not User.objects.exists()


def test_a_role_that_cannot_let_others_in_is_no_first_role(code):
    assert Client().post("/setup/", first(code, role="case")).status_code == 422
    assert not User.objects.exists()


def test_of_two_browsers_at_the_first_step_one_wins(code):
    a, b = Client(), Client()
    assert a.post("/setup/", first(code)).status_code == 303
    answer = b.post("/setup/", first(code, username="another"))
    assert answer.status_code == 422
    assert b.get("/setup/").status_code == 200
    assert [user.username for user in User.objects.order_by("pk")] == ["huana"]


def test_the_first_step_sent_twice_is_one_administrator(code):
    a = Client()
    assert a.post("/setup/", first(code)).status_code == 303
    again = Client().post("/setup/", first(code))
    assert (again.status_code, again["Location"]) == (303, "/setup/centre")
    assert User.objects.count() == 1


def test_the_same_again_with_another_password_is_somebody_else(code):
    Client().post("/setup/", first(code))
    other = first(code, password1="ไม่ใช่รหัสเดิม-123", password2="ไม่ใช่รหัสเดิม-123")
    assert Client().post("/setup/", other).status_code == 422


def test_closed_after_the_first_step_it_goes_on_in_another_browser(begun):
    other = Client()
    assert other.get("/people/")["Location"] == "/setup/"
    page = soup(other.get("/setup/"))
    assert page.select_one("main a[href='/account/sign-in']")
    assert other.get("/account/sign-in").status_code == 200
    assert other.get("/setup/centre")["Location"] == "/setup/"
    answer = other.post("/account/sign-in", {"login": "huana", "password": PASSWORD})
    assert other.get(answer["Location"], follow=True).request["PATH_INFO"] == "/setup/centre"


def test_the_centre_is_opened_with_its_usual_name_and_its_first_member(opened):
    centre = Centre.objects.get()
    assert centre.name == "ศูนย์คุ้มครองคนไร้ที่พึ่งจังหวัดชัยภูมิ"
    assert (centre.phone, centre.setup_step) == ("044 000 090", "standards")
    member = Membership.objects.get()
    assert (member.user.username, member.role_id) == ("huana", "head")
    events = (
        AuditEvent.objects.filter(event__startswith="centre.")
        .order_by("pk")
        .values_list("event", "centre_id", "actor_id")
    )
    assert list(events) == [
        ("centre.created", centre.pk, member.user_id),
        ("centre.member_added", centre.pk, member.user_id),
    ]


def test_the_second_step_asks_before_it_complains(begun):
    assert not soup(begun.get("/setup/centre")).select("[aria-invalid=true]")


def test_a_centre_without_a_province_is_not_opened(begun):
    answer = begun.post("/setup/centre", {"province_id": "", "name": "ศูนย์"})
    assert answer.status_code == 422
    assert not Centre.objects.exists()


def test_the_centre_sent_twice_is_one(begun, now):
    """The second click comes when the first has opened it, before its answer is read."""
    user = User.objects.get()
    from saan.places.models import Province

    said = {"province": Province.objects.get(code="36"), "name": "ศูนย์", "phone": "", "now": now}
    assert setup.open_first_centre(user=user, **said) == setup.open_first_centre(user=user, **said)
    assert Centre.objects.count() == Membership.objects.count() == 1
    answer = begun.post("/setup/centre", {"province_id": "36", "name": "ศูนย์", "phone": ""})
    assert answer["Location"] == "/setup/standards"
    assert Centre.objects.count() == 1


def test_going_back_corrects_the_centre_even_its_province(opened):
    page = opened.get("/setup/centre")
    sent = form_of(page) | {"province_id": "30", "name": ""}
    assert opened.post("/setup/centre", sent)["Location"] == "/setup/standards"
    centre = Centre.objects.get()
    assert (centre.province_id, centre.name) == ("30", "ศูนย์คุ้มครองคนไร้ที่พึ่งจังหวัดนครราชสีมา")


def test_the_standards_come_filled_in_and_marked_as_unconfirmed(opened):
    page = opened.get("/setup/standards")
    sent = form_of(page)
    assert (sent["intake_days"], sent["fiscal_year_start"]) == ("7", "10")
    assert "15 วัน" in sent["follow_up_schedule"] or "15 day" in sent["follow_up_schedule"]
    answer = opened.post(
        "/setup/standards", sent | {"intake_days": "๑๐", "started_on": "1/10/2569"}
    )
    assert answer["Location"] == "/setup/facilities"
    centre = Centre.objects.get()
    assert (centre.intake_days, centre.setup_step) == (10, "facilities")
    assert str(centre.started_on) == "2026-10-01"


def test_a_step_that_was_not_reached_is_not_there(opened):
    assert opened.get("/setup/next").status_code == 404
    assert opened.get("/setup/facilities").status_code == 404
    assert opened.get("/setup/")["Location"] == "/setup/standards"


@pytest.fixture
def at_facilities(opened):
    opened.post("/setup/standards", form_of(opened.get("/setup/standards")))
    return opened


def test_facilities_and_the_wage_are_written_once_however_often_they_are_sent(at_facilities):
    choices = soup(at_facilities.get("/setup/facilities")).select("[name=known]")
    nearest = choices[0]["value"]
    assert nearest == "สถานคุ้มครองคนไร้ที่พึ่งบ้านเมตตา นครราชสีมา"
    sent = {
        "known": [nearest],
        "name": "สถานคุ้มครองสมมุติ",
        "act": "shelter_beggar",
        "baht_per_day": "348",
        "valid_from": "1/1/2568",
    }
    for _time in range(2):
        assert at_facilities.post("/setup/facilities", sent)["Location"] == "/setup/next"
    assert dict(Facility.objects.values_list("name", "act")) == {
        nearest: "shelter",
        "สถานคุ้มครองสมมุติ": "shelter_beggar",
    }
    assert list(MinimumWage.objects.values_list("baht_per_day", flat=True)) == [348]


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"name": "ที่ไหน", "act": ""}, "act"),
        ({"baht_per_day": "348"}, "valid_from"),
        ({"valid_from": "1/1/2568"}, "baht_per_day"),
        ({"baht_per_day": "9000", "valid_from": "1/1/2568"}, "baht_per_day"),
    ],
)
def test_half_a_facility_or_half_a_wage_is_asked_for(at_facilities, wrong, field):
    answer = at_facilities.post("/setup/facilities", wrong)
    assert answer.status_code == 422
    assert soup(answer).select(f"[name={field}][aria-invalid]")
    assert not MinimumWage.objects.exists()


def test_nothing_of_the_fourth_step_must_be_known(at_facilities):
    assert at_facilities.post("/setup/facilities", {})["Location"] == "/setup/next"
    page = soup(at_facilities.get("/setup/next"))
    assert page.select(f"main a[href='{reverse('staff:list')}']")


def test_the_list_stays_until_it_is_put_away_and_then_the_set_up_is_over(at_facilities):
    at_facilities.post("/setup/facilities", {})
    assert "/setup/next" in at_facilities.get("/settings/").content.decode()
    assert at_facilities.post("/setup/dismiss")["Location"] == "/settings/"
    assert "/setup/next" not in at_facilities.get("/settings/").content.decode()
    for path in ("", "centre", "standards", "facilities", "next"):
        assert at_facilities.get(f"/setup/{path}").status_code == 404, path


def test_half_way_the_administrator_is_led_back_to_the_set_up(opened):
    other = Client()
    answer = other.post("/account/sign-in", {"login": "huana", "password": PASSWORD})
    page = other.get(answer["Location"], follow=True)
    assert soup(page).select_one("a[href='/setup/']")


def test_nobody_else_may_set_up_a_centre_that_is_being_set_up(opened):
    member = MembershipFactory.create(centre=Centre.objects.get(), role=role("case"))
    colleague = Client()
    colleague.force_login(
        member.user, backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    assert colleague.get("/setup/").status_code == 404
    assert colleague.get("/setup/centre").status_code == 404
    assert colleague.get("/setup/standards").status_code == 403
    assert Client().get("/setup/").status_code == 404


def test_once_there_is_a_centre_the_first_steps_are_not_there(centre, code_of_old):
    assert Client().get("/setup/").status_code == 404
    assert Client().post("/setup/", first(code_of_old)).status_code == 404
    assert Client().get("/setup/centre").status_code == 404
    assert not User.objects.filter(username="huana").exists()


@pytest.fixture
def code_of_old(db):
    """A code made before the centre was opened on the command line."""
    Centre.objects.all().delete()
    code = setup.new_code(clock.now())
    CentreFactory.create()
    return code


def test_somebody_else_who_is_signed_in_cannot_take_the_centre(begun):
    stranger = Client()
    stranger.force_login(
        UserFactory.create(), backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    assert stranger.get("/people/")["Location"] == "/setup/"
    assert stranger.post("/setup/centre", {"province_id": "36"})["Location"] == "/setup/"
    assert not Centre.objects.exists()


def test_the_command_shows_a_code_or_who_has_begun(capsys):
    call_command("setup_code")
    shown = capsys.readouterr().out.split(": ")[1].strip()
    Client().post("/setup/", first(shown))
    call_command("setup_code")
    assert "sign in as huana" in capsys.readouterr().out
    call_command("setup_code", again=True)
    assert not User.objects.exists()
    fresh = capsys.readouterr().out.split(": ")[1].strip()
    assert Client().post("/setup/", first(fresh)).status_code == 303


def test_the_command_refuses_on_an_installation_in_use(centre):
    with pytest.raises(CommandError):
        call_command("setup_code")


def test_the_list_asks_the_database_as_often_for_many_rows_as_for_few(
    at_facilities, django_assert_max_num_queries
):
    at_facilities.post("/setup/facilities", {})
    for number in range(30):
        Facility.objects.create(centre=Centre.objects.get(), name=f"แห่งที่ {number}", act="shelter")
    with django_assert_max_num_queries(20):
        assert at_facilities.get(reverse("setup:next")).status_code == 200
