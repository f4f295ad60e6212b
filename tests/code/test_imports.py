"""Imports point one way, and each library stays behind its own door."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from tests.code.reading import Module, listed, product

MAY_IMPORT = {
    "domain": {"domain"},
    "projections": {"domain", "projections"},
    "web": {"domain", "projections", "web"},
    "jobs": {"domain", "projections", "jobs"},
    "draad.py": {"domain", "projections", "web", "jobs"},
}
OURS = {"domain", "projections", "web", "jobs", "draad", "tests"}
LIVES_IN = {
    "eventsourcing": (
        *(f"domain/{name}.py" for name in ("entry", "case", "contacts", "review", "erasing", "casework")),
        "domain/store/",
        "projections/read_model.py",
    ),
    "psycopg": ("domain/store/", "projections/"),
    "psycopg_pool": ("domain/store/", "projections/"),
    "flask": ("web/",),
    "flask_babel": ("web/",),
    "flask_wtf": ("web/",),
    "marshmallow": ("web/",),
    "apispec": ("web/",),
    "apscheduler": ("jobs/",),
    "authlib": ("web/coming_in/provider.py",),
    "joserfc": ("web/coming_in/provider.py",),
    "requests": ("web/coming_in/provider.py",),
    "weasyprint": ("projections/export/pdf.py",),
    "jinja2": ("projections/export/", "web/"),
}


def imports(module: Module) -> Iterator[tuple[int, str]]:
    """Line and full name of everything a module imports, wherever in the file it does so."""
    for node in ast.walk(module.tree):
        if isinstance(node, ast.Import):
            yield from ((node.lineno, alias.name) for alias in node.names)
        elif isinstance(node, ast.ImportFrom):
            yield node.lineno, "." * node.level + (node.module or "")


def wrong_imports(module: Module) -> Iterator[str]:
    layer = module.path.split("/")[0]
    for line, name in imports(module):
        top = name.split(".")[0]
        where = f"{module.path}:{line} imports {name}"
        if not top:
            yield f"{where}: write the whole name, so that one sees which layer it comes from."
        elif top in OURS and top not in MAY_IMPORT[layer]:
            allowed = ", ".join(sorted(MAY_IMPORT[layer]))
            yield f"{where}: {layer} may import {allowed} only. Move what you need down, or pass it in."
        elif top in LIVES_IN and not module.path.startswith(LIVES_IN[top]):
            yield f"{where}: {top} is used in {', '.join(LIVES_IN[top])} only. Ask for what you need there."


def test_imports_point_one_way_and_libraries_stay_behind_their_door() -> None:
    complaints = [complaint for module in product() for complaint in wrong_imports(module)]
    assert not complaints, listed(complaints)


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("domain/goals.py", "import projections.timeline"),
        ("domain/goals.py", "from web import forms"),
        ("domain/goals.py", "from . import plan"),
        ("domain/goals.py", "def f():\n    import psycopg.rows"),
        ("domain/plan.py", "from eventsourcing.domain import Aggregate"),
        ("projections/timeline.py", "from eventsourcing.domain import Aggregate"),
        ("projections/timeline.py", "from flask import g"),
        ("web/pages.py", "import jobs"),
        ("web/pages.py", "from psycopg_pool import ConnectionPool"),
        ("jobs/worker.py", "from web.forms import Form"),
        ("jobs/worker.py", "from marshmallow import Schema"),
        ("draad.py", "from tests.given import a_case"),
        ("draad.py", "import apscheduler"),
    ],
)
def test_an_import_the_wrong_way_is_named(path: str, line: str) -> None:
    assert len(list(wrong_imports(Module(path, line)))) == 1


@pytest.mark.parametrize(
    ("path", "line"),
    [
        ("domain/entry.py", "from eventsourcing.domain import Aggregate"),
        ("domain/store/recorder.py", "from eventsourcing.postgres import PostgresDatastore"),
        ("projections/caseload.py", "import psycopg\nfrom domain.plan import Plan"),
        ("web/pages.py", "import flask\nfrom projections import caseload"),
        ("draad.py", "import web, jobs.worker"),
    ],
)
def test_an_import_the_right_way_is_left_alone(path: str, line: str) -> None:
    assert not list(wrong_imports(Module(path, line)))
