"""Every address of Saan. Who may open it is said at each view: @door or @public."""

from django.urls import include, path

urlpatterns = [
    path("", include("saan.web.urls")),
]

handler400 = "saan.web.kit.errors.bad_request"
handler403 = "saan.web.kit.errors.forbidden"
handler404 = "saan.web.kit.errors.not_found"
handler500 = "saan.web.kit.errors.server_error"
