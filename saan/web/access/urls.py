"""Requests of other centres: what was asked of us, and what we decide."""

from __future__ import annotations

from django.urls import path

from saan.web.access import views

app_name = "access"

urlpatterns = [
    path("", views.requests, name="list"),
    path("<int:access>", views.decide, name="decide"),
    path("<int:access>/grant", views.grant, name="grant"),
    path("<int:access>/refuse", views.refuse, name="refuse"),
    path("<int:access>/take-back", views.take_back, name="take_back"),
]
