"""The steps of the first day. Each can be left and found again."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

from allauth.account.utils import perform_login
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST, require_safe

from saan.centres import actions, setup
from saan.centres.enums import SetupStep
from saan.centres.permissions import Permission
from saan.kernel import clock
from saan.kernel.decisions import Refused
from saan.web.kit.actors import actor_of, choose
from saan.web.kit.doors import door, public
from saan.web.kit.editing import posted
from saan.web.kit.pages import done, page
from saan.web.setup import present, steps
from saan.web.setup.forms import FacilitiesForm, FirstForm

if TYPE_CHECKING:
    from django.http import HttpRequest

    from saan.web.kit.editing import Editor
    from saan.web.kit.http import Request

form_page = require_http_methods(["GET", "HEAD", "POST"])


@public
@never_cache
@form_page
def start(request: HttpRequest) -> HttpResponse:
    """The set-up code and the first administrator; whoever has begun is led on."""
    there = steps.page_of(request)
    if there != "setup:start":
        return redirect(there)
    if setup.waiting() is not None and request.method != "POST":
        return page(request, "setup/pages/begun.html", present.frame(1))
    form = FirstForm(posted(request))
    if request.method == "POST" and form.is_valid():
        response = _begin(request, form)
        if response is not None:
            return response
    status = 422 if request.method == "POST" else 200
    return page(
        request, "setup/pages/start.html", {"form": form, **present.frame(1)}, status=status
    )


def _begin(request: HttpRequest, form: FirstForm) -> HttpResponse | None:
    """Make the first administrator and sign them in; None when the form is to be shown again."""
    try:
        user = steps.begin(form.cleaned_data, clock.now())
    except Refused as no:
        form.add_error(None, no.reason)
        return None
    response: HttpResponse = perform_login(request, user, email_verification="none")
    return _to("setup:centre") if request.user.is_authenticated else response


@public
@never_cache
@form_page
def centre(request: HttpRequest) -> HttpResponse:
    """The centre: opened once, corrected until the first day is over."""
    if setup.has_centre():
        actor = steps.keeper(request)
        editor = present.centre_editor(actor, posted(request), _files(request))
        write = partial(steps.correct_centre, actor, clock.now())
    elif request.user.is_authenticated and setup.waiting() == request.user:
        editor = present.centre_editor(None, posted(request), _files(request))
        write = partial(_open, request)
    else:
        return redirect("setup:start")
    if request.method == "POST" and editor.save(write):
        return _kept(request, editor)
    context = {"editor": editor, **present.frame(2)}
    return page(request, "setup/pages/centre.html", context, status=editor.status)


def _files(request: HttpRequest) -> Any:
    """What was sent with the form; None when the page is only looked at."""
    return request.FILES if request.method == "POST" else None


def _open(request: HttpRequest, **values: Any) -> None:
    """The centre is there, and this browser acts for it from now on."""
    opened = steps.open_centre(request.user, clock.now(), **values)  # type: ignore[arg-type]
    choose(request, opened.pk)


def _kept(request: HttpRequest, editor: Editor) -> HttpResponse:
    actor = actor_of(request)
    if actor is None:
        raise Http404
    steps.keep_logo(actor, editor.form.cleaned_data["logo"], clock.now())
    return _to("setup:standards")


@door(Permission.SETTINGS_EDIT)
@never_cache
@form_page
def standards(request: Request) -> HttpResponse:
    """Times and standards, with what is common already filled in."""
    steps.centre_being_set_up(request.actor, SetupStep.STANDARDS)
    editor = present.standards_editor(request.actor, posted(request))
    write = partial(actions.change_settings, actor=request.actor, now=clock.now())
    if request.method == "POST" and editor.save(write):
        actions.finish_step(actor=request.actor, step=SetupStep.STANDARDS, now=clock.now())
        return _to("setup:facilities")
    context = {"editor": editor, **present.standards_page(editor)}
    return page(request, "setup/pages/standards.html", context, status=editor.status)


@door(Permission.SETTINGS_EDIT)
@never_cache
@form_page
def facilities(request: Request) -> HttpResponse:
    """Where people may be sent, and the wage that holds. Nothing of it must be known today."""
    found = steps.centre_being_set_up(request.actor, SetupStep.FACILITIES)
    known = steps.known_choices(found, request.actor, sent=request.method == "POST")
    form = FacilitiesForm(posted(request), known=known)
    valid = request.method == "POST" and form.is_valid()
    if valid and steps.keep_facilities(request.actor, found, form, clock.now()):
        actions.finish_step(actor=request.actor, step=SetupStep.FACILITIES, now=clock.now())
        return _to("setup:next")
    context = {"form": form, **present.facilities_page(request.actor, clock.today())}
    status = 422 if request.method == "POST" else 200
    return page(request, "setup/pages/facilities.html", context, status=status)


@door(Permission.SETTINGS_EDIT)
@require_safe
def next_steps(request: Request) -> HttpResponse:
    """What comes next, done and not done."""
    steps.centre_being_set_up(request.actor, SetupStep.STAFF)
    context = present.next_page(request.actor, clock.today())
    return page(request, "setup/pages/next.html", context)


@door(Permission.SETTINGS_EDIT)
@require_POST
def dismiss(request: Request) -> HttpResponse:
    """The list of the first days is no longer needed."""
    steps.centre_being_set_up(request.actor, SetupStep.STAFF)
    actions.finish_step(actor=request.actor, step=SetupStep.STAFF, now=clock.now())
    return done(request, "settings:home", message=present.closed_words())


def _to(url_name: str) -> HttpResponse:
    """On to the next page."""
    return HttpResponseRedirect(reverse(url_name), status=303)
