"""Language and appearance are choices of the device, and lead back only to pages of ours."""

import pytest

pytestmark = pytest.mark.django_db


@pytest.mark.usefixtures("centre")
def test_pages_are_thai_whatever_the_browser_prefers(client):
    response = client.get("/account/sign-in", headers={"Accept-Language": "en-US,en;q=0.9"})
    assert "เข้าสู่ระบบ" in response.content.decode()
    assert response["Content-Language"] == "th"


@pytest.mark.usefixtures("centre")
def test_the_language_changes_for_this_device(client):
    response = client.post("/_kit/language", {"language": "en", "next": "/account/sign-in"})
    assert (response.status_code, response["Location"]) == (303, "/account/sign-in")
    page = client.get("/account/sign-in").content.decode()
    assert '<html lang="en"' in page
    assert "Sign in" in page


def test_an_unknown_language_changes_nothing(client):
    assert not client.post("/_kit/language", {"language": "xx"}).cookies


@pytest.mark.parametrize(
    "to", ["https://evil.example/", "//evil.example", "javascript:alert(1)", ""]
)
def test_a_choice_never_leads_to_another_site(client, to):
    assert client.post("/_kit/language", {"language": "th", "next": to})["Location"] == "/"


def test_the_appearance_is_drawn_by_the_server(client_for):
    client = client_for()
    assert "data-theme" not in client.get("/_kit/more").content.decode().split(">")[1]
    client.post("/_kit/theme", {"theme": "dark"})
    assert 'data-theme="saan-dark"' in client.get("/_kit/more").content.decode()
    client.post("/_kit/theme", {"theme": "pink"})
    assert 'data-theme="saan-dark"' in client.get("/_kit/more").content.decode()


def test_choices_are_made_by_post_only(client):
    assert client.get("/_kit/language").status_code == 405
    assert client.get("/_kit/theme").status_code == 405


def test_navigation_shows_only_what_the_role_may_open(client_for):
    from bs4 import BeautifulSoup

    def shown(role):
        rail = BeautifulSoup(client_for(role).get("/_kit/more").content, "html5lib").select_one(
            "nav.rail"
        )
        return [a["href"] for a in rail.select("a.rail-item")]

    assert shown("director")[:5] == ["/", "/people/", "/partners/", "/placements/", "/statistics/"]
    assert shown("network") == ["/", "/partners/", "/statistics/"]
    assert shown("auditor") == ["/statistics/", "/settings/audit/"]
    assert shown("administrator") == ["/settings/"]
