"""Three clients of the demo, read by hand: the plan on a day, as it was known on a day.

Hendrik has less help since 10 November; that was written down on the 20th, and the hours were put right on
the 21st. Marjan's goal changed on 2 November without her yes, written down on the 20th; an agreement was
written down twice, one taken out on the 21st. Maria's goal changed on the 12th, said the 20th; the 8th, said
the 21st, when also a "not now" of the 16th was taken out.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest

from domain.plan import read
from domain.say import Stance
from jobs.demo import organisation
from jobs.demo.put_right import PUT_RIGHT

TODAY = date(2026, 11, 22)
YES, NO, NOT_NOW = Stance.AGREES, Stance.DISAGREES, Stance.NOT_NOW
HENDRIK, MARJAN, MARIA = PUT_RIGHT


@dataclass(frozen=True)
class ByHand:
    """What the plan says of the first goal and its support, on a day as known on a day."""

    client: int
    on: date
    known: date
    goal: str
    stance: Stance | None
    amount: str | None
    agreements: int = 0

    def __str__(self) -> str:
        return f"{self.client}-{self.on}-{self.known}"


def day(month: int, of: int) -> date:
    return date(2026, month, of)


ONCE, THRICE = "Ik wil één keer per week zelf koken", "Ik wil drie keer per week zelf koken"
SAFE, DOOR = "Ik wil mij veilig voelen in mijn huis", "Ik doe zelf de deur open"
EVENING = "Ik doe zelf de deur open, ook in de avond"
EVERY_WEEK = "Ik wil elke week iemand zien die niet van de zorg is"
TWICE = "Ik wil twee keer per week iemand zien"

BY_HAND = [
    ByHand(HENDRIK, day(6, 10), TODAY, ONCE, None, None),
    ByHand(HENDRIK, day(7, 1), TODAY, ONCE, YES, "4 hours / week"),
    ByHand(HENDRIK, day(11, 6), day(11, 6), THRICE, YES, "2 hours / week", 1),
    ByHand(HENDRIK, day(11, 12), day(11, 19), THRICE, YES, "2 hours / week", 1),
    ByHand(HENDRIK, day(11, 12), day(11, 20), THRICE, YES, "1 hours / week", 1),
    ByHand(HENDRIK, day(11, 12), day(11, 21), THRICE, YES, "1.5 hours / week", 1),
    ByHand(HENDRIK, day(11, 9), TODAY, THRICE, YES, "2 hours / week", 1),
    ByHand(MARJAN, day(5, 1), TODAY, SAFE, YES, "3 times / week"),
    ByHand(MARJAN, day(10, 6), day(10, 6), DOOR, YES, "1 times / week", 1),
    ByHand(MARJAN, day(11, 3), day(11, 19), DOOR, YES, "1 times / week", 1),
    ByHand(MARJAN, day(11, 3), day(11, 20), EVENING, NO, "1 times / week", 3),
    ByHand(MARJAN, day(11, 3), day(11, 21), EVENING, NO, "1 times / week", 2),
    ByHand(MARJAN, day(11, 1), TODAY, DOOR, YES, "1 times / week", 2),
    ByHand(MARIA, day(10, 1), TODAY, EVERY_WEEK, YES, "2 hours / week"),
    ByHand(MARIA, day(11, 13), day(11, 19), EVERY_WEEK, YES, "2 hours / week", 1),
    ByHand(MARIA, day(11, 13), day(11, 20), TWICE, YES, "2 hours / week", 1),
    ByHand(MARIA, day(11, 10), day(11, 20), EVERY_WEEK, YES, "2 hours / week", 1),
    ByHand(MARIA, day(11, 10), day(11, 21), TWICE, YES, "2 hours / week", 1),
    ByHand(MARIA, day(11, 17), day(11, 20), TWICE, NOT_NOW, "2 hours / week", 1),
    ByHand(MARIA, day(11, 17), day(11, 21), TWICE, YES, "2 hours / week", 1),
]


@pytest.mark.parametrize("hand", BY_HAND, ids=str)
def test_the_plan_reads_as_it_was_worked_out_by_hand(hand: ByHand) -> None:
    plan = read(organisation.story(hand.client, TODAY).case.entries, on=hand.on, known=hand.known)
    (key, goal), *_ = plan.goals.items()
    stood = [position.say.stance for position in plan.stances_on(key).of()]
    amounts = [str(support.amount) for support in plan.supports.values()]
    assert goal.words == hand.goal
    assert stood == ([hand.stance] if hand.stance else [])
    assert amounts == ([hand.amount] if hand.amount else [])
    assert len(plan.agreements) == hand.agreements


def test_each_of_the_three_was_put_right() -> None:
    for nr in PUT_RIGHT:
        entries = organisation.story(nr, TODAY).case.entries
        assert any((e.timestamp.date() - e.day).days > 3 for e in entries)
        assert any(e.withdraws or e.corrects for e in entries)
        assert sum(hand.client == nr for hand in BY_HAND) >= 5
