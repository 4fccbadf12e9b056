"""What belongs to no area: language, appearance, the rest of the menu, the gallery."""

from django.urls import path

from saan.web.kit import gallery, views

app_name = "kit"

urlpatterns = [
    path("", gallery.gallery, name="gallery"),
    path("more", views.more, name="more"),
    path("offline", views.offline, name="offline"),
    path("language", views.language, name="language"),
    path("theme", views.theme, name="theme"),
    path("centre", views.choose_centre, name="centre"),
]
