"""Addresses of this area."""

from __future__ import annotations

from django.urls import path

from saan.web.national import centres, colleagues, first_staff

app_name = "national"

ASKED = "centres/<int:centre>/invitations/<int:invitation>/"

urlpatterns = [
    path("", centres.centre_list, name="centres"),
    path("centres/add", centres.add, name="add"),
    path("centres/<int:centre>/open", centres.open_centre, name="open"),
    path("centres/<int:centre>", first_staff.centre_page, name="centre"),
    path("centres/<int:centre>/invite", first_staff.invite, name="first"),
    path(f"{ASKED}renew", first_staff.renew, name="first_renew"),
    path(f"{ASKED}revoke", first_staff.revoke, name="first_revoke"),
    path("staff", colleagues.staff_list, name="staff"),
    path("staff/invite", colleagues.invite, name="invite"),
    path("staff/invitations/<int:invitation>", colleagues.invitation_page, name="invitation"),
    path("staff/invitations/<int:invitation>/renew", colleagues.renew, name="renew"),
    path("staff/invitations/<int:invitation>/revoke", colleagues.revoke, name="revoke"),
    path("staff/<int:colleague>", colleagues.colleague_page, name="colleague"),
    path("staff/<int:colleague>/suspend", colleagues.suspend, name="suspend"),
    path("staff/<int:colleague>/revive", colleagues.revive, name="revive"),
    path("staff/<int:colleague>/remove", colleagues.remove, name="remove"),
]
