"""One box for everything."""

from django.urls import path

from saan.web.search import views

app_name = "search"

urlpatterns = [path("", views.everything, name="everything")]
