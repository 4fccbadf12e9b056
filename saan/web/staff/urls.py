"""Addresses of this area."""

from __future__ import annotations

from django.urls import path

from saan.web.staff import helping, inviting, leaving, views

app_name = "staff"

urlpatterns = [
    path("", views.staff_list, name="list"),
    path("invite", inviting.invite, name="invite"),
    path("invitations/<int:invitation>", inviting.invitation_page, name="invitation"),
    path("invitations/<int:invitation>/renew", inviting.renew, name="renew"),
    path("invitations/<int:invitation>/revoke", inviting.revoke, name="revoke"),
    path("<int:member>", views.member_page, name="member"),
    path("<int:member>/role", views.change_role, name="role"),
    path("<int:member>/revive", views.revive, name="revive"),
    path("<int:member>/hand-over", leaving.hand_over, name="hand_over"),
    path("<int:member>/suspend", leaving.suspend, name="suspend"),
    path("<int:member>/help", helping.help_page, name="help"),
    path("<int:member>/help/password", helping.offer_password, name="password"),
    path("<int:member>/help/second-factor", helping.take_second_factor, name="factor"),
    path("<int:member>/remove", leaving.remove, name="remove"),
]
