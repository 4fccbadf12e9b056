"""Addresses of this area."""

from __future__ import annotations

from django.urls import path

from saan.web.erasing import views

app_name = "erasing"

urlpatterns = [
    path("", views.due, name="due"),
    path("<int:pk>", views.erase, name="erase"),
]
