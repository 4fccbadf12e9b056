"""Components to press and to fill in: buttons, links, fields."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Literal

from django.template.loader import render_to_string
from django.utils.html import format_html
from django.utils.safestring import SafeString

from saan.web.kit.forms import ChipSelect, ChoiceSelect
from saan.web.kit.marks import Size, icon, maybe_icon

if TYPE_CHECKING:
    from collections.abc import Iterable

    from django.forms import BoundField

Kind = Literal["accent", "primary", "plain", "tint", "ghost", "error"]


def _css(kind: str, size: str, *, wide: bool) -> str:
    parts = ["btn", f"btn-{kind}", f"btn-{size}" if size else "", "max-sm:w-full" if wide else ""]
    return " ".join(p for p in [*parts, "text-primary" if kind == "ghost" else ""] if p)


def button(
    label: str,
    *,
    kind: Kind = "primary",
    icon: str = "",
    name: str = "",
    value: str = "",
    size: Size = "",
    why_not: str = "",
    wide: bool = False,
    form: str = "",
) -> SafeString:
    """Draw a button that submits. With `why_not` it is disabled and says so beside itself."""
    inside = format_html("{}{}", maybe_icon(icon, size="sm" if size == "sm" else ""), label)
    css = _css(kind, size, wide=wide)
    if why_not:
        return format_html(
            '<button class="{}" disabled>{}</button><span class="why-not">{}</span>',
            css,
            inside,
            why_not,
        )
    named = format_html(' name="{}" value="{}"', name, value) if name else ""
    of = format_html(' form="{}"', form) if form else ""
    return format_html('<button class="{}" type="submit"{}{}>{}</button>', css, named, of, inside)


def link(
    label: str,
    url: str,
    *,
    kind: Kind = "plain",
    icon: str = "",
    size: Size = "",
    why_not: str = "",
    wide: bool = False,
) -> SafeString:
    """Draw a link that looks like a button: it leads somewhere and changes nothing."""
    if why_not:
        return button(label, kind=kind, icon=icon, size=size, why_not=why_not, wide=wide)
    inside = format_html("{}{}", maybe_icon(icon, size="sm" if size == "sm" else ""), label)
    return format_html('<a class="{}" href="{}">{}</a>', _css(kind, size, wide=wide), url, inside)


def dialog_button(
    label: str, dialog: str, *, kind: Kind = "plain", icon: str = "", size: Size = ""
) -> SafeString:
    """Draw the button that opens a `{% dialog %}`."""
    inside = format_html("{}{}", maybe_icon(icon, size="sm" if size == "sm" else ""), label)
    return format_html(
        '<a class="{}" href="#{}" role="button" data-dialog>{}</a>',
        _css(kind, size, wide=False),
        dialog,
        inside,
    )


def copy_button(label: str, text: str, *, size: Size = "sm") -> SafeString:
    """Draw a button that copies a text, such as a partner's link."""
    return format_html(
        '<button type="button" class="{}" data-copy="{}">{}<span>{}</span></button>',
        _css("plain", size, wide=False),
        text,
        icon("copy", size="sm"),
        label,
    )


def field(bound: BoundField, *, label: str = "", help: str = "", css: str = "") -> SafeString:  # noqa: A002 - as Django says it
    """Draw a field of a form: label, help, control, error, tied together for screen readers."""
    grouped = isinstance(bound.field.widget, (ChipSelect, ChoiceSelect)) or bound.use_fieldset
    return SafeString(
        render_to_string(
            "kit/field.html",
            {
                "field": bound,
                "label": label or bound.label,
                "help": help or bound.help_text,
                "css": css,
                "grouped": grouped,
                "is_check": getattr(bound.field.widget, "input_type", "") == "checkbox"
                and not grouped,
            },
        )
    )


@dataclass(frozen=True, slots=True)
class Bar:
    """One bar: `share` between 0 and 1, `text` stands at its end, `url` leads to its records."""

    label: str
    share: float
    text: str
    url: str = ""
    note: str = ""


def bars(rows: Iterable[Bar]) -> SafeString:
    """Draw horizontal bars that are links to their records."""
    return SafeString(
        render_to_string(
            "kit/bars.html",
            {"rows": [(r, round(max(0.0, min(1.0, r.share)) * 100, 1)) for r in rows]},
        )
    )
