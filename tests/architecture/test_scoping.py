"""In saan.web every query starts from the actor."""

from __future__ import annotations

import ast

import pytest

from tests.architecture.source import files, name, nothing, tree_of

MANAGERS = {"objects", "_default_manager", "_base_manager"}
#: Reference data that is the same for everybody: it has no centre.
EVERYBODYS = {"Province", "District", "Subdistrict"}
#: Ways back from a row that belongs to nobody, or to several centres, to rows of any centre.
WAYS_OUT = {"centres", "memberships"}
#: Who has no actor yet: the place that makes it, and the sign-in page of a demonstration.
BEFORE_THE_ACTOR = {"saan/web/kit/actors.py", "saan/web/accounts/present.py"}
SHORTCUTS = {"get_object_or_404", "get_list_or_404"}


def unscoped(tree: ast.AST):
    """Lines that leave the actor's centre, each with what is wrong."""
    parent = {child: node for node in ast.walk(tree) for child in ast.iter_child_nodes(node)}
    for node in ast.walk(tree):
        if isinstance(node, ast.Attribute):
            yield from _attribute(node, parent.get(node))
        if isinstance(node, ast.Call) and _called(node) in SHORTCUTS and not _is_scoped(node):
            yield f"{node.lineno}: {_called(node)} needs Model.objects.for_actor(…)"


def _attribute(node, up):
    if node.attr in MANAGERS:
        is_reference = isinstance(node.value, ast.Name) and node.value.id in EVERYBODYS
        starts = isinstance(up, ast.Attribute) and up.attr == "for_actor"
        if not (starts or is_reference):
            yield f"{node.lineno}: {ast.unparse(node)} without for_actor"
    elif node.attr in WAYS_OUT or node.attr.endswith("_set"):
        yield f"{node.lineno}: {ast.unparse(node)} leaves the centre"


def _called(node):
    return node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")


def _is_scoped(node):
    """The first argument says for_actor, or is a variable; a model or a manager it must not be."""
    if not node.args:
        return False
    parts = list(ast.walk(node.args[0]))
    if any(isinstance(n, ast.Attribute) and n.attr == "for_actor" for n in parts):
        return True
    names = [n.id for n in parts if isinstance(n, ast.Name)]
    return bool(names) and not any(name[0].isupper() for name in names)


def test_every_query_starts_from_the_actor():
    found = [
        f"{name(path)}:{fault}"
        for path in files("saan/web")
        if name(path) not in BEFORE_THE_ACTOR
        for fault in unscoped(tree_of(path))
    ]
    nothing(found)


@pytest.mark.parametrize(
    "line",
    [
        "Partner.objects.filter(pk=pk)",
        "models.Partner.objects.all()",
        "get_object_or_404(Partner, pk=pk)",
        "get_object_or_404(Partner.objects, pk=pk)",
        "shortcuts.get_object_or_404(klass=Partner)",
        "Partner._base_manager.get(pk=pk)",
        "province.centres.first()",
        "centre.partner_set.all()",
    ],
)
def test_a_query_that_leaves_the_centre_is_seen(line):
    assert list(unscoped(ast.parse(line)))


@pytest.mark.parametrize(
    "line",
    [
        "Partner.objects.for_actor(request.actor).active()",
        "get_object_or_404(Partner.objects.for_actor(request.actor), pk=pk)",
        "District.objects.filter(province=code)",
        "partner.offers.all()",
        "get_object_or_404(rows.defer('content'), pk=pk)",
    ],
)
def test_a_query_that_stays_is_let_through(line):
    assert list(unscoped(ast.parse(line))) == []
