"""What each role may do, one word a command, and who may see which case."""

from __future__ import annotations

from datetime import date, timedelta

from domain.case import Case
from domain.days import local_day
from domain.emergency import EmergencyAccessUsed
from domain.entry import Actor, Role
from domain.plan import read
from domain.settings import EMERGENCY_LASTS

RECORDING = frozenset({Role.COORDINATOR, Role.WORKER})
READING = RECORDING | {Role.MANAGER}
ANSWERING = frozenset({Role.COORDINATOR, Role.MANAGER})  # for the organisation, about the record itself
COMMANDS = (
    "accept_support",
    "add_document",
    "add_statement",
    "adjust_goal",
    "adjust_support",
    "agree_goal",
    "agree_role",
    "agree_tryout",
    "answer_complaint",
    "answer_proposal",
    "answer_request",
    "ask_wellbeing",
    "cancel_contact",
    "change_worker",
    "check_agreement",
    "close_case",
    "confirm_need",
    "correct_entry",
    "describe_ability",
    "describe_client",
    "draw_circle",
    "drop_goal",
    "end_lead",
    "end_mediation",
    "end_representation",
    "end_support",
    "explain_limit",
    "fill_questionnaire",
    "find_common_ground",
    "give_consent",
    "give_information",
    "give_professional_view",
    "hand_in_personal_plan",
    "hear_network_view",
    "hold_contact",
    "hold_conversation",
    "hold_evaluation",
    "hold_introduction",
    "impose_restriction",
    "involve_mediator",
    "join_party",
    "join_person",
    "judge_capacity",
    "judge_experience",
    "judge_fit",
    "lay_down_plan",
    "leave_party",
    "leave_person",
    "lift_hold",
    "lift_restriction",
    "link_case",
    "look_back_on_tryout",
    "make_agreement",
    "make_choice",
    "make_observation",
    "make_proposal",
    "mark_success",
    "name_lead",
    "name_representative",
    "name_strength",
    "note_ideal_not_available",
    "note_life_event",
    "notice_change",
    "offer_choice",
    "offer_mediator",
    "offer_own_plan",
    "offer_support",
    "open_goal",
    "pause_goal",
    "pause_support",
    "place_hold",
    "plan_evaluation",
    "point_out_supporter",
    "postpone_evaluation",
    "propose_goal",
    "reach_goal",
    "read_back",
    "receive_request",
    "refuse_support",
    "release_story",
    "reopen_case",
    "respect_refusal",
    "resume_goal",
    "resume_support",
    "review_restriction",
    "say_what_matters",
    "scale_down_support",
    "scale_up_support",
    "set_talking_point",
    "settle_disagreement",
    "show_plan",
    "split_goal",
    "start_care",
    "start_emergency_support",
    "start_support",
    "state_need",
    "take_action",
    "take_back_proposal",
    "take_stance",
    "tell_progress",
    "transfer_case",
    "turn_down_goal",
    "use_emergency_access",
    "use_restriction",
    "voice_complaint",
    "voice_disagreement",
    "voice_wish",
    "weigh_circumstances",
    "weigh_risk",
    "withdraw_consent",
    "withdraw_entry",
)
RIGHTS: dict[str, frozenset[Role]] = {
    "read_case": READING,
    "read_caseload": READING,
    "export_caseload": READING,
    "read_signals": READING,
    "read_organisation": frozenset({Role.MANAGER}),
    "change_settings": frozenset({Role.MANAGER, Role.ADMINISTRATOR}),
    "read_jobs": frozenset({Role.MANAGER, Role.ADMINISTRATOR}),
    "open": frozenset({Role.COORDINATOR}),  # of their team; a worker comes to a case by joining it
    "record": READING,  # the page with all forms; each form asks for the right of its own command
    "import_state": frozenset({Role.IMPORT}),
    **dict.fromkeys(COMMANDS, RECORDING),
    **dict.fromkeys(("handle_signal", "postpone_signal"), READING),
    **dict.fromkeys(("lift_restriction_of_entry", "restrict_entry"), ANSWERING),
    "receive_request": READING,
    **dict.fromkeys(("answer_request", "lift_hold", "place_hold"), ANSWERING),
    "transfer_case": frozenset({Role.COORDINATOR}),
}


def may(role: Role, right: str) -> bool:
    """Whether this role has the right. KeyError: there is no such right."""
    return role in RIGHTS[right]


def may_see(who: Actor, case: Case, today: date) -> bool:
    """Whether this case is theirs to see. A manager reads all; the others the cases they take part in.

    In an emergency they come in by its address; the list of cases does not change. A closed case can be read
    by those who took part at its end. Once it is opened again they have to join it anew.
    """
    match who.role:
        case Role.MANAGER:
            return True
        case Role.COORDINATOR:
            return team_of(case) in {"", who.team} or _lets_in(case, who, today)
        case Role.WORKER:
            return _lets_in(case, who, today)
        case _:
            return False


def team_of(case: Case) -> str:
    """The team that opened it."""
    return case.entries[0].by.team


def takes_part(who: Actor, case: Case, today: date) -> bool:
    """Whether they joined this case with their own account, and did not leave it."""
    people = read(case.entries, on=today).people.values()
    return any(person.user == who.user and person.until is None for person in people)


def used_in_emergency(who: Actor, case: Case, today: date) -> bool:
    """Whether they said it was an emergency, not too long ago.

    The day it was recorded counts: one that was typed, or put right later, opens nothing.
    """
    used = (e for e in case.entries if isinstance(e, EmergencyAccessUsed) and e.by.user == who.user)
    return any(timedelta() <= today - local_day(e.timestamp) <= EMERGENCY_LASTS for e in used)


def _lets_in(case: Case, who: Actor, today: date) -> bool:
    return takes_part(who, case, today) or used_in_emergency(who, case, today)
