"""Addresses of this area."""

from django.urls import path

from saan.web.today import views

app_name = "today"

urlpatterns = [path("", views.home, name="home")]
