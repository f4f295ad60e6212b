"""Every command has a word that says who may use it."""

from __future__ import annotations

import inspect

import pytest
from eventsourcing.domain import Aggregate

from domain.case import Case
from domain.contacts import ContactLog
from domain.entry import Role
from domain.history import History
from domain.permissions import RIGHTS, may


def commands(of: type) -> set[str]:
    """The public methods that are its own."""
    methods = {name for name, _ in inspect.getmembers(of, callable) if not name.startswith("_")}
    return methods - set(dir(History)) - set(dir(Aggregate)) - {"write", "create_id", "known"}


@pytest.mark.parametrize("of", [Case, ContactLog])
def test_every_command_has_its_right(of: type) -> None:
    missing = sorted(commands(of) - RIGHTS.keys())
    assert not missing, f"add {missing} to COMMANDS in domain/permissions.py"


def test_no_right_is_left_of_a_command_that_went() -> None:
    assert (
        not RIGHTS.keys()
        - commands(Case)
        - commands(ContactLog)
        - {
            "read_case",
            "read_caseload",
            "export_caseload",
            "read_signals",
            "read_organisation",
            "change_settings",
            "read_jobs",
            "record",
        }
    )


MANAGERS_TOO = {"handle_signal", "postpone_signal", "receive_request"}
FOR_THE_ORGANISATION = {
    "answer_request",
    "lift_hold",
    "lift_restriction_of_entry",
    "place_hold",
    "restrict_entry",
}
OTHERS = {"open", "import_state", "transfer_case"} | MANAGERS_TOO | FOR_THE_ORGANISATION


@pytest.mark.parametrize("command", sorted(commands(Case) - OTHERS))
def test_coordinators_and_workers_record_and_a_manager_reads(command: str) -> None:
    assert [role for role in Role if may(role, command)] == [Role.COORDINATOR, Role.WORKER]
    assert may(Role.MANAGER, "read_case")


@pytest.mark.parametrize("command", sorted(MANAGERS_TOO))
def test_a_manager_also_hears_what_is_asked(command: str) -> None:
    roles = [Role.COORDINATOR, Role.WORKER, Role.MANAGER]
    assert [role for role in Role if may(role, command)] == roles
    assert may(Role.MANAGER, "record")


@pytest.mark.parametrize("command", sorted(FOR_THE_ORGANISATION))
def test_who_answers_for_the_organisation(command: str) -> None:
    assert [role for role in Role if may(role, command)] == [Role.COORDINATOR, Role.MANAGER]


def test_only_a_coordinator_hands_a_case_over() -> None:
    assert [role for role in Role if may(role, "transfer_case")] == [Role.COORDINATOR]


def test_only_an_import_takes_over_a_state() -> None:
    assert [role for role in Role if may(role, "import_state")] == [Role.IMPORT]
