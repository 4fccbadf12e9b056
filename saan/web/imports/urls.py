"""Addresses of this area."""

from __future__ import annotations

from django.urls import path

from saan.web.imports import rows, views

app_name = "imports"

urlpatterns = [
    path("", views.files, name="list"),
    path("<int:pk>", views.batch, name="batch"),
    path("<int:pk>/progress", views.progress, name="progress"),
    path("<int:pk>/columns", views.columns, name="columns"),
    path("<int:pk>/certain", views.certain, name="certain"),
    path("<int:pk>/accept", views.accept, name="accept"),
    path("<int:pk>/resume", views.resume, name="resume"),
    path("<int:pk>/undo", views.undo, name="undo"),
    path("rows/<int:pk>", rows.edit, name="row"),
    path("rows/<int:pk>/choose", rows.choose, name="choose"),
    path("rows/<int:pk>/different", rows.different, name="different"),
    path("rows/<int:pk>/back", rows.back, name="back"),
]
