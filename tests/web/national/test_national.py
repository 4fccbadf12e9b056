"""The department: every centre's figures, nobody's persons."""

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from saan.audit.models import AuditEvent
from saan.centres.models import Centre, Membership, NationalStaff
from tests.conftest import BACKEND
from tests.factories import (
    CentreFactory,
    MembershipFactory,
    NationalStaffFactory,
    PersonFactory,
    UserFactory,
    province,
    role,
)

pytestmark = pytest.mark.django_db
HOME = "/national/"
FIRST = {"name": "ผู้ดูแลคนแรก", "position": "", "email": "", "role": "administrator"}


def browser_of(code="national", **more):
    row = NationalStaffFactory.create(role=role(code), **more)
    browser = Client()
    browser.force_login(row.user, backend=BACKEND)
    return browser


@pytest.fixture
def viewer(centre):
    return browser_of()


@pytest.fixture
def admin(centre):
    return browser_of("national_admin")


def test_without_a_choice_only_national_pages_open(viewer, centre):
    assert viewer.get("/").status_code == 302
    assert viewer.get("/", follow=True).request["PATH_INFO"] == HOME
    assert viewer.get(HOME).status_code == 200
    for closed in ("/statistics/", "/people/", "/partners/", "/placements/"):
        assert viewer.get(closed).status_code == 403
    for open_ in ("/_kit/more", "/notices/", "/account/"):
        assert viewer.get(open_).status_code in (200, 404)


def test_every_centre_s_figures_open_and_nobody_s_person(viewer, centre, other_centre):
    for one in (centre, other_centre):
        person = PersonFactory.create(centre=one)
        answer = viewer.post(f"{HOME}centres/{one.pk}/open")
        assert (answer.status_code, answer["Location"]) == (303, "/statistics/")
        shown = viewer.get("/statistics/")
        assert shown.status_code == 200
        assert shown.context["shell"].centre == one
        for closed in ("/people/", f"/people/{person.pk}", "/partners/", "/placements/"):
            assert viewer.get(closed).status_code in (403, 404)
        assert viewer.get("/settings/staff/").status_code == 403
    entered = AuditEvent.objects.filter(event="centre.entered").order_by("pk")
    assert [e.centre_id for e in entered] == [centre.pk, other_centre.pk]


def test_the_figures_show_no_name_of_a_person(viewer, centre):
    person = PersonFactory.create(centre=centre, first_name="ชื่อลับมาก")
    viewer.post(f"{HOME}centres/{centre.pk}/open")
    for address in ("/statistics/", "/statistics/records?fy=2570&what=opened"):
        assert person.first_name not in viewer.get(address).content.decode()


def test_a_centre_that_is_not_there_is_not_found(viewer):
    assert viewer.post(f"{HOME}centres/999999/open").status_code == 404


def test_staff_of_a_centre_are_not_let_in(client_for, other_centre):
    for code in ("director", "head", "administrator", "auditor"):
        browser = client_for(code)
        assert browser.get(HOME).status_code == 403
        assert browser.post(f"{HOME}centres/{other_centre.pk}/open").status_code == 403


def test_switching_to_a_centre_one_does_not_belong_to_is_not_found(
    client_for, centre, other_centre
):
    browser = client_for("director")
    for wrong in (str(other_centre.pk), "0", "", "x", "9" * 400, "-1"):
        assert browser.post("/_kit/centre", {"centre": wrong}).status_code == 404
    assert browser.get("/").context["shell"].centre == centre


def test_somebody_of_two_centres_switches_and_it_is_recorded(client_for, centre, other_centre):
    browser = client_for("director")
    user = Membership.objects.get().user
    MembershipFactory.create(user=user, centre=other_centre, role=role("case"))
    answer = browser.post("/_kit/centre", {"centre": other_centre.pk})
    assert answer.status_code == 303
    shell = browser.get("/").context["shell"]
    assert (shell.centre, shell.role) == (other_centre, str(role("case")))
    assert AuditEvent.objects.get(event="centre.entered").centre_id == other_centre.pk


def test_back_to_the_national_level(viewer, centre):
    viewer.post(f"{HOME}centres/{centre.pk}/open")
    assert viewer.post("/_kit/centre", {"centre": "0"})["Location"] == HOME
    assert viewer.get("/statistics/").status_code == 403


def test_suspended_national_staff_are_out_at_once(viewer, now):
    NationalStaff.objects.update(suspended_at=now)
    assert viewer.get(HOME).status_code == 403


def test_centres_are_found_by_province_name_and_region(viewer, centre, other_centre):
    CentreFactory.create(province=province("50"), name="ศูนย์ทางเหนือ")

    def found(query):
        groups = viewer.get(f"{HOME}?{query}").context["list"].groups
        return [row.name for _, rows in groups for row in rows]

    assert len(found("")) == 3
    assert found("q=ชัยภูมิ") == [centre.name]
    assert found("region=north") == ["ศูนย์ทางเหนือ"]
    assert found("q=ไม่มีที่นี่") == []


def test_a_viewer_opens_no_centre_and_lets_nobody_in(viewer, centre):
    for address in ("centres/add", f"centres/{centre.pk}", "staff", "staff/invite"):
        assert viewer.get(HOME + address).status_code == 403
    assert viewer.post(f"{HOME}centres/{centre.pk}/invite", FIRST).status_code == 403


def test_a_centre_is_added_and_its_first_administrator_comes_in(admin, client):
    sent = {"province": province("40").pk, "name": "ศูนย์ใหม่", "phone": ""}
    page = admin.post(f"{HOME}centres/add", sent)["Location"]
    made = Centre.objects.get(name="ศูนย์ใหม่")
    assert not admin.get(page).context["has_keeper"]
    assert admin.post(f"{page}/invite", FIRST).status_code == 303
    (_, name, _, card) = admin.get(page).context["asked"][0]
    assert name == FIRST["name"]
    joined = client.post(
        card.address.replace("http://testserver", ""),
        {"username": "first", "password1": "kluay-khai-12", "password2": "kluay-khai-12"},
    )
    assert joined.status_code == 303
    member = Membership.objects.get(centre=made)
    assert (member.user.username, member.role_id) == ("first", "administrator")
    assert admin.get(page).context["has_keeper"]


def test_no_second_centre_of_a_name_in_a_province(admin, centre):
    sent = {"province": centre.province_id, "name": f" {centre.name} ", "phone": "044"}
    for _ in range(2):
        answer = admin.post(f"{HOME}centres/add", sent)
        assert answer.status_code == 422
        assert 'value="044"' in answer.content.decode()
    assert Centre.objects.count() == 1


def test_the_department_invites_administrators_only(admin, centre):
    for code in ("case", "director", "national"):
        answer = admin.post(f"{HOME}centres/{centre.pk}/invite", {**FIRST, "role": code})
        assert answer.status_code == 422


def test_links_to_other_roles_are_the_centre_s_own_affair(admin, client_for, centre):
    client_for("administrator").post("/settings/staff/invite", {**FIRST, "role": "case"})
    page = f"{HOME}centres/{centre.pk}"
    assert admin.get(page).context["asked"] == []
    from saan.centres.models import Invitation

    pk = Invitation.objects.get().pk
    assert admin.post(f"{page}/invitations/{pk}/renew").status_code == 404


def test_an_invitation_of_a_centre_is_not_found_under_another(admin, centre, other_centre):
    page = f"{HOME}centres/{centre.pk}"
    admin.post(f"{page}/invite", FIRST)
    pk = admin.get(page).context["asked"][0][0]
    other = f"{HOME}centres/{other_centre.pk}/invitations/{pk}/renew"
    assert admin.post(other).status_code == 404
    assert admin.post(f"{page}/invitations/{pk}/renew").status_code == 303
    assert admin.post(f"{page}/invitations/{pk}/revoke").status_code == 303
    assert admin.get(page).context["asked"] == []


def test_colleagues_of_the_department_are_invited_suspended_and_let_in(admin):
    page = admin.post(f"{HOME}staff/invite", {**FIRST, "role": "national"})["Location"]
    assert admin.get(page).status_code == 200
    assert admin.post(f"{page}/renew").status_code == 303
    assert admin.get(f"{HOME}staff").status_code == 200
    assert admin.post(f"{page}/revoke").status_code == 303
    other = NationalStaffFactory.create()
    their = f"{HOME}staff/{other.pk}"
    assert admin.get(their).status_code == 200
    for way in ("suspend", "suspend", "revive"):
        assert admin.post(f"{their}/{way}").status_code == 303
    assert admin.post(their, {"role": "national_admin"}).status_code == 303
    assert admin.post(their, {"role": "director"}).status_code == 422
    assert admin.post(f"{their}/remove").status_code == 303
    assert admin.post(f"{their}/remove").status_code == 404


def test_the_last_national_administrator_stays(admin):
    me = NationalStaff.objects.get()
    for way in ("suspend", "remove"):
        assert admin.post(f"{HOME}staff/{me.pk}/{way}").status_code == 409
    assert admin.post(f"{HOME}staff/{me.pk}", {"role": "national"}).status_code == 409


def test_more_centres_need_no_more_queries(viewer):
    def count():
        with CaptureQueriesContext(connection) as seen:
            assert viewer.get(HOME).status_code == 200
        return len(seen)

    for n in range(3):
        CentreFactory.create(name=f"ศูนย์ {n}")
    few = count()
    for n in range(27):
        CentreFactory.create(name=f"ศูนย์ที่ {n}", province=province(str(50 + n % 10)))
    assert count() == few


def test_somebody_without_a_centre_is_told_so_and_not_that_they_are_suspended(centre):
    browser = Client()
    browser.force_login(UserFactory.create(), backend=BACKEND)
    answer = browser.get("/")
    assert answer.status_code == 403
    assert centre.name not in answer.content.decode()
