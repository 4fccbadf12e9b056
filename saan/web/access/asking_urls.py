"""A person whom another centre knows: asking for the history, reading it."""

from __future__ import annotations

from django.urls import path

from saan.web.access import asking

app_name = "elsewhere"

urlpatterns = [
    path("<int:pk>/at/<int:other>", asking.ask, name="ask"),
    path("<int:access>/history", asking.history, name="history"),
    path("<int:access>/withdraw", asking.withdraw, name="withdraw"),
]
