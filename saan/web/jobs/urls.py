"""Addresses of this area."""

from __future__ import annotations

from django.urls import path

from saan.web.jobs import views

app_name = "jobs"

urlpatterns = [
    path("", views.board, name="board"),
    path("<uuid:pk>/again", views.again, name="again"),
    path("<uuid:pk>/leave", views.leave, name="leave"),
]
