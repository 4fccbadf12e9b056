"""The bell: sentences for codes, read by pressing, nobody else's."""

import pytest

from saan.notices.actions import notify
from saan.notices.models import Notice

pytestmark = pytest.mark.django_db


@pytest.fixture
def notice(actor, now):
    return notify(
        actor=actor,
        code="referral.accepted",
        path="/_kit/more",
        params={"partner": "วัดหนองไผ่ล้อม"},
        now=now,
    )


def page(client):
    return client.get("/notices/").content.decode()


def test_a_code_becomes_a_sentence(client_for, notice):
    drawn = page(client_for())
    assert "วัดหนองไผ่ล้อม" in drawn
    assert "ตอบรับ" in drawn
    assert "accepted" not in drawn


def test_an_unknown_code_is_still_shown(client_for, actor, now):
    notify(actor=actor, code="something.else", path="/", now=now)
    assert "มีเรื่องใหม่" in page(client_for())


def test_opening_ticks_it_off_and_leads_there(client_for, notice):
    browser = client_for()
    assert browser.get(f"/notices/{notice.pk}/open").status_code == 405
    assert browser.post(f"/notices/{notice.pk}/open")["Location"] == "/_kit/more"
    notice.refresh_from_db()
    assert notice.read_at is not None


@pytest.mark.parametrize(
    "path", ["https://evil.example/", "//evil.example/", "javascript:alert(1)"]
)
def test_a_notice_never_leads_to_another_site(client_for, notice, path):
    Notice.objects.filter(pk=notice.pk).update(path=path)
    assert client_for().post(f"/notices/{notice.pk}/open")["Location"] == "/notices/"


def test_a_notice_of_another_centre_is_not_found(client_for, other_centre, notice):
    browser = client_for("director", other_centre)
    assert "วัดหนองไผ่ล้อม" not in page(browser)
    assert browser.post(f"/notices/{notice.pk}/open").status_code == 404


def test_all_are_ticked_off_at_once(client_for, notice):
    browser = client_for()
    assert browser.post("/notices/read", follow=True).status_code == 200
    assert "อ่านแล้วทั้งหมด" not in page(browser)


def test_nothing_new_says_what_comes_here(client_for):
    assert "ไม่มีเรื่องใหม่" in page(client_for())
