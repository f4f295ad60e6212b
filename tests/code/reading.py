"""The code as text: what the tests about the code read."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from pathlib import Path
from typing import NamedTuple

REPO = Path(__file__).parents[2]
LAYERS = ("domain", "projections", "web", "jobs")


class Module(NamedTuple):
    """One file of Python: its path from the repository's root, and its text."""

    path: str
    text: str

    @property
    def tree(self) -> ast.Module:
        return ast.parse(self.text, self.path)

    def classes(self) -> Iterator[ast.ClassDef]:
        return (node for node in ast.walk(self.tree) if isinstance(node, ast.ClassDef))


def _under(*folders: str) -> list[Module]:
    paths = [path for folder in folders for path in sorted((REPO / folder).rglob("*.py"))]
    return [Module(str(path.relative_to(REPO)), path.read_text()) for path in paths]


def product() -> list[Module]:
    """What is installed: the four layers and the command line."""
    return _under(*LAYERS) + [Module(p.name, p.read_text()) for p in REPO.glob("draad.py")]


def of_tests() -> list[Module]:
    return _under("tests")


def listed(complaints: list[str]) -> str:
    """All complaints at once: one run shows everything there is to mend."""
    return "\n  ".join(["", *complaints])
