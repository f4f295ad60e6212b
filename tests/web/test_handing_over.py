"""Another usual worker: who it was stands there, and who it can be is of the same organisation."""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any
from uuid import UUID

import pytest
from flask import Flask

from domain.case import Case
from domain.kinds import PersonKind
from tests.given import telling
from tests.web.conftest import Visitor
from tests.web.following import DAY, a_case_of, kept


def join(case: Case, name: str, organisation: str = "De Linde", *, usual: bool = False) -> UUID:
    told: dict[str, Any] = {"kind": PersonKind.WORKER, "organisation": organisation, "usual_worker": usual}
    return case.join_person(name=name, **told, **telling(DAY))


def choices(page: str, field: str) -> tuple[set[str], str]:
    """The names that can be chosen, and the one that is."""
    select = page.partition(f'name="{field}"')[2].partition("</select>")[0]
    names = re.findall(r'value="[^"]+"( selected)?>([^<]+) \(', select)
    return {name for _, name in names}, next((name for selected, name in names if selected), "")


@pytest.fixture
def ilse(as_: Callable[..., Visitor]) -> Visitor:
    return as_("ilse", team="Noord")


def test_the_usual_worker_is_chosen_and_somebody_of_another_organisation_is_not_offered(
    app: Flask, ilse: Visitor
) -> None:
    case = a_case_of("Jan Jansen")
    join(case, "Noor", usual=True)
    join(case, "Nadia")
    join(case, "Bas", "Houtwerkplaats")
    kept(app, case)
    page = ilse.get(f"/cases/{case.id}/record/change-worker").text
    assert choices(page, "before") == ({"Noor"}, "Noor")
    assert choices(page, "after") == ({"Noor", "Nadia"}, "")
    assert "Leg dan eerst vast dat die persoon meedoet" in page


def test_while_nobody_is_the_usual_worker_all_are_offered_and_none_is_chosen(
    app: Flask, ilse: Visitor
) -> None:
    case = a_case_of("Jan Jansen")
    join(case, "Noor")
    join(case, "Nadia")
    kept(app, case)
    page = ilse.get(f"/cases/{case.id}/record/change-worker").text
    assert choices(page, "before") == ({"Noor", "Nadia"}, "")
