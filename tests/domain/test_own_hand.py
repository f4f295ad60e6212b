"""What somebody entered themselves is theirs to take back."""

from __future__ import annotations

from dataclasses import replace
from typing import Any
from uuid import uuid4

import pytest

from domain import errors
from domain.entry import Actor
from domain.kinds import Asks, Voice, WhyWithdrawn
from tests import given

OTHER_HANDS = [given.CLIENT, given.REPRESENTATIVE, given.PARTNER]


@pytest.mark.parametrize("who", OTHER_HANDS)
def test_who_does_not_work_here_withdraws_only_their_own(who: Actor) -> None:
    case = given.sanne()
    case.make_observation("Zij lachte.", **given.telling(by=given.WORKER))
    theirs = case.version
    with pytest.raises(errors.OfSomebodyElse):
        case.withdraw_entry(theirs, WhyWithdrawn.IN_ERROR, **given.telling(by=who))
    case.make_observation("Zij lachte weer.", **given.telling(by=who))
    case.withdraw_entry(case.version, WhyWithdrawn.IN_ERROR, **given.telling(by=who))
    assert case.entries[-1].withdraws == theirs + 1


def test_who_does_not_work_here_takes_back_only_their_own_proposal() -> None:
    case = given.sanne()
    facts: dict[str, Any] = {"then": "Liever op donderdag.", "asks": Asks.ORGANISATION}
    other = replace(given.REPRESENTATIVE, user=uuid4())
    mine = {
        Voice.CLIENT: given.CLIENT,
        Voice.REPRESENTATIVE: given.REPRESENTATIVE,
        Voice.WORKER: given.PARTNER,
    }
    for voice, who in mine.items():
        number = case.make_proposal(proposed_by=voice, **facts, **given.telling(by=who))
        for by in {given.CLIENT, given.REPRESENTATIVE, given.PARTNER, other} - {who}:
            with pytest.raises(errors.NotTheirProposal):
                case.take_back_proposal(number, "Weg ermee.", **given.telling(by=by))
        case.take_back_proposal(number, **given.telling(by=who))
    written_down = case.make_proposal(
        proposed_by=Voice.REPRESENTATIVE, **facts, **given.telling(by=given.WORKER)
    )
    case.take_back_proposal(written_down, **given.telling(by=other))
