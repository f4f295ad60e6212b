"""What can be put right in an entry: facts; never words, opinions, or whose idea something was."""

from __future__ import annotations

import dataclasses
from functools import cache
from typing import Any, get_args, get_type_hints

from domain.entry import Decision, Entry
from domain.kinds import (
    Asks,
    ByWhom,
    Change,
    CheckResult,
    Doing,
    Experience,
    Fit,
    OwnPlanAnswer,
    RequestAnswerKind,
    TakenUp,
    TryoutResult,
    Voice,
    WhyRefused,
)
from domain.nouns import Tie
from domain.say import Say, Words

KEPT = {f.name for f in dataclasses.fields(Decision)} - {"happened_on", "from_on"} | {"originator_topic"}
OPINIONS = {
    Asks,
    ByWhom,
    Change,
    CheckResult,
    Doing,
    Experience,
    Fit,
    OwnPlanAnswer,
    RequestAnswerKind,
    Say,
    TakenUp,
    Tie,
    TryoutResult,
    Voice,
    WhyRefused,
}  # somebody's: theirs to change, in a new entry
NEVER_CORRECTED = {
    "capacity_judged": {"able"},  # judged anew, in a new entry
    "case_opened": {"client_id"},  # an id of the entry's own makes it another noun
    "consent_given": {"purpose", "to", "parts", "until"},  # what the client allowed: they give another
    "consent_withdrawn": {"consent"},
    "document_added": {"document_id", "sha256", "size"},  # which bytes they are
    "emergency_support_started": {"support_id"},
    "entry_corrected": {"entry", "field", "was", "now"},  # withdrawn instead, or the entry corrected again
    "entry_restricted": {"entry"},
    "entry_withdrawn": {"entry"},
    "evaluation_held": {"client_score", "worker_score"},
    "experience_judged": {"score"},
    "goal_proposed": {"goal_id"},
    "goal_split": {"into"},
    "information_given": {"understood"},
    "need_confirmed": {"right"},
    "need_stated": {"need_id"},
    "mediator_involved": {"offered"},
    "network_view_heard": {"person", "unasked"},  # whom the client let be asked, and who may read it
    "party_joined": {"party"},
    "person_joined": {"person_id"},
    "progress_told": {"client_score", "worker_score"},
    "questionnaire_filled": {"asked", "wording_hash", "answers"},
    "read_back": {"entry", "right", "person", "signed_sheet"},  # who confirmed what: read it back again
    "restriction_imposed": {"legal_ground", "ends_on"},  # a review gives it another end
    "restriction_reviewed": {"ends_on"},
    "restriction_used": {"still_needed", "nothing_lighter"},  # as it was judged at that moment
    "restriction_of_entry_lifted": {"entry", "restricted_by"},
    "signal_handled": {"signal", "evidence"},  # what was seen then
    "signal_postponed": {"signal", "evidence"},
    "state_imported": {"id", "noun"},
    "statement_added": {"entry"},
    "support_offered": {"support_id"},
    "supporter_pointed_out": {"wanted"},
    "talking_point_set": {"talking_point_id"},
    "wellbeing_asked": {"score", "did_not_want_to_say"},
    "wish_voiced": {"wish_id"},
}


@cache
def facts_of(kind: type[Entry]) -> dict[str, Any]:
    """What can be corrected in this kind of entry, with types: facts, never words, stance or initiative."""
    hints = get_type_hints(kind, include_extras=True)
    names = {field.name for field in dataclasses.fields(kind)} - KEPT - NEVER_CORRECTED.get(kind.TOPIC, set())
    return {name: hint for name, hint in hints.items() if name in names and _is_fact(hint)}


def _is_fact(hint: Any) -> bool:
    return hint != Words and OPINIONS.isdisjoint((hint, *get_args(hint)))
