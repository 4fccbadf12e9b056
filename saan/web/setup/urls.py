"""Addresses of the first day."""

from __future__ import annotations

from django.urls import path

from saan.web.setup import views

app_name = "setup"

urlpatterns = [
    path("", views.start, name="start"),
    path("centre", views.centre, name="centre"),
    path("standards", views.standards, name="standards"),
    path("facilities", views.facilities, name="facilities"),
    path("next", views.next_steps, name="next"),
    path("dismiss", views.dismiss, name="dismiss"),
]
