"""The bell."""

from django.urls import path

from saan.web.notices import views

app_name = "notices"

urlpatterns = [path("", views.notice_list, name="list")]
