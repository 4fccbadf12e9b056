"""The second step of a sign-in, and the sign-in by passkey alone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from allauth.account.internal.flows.login import perform_login
from allauth.account.models import Login
from allauth.account.stages import LoginStageController
from django.http import HttpResponse, HttpResponseRedirect, JsonResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods, require_POST

from saan.accounts import actions, queries, rules
from saan.accounts.passkeys import key_named_in
from saan.kernel import clock
from saan.kernel.scope import within
from saan.notices import account
from saan.web.accounts import passkey_session
from saan.web.accounts.arrival import actor_for
from saan.web.accounts.forms import AnswerForm, CodeForm, PaperCodeForm
from saan.web.accounts.stages import BY_PASSKEY, SecondFactorStage
from saan.web.kit.doors import public
from saan.web.kit.pages import page

if TYPE_CHECKING:
    from django.http import HttpRequest

    from saan.accounts.actions import Checked
    from saan.accounts.models import Passkey, User


@public
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def second_step(request: HttpRequest) -> HttpResponse:
    """Ask whoever typed the right password for a code or a passkey."""
    stage = LoginStageController.enter(request, SecondFactorStage.key)
    if request.user.is_authenticated or stage is None:
        return HttpResponseRedirect(reverse("account_login"))
    user = stage.login.user
    if request.method != "POST":
        return step_page(request, user)
    if "credential" in request.POST:
        kind = with_passkey(request, user)
        reason = "" if kind else _("The passkey did not open. Try again, or use a code.")
    else:
        checked = with_code(request, user)
        kind, reason = checked.kind, checked.reason
    if not kind:
        closed = not may_try(user)
        return step_page(request, user, reason=reason, status=429 if closed else 422)
    request._second_step = f"password+{kind}"  # type: ignore[attr-defined]
    response: HttpResponse = stage.exit()
    return response


def may_try(user: User) -> bool:
    """Whether codes are not closed for a while."""
    return bool(rules.can_try_code(*queries.wrong_codes(user), clock.now()))


def with_code(request: HttpRequest, user: User) -> Checked:
    """Try the code that was typed; tell the owner when it was the fifth wrong one."""
    form = CodeForm(request.POST)
    text = form.cleaned_data["code"] if form.is_valid() else ""
    actor, now = actor_for(user), clock.now()
    was_open = may_try(user)
    with within(actor.centre_id):
        checked = actions.check_code(actor=actor, user=user, text=text, now=now)
        if checked.is_closed and was_open:
            account.tell(actor=actor, user=user, code="account.codes_locked", now=now)
    return checked


def with_passkey(request: HttpRequest, user: User) -> str:
    """Check the answer of one of the user's own passkeys."""
    key = answered(request, passkey_session.STEP)
    return actions.PASSKEY if key is not None and key.user_id == user.pk else ""


def answered(request: HttpRequest, purpose: str) -> Passkey | None:
    """The passkey that answered our question rightly, if one did."""
    state = passkey_session.take(request, purpose)
    form = AnswerForm(request.POST)
    if state is None or not form.is_valid():
        return None
    answer: Any = form.cleaned_data["credential"]
    host = passkey_session.host_of(request)
    key = queries.passkey_with(key_named_in(answer), host)
    if key is None:
        return None
    actor = actor_for(key.user)
    with within(actor.centre_id):
        is_right = actions.use_passkey(
            actor=actor, key=key, state=state, answer=answer, host=host, now=clock.now()
        )
    return key if is_right else None


def step_page(
    request: HttpRequest, user: User, *, reason: str = "", status: int = 200
) -> HttpResponse:
    """Show what the user can prove it with."""
    factors = queries.factors_of(user)
    keys = queries.passkeys_at(user, passkey_session.host_of(request))
    context = {
        "form": CodeForm(),
        "paper": PaperCodeForm(auto_id="paper_%s"),
        "answer": AnswerForm(),
        "factors": factors,
        "options": passkey_session.ask(request, passkey_session.STEP, keys) if keys else "",
        "reason": reason,
        "name": str(user),
    }
    return page(request, "accounts/pages/second_step.html", context, status=status)


@public
@never_cache
@require_POST
def passkey_question(request: HttpRequest) -> HttpResponse:
    """Put the question to whatever passkey the device has for this host."""
    text = passkey_session.ask(request, passkey_session.SIGN_IN, [])
    return HttpResponse(text, content_type="application/json")


@public
@never_cache
@require_POST
def passkey_sign_in(request: HttpRequest) -> HttpResponse:
    """Sign in with a passkey alone: it has asked for the finger or the PIN itself."""
    if request.user.is_authenticated:
        return HttpResponseRedirect("/")
    key = answered(request, passkey_session.SIGN_IN)
    if key is None:
        words = _("This passkey is not known here. Sign in with your password.")
        return JsonResponse({"reason": words}, status=422)
    to = request.POST.get("next", "")
    to = to if url_has_allowed_host_and_scheme(to, None) else ""
    request._second_step = "passkey"  # type: ignore[attr-defined]
    login = Login(user=key.user, redirect_url=to or None, state={BY_PASSKEY: True})
    response: HttpResponse = perform_login(request, login)
    return JsonResponse({"to": response["Location"]})
