"""What each role may do, one word a command. Who may see which case: domain/access.py."""

from __future__ import annotations

from domain.entry import Role

RECORDING = frozenset({Role.COORDINATOR, Role.WORKER})
READING = RECORDING | {Role.MANAGER}
ANSWERING = frozenset({Role.COORDINATOR, Role.MANAGER})  # for the organisation, about the record itself
OWN_HAND = frozenset({Role.CLIENT, Role.REPRESENTATIVE})  # on Mijn plan: they do not get the worker's pages
PARTNER = frozenset({Role.PARTNER})
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
BY_OWN_HAND = {
    "accept_support",
    "add_statement",  # beside what somebody else wrote: the client does not correct it (AVG art. 16)
    "answer_proposal",  # where it asks them
    "give_consent",  # for the client by a representative: domain/representation.py says when that is enough
    "judge_experience",
    "judge_fit",
    "make_choice",  # what was offered to choose from
    "make_proposal",
    "read_back",
    "receive_request",  # they ask it: to correct, restrict, erase or copy, or they object
    "refuse_support",
    "say_what_matters",
    "take_back_proposal",
    "take_stance",  # a goal is agreed by the organisation, on their yes: no agree_goal here
    "turn_down_goal",
    "voice_complaint",
    "voice_disagreement",
    "voice_wish",
    "withdraw_consent",
    "withdraw_entry",  # their own: see domain/own_hand.py
}
BY_PARTNER = {  # what they did, saw and think, in their own voice (domain/own_hand.py); never a decision
    "give_professional_view",
    "hold_conversation",
    "make_observation",
    "make_proposal",
    "notice_change",
    "take_action",
    "take_back_proposal",
    "tell_progress",
}
RIGHTS: dict[str, frozenset[Role]] = {
    "read_case": READING | PARTNER | {Role.REVIEWER},  # which case, and which parts: domain/access.py
    "read_own_plan": OWN_HAND,
    "read_shared": PARTNER,  # the list of what is shared with them; the caseload tells more than that
    "read_caseload": READING,
    "export_caseload": READING,
    "read_signals": READING,
    "read_organisation": frozenset({Role.MANAGER}),
    "read_report": ANSWERING,  # a coordinator reads that of their own team
    "say_purpose": frozenset({Role.MANAGER}),
    "read_access_log": frozenset({Role.LOG_MANAGER}),
    "read_review": ANSWERING | {Role.REVIEWER},  # what an inspector asks of a case, and who looked in it
    "export_dossier": ANSWERING | {Role.REVIEWER},  # of a case they may see; a client has one of their own
    "export_process_log": frozenset({Role.MANAGER}),  # what happened in all cases, without words or names
    "read_reviews": frozenset({Role.MANAGER, Role.REVIEWER}),
    "read_questions": ANSWERING,  # that a case is reviewed, and what the reviewer asks about it
    **dict.fromkeys(("end_mandate", "give_mandate"), frozenset({Role.MANAGER})),
    **dict.fromkeys(("ask_question", "note_finding"), frozenset({Role.REVIEWER})),
    "answer_question": ANSWERING,
    "manage_accounts": frozenset({Role.ADMINISTRATOR}),
    "manage_subscribers": frozenset({Role.ADMINISTRATOR}),
    "make_answer_link": RECORDING,  # one question, answered by own hand without an account
    "give_access": RECORDING,  # an account to the client, or to who speaks for them
    "keep_own_account": frozenset(Role) - {Role.IMPORT},
    "change_settings": frozenset({Role.MANAGER, Role.ADMINISTRATOR}),
    "read_imports": frozenset({Role.ADMINISTRATOR}),  # which came in and which not; never what they say
    "read_jobs": frozenset({Role.MANAGER, Role.ADMINISTRATOR}),
    "read_retention": frozenset({Role.MANAGER}),  # which records the law lets go of
    "open": frozenset({Role.COORDINATOR}),  # of their team; a worker comes to a case by joining it
    "record": READING | PARTNER,  # the page with all forms; each form asks for the right of its own command
    **{
        command: RECORDING.union(
            OWN_HAND if command in BY_OWN_HAND else (), PARTNER if command in BY_PARTNER else ()
        )
        for command in COMMANDS
    },
    **dict.fromkeys(("handle_signal", "name_lead", "postpone_signal"), READING),
    **dict.fromkeys(("lift_restriction_of_entry", "restrict_entry"), ANSWERING),
    "receive_request": READING | OWN_HAND,
    **dict.fromkeys(("answer_request", "lift_hold", "place_hold", "propose_erasure"), ANSWERING),
    **dict.fromkeys(("approve_erasure", "read_erasures", "refuse_erasure"), frozenset({Role.MANAGER})),
    "transfer_case": frozenset({Role.COORDINATOR}),
}

WAYS_IN = frozenset(
    {  # with these somebody sees a case, or sees it longer: not for who came in by an emergency
        "correct_entry",
        "give_access",
        "give_consent",
        "join_person",
        "make_answer_link",
        "name_lead",
        "name_representative",
        "use_emergency_access",  # once more from within: by its own door only
        "withdraw_entry",  # of what ended it
    }
)


def may(role: Role, right: str) -> bool:
    """Whether this role has the right. KeyError: there is no such right."""
    return role in RIGHTS[right]
