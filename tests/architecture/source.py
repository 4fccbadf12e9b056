"""Our own source text, read once: what the architecture tests look at."""

from __future__ import annotations

import ast
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

ROOT = Path(__file__).resolve().parents[2]
SKIP = {"node_modules", "__pycache__", ".venv", "build", "var", "migrations", "dist"}


def files(*tops: str, suffixes: tuple[str, ...] = (".py",)) -> Iterator[Path]:
    """Every file of ours under the folders, in a steady order."""
    for top in tops:
        for path in sorted((ROOT / top).rglob("*")):
            inside = path.relative_to(ROOT)
            if path.suffix in suffixes and path.is_file() and not SKIP & set(inside.parts):
                yield path


def templates() -> Iterator[Path]:
    """Every page and part."""
    yield from files("saan", suffixes=(".html",))


def nothing(found: Iterable[object]) -> None:
    """Fail with everything that was found, one thing a line."""
    lines = [str(thing) for thing in found]
    if lines:
        raise AssertionError("\n" + "\n".join(lines))


def name(path: Path) -> str:
    """The path as a reader would write it."""
    return str(path.relative_to(ROOT)) if path.is_relative_to(ROOT) else str(path)


@cache
def tree_of(path: Path) -> ast.Module:
    """The syntax tree of a file."""
    return ast.parse(path.read_text(encoding="utf-8"))


def functions(tree: ast.AST) -> Iterator[ast.FunctionDef | ast.AsyncFunctionDef]:
    """Every function and method, nested ones too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef):
            yield node


def lines_of(node: ast.FunctionDef | ast.AsyncFunctionDef) -> int:
    """How many lines a function has, without its decorators."""
    return (node.end_lineno or node.lineno) - node.lineno + 1
