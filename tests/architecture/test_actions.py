"""Every write is an action: somebody does it, in one transaction, and history knows."""

from __future__ import annotations

import ast

from tests.architecture.source import ROOT, files, name, nothing, tree_of

RECORD = "saan.audit.record:record"
#: Public functions in actions.py that change nothing people would ask about later.
NOT_HISTORY = {
    "saan.notices.actions:notify": "a notice points to an event that was recorded",
    "saan.notices.actions:mark_read": "only the reader cares",
    "saan.placements.actions.keeping:tell_of_retention": "a reminder; nothing is changed",
    "saan.notices.actions:hand_over": "placements.actions.handing records the whole hand-over",
    "saan.centres.actions.roles:install_roles": "what an installation starts with, from migrate",
}


def module_of(path):
    return ".".join(path.relative_to(ROOT).with_suffix("").parts).removesuffix(".__init__")


def imports(tree):
    """local name → full name."""
    known = {}
    for node in ast.walk(tree):
        if isinstance(node, ast.ImportFrom) and node.module:
            for alias in node.names:
                known[alias.asname or alias.name] = f"{node.module}.{alias.name}"
        elif isinstance(node, ast.Import):
            for alias in node.names:
                known[alias.asname or alias.name.split(".")[0]] = alias.name
    return known


def calls(function, module, known):
    """What a function calls, as module:function."""
    for node in ast.walk(function):
        if not isinstance(node, ast.Call):
            continue
        target = node.func
        if isinstance(target, ast.Name):
            full = known.get(target.id)
            yield f"{module}:{target.id}" if full is None else ":".join(full.rsplit(".", 1))
        elif isinstance(target, ast.Attribute) and isinstance(target.value, ast.Name):
            yield f"{known.get(target.value.id, target.value.id)}:{target.attr}"


def graph(sources):
    """module:function → what it calls, over {module: tree}."""
    result = {}
    for module, tree in sources.items():
        known = imports(tree)
        for node in tree.body:
            if isinstance(node, ast.FunctionDef):
                result[f"{module}:{node.name}"] = set(calls(node, module, known))
    return result


def reaches(start, target, edges):
    """Whether a chain of calls leads from one function to another."""
    seen, ahead = set(), [start]
    while ahead:
        here = ahead.pop()
        if here == target:
            return True
        if here not in seen:
            seen.add(here)
            ahead += edges.get(here, ())
    return False


def public_actions():
    for path in files("saan"):
        if path.stem == "actions" or path.parent.name == "actions":
            for node in tree_of(path).body:
                if isinstance(node, ast.FunctionDef) and not node.name.startswith("_"):
                    yield path, f"{module_of(path)}:{node.name}", node


def is_atomic(node):
    """`@transaction.atomic`, or a block that is."""
    return any(
        isinstance(part, ast.Attribute | ast.Name)
        and getattr(part, "attr", getattr(part, "id", "")) == "atomic"
        for part in ast.walk(node)
    )


def test_every_action_records_an_event():
    edges = graph({module_of(f): tree_of(f) for f in files("saan")})
    silent = [
        who
        for _, who, _ in public_actions()
        if who not in NOT_HISTORY and not reaches(who, RECORD, edges)
    ]
    nothing(silent)


def test_every_action_is_keyword_only_and_names_its_actor():
    found = [
        who
        for _, who, node in public_actions()
        if who != "saan.centres.actions.roles:install_roles"
        and (
            node.args.args
            or node.args.posonlyargs
            or "actor" not in {a.arg for a in node.args.kwonlyargs}
        )
    ]
    nothing(found)


def test_every_action_is_one_transaction():
    nothing([f"{name(p)}: {n.name}" for p, _, n in public_actions() if not is_atomic(n)])


def test_a_silent_action_is_seen():
    loud = "from saan.audit.record import record\ndef a(): _b()\ndef _b(): record()"
    edges = graph({"x.actions": ast.parse(loud + "\ndef c(): d()")})
    assert reaches("x.actions:a", RECORD, edges)
    assert not reaches("x.actions:c", RECORD, edges)


def test_a_recording_action_of_another_module_counts():
    edges = graph(
        {
            "x.actions": ast.parse("from saan.audit import record\ndef a(): record.record()"),
            "y.actions": ast.parse("from x import actions as more\ndef b(): more.a()"),
        }
    )
    assert reaches("y.actions:b", RECORD, edges)


def test_the_exceptions_exist():
    assert set(NOT_HISTORY) <= {who for _, who, _ in public_actions()}
