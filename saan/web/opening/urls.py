"""Addresses of this area."""

from __future__ import annotations

from django.urls import path

from saan.web.opening import single, views

app_name = "opening"

urlpatterns = [
    path("", views.home, name="home"),
    path("template", views.template, name="template"),
    path("files", views.upload, name="upload"),
    path("files/<int:pk>", views.book, name="book"),
    path("files/<int:pk>/rows/<int:n>", views.row, name="row"),
    path("files/<int:pk>/rows/<int:n>/out", views.leave_out, name="leave_out"),
    path("files/<int:pk>/enter", views.enter, name="enter"),
    path("files/<int:pk>/rest", views.rest, name="rest"),
    path("files/<int:pk>/aside", views.put_aside, name="put_aside"),
    path("person", single.place, name="place"),
    path("person/<int:pk>", single.person, name="person"),
]
