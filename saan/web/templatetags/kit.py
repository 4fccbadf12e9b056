"""Our components as template tags: a signature, a docstring. Wrong arguments fail at compile time.

Loaded in every template (a builtin). `saan/web/kit/README.md` shows each with an example.
"""

from __future__ import annotations

import inspect
import typing
from typing import TYPE_CHECKING, Any

from django import template
from django.forms.utils import flatatt
from django.template.loader import render_to_string
from django.utils.safestring import SafeString

from saan.web.kit import boxes, controls, marks
from saan.web.kit.context import carried
from saan.web.kit.icons import NAMES
from saan.web.kit.pages import CLEAR, UNDO

if TYPE_CHECKING:
    from collections.abc import Callable
    from datetime import date

    from django.template.base import Node, Parser, Token

    from saan.web.kit.paging import Slice

register = template.Library()

SIMPLE: tuple[Callable[..., SafeString], ...] = (
    marks.icon,
    marks.tag,
    marks.fact,
    marks.fresh,
    marks.chip,
    marks.initials,
    marks.money,
    marks.phone_link,
    marks.progress,
    controls.button,
    controls.link,
    controls.dialog_button,
    controls.copy_button,
    controls.field,
    controls.bars,
)
BLOCKS: tuple[Callable[..., SafeString], ...] = (
    boxes.panel,
    boxes.work,
    boxes.workactions,
    boxes.notice,
    boxes.emptystate,
    boxes.kv,
    boxes.kvitem,
    boxes.timeline,
    boxes.event,
    boxes.savebar,
    boxes.dialog,
)
#: What may stand as a constant where an argument is an icon.
ICON_ARGUMENT = "icon"


def words_of(function: Callable[..., Any]) -> dict[str, tuple[str, ...]]:
    """The arguments that are one of a few words, with those words."""
    named = {k: function.__globals__.get(str(h)) for k, h in function.__annotations__.items()}
    return {
        k: typing.get_args(h) for k, h in named.items() if typing.get_origin(h) is typing.Literal
    }


def checked(name: str, function: Callable[..., Any]) -> None:
    """Refuse constants that the function's types do not allow, while the template is compiled."""
    compile_plain: Callable[[Parser, Token], Node] = register.tags[name]
    allowed = words_of(function)
    first = next((p for p in inspect.signature(function).parameters if p != "content"), "")

    def compile_checked(parser: Parser, token: Token) -> Node:
        for position, bit in enumerate(token.split_contents()[1:]):
            key, _, value = bit.rpartition("=") if not bit.startswith(("'", '"')) else ("", "", bit)
            key = key or (first if position == 0 else "")
            if len(value) < 2 or value[0] not in "'\"" or value[0] != value[-1]:
                continue
            check(name, key, value[1:-1], allowed)
        return compile_plain(parser, token)

    register.tag(name, compile_checked)


def check(name: str, key: str, value: str, allowed: dict[str, tuple[str, ...]]) -> None:
    """Look at one constant argument.

    Raises:
        TemplateSyntaxError: no such icon, or not one of the words allowed.
    """
    if (
        (key == ICON_ARGUMENT or (name == "icon" and key == "name"))
        and value
        and value not in NAMES
    ):
        raise template.TemplateSyntaxError(
            f"{{% {name} %}}: no icon {value!r}; see assets/icons.txt"
        )
    if key in allowed and value not in allowed[key]:
        raise template.TemplateSyntaxError(
            f"{{% {name} %}}: {key}={value!r} is none of {allowed[key]}"
        )


for _function in SIMPLE:
    register.simple_tag(_function)
    checked(_function.__name__, _function)
for _function in BLOCKS:
    register.simple_block_tag(_function, end_name=f"end{_function.__name__}")
    checked(_function.__name__, _function)


@register.simple_block_tag(takes_context=True, end_name="endconfirm")
def confirm(
    context: template.Context,
    content: SafeString,
    *,
    label: str,
    url: str,
    button: str,
    icon: str = "",
    danger: bool = False,
    kind: controls.Kind = "plain",
    size: marks.Size = "sm",
) -> SafeString:
    """Ask before a step that matters; see boxes.confirm."""
    return boxes.confirm(
        content,
        label=label,
        url=url,
        button=button,
        csrf=str(context.get("csrf_token", "")),
        icon=icon,
        danger=danger,
        kind=kind,
        size=size,
    )


@register.simple_tag(takes_context=True)
def pager(
    context: template.Context, rows: Slice[Any], *, note: str = "", target: str = ""
) -> SafeString:
    """Draw *1-25 of 300*, previous and next. `target` swaps only that element by htmx."""
    query = context["request"].GET.copy()

    def address(number: int) -> str:
        query["page"] = str(number)
        return f"?{query.urlencode()}"

    previous = address(rows.number - 1) if rows.number > 1 else ""
    following = address(rows.number + 1) if rows.number < rows.pages else ""
    drawn = {
        "rows": rows,
        "note": note,
        "previous": previous,
        "next": following,
        "swap_previous": swapping(previous, target),
        "swap_next": swapping(following, target),
    }
    return SafeString(render_to_string("kit/pager.html", drawn))


def swapping(address: str, target: str) -> SafeString:
    """What makes htmx fetch the address into the target."""
    if not target:
        return SafeString("")
    return SafeString(
        flatatt(
            {
                "hx-get": address,
                "hx-target": target,
                "hx-swap": "outerHTML show:top",
                "hx-push-url": "true",
            }
        )
    )


@register.simple_tag
def breadcrumb(*pairs: str) -> SafeString:
    """Draw the way here: label, address, label, address, …; the page itself is not part of it."""
    steps = list(zip(pairs[::2], pairs[1::2], strict=True))
    return SafeString(render_to_string("kit/breadcrumb.html", {"steps": steps}))


@register.filter
def be(day: date | None) -> str:
    """12 Jan of the Buddhist year."""
    from saan.kernel.thai import dates

    return dates.short(day) if day else ""


@register.filter
def be_long(day: date | None) -> str:
    """The date in full."""
    from saan.kernel.thai import dates

    return dates.long(day) if day else ""


@register.filter
def be_weekday(day: date | None) -> str:
    """The date with its day of the week."""
    from saan.kernel.thai import dates

    return dates.with_weekday(day) if day else ""


@register.filter
def ago(day: date | None, today: date) -> str:
    """How long ago or until then: *3 days ago*, *in 3 days*."""
    return marks.ago(day, today)


@register.filter
def phone(e164: str) -> str:
    """A number as people read it."""
    from saan.kernel.thai import phones

    return phones.display(e164) if e164 else ""


@register.filter
def code(full: str, which: str) -> str:
    """The centre's word for a code of one of its lists: `{{ partner.kind_code|code:"partner_kind" }}`."""
    from saan.centres import codes

    return codes.label(which, full)


@register.filter
def thai_num(value: object) -> str:
    """Thai digits, for print."""
    from saan.kernel.thai.digits import to_thai

    return to_thai(str(value))


@register.filter
def number(value: int | None) -> str:
    """Thousands separated; nothing for None."""
    return "" if value is None else f"{value:,}"


@register.filter
def undo_address(message: Any) -> str:
    """Where the step that a message reports can be undone."""
    return carried(message, UNDO)


@register.filter
def cleared_draft(message: Any) -> str:
    """Which draft on the device is no longer needed."""
    return carried(message, CLEAR)
