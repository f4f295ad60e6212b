"""What each role may do, one word a command, and who may see which case."""

from __future__ import annotations

from datetime import date

from domain.case import Case
from domain.entry import Actor, Role
from domain.plan import read

RECORDING = frozenset({Role.COORDINATOR, Role.WORKER})
READING = RECORDING | {Role.MANAGER}
COMMANDS = (
    "accept_support",
    "add_statement",
    "adjust_goal",
    "agree_goal",
    "answer_proposal",
    "change_worker",
    "close_case",
    "correct_entry",
    "describe_client",
    "drop_goal",
    "end_support",
    "hold_contact",
    "hold_conversation",
    "hold_evaluation",
    "join_party",
    "join_person",
    "lay_down_plan",
    "leave_party",
    "leave_person",
    "make_agreement",
    "make_proposal",
    "name_lead",
    "name_strength",
    "offer_support",
    "open_goal",
    "plan_evaluation",
    "propose_goal",
    "reach_goal",
    "read_back",
    "refuse_support",
    "reopen_case",
    "respect_refusal",
    "say_what_matters",
    "scale_down_support",
    "scale_up_support",
    "settle_disagreement",
    "show_plan",
    "start_support",
    "take_action",
    "take_back_proposal",
    "take_stance",
    "turn_down_goal",
    "voice_disagreement",
    "voice_wish",
    "withdraw_entry",
)
RIGHTS: dict[str, frozenset[Role]] = {
    "read_case": READING,
    "read_caseload": READING,
    "export_caseload": READING,
    "open": frozenset({Role.COORDINATOR}),  # of their team; a worker comes to a case by joining it
    "record": RECORDING,  # the page with all forms; each form asks for the right of its own command
    "import_state": frozenset({Role.IMPORT}),
    **dict.fromkeys(COMMANDS, RECORDING),
}


def may(role: Role, right: str) -> bool:
    """Whether this role has the right. KeyError: there is no such right."""
    return role in RIGHTS[right]


def may_see(who: Actor, case: Case, today: date) -> bool:
    """Whether this case is theirs to see. A manager reads all; the others the cases they take part in."""
    match who.role:
        case Role.MANAGER:
            return True
        case Role.COORDINATOR:
            return team_of(case) in {"", who.team} or takes_part(who, case, today)
        case Role.WORKER:
            return takes_part(who, case, today)
        case _:
            return False


def team_of(case: Case) -> str:
    """The team that opened it."""
    return case.entries[0].by.team


def takes_part(who: Actor, case: Case, today: date) -> bool:
    """Whether they joined this case with their own account, and did not leave it."""
    people = read(case.entries, on=today).people.values()
    return any(person.user == who.user and person.until is None for person in people)
