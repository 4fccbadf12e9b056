"""What must not stand in the source: Thai letters, promises, forbidden file names, index addresses."""

from __future__ import annotations

import ast
import re

import pytest

from tests.architecture.source import ROOT, files, name, nothing, templates

THAI = re.compile("[\u0e00-\u0e7f]")
#: Where Thai is the subject matter and not the interface.
MAY_BE_THAI = (
    "saan/demo/",
    "saan/kernel/thai/",
    "saan/centres/permissions.py",  # the names of roles are data
    "config/settings/base.py",  # a language is called by its own name
)
PROMISE = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
FORBIDDEN_NAMES = {"utils.py", "helpers.py", "services.py", "managers.py", "signals.py", "admin.py"}
COMMENT = re.compile(r"{#.*?#}|{% comment.*?endcomment %}|<!--.*?-->", re.DOTALL)


def may_be_thai(path):
    inside = name(path)
    return inside.startswith(MAY_BE_THAI) or "vocabular" in path.stem or "print" in path.parts


def thai_strings(text):
    """Lines of strings with Thai letters as written; docstrings may quote an example."""
    tree = ast.parse(text)
    docstrings = {
        id(node.body[0].value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Module | ast.ClassDef | ast.FunctionDef | ast.AsyncFunctionDef)
        and node.body
        and isinstance(node.body[0], ast.Expr)
    }
    for node in ast.walk(tree):
        if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
            continue
        written = ast.get_source_segment(text, node) or node.value
        if id(node) not in docstrings and THAI.search(node.value) and THAI.search(written):
            yield f"{node.lineno}: {node.value[:40]}"


def test_no_thai_letters_in_code():
    found = [
        f"{name(f)}:{line}"
        for f in files("saan", "config", ".ci")
        if not may_be_thai(f)
        for line in thai_strings(f.read_text(encoding="utf-8"))
    ]
    nothing(found)


def test_no_thai_letters_in_templates_and_scripts():
    ours = [*templates(), *files("assets", suffixes=(".js", ".mjs", ".css"))]
    found = [
        name(f)
        for f in ours
        if not may_be_thai(f) and THAI.search(COMMENT.sub("", f.read_text(encoding="utf-8")))
    ]
    nothing(found)


def test_a_thai_word_in_code_is_seen():
    assert list(thai_strings('"""วัด"""\nname = "วัด"')) == ["2: วัด"]


def test_no_promises_in_main():
    ours = [
        *files("saan", "config", "tests", ".ci"),
        *files("saan", "docs", suffixes=(".html", ".md")),
        *files("assets", suffixes=(".js", ".mjs", ".css")),
    ]
    here = ROOT / "tests" / "architecture" / "test_words.py"
    found = [f for f in ours if f != here and PROMISE.search(f.read_text(encoding="utf-8"))]
    nothing([name(f) for f in found])


def test_a_promise_is_seen():
    assert PROMISE.search("# TODO later")


def test_no_file_is_named_after_nothing():
    nothing([name(f) for f in files("saan", "config", "tests") if f.name in FORBIDDEN_NAMES])


@pytest.mark.parametrize("lock", ["base.txt", "dev.txt"])
def test_the_python_lock_names_no_index(lock):
    text = (ROOT / "requirements" / lock).read_text()
    assert "--hash=sha256:" in text
    nothing(re.findall(r"https?://|file:|--(?:extra-)?index-url|--find-links", text))


def test_the_front_end_lock_names_no_index():
    text = (ROOT / "assets" / "package-lock.json").read_text()
    assert '"integrity"' in text
    assert '"resolved"' not in text


def test_every_domain_has_its_readme():
    missing = [
        area.name
        for area in sorted((ROOT / "saan").iterdir())
        if (area / "__init__.py").is_file() and not (area / "README.md").is_file()
    ]
    nothing(missing)
