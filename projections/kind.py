"""What kinds of line an entry makes on the timeline: by these a reader asks for less than all."""

from __future__ import annotations

from enum import StrEnum
from uuid import UUID

from domain.disagreement import DisagreementVoiced
from domain.entry import Decision, Entry, Role
from domain.kinds import Voice
from domain.proposals import StanceTaken
from domain.record import ReadBack, StatementAdded
from domain.say import SAID


class Kind(StrEnum):
    """What a reader of the timeline may ask for."""

    VOICE = "voice"
    PLAN = "plan"
    ACTION = "action"
    CORRECTION = "correction"


def kinds_of(entry: Entry) -> frozenset[Kind]:
    """The kinds an entry answers to: a decision with the client's say is both plan and voice."""
    if entry.withdraws is not None or entry.corrects is not None:
        return frozenset({Kind.CORRECTION})
    kinds = {Kind.VOICE} if the_client_spoke(entry) else set()
    if isinstance(entry, ReadBack | StatementAdded):
        return frozenset({*kinds, Kind.CORRECTION})
    return frozenset({*kinds, Kind.PLAN if of_the_plan(entry) else Kind.ACTION})


def of_the_plan(entry: Entry) -> bool:
    """Whether it decides something, or is about a goal, support or another noun of the plan."""
    return isinstance(entry, Decision | StanceTaken) or isinstance(entry.concerns, UUID)


def the_client_spoke(entry: Entry) -> bool:
    """Whether this entry holds words or a choice of the client."""
    if entry.by.role is Role.CLIENT or entry.CLIENT_TOLD:
        return True
    if isinstance(entry, ReadBack):
        return entry.person is None
    if isinstance(entry, DisagreementVoiced) and entry.person is not None:
        return False
    says = (say for say in entry.stances() if say.person is None)
    if any(say.stance in SAID or say.words.strip() for say in says):
        return True
    return any(
        value in (Voice.CLIENT, Voice.TOGETHER) for value in vars(entry).values() if isinstance(value, Voice)
    )
