"""Addresses of this area."""

from __future__ import annotations

from django.urls import path

from saan.web.codes import views

app_name = "codes"

urlpatterns = [
    path("", views.home, name="home"),
    path("<str:which>", views.code_list, name="list"),
    path("<str:which>/new", views.new, name="new"),
    path("<str:which>/export", views.export, name="export"),
    path("<str:which>/order", views.reset_order, name="order"),
    path("<str:which>/<str:value>", views.edit, name="edit"),
    path("<str:which>/<str:value>/move", views.move, name="move"),
    path("<str:which>/<str:value>/revive", views.revive, name="revive"),
    path("<str:which>/<str:value>/reset", views.reset, name="reset"),
    path("<str:which>/<str:value>/delete", views.delete, name="delete"),
]
