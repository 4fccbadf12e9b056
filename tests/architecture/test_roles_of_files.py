"""Each file of a domain keeps to its part: rules do not ask, models do not act, time is told."""

from __future__ import annotations

import ast

from tests.architecture.source import files, name, nothing, tree_of

#: Who may ask what time it is; the rest is told.
MAY_ASK_THE_CLOCK = ("saan/web/", "saan/demo/", "saan/jobs/", "saan/kernel/clock.py", "saan/audit/")


def asks_the_clock(tree):
    """Lines that call the clock's now() or today()."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute):
            owner = node.func.value
            if (
                isinstance(owner, ast.Name)
                and owner.id == "clock"
                and node.func.attr in {"now", "today"}
            ):
                yield node.lineno


def queries_in(tree):
    """Lines of a rules file that touch the database or the clock."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute) and node.attr in {"objects", "save", "refresh_from_db"}:
            yield node.lineno
    yield from asks_the_clock(tree)


def acting_models(tree):
    """Methods that hide a write in a model."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef) and node.name in {"save", "full_clean"}:
            yield node.lineno


def found(paths, fault):
    return [f"{name(p)}:{line}" for p in paths for line in fault(tree_of(p))]


def test_only_pages_and_commands_ask_what_time_it_is():
    told = [
        f
        for f in files("saan")
        if not name(f).startswith(MAY_ASK_THE_CLOCK)
        and "commands" not in f.parts
        and not (f.stem == "tasks" or f.stem.endswith("_tasks"))
    ]
    nothing(found(told, asks_the_clock))


def test_rules_ask_nothing():
    rules = [f for f in files("saan") if f.stem == "rules" or f.parent.name == "rules"]
    assert rules
    nothing(found(rules, queries_in))


def test_models_do_not_act():
    nothing(found([f for f in files("saan") if f.stem == "models"], acting_models))


def test_breaches_are_seen():
    assert list(asks_the_clock(ast.parse("day = clock.today()"))) == [1]
    assert list(queries_in(ast.parse("x = Partner.objects.all()"))) == [1]
    assert list(acting_models(ast.parse("class A:\n    def save(self): ..."))) == [2]
