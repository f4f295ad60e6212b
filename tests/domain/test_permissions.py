"""Every command has a word that says who may use it."""

from __future__ import annotations

import inspect

import pytest
from eventsourcing.domain import Aggregate

from domain.case import Case
from domain.contacts import ContactLog
from domain.entry import Role
from domain.history import History
from domain.permissions import BY_OWN_HAND, BY_PARTNER, COMMANDS, RIGHTS, may
from domain.review import Review


def commands(of: type) -> set[str]:
    """The public methods that are its own."""
    methods = {name for name, _ in inspect.getmembers(of, callable) if not name.startswith("_")}
    return methods - set(dir(History)) - set(dir(Aggregate)) - {"write", "create_id", "known", "live"}


@pytest.mark.parametrize("of", [Case, ContactLog, Review])
def test_every_command_has_its_right(of: type) -> None:
    missing = sorted(commands(of) - RIGHTS.keys())
    assert not missing, f"add {missing} to COMMANDS in domain/permissions.py"


def test_no_right_is_left_of_a_command_that_went() -> None:
    assert not set(COMMANDS) - commands(Case) - commands(ContactLog)
    assert not (BY_OWN_HAND | BY_PARTNER) - set(COMMANDS)


def test_a_client_and_who_speaks_for_them_have_the_commands_of_their_own_hand() -> None:
    for role in (Role.CLIENT, Role.REPRESENTATIVE):
        assert {command for command in COMMANDS if may(role, command)} == BY_OWN_HAND
        assert may(role, "read_own_plan")
        assert not any(may(role, right) for right in ("read_case", "read_caseload", "read_signals", "record"))


def test_a_partner_tells_what_they_did_and_decides_nothing() -> None:
    assert {command for command in COMMANDS if may(Role.PARTNER, command)} == BY_PARTNER
    assert not {"start_support", "agree_goal", "take_stance", "give_consent"} & BY_PARTNER
    assert not may(Role.PARTNER, "read_caseload")


@pytest.mark.parametrize(
    ("role", "rights"),
    [
        (Role.LOG_MANAGER, {"read_access_log"}),
        (
            Role.ADMINISTRATOR,
            {"manage_accounts", "manage_subscribers", "change_settings", "read_imports", "read_jobs"},
        ),
    ],
)
def test_who_keeps_the_house_reads_no_case(role: Role, rights: set[str]) -> None:
    assert {right for right in RIGHTS if may(role, right)} - {"keep_own_account"} == rights


def test_a_reviewer_reads_and_records_nothing_in_the_case() -> None:
    assert may(Role.REVIEWER, "read_case")
    assert not [command for command in COMMANDS if may(Role.REVIEWER, command)]


MANAGERS_TOO = {"handle_signal", "name_lead", "postpone_signal", "receive_request"}
FOR_THE_ORGANISATION = {
    "answer_request",
    "lift_hold",
    "lift_restriction_of_entry",
    "place_hold",
    "propose_erasure",
    "restrict_entry",
}
BY_A_MANAGER = {"approve_erasure", "refuse_erasure"}
OTHERS = {"open", "transfer_case"} | BY_A_MANAGER | MANAGERS_TOO | FOR_THE_ORGANISATION


def working(command: str) -> list[Role]:
    """Who of those that work here may do this."""
    beside = (Role.CLIENT, Role.REPRESENTATIVE, Role.PARTNER)
    return [role for role in Role if may(role, command) and role not in beside]


@pytest.mark.parametrize("command", sorted(commands(Case) - OTHERS))
def test_coordinators_and_workers_record_and_a_manager_reads(command: str) -> None:
    assert working(command) == [Role.COORDINATOR, Role.WORKER]
    assert may(Role.MANAGER, "read_case")


@pytest.mark.parametrize("command", sorted(MANAGERS_TOO))
def test_a_manager_also_hears_what_is_asked(command: str) -> None:
    assert working(command) == [Role.COORDINATOR, Role.WORKER, Role.MANAGER]
    assert may(Role.MANAGER, "record")


@pytest.mark.parametrize("command", sorted(FOR_THE_ORGANISATION))
def test_who_answers_for_the_organisation(command: str) -> None:
    assert [role for role in Role if may(role, command)] == [Role.COORDINATOR, Role.MANAGER]


@pytest.mark.parametrize("command", sorted(BY_A_MANAGER))
def test_a_manager_decides_what_is_destroyed(command: str) -> None:
    assert [role for role in Role if may(role, command)] == [Role.MANAGER]


def test_only_a_coordinator_hands_a_case_over() -> None:
    assert [role for role in Role if may(role, "transfer_case")] == [Role.COORDINATOR]
