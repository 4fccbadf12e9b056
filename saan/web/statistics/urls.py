"""Addresses of this area."""

from django.urls import path

from saan.web.statistics import views

app_name = "statistics"

urlpatterns = [
    path("", views.home, name="home"),
    path("records", views.records, name="records"),
    path("export", views.export, name="export"),
    path("reported", views.report, name="report"),
    path("reported/<int:year>/remove", views.remove, name="remove"),
    path("reported/<int:year>/undo", views.undo, name="undo"),
]
