"""Templates: all of them used, none of them with code inside."""

from __future__ import annotations

import re
from pathlib import Path

import allauth

from tests.architecture.source import ROOT, files, name, nothing, templates

WEB = ROOT / "saan" / "web"
#: Names that allauth asks for: ours stand in their place.
ALLAUTH = Path(allauth.__file__).parent / "templates"
INLINE = {
    "an inline handler": re.compile(r"""\son[a-z]+\s*=\s*["']""", re.IGNORECASE),
    "an htmx handler": re.compile(r"\shx-on[:-]", re.IGNORECASE),
    "an inline style": re.compile(r"""\sstyle\s*=\s*["']""", re.IGNORECASE),
    "a style element": re.compile(r"<style\b", re.IGNORECASE),
    "an inline script": re.compile(
        r"""<script(?![^>]*(\ssrc=|type="application/json"))""", re.IGNORECASE
    ),
    "code in an address": re.compile(r"""(href|src|action)\s*=\s*["']javascript:""", re.IGNORECASE),
    "another host": re.compile(r"""\s(src|href)\s*=\s*["'](https?:)?//""", re.IGNORECASE),
    "a loop hole in escaping": re.compile(r"\|\s*safe\b|{%\s*autoescape\s+off"),
}


def inline(text):
    return [what for what, pattern in INLINE.items() if pattern.search(text)]


BUILT = re.compile(r"""f["']([\w/]*{\w+}[\w/{}]*\.html)["'#]""")


def unused(names, text):
    """Template names that no other file mentions in quotes (a part is named after `#`).

    A name that is put together (`f"kit/errors/{name}.html"`) mentions everything it can become.
    """
    built = [re.sub(r"\\{\w+\\}", r"\\w+", re.escape(name)) for name in BUILT.findall(text)]
    return sorted(
        n
        for n in names
        if not re.search(rf"""["']{re.escape(n)}["'#]""", text)
        and not any(re.fullmatch(pattern, n) for pattern in built)
    )


def test_every_template_is_used():
    ours = {str(t.relative_to(WEB)) for t in templates() if t.is_relative_to(WEB)}
    replaced = {n for n in ours if (ALLAUTH / n).is_file()}
    sources = [*files("saan", "config"), *templates()]
    text = "\n".join(f.read_text(encoding="utf-8") for f in sources)
    nothing(unused(ours - replaced, text))


def test_every_template_lies_where_it_is_found():
    nothing([name(t) for t in templates() if not t.is_relative_to(WEB)])


def test_no_template_holds_code():
    found = {name(t): inline(t.read_text(encoding="utf-8")) for t in templates()}
    assert {where: what for where, what in found.items() if what} == {}


def test_an_unused_template_is_seen():
    assert unused({"a/pages/b.html", "a/pages/c.html"}, 'page(request, "a/pages/b.html")') == [
        "a/pages/c.html"
    ]


def test_a_name_that_is_put_together_counts():
    assert unused({"kit/errors/csrf.html"}, 'render(f"kit/errors/{name}.html")') == []


def test_code_in_a_template_is_seen():
    bad = (
        '<p onclick="go()">',
        '<b style="color:red">',
        "<script>go()</script>",
        "{{ x|safe }}",
        '<script src="https://cdn.example/x.js"></script>',
        '<a href="javascript:go()">',
    )
    nothing([text for text in bad if not inline(text)])
    assert inline('<script src="{% static "a.js" %}" defer></script><a href="{% url "x" %}">') == []
