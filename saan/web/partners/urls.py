"""Addresses of this area."""

from __future__ import annotations

from django.urls import path

from saan.web.partners import edits, views

app_name = "partners"

urlpatterns = [
    path("", views.registry, name="list"),
    path("print", views.directory, name="print"),
    path("export", views.export, name="export"),
    path("new", edits.new, name="new"),
    path("same", views.same, name="same"),
    path("<int:pk>", views.detail, name="detail"),
    path("<int:pk>/edit", edits.edit, name="edit"),
    path("<int:pk>/archive", edits.archive, name="archive"),
    path("<int:pk>/restore", edits.restore, name="restore"),
    path("<int:pk>/rest", edits.rest, name="rest"),
    path("<int:pk>/wake", edits.wake, name="wake"),
    path("<int:pk>/offers/new", edits.offer_new, name="offer_new"),
    path("<int:pk>/offers/<int:offer>/edit", edits.offer_edit, name="offer_edit"),
    path("<int:pk>/offers/<int:offer>/confirm", edits.offer_confirm, name="offer_confirm"),
    path("<int:pk>/offers/<int:offer>/close", edits.offer_close, name="offer_close"),
    path("<int:pk>/offers/<int:offer>/reopen", edits.offer_reopen, name="offer_reopen"),
]
