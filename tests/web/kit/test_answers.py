"""What a view answers: pages, parts, refusals, and the fence around GET."""

import pytest
from django.db import transaction

from saan.accounts.models import User
from saan.audit.models import AuditEvent
from saan.web.kit.safe_methods import WroteOnRead, may_run
from tests.factories import UserFactory

pytestmark = [pytest.mark.django_db, pytest.mark.urls("tests.web.kit.pages_for_tests")]
HTMX = {"headers": {"HX-Request": "true"}}


def text(response):
    return response.content.decode()


def test_a_get_that_writes_is_refused(client_for):
    client = client_for()
    with pytest.raises(WroteOnRead), transaction.atomic():
        client.get("/test/naughty")
    assert not User.objects.filter(first_name="x").exists()


def test_the_same_view_may_write_by_post(client_for):
    assert client_for().post("/test/naughty").status_code == 200
    assert User.objects.filter(first_name="x").exists()


@pytest.mark.parametrize(
    ("sql", "allowed"),
    [
        ("SELECT 1", True),
        ('INSERT INTO "audit_auditevent" ("x") VALUES (1)', True),
        ('UPDATE "django_session" SET "x" = 1', True),
        ('INSERT INTO "axes_accessattempt" ("x") VALUES (1)', True),
        ('INSERT INTO "partners_partner" ("name") VALUES (\'audit_auditevent\')', False),
        ('DELETE FROM "people_person"', False),
        ('UPDATE "people_person" SET "title" = (SELECT 1 FROM "django_session")', False),
        ("DROP TABLE people_person", False),
    ],
)
def test_the_fence_looks_at_the_table_that_is_written(sql, allowed):
    assert may_run(sql) is allowed


def test_reading_a_file_may_be_noted(client_for):
    assert client_for().get("/test/noted").status_code == 200
    assert AuditEvent.objects.filter(event="test.read").count() == 1


def test_a_door_refuses_who_lacks_the_permission(client_for):
    assert client_for("administrator").get("/test/locked").status_code == 200
    refused = client_for("case").get("/test/locked")
    assert refused.status_code == 403
    assert "หน้าที่ของคุณไม่รวมหน้านี้" in text(refused)


@pytest.mark.usefixtures("centre")
def test_a_door_sends_a_visitor_to_the_sign_in(client):
    response = client.get("/test/locked")
    assert response.status_code == 302
    assert response["Location"] == "/account/sign-in?next=/test/locked"


@pytest.mark.usefixtures("centre")
def test_a_part_asked_for_after_the_session_ended_takes_the_whole_page_away(client):
    response = client.get("/test/locked", **HTMX)
    assert response.status_code == 204
    assert response["HX-Redirect"] == "/account/sign-in?next=/test/locked"


@pytest.mark.usefixtures("centre")
def test_a_user_without_a_centre_is_told_whom_to_ask(client):
    client.force_login(
        UserFactory.create(), backend="allauth.account.auth_backends.AuthenticationBackend"
    )
    response = client.get("/_kit/more")
    assert response.status_code == 403
    assert "คุณยังไม่ได้อยู่ในศูนย์ใด" in text(response)


def test_a_refusal_keeps_its_reason_and_is_a_conflict(client_for):
    response = client_for().post(
        "/test/refusing", headers={"Referer": "http://testserver/_kit/more"}
    )
    assert response.status_code == 409
    assert "ห้องเต็มแล้ว" in text(response)
    assert 'href="http://testserver/_kit/more"' in text(response)


def test_a_refusal_never_leads_to_another_site(client_for):
    response = client_for().post("/test/refusing", headers={"Referer": "https://evil.example/x"})
    assert "evil.example" not in text(response)


def test_a_refusal_of_a_part_leaves_the_page_alone(client_for):
    response = client_for().post("/test/refusing", **HTMX)
    assert response.status_code == 409
    assert (response["HX-Retarget"], response["HX-Reswap"]) == ("#toasts", "beforeend")
    assert "ห้องเต็มแล้ว" in text(response)
    assert "<html" not in text(response)


def test_done_says_what_happened_and_offers_the_way_back(client_for):
    client = client_for()
    response = client.post("/test/saving")
    assert (response.status_code, response["Location"]) == (303, "/_kit/more")
    after = text(client.get("/_kit/more"))
    assert "บันทึกแล้ว" in after
    assert '<form method="post" action="/_kit/theme">' in after
    assert 'data-autosave-clear="intake"' in after


def test_done_by_htmx_makes_the_same_journey(client_for):
    response = client_for().post("/test/saving", **HTMX)
    assert (response.status_code, response["HX-Redirect"]) == (204, "/_kit/more")


def test_an_unknown_page_is_ours_for_everybody(client, client_for):
    for browser in (client, client_for()):
        response = browser.get("/no-such-page")
        assert response.status_code == 404
        assert "ไม่พบหน้านี้" in text(response)


def test_a_broken_view_answers_in_thai_without_the_database(
    client_for, django_assert_max_num_queries
):
    client = client_for()
    client.raise_request_exception = False
    with django_assert_max_num_queries(4):
        response = client.get("/test/broken")
    assert response.status_code == 500
    assert "ระบบขัดข้อง" in text(response)


def test_every_page_carries_a_strict_policy(client_for):
    policy = client_for().get("/_kit/more")["Content-Security-Policy"]
    assert "default-src 'none'" in policy
    assert "unsafe" not in policy


def test_a_swap_gets_the_part_and_a_boosted_link_the_page(client_for):
    client = client_for()
    whole = client.get("/search/")
    part = client.get("/search/", **HTMX)
    boosted = client.get("/search/", headers={"HX-Request": "true", "HX-Boosted": "true"})
    restored = client.get(
        "/search/", headers={"HX-Request": "true", "HX-History-Restore-Request": "true"}
    )
    assert [("<html" in text(r)) for r in (whole, part, boosted, restored)] == [
        True,
        False,
        True,
        True,
    ]
    assert "HX-Request" in part["Vary"]


def test_the_frame_costs_the_same_queries_whoever_looks(client_for, django_assert_num_queries):
    for role in ("director", "auditor"):
        client = client_for(role)
        with django_assert_num_queries(4):  # session, user, membership, unread notices
            client.get("/_kit/more")
