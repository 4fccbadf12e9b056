"""The bell."""

from django.urls import path

from saan.web.notices import views

app_name = "notices"

urlpatterns = [
    path("", views.notice_list, name="list"),
    path("read", views.read_all, name="read_all"),
    path("<int:pk>/open", views.open_notice, name="open"),
]
