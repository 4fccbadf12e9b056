"""Addresses of this area."""

from __future__ import annotations

from django.urls import path

from saan.web.backups import views

app_name = "backups"

urlpatterns = [
    path("", views.backups, name="list"),
    path("make", views.make, name="make"),
]
