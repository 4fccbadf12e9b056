"""Asking a colleague in: the form, what each role may, and the link to give away."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from django import forms
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from saan.centres.permissions import NATIONAL, Permission
from saan.centres.staff_queries import roles
from saan.kernel.clock import day_of
from saan.kernel.thai import dates
from saan.notices import links, mail
from saan.web.kit.forms import BaseForm, ChoiceSelect
from saan.web.kit.qr import qr

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from django.http import HttpRequest
    from django.utils.functional import _StrPromise
    from django.utils.safestring import SafeString

    from saan.centres.models import Role
    from saan.notices.invitations import Open

#: What a permission lets one do, said after "may".
MAY: dict[Permission, _StrPromise] = {
    Permission.TODAY_VIEW: gettext_lazy("see today's work"),
    Permission.PERSON_VIEW: gettext_lazy("see people"),
    Permission.PERSON_SENSITIVE: gettext_lazy("read sensitive facts"),
    Permission.CASE_OPEN: gettext_lazy("take people in"),
    Permission.CASE_EDIT: gettext_lazy("work on cases"),
    Permission.PARTNER_VIEW: gettext_lazy("see the network"),
    Permission.PARTNER_EDIT: gettext_lazy("edit partners"),
    Permission.PARTNER_IMPORT: gettext_lazy("import the registry"),
    Permission.PLACEMENT_VIEW: gettext_lazy("see placements"),
    Permission.PLACEMENT_REQUEST: gettext_lazy("ask partners"),
    Permission.PLACEMENT_RECORD: gettext_lazy("record arrivals and follow-ups"),
    Permission.FACILITY_TRANSFER: gettext_lazy("send to a state facility"),
    Permission.STATISTICS_VIEW: gettext_lazy("see statistics"),
    Permission.STATISTICS_REPORT: gettext_lazy("write reported figures"),
    Permission.AUDIT_VIEW: gettext_lazy("look into the history of everything"),
    Permission.SETTINGS_EDIT: gettext_lazy("change settings and let colleagues in"),
    Permission.OPENING_RECORD: gettext_lazy("enter opening balances"),
    Permission.ACCESS_ASK: gettext_lazy("ask other centres for access"),
    Permission.ACCESS_DECIDE: gettext_lazy("answer other centres' requests for access"),
    Permission.PERSON_ERASE: gettext_lazy("erase a person"),
    Permission.JOBS_VIEW: gettext_lazy("see background jobs"),
    Permission.NATIONAL_VIEW: gettext_lazy("see the figures of every centre"),
    Permission.NATIONAL_EDIT: gettext_lazy("open centres and let the department's staff in"),
}

#: From so many permissions less than all, a role is told by what it may.
MOST_MISSING = 3


def may_words(permissions: Collection[str]) -> list[str]:
    """What a role may, in words and in the order of the day."""
    return [str(words) for permission, words in MAY.items() if permission in permissions]


class RoleField(forms.ChoiceField):
    """One of the roles that can be given here. Cleans to `Role`."""

    def __init__(self, *, national: bool, only: Collection[str] = ()) -> None:
        self.known: dict[str, Role] = {
            role.pk: role for role in roles(national=national) if not only or role.pk in only
        }
        rows = [(pk, _described(role)) for pk, role in self.known.items()]
        super().__init__(
            label=_("Role"),
            choices=rows,
            widget=ChoiceSelect,
            error_messages={"required": _("Please choose.")},
        )

    def clean(self, value: str) -> Role:
        """The role of the code.

        Raises:
            ValidationError: there is no such role here.
        """
        return self.known[super().clean(value)]


def _described(role: Role) -> SafeString:
    return format_html(
        '{}<span class="block text-sm text-muted">{}</span>', str(role), in_short(role.permissions)
    )


def in_short(permissions: Collection[str]) -> str:
    """What a role may; where that is nearly all of a centre's work, what it may not."""
    own = [permission for permission in MAY if permission not in NATIONAL]
    missing = [str(MAY[permission]) for permission in own if permission not in permissions]
    if not missing:
        return _("May do everything at the centre.")
    if len(missing) <= MOST_MISSING:
        return _("May do everything at the centre but %(what)s.") % {"what": ", ".join(missing)}
    return _("May %(what)s.") % {"what": ", ".join(may_words(permissions))}


class InviteForm(BaseForm):
    """Whom to ask in, and as what."""

    name = forms.CharField(label=gettext_lazy("Name"), max_length=150)
    position = forms.CharField(label=gettext_lazy("Position"), max_length=150, required=False)
    email = forms.EmailField(
        label=gettext_lazy("E-mail"),
        required=False,
        help_text=gettext_lazy("Not needed: the link can be given in any way."),
    )

    def __init__(
        self, data: object = None, *, national: bool = False, only: Collection[str] = ()
    ) -> None:
        super().__init__(data)
        self.fields["role"] = RoleField(national=national, only=only)


@dataclass(frozen=True, slots=True)
class LinkCard:
    """The link of an invitation as the page shows it."""

    name: str
    address: str
    qr: SafeString
    until: str
    is_over: bool


def link_card(request: HttpRequest, opened: Open, now: datetime) -> LinkCard:
    """The address to give away; that of this server where the installation has no public one."""
    address = address_of(request, opened)
    return LinkCard(
        name=opened.invitation.name,
        address=address,
        qr=qr(address),
        until=dates.with_weekday(day_of(opened.expires_at)),
        is_over=opened.is_over(now),
    )


def address_of(request: HttpRequest, opened: Open) -> str:
    """Where the invitation is accepted."""
    path = reverse("join:join", args=[opened.token])
    return links.address(path) or request.build_absolute_uri(path)


def tell(request: HttpRequest, opened: Open, *, where: str) -> str:
    """Send the link to the address of the invitation; what became of it, for the message."""
    row = opened.invitation
    if not row.email:
        return _("The invitation is ready: give the link to %(name)s.") % {"name": row.name}
    if not mail.is_on():
        return _(
            "The invitation is ready. This installation sends no e-mail: give the link yourself."
        )
    text = _(
        "%(name)s,\n\n%(where)s invites you to work with Saan as %(role)s. Open this link within "
        "%(until)s, choose a user name and a password, and you are in:\n\n%(link)s\n\n"
        "The link is only for you and opens once."
    ) % {
        "name": row.name,
        "where": where,
        "role": row.role,
        "until": dates.with_weekday(day_of(opened.expires_at)),
        "link": address_of(request, opened),
    }
    if mail.send(row.email, _("Invitation: %(where)s") % {"where": where}, text):
        return _("The link was sent to %(email)s.") % {"email": row.email}
    return _("The e-mail could not be sent. The link works all the same: give it yourself.")
