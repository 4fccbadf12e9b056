"""Addresses of this area."""

from __future__ import annotations

from django.urls import path

from saan.web.settings import facilities, signatories, views, wages

app_name = "settings"

urlpatterns = [
    path("", views.home, name="home"),
    path("centre", views.centre, name="centre"),
    path("centre/logo", views.logo, name="logo"),
    path("centre/logo/remove", views.logo_remove, name="logo_remove"),
    path("logo/<int:centre>/<str:sha>.png", views.logo_image, name="logo_image"),
    path("standards", views.standards, name="standards"),
    path("facilities", facilities.facilities, name="facilities"),
    path("facilities/new", facilities.facility_new, name="facility_new"),
    path("facilities/<int:pk>", facilities.facility_edit, name="facility_edit"),
    path("facilities/<int:pk>/retire", facilities.facility_retire, name="facility_retire"),
    path("facilities/<int:pk>/revive", facilities.facility_revive, name="facility_revive"),
    path("wages", wages.wages, name="wages"),
    path("wages/<int:pk>", wages.wage_edit, name="wage_edit"),
    path("wages/<int:pk>/delete", wages.wage_delete, name="wage_delete"),
    path("signatories", signatories.signatories, name="signatories"),
    path("signatories/new", signatories.signatory_new, name="signatory_new"),
    path("signatories/<int:pk>", signatories.signatory_edit, name="signatory_edit"),
    path("signatories/<int:pk>/move", signatories.signatory_move, name="signatory_move"),
    path("signatories/<int:pk>/retire", signatories.signatory_retire, name="signatory_retire"),
    path("signatories/<int:pk>/revive", signatories.signatory_revive, name="signatory_revive"),
]
