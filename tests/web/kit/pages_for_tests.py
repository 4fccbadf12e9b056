"""Addresses that exist only in tests: what views may do wrong, and one swap."""

from django.urls import include, path
from django.views.decorators.http import require_POST, require_safe

from saan.accounts.models import User
from saan.audit.record import record
from saan.centres.permissions import Permission
from saan.kernel.decisions import Decision
from saan.web.kit.doors import door, signed_in
from saan.web.kit.pages import Undo, done, page


@signed_in
def naughty(request):
    User.objects.update(first_name="x")
    return page(request, "kit/pages/more.html", {})


@signed_in
@require_safe
def noted(request):
    record(request.actor, "test.read", request.user)
    return page(request, "kit/pages/more.html", {})


@door(Permission.SETTINGS_EDIT)
@require_safe
def locked(request):
    return page(request, "kit/pages/more.html", {})


@signed_in
@require_POST
def refusing(request):
    Decision("ห้องเต็มแล้ว").require()


@signed_in
@require_POST
def saving(request):
    return done(request, "kit:more", message="บันทึกแล้ว", undo=Undo("kit:theme"), clear="intake")


@signed_in
@require_safe
def broken(request):
    raise RuntimeError


urlpatterns = [
    path("test/naughty", naughty),
    path("test/noted", noted),
    path("test/locked", locked),
    path("test/refusing", refusing),
    path("test/saving", saving),
    path("test/broken", broken),
    path("", include("saan.web.urls")),
]
handler400 = "saan.web.kit.errors.bad_request"
handler403 = "saan.web.kit.errors.forbidden"
handler404 = "saan.web.kit.errors.not_found"
handler500 = "saan.web.kit.errors.server_error"
