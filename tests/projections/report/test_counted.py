"""What the report counts is the same, whether it was followed entry by entry or made anew."""

from __future__ import annotations

from uuid import UUID

from domain.case import Case
from domain.imported import StateImported
from domain.kinds import GoalStatus, Noun, Voice
from projections.read_model import Told
from projections.report.counted import COUNTED, Counted
from tests import given
from tests.given import telling


def imported(case: Case, voice: Voice) -> None:
    """Another system says whose words this goal is in."""
    facts = {"noun": Noun.GOAL, "id": UUID(int=9), "words": "Ik kook.", "said": "active", "voice": voice}
    case.record(StateImported, state=GoalStatus.IN_PLAN, **facts, **telling(by=given.IMPORT))


def rows(case: Case, seen: int = 0) -> list[Counted]:
    """What follows from the entries after those that were seen."""
    return list(COUNTED.rows(Told(case.id, case.entries, case.entries[seen:], case.version)))


def test_an_import_that_says_something_else_of_a_goal_is_counted_the_same() -> None:
    case = given.an_opened_case()
    imported(case, Voice.WORKER)
    before, seen = rows(case), case.version
    imported(case, Voice.CLIENT)
    reach = COUNTED.reach(Told(case.id, case.entries, case.entries[seen:], case.version))
    followed = [row for row in before if row.entry not in reach] + rows(case, seen)
    assert sorted(followed, key=repr) == sorted(rows(case), key=repr)
    assert [row.kind for row in rows(case) if row.what == "goal"] == [Voice.CLIENT]
