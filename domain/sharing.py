"""What of the record belongs to which part that a client can share. What is in no part is shared with nobody.

By topic, as entries are kept: this is the list to go through when a client asks what a partner can read.
`projections/masked.py` picks the entries out, and every page of a partner is read from those alone.
"""

from __future__ import annotations

from domain.entry import Entry
from domain.imported import StateImported
from domain.kinds import Noun, Part

PARTS = {
    Part.STORY: """
        case_opened conversation_held information_given professional_view_given introduction_held wish_voiced
        what_matters_said strength_named success_marked ability_described talking_point_set need_stated
        need_confirmed circumstances_weighed observation_made change_noticed life_event_happened
        personal_plan_handed_in""",
    Part.GOALS: """
        goal_proposed goal_agreed goal_turned_down goal_reached goal_dropped goal_adjusted goal_split
        progress_told goal_paused goal_resumed plan_shown plan_laid_down""",
    Part.SUPPORT: """
        support_offered support_accepted support_started emergency_support_started support_ended
        support_refused refusal_respected support_scaled_down support_scaled_up support_adjusted
        support_paused support_resumed fit_judged choice_offered choice_made ideal_not_available
        tryout_agreed tryout_looked_back risk_weighed restriction_imposed restriction_used
        restriction_reviewed restriction_lifted action_taken""",
    Part.PEOPLE: """
        person_joined person_left worker_changed lead_named lead_ended role_agreed party_joined party_left
        circle_drawn""",
    Part.EVALUATION: """
        evaluation_planned evaluation_postponed evaluation_held agreement_made agreement_checked
        wellbeing_asked experience_judged questionnaire_filled disagreement_voiced disagreement_settled
        common_ground_found mediator_offered mediator_involved mediation_ended""",
    Part.DOCUMENTS: "document_added",
}
# Without these the rest would not be true, or would be about nobody: who the client is, whether there is
# care now, and who speaks for the client.
WITH_EVERY_PART = """
    client_described care_started case_closed case_reopened representative_named representation_ended"""
# These go where that goes which they speak of: a goal, support, somebody, an entry. About the plan as a
# whole: with the goals.
WITH_THEIR_SUBJECT = """
    stance_taken proposal_made proposal_answered proposal_taken_back limit_explained capacity_judged
    consent_withdrawn entry_withdrawn read_back statement_added entry_corrected entry_restricted
    restriction_of_entry_lifted"""
# Between the client and the organisation, or about somebody else.
NOT_SHARED = """
    case_linked case_transferred kept_behind complaint_voiced complaint_answered consent_given story_released
    network_view_heard emergency_access_used own_plan_offered supporter_pointed_out hold_placed hold_lifted
    request_received request_answered erasure_proposed erasure_refused entry_destroyed signal_handled
    signal_postponed"""
PART_OF = {topic: part for part, topics in PARTS.items() for topic in topics.split()}


def part_of(entry: Entry) -> Part | None:
    """The part it belongs to, if it belongs to one by itself."""
    if isinstance(entry, StateImported):
        return Part.GOALS if entry.noun is Noun.GOAL else Part.SUPPORT
    return PART_OF.get(entry.TOPIC)


def goes_with_every_part(entry: Entry) -> bool:
    """Whether whoever reads something reads this."""
    return entry.TOPIC in WITH_EVERY_PART.split()


def goes_with_its_subject(entry: Entry) -> bool:
    """Whether who reads what this speaks of reads this too."""
    return entry.TOPIC in WITH_THEIR_SUBJECT.split()
