"""What somebody reads who was invited."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from django.conf import settings
from django.contrib.auth import REDIRECT_FIELD_NAME
from django.shortcuts import resolve_url
from django.urls import reverse
from django.utils.http import urlencode
from django.utils.translation import get_language
from django.utils.translation import gettext as _

from saan.notices import links
from saan.web.kit.inviting import may_words

if TYPE_CHECKING:
    from django.http import HttpRequest

    from saan.centres.models import Centre
    from saan.notices.invitations import Open
    from saan.notices.links import LinkRefused
    from saan.web.join.forms import JoinForm

GONE, NOT_FOUND = 410, 404


def join_page(request: HttpRequest, token: str, opened: Open, form: JoinForm) -> dict[str, Any]:
    """Who is asked to do what where, and how to come in."""
    row, back = opened.invitation, _back(token)
    return {
        "name": row.name,
        "role": row.role,
        "may": may_words(row.role.permissions),
        "where": opened.centre.name if opened.centre else _("the department"),
        "form": form,
        "signed_in_as": str(request.user) if request.user.is_authenticated else "",
        "sign_in_url": f"{resolve_url(settings.LOGIN_URL)}?{back}",
        "sign_out_url": f"{reverse('account_logout')}?{back}",
        "why_not": "",
        **_place(opened.centre),
    }


def refused_page(request: HttpRequest, no: LinkRefused) -> tuple[dict[str, Any], int]:
    """What became of the link, and whom to ask."""
    words = {
        links.UNKNOWN: (
            _("This link does not open anything"),
            _("Perhaps a part of it is missing. Please open it again from the message."),
        ),
        links.EXPIRED: (
            _("The time to accept is over"),
            _("Ask whoever invited you for a new link."),
        ),
        links.USED: (
            _("This invitation was accepted already"),
            _("If it was you, sign in. If not, tell whoever invited you."),
        ),
        links.REVOKED: (
            _("This invitation was taken back"),
            _("Ask whoever invited you; perhaps there is a newer link."),
        ),
    }
    title, text = words[no.reason]
    centre = no.link.centre if no.link else None
    context = {
        "title": title,
        "text": text,
        "may_sign_in": no.reason == links.USED and not request.user.is_authenticated,
        "is_in": no.reason == links.USED and request.user.is_authenticated,
        "phone": centre.phone if centre else "",
        **_place(centre),
    }
    return context, NOT_FOUND if no.reason == links.UNKNOWN else GONE


def _place(centre: Centre | None) -> dict[str, str]:
    """Whose page it is."""
    if centre is None:
        return {"centre_name": "", "province": ""}
    province = centre.province
    name = province.name_en if get_language() == "en" else province.name_th
    return {"centre_name": centre.name, "province": name}


def _back(token: str) -> str:
    return urlencode({REDIRECT_FIELD_NAME: reverse("join:join", args=[token])})
