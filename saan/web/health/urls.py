"""Addresses that machines ask."""

from __future__ import annotations

from django.urls import path

from saan.web.health import views

app_name = "health"

urlpatterns = [
    path("health", views.health, name="health"),
    path("ready", views.ready, name="ready"),
]
