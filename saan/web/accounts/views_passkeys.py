"""One's own passkeys."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.shortcuts import get_object_or_404
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_http_methods

from saan.accounts import actions, passkeys, queries, rules
from saan.kernel import clock
from saan.kernel.decisions import Refused
from saan.web.accounts import codes, passkey_session
from saan.web.accounts import present_own as present
from saan.web.accounts.forms import NewPasskeyForm, OwnPasswordForm, PasskeyNameForm
from saan.web.accounts.gate import FACTOR, HAS_FACTOR, is_required, open_to
from saan.web.accounts.proof import proved_lately
from saan.web.kit.doors import signed_in
from saan.web.kit.pages import done, page

if TYPE_CHECKING:
    from django.http import HttpResponse

    from saan.accounts.models import Passkey
    from saan.web.kit.http import Request


def mine(request: Request, pk: int) -> Passkey:
    """One's own passkey; anybody else's is not there."""
    own = queries.passkeys_of(request.user)  # type: ignore[arg-type]
    return get_object_or_404(own.select_related("user"), pk=pk)


@signed_in
@open_to(FACTOR)
@never_cache
@proved_lately
@require_http_methods(["GET", "HEAD", "POST"])
def add_passkey(request: Request) -> HttpResponse:
    """Let the device make a passkey, and keep its public half."""
    user: Any = request.user
    host = passkey_session.host_of(request)
    may = rules.can_add_passkey(queries.passkeys_of(user).count())
    form = NewPasskeyForm(request.POST or None, initial={"name": present.device_name(request)})
    if request.method == "POST" and form.is_valid():
        fresh = taken(request, form, host)
        if fresh is not None:
            return codes.added(request, fresh, _("The passkey is kept."))
    can_work = passkeys.works_at(host)
    known = queries.passkeys_at(user, host)
    options = passkey_session.ask_for_new(request, user, known) if can_work and may else ""
    context = {"form": form, "options": options, "host": host, "why_not": may.reason}
    status = 422 if request.method == "POST" else 200
    return page(request, "accounts/pages/passkey.html", context, status=status)


def taken(request: Request, form: NewPasskeyForm, host: str) -> list[str] | None:
    """Keep the passkey; new recovery codes if there are none. None when it was not right."""
    data = form.cleaned_data
    state = passkey_session.take(request, passkey_session.NEW)
    try:
        key = passkeys.read_new(host, state, data["credential"])
        return actions.add_passkey(
            actor=request.actor,
            user=request.user,  # type: ignore[arg-type]
            name=data["name"],
            host=host,
            key=key,
            now=clock.now(),
        )
    except passkeys.BadAnswer:
        form.add_error(None, _("The device's answer did not fit. Please try again."))
    except Refused as no:
        form.add_error(None, no.reason)
    return None


@signed_in
@require_http_methods(["GET", "HEAD", "POST"])
def rename_passkey(request: Request, pk: int) -> HttpResponse:
    """Call it something else."""
    key = mine(request, pk)
    form = PasskeyNameForm(request.POST or None, initial={"name": key.name})
    if request.method == "POST" and form.is_valid():
        name = form.cleaned_data["name"]
        actions.rename_passkey(actor=request.actor, key=key, name=name, now=clock.now())
        return done(request, "account_home", message=_("Saved."))
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "key": key}
    return page(request, "accounts/pages/passkey_name.html", context, status=status)


@signed_in
@never_cache
@require_http_methods(["GET", "HEAD", "POST"])
def remove_passkey(request: Request, pk: int) -> HttpResponse:
    """Take it away, with the password."""
    key = mine(request, pk)
    form = OwnPasswordForm(request.POST or None, user=key.user)
    if request.method == "POST" and form.is_valid():
        required = is_required(request)
        actions.remove_passkey(actor=request.actor, key=key, is_required=required, now=clock.now())
        request.session.pop(HAS_FACTOR, None)
        return done(request, "account_home", message=_("The passkey is removed."))
    status = 422 if request.method == "POST" else 200
    context = {"form": form, "key": key}
    return page(request, "accounts/pages/passkey_remove.html", context, status=status)
