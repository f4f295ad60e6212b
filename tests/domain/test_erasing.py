"""Forgetting: one person proposes, another decides, a hold keeps everything; and what is left reads on."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial

import pytest

from domain import errors
from domain.case import Case
from domain.casework import project
from domain.erasing import Erased, ErasureProposed
from domain.gaps import EntryGone, with_gaps
from domain.kinds import RequestAnswerKind, RequestKind, Voice, WhyErased, WhyWithdrawn
from domain.plan import read
from domain.source import Basis, Source
from domain.store.mapper import Redacted
from tests import given
from tests.given import deciding, telling

BY_MANAGER = telling(by=given.MANAGER)
GROUND = WhyErased.RECORDED_UNLAWFULLY
WISH = 4  # an entry of Sanne's


def proposed(entry: int | None = WISH) -> tuple[Case, int]:
    case = given.sanne()
    return case, case.propose_erasure(GROUND, "Dit had hier niet mogen staan.", entry, **telling())


def test_whoever_proposed_it_does_not_decide_it() -> None:
    case, proposal = proposed()
    with pytest.raises(errors.SamePerson):
        case.approve_erasure(proposal, **telling())
    case.approve_erasure(proposal, **BY_MANAGER)
    assert not case.plan.erasures[proposal].open


def test_what_was_proposed_elsewhere_is_decided_by_nobody_here() -> None:
    """One of two would not be here. Somebody here can propose it."""
    case = given.sanne()
    source = Source("De Brug", "erasure_proposed", str(case.id), "1", "", Basis.STATED)
    facts = {"ground": GROUND, "reason": "Daar.", "entry": WISH, "source": source, **telling()}
    proposal = case.write(ErasureProposed, facts)
    for decide in (case.approve_erasure, partial(case.refuse_erasure, reason="Nee.")):
        with pytest.raises(errors.AlreadyAnswered):
            decide(proposal, **BY_MANAGER)
    assert not case.plan.erasures[proposal].open
    case.approve_erasure(case.propose_erasure(GROUND, "Hier.", WISH, **telling()), **BY_MANAGER)


def test_a_hold_keeps_it_until_that_is_lifted() -> None:
    case, proposal = proposed()
    hold = case.place_hold("Er loopt een klacht.", **telling())
    with pytest.raises(errors.IsHeld) as refused:
        case.approve_erasure(proposal, **BY_MANAGER)
    assert refused.value.facts["ground"] == "Er loopt een klacht."
    with pytest.raises(errors.IsHeld):
        case.propose_erasure(GROUND, "Ook dit.", WISH + 1, **telling())
    case.lift_hold(hold, **telling())
    case.approve_erasure(proposal, **BY_MANAGER)


def test_a_proposal_is_answered_once() -> None:
    case, proposal = proposed()
    with pytest.raises(errors.AlreadyProposed):
        case.propose_erasure(GROUND, "Nog eens.", WISH, **telling())
    case.refuse_erasure(proposal, "Sanne wil het bewaren.", **BY_MANAGER)
    with pytest.raises(errors.AlreadyAnswered):
        case.approve_erasure(proposal, **BY_MANAGER)
    with pytest.raises(errors.AlreadyAnswered):
        case.refuse_erasure(proposal, "Nee.", **BY_MANAGER)
    case.propose_erasure(GROUND, "Nu wel.", WISH, **telling())


def test_that_it_was_asked_says_which_request_that_was() -> None:
    case = given.sanne()
    copy = case.receive_request(RequestKind.COPY, Voice.CLIENT, "Alles op papier.", **telling())
    asked = case.receive_request(RequestKind.ERASURE, Voice.CLIENT, "Vergeet mij.", **telling())
    for request, why in ((None, errors.Empty), (copy, errors.AsksSomethingElse)):
        with pytest.raises(why):
            case.propose_erasure(WhyErased.REQUEST, "Zij vroeg het.", request=request, **telling())
    case.propose_erasure(WhyErased.REQUEST, "Zij vroeg het.", request=asked, **telling())
    case.answer_request(asked, RequestAnswerKind.GRANTED, **deciding())


@pytest.mark.parametrize("entry", [1, 0, 999])
def test_the_opening_and_what_is_not_there_cannot_be_destroyed(entry: int) -> None:
    with pytest.raises(errors.NoSuchEntry):
        proposed(entry)


def test_what_was_decided_about_destroying_is_neither_destroyed_nor_withdrawn() -> None:
    case, proposal = proposed()
    case.approve_erasure(proposal, **BY_MANAGER)
    for number in (proposal, case.version):
        with pytest.raises(errors.ErasureStaysKnown):
            case.propose_erasure(GROUND, "Ook dit.", number, **telling())
        with pytest.raises(errors.ErasureStaysKnown):
            case.withdraw_entry(number, WhyWithdrawn.IN_ERROR, **telling())
    with pytest.raises(errors.NoSuchEntry):
        case.propose_erasure(GROUND, "Nog eens.", WISH, **telling())


def test_all_of_it_is_not_decided_as_if_it_were_one_entry() -> None:
    case, proposal = proposed(None)
    with pytest.raises(errors.AllOfIt):
        case.approve_erasure(proposal, **BY_MANAGER)


def test_a_destroyed_entry_leaves_a_gap_and_what_spoke_of_it_comes_loose() -> None:
    """The goal rested on the wish: it stays, and the fold does not fall over what is gone."""
    case, proposal = proposed()
    case.approve_erasure(proposal, **BY_MANAGER)
    entries = with_gaps(case.entries)
    gap = entries[WISH - 1]
    assert isinstance(gap, EntryGone)
    assert (gap.ground, gap.gone_on, gap.by) == (GROUND, given.TODAY, given.MANAGER)
    plan = read(entries)
    assert not plan.wishes
    assert len(plan.goals) == 1
    assert plan.supports


def test_any_entry_but_the_first_can_be_gone() -> None:
    """Also without a word about it: the case still opens, with as many entries."""
    case = given.sanne()
    for gone in range(2, case.version + 1):
        lost = Redacted(case.id, gone, case.entries[gone - 1].TOPIC)
        entries = [*case.entries[: gone - 1], lost, *case.entries[gone:]]
        read_again = project(entries)
        assert read_again.version == case.version
        assert isinstance(read_again.entries[gone - 1], EntryGone)
        assert read_again.plan.opened_on


def test_without_its_opening_or_after_the_end_there_is_no_case() -> None:
    """Whether the keys are gone or not."""
    case = given.sanne()
    lost = [Redacted(case.id, entry.number, entry.TOPIC) for entry in case.entries]
    moment = datetime(2026, 11, 22, tzinfo=UTC)
    facts = {"ground": GROUND, "proposed_by": None, "approved_by": None}
    end = Erased.after(case.id, case.version, moment, **facts)
    for events in (lost, [*lost, end], [*case.entries, end]):
        with pytest.raises(errors.CaseIsErased):
            project(events)
