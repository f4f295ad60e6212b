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


def test_nobody_but_the_client_takes_back_what_the_client_proposed_with_own_hand() -> None:
    case = given.sanne()
    facts: dict[str, Any] = {"then": "Liever op donderdag.", "asks": Asks.ORGANISATION}
    own = case.make_proposal(proposed_by=Voice.CLIENT, **facts, **given.telling(by=given.CLIENT))
    with pytest.raises(errors.NotTheirProposal):
        case.take_back_proposal(own, "Weg ermee.", **given.telling(by=given.WORKER))
    case.take_back_proposal(own, **given.telling(by=given.CLIENT))


@pytest.mark.parametrize("voice", sorted(set(Voice) - {Voice.WORKER}))
def test_who_works_elsewhere_proposes_and_tells_in_their_own_voice_only(voice: Voice) -> None:
    case, how = given.with_goal(), given.telling(by=given.PARTNER)
    goal = given.the(case.plan.goals)
    facts: dict[str, Any] = {"then": "Liever op donderdag.", "asks": Asks.ORGANISATION}
    with pytest.raises(errors.OnlyOwnVoice) as refused:
        case.make_proposal(proposed_by=voice, **facts, **how)
    assert refused.value.field == "proposed_by"
    with pytest.raises(errors.OnlyOwnVoice) as refused:
        case.tell_progress(goal, voice, "Het gaat goed.", **how)
    assert refused.value.field == "told_by"
    case.make_proposal(proposed_by=Voice.WORKER, **facts, **how)
    case.tell_progress(goal, Voice.WORKER, "Het gaat goed.", **how)


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
