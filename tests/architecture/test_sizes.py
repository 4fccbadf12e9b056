"""Files, functions, views and templates stay small enough to be read at once."""

from __future__ import annotations

import ast

from tests.architecture.source import (
    ROOT,
    files,
    functions,
    lines_of,
    name,
    nothing,
    templates,
    tree_of,
)

FILE, FUNCTION, VIEW, TEMPLATE, COLUMNS = 400, 40, 25, 150, 120
CODE = ("saan", "config", "tests", ".ci")


def length(path):
    return len(path.read_text(encoding="utf-8").splitlines())


def long_functions(tree, limit):
    return [f"{f.name}: {lines_of(f)}" for f in functions(tree) if lines_of(f) > limit]


def test_no_file_is_longer_than_400_lines():
    ours = [*files(*CODE), *files("assets", suffixes=(".js", ".mjs", ".css"))]
    nothing([f"{name(f)}: {length(f)}" for f in ours if length(f) > FILE])


def test_no_function_is_longer_than_40_lines():
    found = [
        f"{name(f)} {long}" for f in files(*CODE) for long in long_functions(tree_of(f), FUNCTION)
    ]
    nothing(found)


def test_no_view_is_longer_than_25_lines():
    found = [
        f"{name(f)} {long}"
        for f in files("saan/web")
        if f.stem.startswith("views") or f.parent.name == "views"
        for long in long_functions(tree_of(f), VIEW)
    ]
    nothing(found)


def test_no_template_is_longer_than_150_lines():
    nothing([f"{name(t)}: {length(t)}" for t in templates() if length(t) > TEMPLATE])


def test_no_template_is_wider_than_120_columns():
    found = [
        f"{name(t)}:{number}: {len(line)}"
        for t in templates()
        for number, line in enumerate(t.read_text(encoding="utf-8").splitlines(), 1)
        if len(line) > COLUMNS
    ]
    nothing(found)


def test_a_long_function_is_seen():
    tree = ast.parse("def long():\n" + "    pass\n" * FUNCTION)
    assert long_functions(tree, FUNCTION) == ["long: 41"]


def test_the_folders_that_are_measured_exist():
    nothing([top for top in (*CODE, "assets") if not (ROOT / top).is_dir()])
