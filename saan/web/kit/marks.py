"""Small components inside a line of text: icons, tags, facts, freshness, money, telephone."""

from __future__ import annotations

from functools import cache
from typing import TYPE_CHECKING, Literal

from django.forms.utils import flatatt
from django.templatetags.static import static
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django_vite.core.asset_loader import DjangoViteAssetLoader
from django_vite.core.exceptions import DjangoViteManifestError

from saan.web.kit.icons import FEW

if TYPE_CHECKING:
    from datetime import date, datetime

Tone = Literal["", "primary", "success", "warning", "error"]
Size = Literal["", "sm", "lg"]
FactKind = Literal["yes", "care", "no"]

FACT_ICONS = {"yes": "check", "care": "triangle-alert", "no": "minus"}
#: Days after which a confirmation is no longer new.
FRESH_DAYS = 30


@cache
def sprite(name: str) -> str:
    """The address of the file that holds the icon: the small one is all that a partner loads."""
    file = "icons-few.svg" if name in FEW else "icons.svg"
    try:
        return str(DjangoViteAssetLoader.instance().generate_vite_asset_url(file))
    except (DjangoViteManifestError, KeyError):
        return static(f"build/{file}")


def icon(name: str, *, size: Size = "", css: str = "") -> SafeString:
    """Draw a Lucide icon. It is decoration: words stand beside it."""
    classes = " ".join(c for c in ("ico", f"ico-{size}" if size else "", css) if c)
    return format_html(
        '<svg class="{}" aria-hidden="true"><use href="{}#i-{}"></use></svg>',
        classes,
        sprite(name),
        name,
    )


def maybe_icon(name: str, *, size: Size = "", css: str = "") -> SafeString:
    """Draw the icon if there is one."""
    return icon(name, size=size, css=css) if name else SafeString("")


def tag(text: str, *, tone: Tone = "", icon: str = "") -> SafeString:
    """Draw a label of state. The same tone means the same thing on every page."""
    css = f"tag tag-{tone}" if tone else "tag"
    return format_html('<span class="{}">{}{}</span>', css, maybe_icon(icon, size="sm"), text)


def fact(kind: FactKind, text: str) -> SafeString:
    """Draw one line of reasoning: in favour, to be careful about, against."""
    spoken = {"yes": _("In favour:"), "care": _("Caution:"), "no": _("Not met:")}[kind]
    return format_html(
        '<span class="fact fact-{}">{}<span><span class="sr-only">{} </span>{}</span></span>',
        kind,
        icon(FACT_ICONS[kind], size="sm"),
        spoken,
        text,
    )


def freshness(confirmed_on: date | None, today: date, window: int = 90) -> str:
    """`new`, `mid` or `old`; `window` is the centre's limit in days."""
    if confirmed_on is None:
        return "old"
    days = (today - confirmed_on).days
    if days <= min(FRESH_DAYS, window):
        return "new"
    return "mid" if days <= window else "old"


def ago(day: date | None, today: date) -> str:
    """How long ago, in the coarsest words that still help."""
    if day is None:
        return ""
    days = (today - day).days
    if days == 1:
        return _("yesterday")
    if days > 60:
        months = days // 30
        if months < 24:
            return ngettext("%(n)d month ago", "%(n)d months ago", months) % {"n": months}
        return ngettext("%(n)d year ago", "%(n)d years ago", days // 365) % {"n": days // 365}
    from saan.kernel.thai import dates

    return dates.relative(day, today)


def fresh(confirmed_on: date | None, today: date, *, window: int = 90) -> SafeString:
    """Draw when a capacity was confirmed: full, half or empty dot, always with words."""
    kind = freshness(confirmed_on, today, window)
    return format_html(
        '<span class="fresh fresh-{}">{}</span>', kind, confirmed(confirmed_on, today)
    )


def confirmed(day: date | None, today: date) -> str:
    """When it was confirmed, in words."""
    if day is None:
        return _("Never confirmed")
    days = (today - day).days
    if days == 0:
        return _("Confirmed today")
    if days == 1:
        return _("Confirmed yesterday")
    return _("Confirmed %(when)s") % {"when": ago(day, today)}


def chip(
    text: str, *, url: str = "", on: bool = False, icon: str = "", closes: bool = False
) -> SafeString:
    """Draw a filter or a need. With `url` a link, marked as current when `on`."""
    inside = format_html(
        "{}{}{}",
        maybe_icon("check" if on and not icon and not closes else icon),
        text,
        maybe_icon("x" if closes else ""),
    )
    if not url:
        return format_html('<span class="chip{}">{}</span>', " chip-set" if on else "", inside)
    current = mark_safe(' aria-current="true"') if on else ""
    return format_html('<a class="chip" href="{}"{}>{}</a>', url, current, inside)


def initials(name: str, *, size: Size = "") -> SafeString:
    """Draw a person's initials where a photograph is missing. Decoration beside the name."""
    return format_html(
        '<span class="initials{}" aria-hidden="true">{}</span>',
        f" initials-{size}" if size else "",
        initials_of(name),
    )


def initials_of(name: str) -> str:
    """The first two consonants or letters of the name without its title."""
    try:
        from saan.kernel.thai.names import split_title

        rest = split_title(name)[1] or name
    except ImportError:
        rest = name
    letters = [c for c in rest if c.isalpha() and not "\u0e40" <= c <= "\u0e44"]
    return "".join(letters[:2]).upper() or "?"


def money(amount: int | None, *, per: str = "") -> SafeString:
    """Draw an amount in baht; `per` is a word such as *day*."""
    if amount is None:
        return SafeString("")
    text = _("%(amount)s baht") % {"amount": f"{amount:,}"}
    return format_html('<span class="nb">{}{}</span>', text, f"/{per}" if per else "")


def phone_link(
    e164: str, extension: str = "", *, button: bool = True, label: str = "", size: Size = "sm"
) -> SafeString:
    """Draw a number that is one tap away."""
    from saan.kernel.thai import phones

    shown = label or phones.display(e164, extension)
    dial = f"tel:{e164}" + (f",{extension}" if extension else "")
    css = f"btn btn-plain {f'btn-{size}' if size else ''} nb" if button else "link-quiet nb"
    spoken = {"aria-label": f"{label} {phones.display(e164, extension)}"} if label else {}
    return format_html(
        '<a class="{}" href="{}"{}>{}{}</a>',
        css,
        dial,
        flatatt(spoken),
        icon("phone", size="sm") if button else "",
        shown,
    )


def progress(value: int, maximum: int, *, label: str) -> SafeString:
    """Draw how far work has come. `label` is read aloud."""
    return format_html(
        '<progress class="progress progress-primary h-2.5" value="{}" max="{}" aria-label="{}"></progress>',
        value,
        max(maximum, 1),
        label,
    )


def moment(at: datetime) -> str:
    """A day and an hour in Bangkok: `12 Jan 2567 14:05` in the reader's words."""
    from saan.kernel.clock import BANGKOK
    from saan.kernel.thai import dates

    local = at.astimezone(BANGKOK)
    return f"{dates.short(local.date())} {local:%H:%M}"
