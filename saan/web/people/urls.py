"""Addresses of this area."""

from __future__ import annotations

from django.urls import path

from saan.web.people import given, views

app_name = "people"

urlpatterns = [
    path("", views.people_list, name="list"),
    path("new", views.intake, name="intake"),
    path("<int:pk>", views.detail, name="detail"),
    path("<int:pk>/edit", views.edit, name="edit"),
    path("<int:pk>/reveal", views.reveal, name="reveal"),
    path("<int:pk>/verify", views.verify, name="verify"),
    path("cases/<int:pk>/close", views.close, name="close"),
    path("cases/<int:pk>/reopen", views.reopen, name="reopen"),
    path("cases/<int:pk>/services", given.record, name="services"),
    path("cases/<int:pk>/services/<int:service>/back", given.take_back, name="take_back"),
]
