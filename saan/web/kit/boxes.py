"""Components with content: panels, rows of work, notices, timelines, dialogs."""

from __future__ import annotations

from typing import Literal

from django.utils.html import format_html
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from saan.web.kit.marks import Tone, icon, maybe_icon

NoticeTone = Literal["", "info", "success", "warning", "error"]
NOTICE_ICONS = {
    "": "info",
    "info": "info",
    "success": "circle-check",
    "warning": "triangle-alert",
    "error": "circle-alert",
}
EMPTY = SafeString("")


def _id(value: str) -> SafeString:
    return format_html(' id="{}"', value) if value else EMPTY


def panel(
    content: SafeString,
    *,
    title: str = "",
    note: str = "",
    count: str = "",
    url: str = "",
    action: str = "",
    icon: str = "",
    tone: Tone = "",
    flush: bool = False,
    id: str = "",  # noqa: A002 - the HTML name
) -> SafeString:
    """Draw a box, with a head when it has a title.

    `note` is a line under the title, `count` a quiet text at its right, `url`+`action` a link
    there. `flush` leaves out the padding: for rows of work and tables. `tone` colours the head.
    """
    body = content if flush else format_html('<div class="panel-body">{}</div>', content)
    head = _panel_head(title, note, count, url, action, icon, tone, id) if title else EMPTY
    label = format_html(' aria-labelledby="{}-t"', id) if id and title else EMPTY
    css = f"panel panel-{tone}" if tone else "panel"
    return format_html('<section class="{}"{}{}>{}{}</section>', css, _id(id), label, head, body)


def _panel_head(
    title: str, note: str, count: str, url: str, action: str, name: str, tone: str, box: str
) -> SafeString:
    right = format_html('<span class="text-sm text-muted">{}</span>', count) if count else EMPTY
    if url:
        right = format_html('{}<a class="link-quiet text-sm" href="{}">{}</a>', right, url, action)
    under = format_html('<p class="text-xs text-muted">{}</p>', note) if note else EMPTY
    return format_html(
        '<header class="panel-head{}"><div class="min-w-0"><h2 class="panel-title"{}>{}{}</h2>{}</div>'
        '<div class="panel-side">{}</div></header>',
        f" panel-head-{tone}" if tone else "",
        _id(f"{box}-t" if box else ""),
        maybe_icon(name),
        title,
        under,
        right,
    )


def work(content: SafeString, *, icon: str, tone: Tone = "", id: str = "") -> SafeString:  # noqa: A002 - as HTML says it
    """Draw a row of work: mark, text in a `<div>`, then `{% workactions %}`."""
    return format_html(
        '<div class="work"{}><span class="work-mark{}">{}</span>{}</div>',
        _id(id),
        f" work-mark-{tone}" if tone else "",
        maybe_icon(icon),
        content,
    )


def workactions(content: SafeString) -> SafeString:
    """Hold the buttons of a row of work."""
    return format_html('<div class="work-actions">{}</div>', content)


def notice(
    content: SafeString,
    *,
    tone: NoticeTone = "",
    title: str = "",
    icon: str = "",
    live: bool = False,
) -> SafeString:
    """Draw one line of state. `live` announces it when it appears."""
    role = format_html(' role="{}"', "alert" if tone == "error" else "status") if live else EMPTY
    head = format_html('<p class="font-medium">{}</p>', title) if title else EMPTY
    return format_html(
        '<div class="notice{}"{}>{}<div class="min-w-0 flex-1">{}<div class="{}">{}</div></div></div>',
        f" notice-{tone}" if tone else "",
        role,
        maybe_icon(icon or NOTICE_ICONS[tone], css="mt-1"),
        head,
        "text-sm text-base-content" if title else "",
        content,
    )


def emptystate(content: SafeString, *, icon: str, title: str, text: str = "") -> SafeString:
    """Say that nothing is here and offer the next useful thing (the buttons inside)."""
    return format_html(
        '<div class="empty-state"><span class="empty-mark">{}</span><h3 class="mt-4 text-lg">{}</h3>'
        '<p class="mx-auto mt-1 max-w-sm text-muted">{}</p>'
        '<div class="mt-5 flex flex-wrap justify-center gap-2">{}</div></div>',
        maybe_icon(icon, css="size-7!"),
        title,
        text,
        content,
    )


def kv(content: SafeString) -> SafeString:
    """Hold pairs of name and value."""
    return format_html('<dl class="kv">{}</dl>', content)


def kvitem(content: SafeString, label: str) -> SafeString:
    """Draw one pair; an empty value reads as not recorded."""
    value = content if content.strip() else format_html('<span class="text-muted">{}</span>', "–")
    return format_html("<dt>{}</dt><dd>{}</dd>", label, value)


def timeline(content: SafeString) -> SafeString:
    """Hold events, newest first."""
    return format_html('<ol class="tl">{}</ol>', content)


def event(content: SafeString, *, title: str, when: str, icon: str, tone: Tone = "") -> SafeString:
    """Draw one event of a timeline; `content` may be empty."""
    more = format_html('<div class="mt-1 text-sm">{}</div>', content) if content.strip() else EMPTY
    return format_html(
        '<li><span class="tl-mark{}">{}</span><div class="min-w-0 pt-1"><p class="font-medium">{}</p>'
        '<p class="text-sm text-muted">{}</p>{}</div></li>',
        f" tl-{tone}" if tone else "",
        maybe_icon(icon),
        title,
        when,
        more,
    )


def savebar(content: SafeString, *, note: str = "") -> SafeString:
    """Keep the one action of a long page in reach; inside the form it saves."""
    return format_html(
        '<div class="savebar"><div><p class="text-sm text-muted" data-autosave-state>{}</p>'
        '<div class="savebar-buttons">{}</div></div></div>',
        note,
        content,
    )


def dialog(content: SafeString, *, id: str, title: str) -> SafeString:  # noqa: A002 - as HTML says it
    """Draw a dialog that `{% dialog_button %}` opens; without JavaScript it opens by its address."""
    return format_html(
        '<dialog id="{0}" class="dialog" aria-labelledby="{0}-t"><div class="flex items-start gap-3">'
        '<h2 id="{0}-t" class="flex-1">{1}</h2>'
        '<a class="btn btn-ghost btn-square btn-sm" href="#" data-close aria-label="{2}">{3}</a></div>'
        '<div class="mt-2">{4}</div></dialog>',
        id,
        title,
        _("Close"),
        icon("x"),
        content,
    )


def confirm(
    content: SafeString,
    *,
    label: str,
    url: str,
    button: str,
    csrf: str,
    icon: str = "",
    danger: bool = False,
    kind: str = "plain",
    size: str = "sm",
) -> SafeString:
    """Ask before a step that cannot be taken lightly: a button that opens what will happen and to whom.

    Works without JavaScript. `content` may hold fields; they are posted to `url` with `csrf`.
    """
    return format_html(
        '<details class="confirm"><summary class="btn btn-{} {}">{}{}</summary>'
        '<form method="post" action="{}" class="float confirm-body">'
        '<input type="hidden" name="csrfmiddlewaretoken" value="{}">{}'
        '<div class="mt-4 flex flex-wrap justify-end gap-2">'
        '<button type="button" class="btn btn-plain" data-close-details>{}</button>'
        '<button class="btn {}">{}</button></div></form></details>',
        kind,
        f"btn-{size}" if size else "",
        maybe_icon(icon, size="sm" if size == "sm" else ""),
        label,
        url,
        csrf,
        content,
        _("Cancel"),
        "btn-error" if danger else "btn-primary",
        button,
    )
