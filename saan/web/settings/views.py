"""The centre itself, its logo, its times and standards."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING

from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse
from django.utils.translation import gettext as _
from django.views.decorators.cache import cache_control
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from saan.centres import actions, lists
from saan.centres.permissions import Permission
from saan.kernel import clock
from saan.web.kit.doors import door, public, signed_in
from saan.web.kit.editing import posted
from saan.web.kit.pages import done, page
from saan.web.settings import present
from saan.web.settings.forms import LogoForm

if TYPE_CHECKING:
    from django.http import HttpRequest

    from saan.web.kit.http import Request

CENTRE = "settings/pages/centre.html"
STANDARDS = "settings/pages/standards.html"
form_page = require_http_methods(["GET", "HEAD", "POST"])


@signed_in
@require_safe
def home(request: Request) -> HttpResponse:
    """Everything that can be set, as far as the role includes it."""
    groups = present.groups(request.actor)
    if not groups:
        raise PermissionDenied
    context = {"groups": groups, **present.setting_up(request.actor)}
    return page(request, "settings/pages/home.html", context)


@door(Permission.SETTINGS_EDIT)
@form_page
def centre(request: Request) -> HttpResponse:
    """What the centre is called, where it is reached, and its logo."""
    editor = present.centre_editor(request.actor, posted(request))
    write = partial(actions.change_settings, actor=request.actor, now=clock.now())
    if request.method == "POST" and editor.save(write):
        return done(request, "settings:centre", message=_("Saved."))
    context = {"editor": editor, "logo_form": LogoForm()}
    return page(request, CENTRE, context, part="form", status=editor.status)


@door(Permission.SETTINGS_EDIT)
@form_page
def standards(request: Request) -> HttpResponse:
    """Times and standards, each marked when nobody has confirmed it."""
    editor = present.standards_editor(request.actor, posted(request))
    write = partial(actions.change_settings, actor=request.actor, now=clock.now())
    if request.method == "POST" and editor.save(write):
        return done(request, "settings:standards", message=_("Saved."))
    context = {"editor": editor, "sections": present.sections(editor.form)}
    return page(request, STANDARDS, context, part="form", status=editor.status)


@door(Permission.SETTINGS_EDIT)
@require_POST
def logo(request: Request) -> HttpResponse:
    """Take a picture as the centre's logo."""
    form = LogoForm(request.POST, request.FILES)
    if form.is_valid():
        content = form.cleaned_data["logo"]
        actions.set_logo(actor=request.actor, content=content, now=clock.now())
        return done(request, "settings:centre", message=_("The logo is kept."))
    editor = present.centre_editor(request.actor)
    context = {"editor": editor, "logo_form": form}
    return page(request, CENTRE, context, status=422)


@door(Permission.SETTINGS_EDIT)
@require_POST
def logo_remove(request: Request) -> HttpResponse:
    """Go without a logo again."""
    actions.remove_logo(actor=request.actor, now=clock.now())
    return done(request, "settings:centre", message=_("The logo is removed."))


@public
@require_safe
@cache_control(public=True, max_age=31_536_000, immutable=True)
def logo_image(_request: HttpRequest, centre: int, sha: str) -> HttpResponse:
    """The picture itself, for whoever was shown its address; another picture has another address."""
    content = lists.logo(centre, sha)
    if content is None:
        raise Http404
    return HttpResponse(content, content_type="image/png")
