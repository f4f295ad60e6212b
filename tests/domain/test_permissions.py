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
    return methods - set(dir(History)) - set(dir(Aggregate)) - {"write", "create_id"}


@pytest.mark.parametrize("of", [Case, ContactLog])
def test_every_command_has_its_right(of: type) -> None:
    """Add the word to COMMANDS in domain/permissions.py."""
    assert not commands(of) - RIGHTS.keys()


def test_no_right_is_left_of_a_command_that_went() -> None:
    assert (
        not RIGHTS.keys()
        - commands(Case)
        - commands(ContactLog)
        - {
            "read_case",
            "read_caseload",
            "export_caseload",
            "record",
        }
    )


@pytest.mark.parametrize("command", sorted(commands(Case) - {"open", "import_state"}))
def test_coordinators_and_workers_record_and_a_manager_reads(command: str) -> None:
    assert [role for role in Role if may(role, command)] == [Role.COORDINATOR, Role.WORKER]
    assert may(Role.MANAGER, "read_case")


def test_only_an_import_takes_over_a_state() -> None:
    assert [role for role in Role if may(role, "import_state")] == [Role.IMPORT]
