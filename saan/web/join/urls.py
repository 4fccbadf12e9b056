"""Addresses of this area."""

from __future__ import annotations

from django.urls import path

from saan.web.join import views

app_name = "join"

urlpatterns = [path("<str:token>", views.join, name="join")]
