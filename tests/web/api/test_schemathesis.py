"""The whole description, tried out: what it says can be sent is sent, and answered as it says.

HYPOTHESIS_PROFILE=thorough tries more; the same examples every time, so that a failure comes back.
"""

from __future__ import annotations

import os
from copy import deepcopy
from typing import Any

import pytest
import schemathesis
from flask import Flask
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis import APIOperation, GenerationMode
from schemathesis.core.failures import FailureGroup
from schemathesis.specs.openapi.checks import positive_data_acceptance

from tests.web.api.conftest import Program
from tests.web.filling import a_full_case, kept
from web.api.document import document

EXAMPLES = 200 if os.environ.get("HYPOTHESIS_PROFILE") == "thorough" else 8
OFTEN = settings(
    max_examples=EXAMPLES,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=list(HealthCheck),
)
pytestmark = pytest.mark.slow
Operation = APIOperation[Any, Any, Any, Any]
# What a record takes depends on what is in it; that what is right is taken, test_commands.py shows.
NOT_ASKED: list[Any] = [positive_data_acceptance]


def operations(described: dict[str, Any], app: Flask | None = None) -> dict[str, Operation]:
    """Every operation in a description, by method and path."""
    schema = schemathesis.openapi.from_dict(described, config=schemathesis.Config())
    schema.app = app
    found = [one.ok() for one in schema.get_all_operations()]  # type: ignore[union-attr]  # all are right
    return {operation.label: operation for operation in found}


def tried(operation: Operation, program: Program, case_id: str) -> None:
    """Sends what fits the description, and what does not; FailureGroup tells what was answered otherwise."""
    there: Any = {"path_parameters": {"case_id": case_id}} if "{case_id}" in operation.path else {}
    sent = st.one_of(
        operation.as_strategy(GenerationMode.POSITIVE, **there),
        operation.as_strategy(GenerationMode.NEGATIVE, **there),
    )

    @OFTEN
    @given(case=sent)
    def send(case: schemathesis.Case[Any]) -> None:
        case.call_and_validate(headers=program.headers, excluded_checks=NOT_ASKED)

    send()


@pytest.fixture(scope="module")
def described(pages: Flask) -> dict[str, Operation]:
    return operations(document(), pages)


@pytest.mark.parametrize("label", operations(document()))
def test_the_api_answers_as_it_is_described(
    app: Flask, ilse: Program, described: dict[str, Operation], label: str
) -> None:
    tried(described[label], ilse, str(kept(app, a_full_case())))


PEOPLE = "GET /cases/{case_id}/people"


def test_an_answer_that_is_not_as_described_is_found(app: Flask, ilse: Program) -> None:
    wrong = deepcopy(document())
    wrong["components"]["schemas"]["People"]["properties"]["version"] = {"type": "string"}
    with pytest.raises(FailureGroup):
        tried(operations(wrong, app)[PEOPLE], ilse, str(kept(app, a_full_case())))


def test_a_status_that_is_not_described_is_found(app: Flask, ilse: Program) -> None:
    wrong = deepcopy(document())
    del wrong["paths"]["/cases/{case_id}/people"]["get"]["responses"]["400"]
    with pytest.raises(FailureGroup):
        tried(operations(wrong, app)[PEOPLE], ilse, str(kept(app, a_full_case())))
