"""Helping a colleague who cannot sign in."""

from __future__ import annotations

from typing import TYPE_CHECKING

from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST, require_safe

from saan.accounts.queries import factors_of
from saan.centres.permissions import Permission
from saan.kernel import clock
from saan.notices import helping, links
from saan.web.kit.doors import door
from saan.web.kit.pages import done, page
from saan.web.staff.views import member_or_404

if TYPE_CHECKING:
    from django.http import HttpResponse

    from saan.web.kit.http import Request

HELP = "staff/pages/help.html"


@door(Permission.SETTINGS_EDIT)
@require_safe
def help_page(request: Request, member: int) -> HttpResponse:
    """What can be done for somebody who cannot sign in."""
    one = member_or_404(request, member)
    may = helping.can_help(request.actor, one.user)
    context = {
        "user": one.user,
        "pk": one.pk,
        "why_not": may.reason,
        "factors": factors_of(one.user),
    }
    return page(request, HELP, context)


@door(Permission.SETTINGS_EDIT)
@never_cache
@require_POST
def offer_password(request: Request, member: int) -> HttpResponse:
    """Make the link and show it, this once."""
    one = member_or_404(request, member)
    link = helping.offer_password(actor=request.actor, user=one.user, now=clock.now())
    path = reverse("account_renew", args=(links.token(link),))
    address = links.address(path) or request.build_absolute_uri(path)
    context = {
        "user": one.user,
        "pk": one.pk,
        "address": address,
        "until": clock.day_of(link.expires_at),
        "why_not": "",
        "factors": factors_of(one.user),
    }
    return page(request, HELP, context)


@door(Permission.SETTINGS_EDIT)
@require_POST
def take_second_factor(request: Request, member: int) -> HttpResponse:
    """Take the second factor away; the password is still needed."""
    one = member_or_404(request, member)
    helping.take_second_factor(actor=request.actor, user=one.user, now=clock.now())
    words = _("%(name)s signs in with the password alone until there is a new second factor.")
    return done(request, "staff:help", one.pk, message=words % {"name": one.user})
