"""Addresses of this area."""

from __future__ import annotations

from django.urls import path

from saan.web.answer import views

app_name = "answer"

urlpatterns = [
    path("<str:token>", views.answer, name="answer"),
    path("<str:token>/no", views.no, name="no"),
]
