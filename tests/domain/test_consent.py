"""What the client allows, to whom and until when; and that they can take it back."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest

from domain import errors
from domain.case import Case
from domain.entry import Decider, Decision, Initiative
from domain.kinds import ConsentPurpose, LegalKind, Part, PartyKind, Scope, WhyErased, WhyWithdrawn
from domain.representation import decided_by
from domain.say import Means, Say, Stance
from tests import given
from tests.given import deciding, person_called, telling

MARCH, APRIL, MAY = date(2026, 3, 2), date(2026, 4, 1), date(2026, 5, 1)
GOALS = (Part.GOALS,)


def with_party() -> tuple[Case, UUID]:
    case = given.sanne()
    return case, case.join_party("GGZ Oost", PartyKind.FORMAL, "Behandeling", **deciding(MARCH))


def share(case: Case, to: UUID, day: date = MARCH, say: Say | None = None, **facts: Any) -> int:
    parts = facts.pop("parts", GOALS)
    return case.give_consent(ConsentPurpose.SHARING, to, parts, **facts, **deciding(day, say))


def with_parent(born: date) -> tuple[Case, UUID, UUID]:
    """A child, whose aunt has parental authority."""
    case, party = with_party()
    case.describe_client(name="Sanne Mulder", birth_date=born, **telling(date(2026, 2, 1)))
    rita = given.a_representative(case)
    case.name_representative(rita, LegalKind.PARENT, Scope.ALL, **telling(MARCH))
    return case, party, rita


def test_a_consent_runs_from_its_day_to_its_last_both_included() -> None:
    case, party = with_party()
    number = share(case, party, APRIL, until=MAY)
    assert number not in case.plan_on(MARCH).consents
    consent = case.plan_on(APRIL).consents[number]
    assert (consent.to, consent.parts, consent.purpose) == (party, GOALS, ConsentPurpose.SHARING)
    days = (date(2026, 3, 31), APRIL, MAY, date(2026, 5, 2))
    assert [case.plan.consents[number].live(day) for day in days] == [False, True, True, False]


def test_a_consent_is_itself_the_clients_yes() -> None:
    case, party = with_party()
    number = share(case, party, say=given.yes("Dat mag."), words="Dat mag.")
    assert case.plan.stances_on(number).of()[0].agrees
    with pytest.raises(errors.OtherAnswer):
        share(case, party, say=Say(Stance.AGREES_IN_PART, Means.SPOKEN, "Deels."))
    with pytest.raises(errors.NotTheirConsent):
        share(case, party, say=given.no())


def test_a_gesture_that_one_person_read_is_no_consent() -> None:
    case, party = with_party()
    with pytest.raises(errors.NotTheirConsent):
        share(case, party, say=Say(Stance.AGREES, Means.SHOWN))
    seen = Say(Stance.AGREES, Means.SHOWN, read_alike_by=person_called(case, "Henk Mulder"))
    share(case, party, say=seen)


def test_a_consent_is_for_somebody_who_is_here_that_day() -> None:
    case, party = with_party()
    share(case, person_called(case, "Henk Mulder"))
    with pytest.raises(errors.NotInThePlan):
        share(case, uuid4())
    with pytest.raises(errors.NotThereYet):
        share(case, party, date(2026, 2, 20))
    case.leave_party(party, "Behandeling klaar", **telling(APRIL))
    with pytest.raises(errors.NoLongerHere) as refused:
        share(case, party, MAY)
    assert refused.value.field == "to"


def test_sharing_says_what_and_does_not_end_before_it_begins() -> None:
    case, party = with_party()
    with pytest.raises(errors.NothingToShare):
        share(case, party, parts=())
    case.give_consent(ConsentPurpose.ASKING, party, **deciding(MARCH))
    with pytest.raises(errors.EndsTooSoon):
        share(case, party, APRIL, until=MARCH)
    with pytest.raises(errors.EndsTooSoon):
        share(case, party, MARCH, until=APRIL, from_on=MAY)


def test_a_consent_for_something_else_says_for_what() -> None:
    case, party = with_party()
    with pytest.raises(errors.Empty) as refused:
        case.give_consent(ConsentPurpose.OTHER, party, what=" ", **deciding(MARCH))
    assert refused.value.field == "what"
    number = case.give_consent(ConsentPurpose.OTHER, party, what="Foto's in de krant.", **deciding(MARCH))
    assert case.plan.consents[number].what == "Foto's in de krant."


def test_a_consent_that_is_taken_back_counts_no_more_from_that_day_and_the_no_is_the_answer() -> None:
    case, party = with_party()
    number = share(case, party)
    case.withdraw_consent(number, "Toch niet.", **deciding(MAY, given.no("Toch niet.")))
    assert [case.plan.consents[number].live(day) for day in (APRIL, MAY)] == [True, False]
    assert case.plan_on(APRIL).consents[number].withdrawn_on is None
    assert [p.say.stance for p in case.plan.stances_on(number).of()] == [Stance.DISAGREES]
    with pytest.raises(errors.AlreadyWithdrawn) as refused:
        case.withdraw_consent(number, **deciding(say=given.no()))
    assert refused.value.facts == {"withdrawn": MAY}


def allowed_on(case: Case, day: date) -> set[Part]:
    """What anybody may read of it on that day."""
    live = (consent for consent in case.plan_on(day).consents.values() if consent.live(day))
    return {part for consent in live for part in consent.parts}


@pytest.mark.parametrize("which", [0, 1])
def test_what_is_taken_back_is_not_allowed_by_what_was_renewed_either(which: int) -> None:
    case, party = with_party()
    numbers = share(case, party, until=date(2027, 1, 1)), share(case, party, APRIL)
    case.withdraw_consent(numbers[which], **deciding(MAY, given.no()))
    assert [allowed_on(case, day) for day in (APRIL, MAY)] == [set(GOALS), set()]
    with pytest.raises(errors.AlreadyWithdrawn):
        case.withdraw_consent(numbers[1 - which], **deciding(MAY, given.no()))


@pytest.mark.parametrize(
    ("taken", "left"),
    [
        (GOALS, {Part.STORY}),
        ((Part.GOALS, Part.PEOPLE), {Part.STORY}),
        ((Part.PEOPLE,), {*GOALS, Part.STORY}),
    ],
)
def test_what_is_shared_beside_what_was_taken_back_stays(taken: tuple[Part, ...], left: set[Part]) -> None:
    case, party = with_party()
    share(case, party, parts=(Part.GOALS, Part.STORY))
    number = share(case, party, APRIL, parts=taken)
    case.withdraw_consent(number, **deciding(MAY, given.no()))
    assert allowed_on(case, APRIL) == {Part.GOALS, Part.STORY, *taken}
    assert allowed_on(case, MAY) == left


def test_a_no_stays_a_no_when_what_was_taken_back_is_destroyed() -> None:
    case, party = with_party()
    share(case, party, parts=(Part.GOALS, Part.STORY))
    number = share(case, party, APRIL)
    case.withdraw_consent(number, **deciding(MAY, given.no()))
    unlawfully = WhyErased.RECORDED_UNLAWFULLY
    proposal = case.propose_erasure(unlawfully, "Dit mocht hier niet staan.", number, **telling())
    case.approve_erasure(proposal, **telling(by=given.MANAGER))
    assert number not in case.plan.consents
    assert allowed_on(case, MAY) == {Part.STORY}


def test_others_and_other_things_stay_allowed() -> None:
    case, party = with_party()
    henk = person_called(case, "Henk Mulder")
    photo, asking = (
        case.give_consent(purpose, party, what=what, **deciding(MARCH))
        for purpose, what in ((ConsentPurpose.OTHER, "Een foto."), (ConsentPurpose.ASKING, ""))
    )
    film = case.give_consent(ConsentPurpose.OTHER, party, what="Een film.", **deciding(MARCH))
    kept = {share(case, henk), asking, film}
    for number in (share(case, party), photo):
        case.withdraw_consent(number, **deciding(MAY, given.no()))
    assert {number for number, consent in case.plan.consents.items() if consent.live(MAY)} == kept


def test_what_was_allowed_for_later_does_not_begin_after_it_was_taken_back() -> None:
    case, party = with_party()
    number = share(case, party, until=MAY)
    share(case, party, MARCH, from_on=date(2026, 5, 2))
    case.withdraw_consent(number, **deciding(APRIL, given.no()))
    assert allowed_on(case, date(2026, 6, 1)) == set()


def test_what_is_allowed_anew_after_it_was_taken_back_stands() -> None:
    case, party = with_party()
    number = share(case, party)
    case.withdraw_consent(number, from_on=date(2026, 6, 1), **deciding(APRIL, given.no()))
    share(case, party, MAY)
    assert allowed_on(case, date(2026, 6, 1)) == set(GOALS)


def test_what_was_taken_back_is_not_struck_out_so_that_another_yes_stands_again() -> None:
    case, party = with_party()
    share(case, party)
    number = share(case, party, APRIL)
    case.withdraw_consent(number, **deciding(MAY, given.no()))
    with pytest.raises(errors.AlreadyWithdrawn):
        case.withdraw_entry(number, WhyWithdrawn.DOUBLE, **telling())
    assert allowed_on(case, MAY) == set()
    no = case.entries[-1].number
    case.withdraw_entry(number, WhyWithdrawn.WRONG_CLIENT, **telling())
    assert allowed_on(case, MAY) == set(), "that no still stands as theirs"
    case.withdraw_entry(no, WhyWithdrawn.WRONG_CLIENT, **telling())
    assert allowed_on(case, MAY) == set(GOALS)


def test_a_yes_of_before_that_is_recorded_after_it_was_taken_back_opens_nothing() -> None:
    case, party = with_party()
    number = share(case, party)
    case.withdraw_consent(number, **deciding(MAY, given.no()))
    share(case, party, APRIL)
    assert allowed_on(case, MAY) == set()


def test_only_a_no_takes_a_consent_back() -> None:
    case, party = with_party()
    number = share(case, party)
    with pytest.raises(errors.NotTheirConsent):
        case.withdraw_consent(number, **deciding(MAY, given.not_asked()))
    with pytest.raises(errors.NotThereYet):
        case.withdraw_consent(number, **deciding(date(2026, 3, 1), given.no()))
    with pytest.raises(errors.NotInThePlan):
        case.withdraw_consent(1, **deciding(MAY, given.no()))


def test_a_story_that_was_released_is_taken_back_in_the_same_way() -> None:
    case = given.sanne()
    case.release_story("Ik kookte voor acht mensen.", "De open dag", **deciding(MARCH))
    number = case.version
    case.withdraw_consent(number, "Liever niet meer.", **deciding(MAY, given.no()))
    assert case.plan.released[number].withdrawn_on == MAY
    assert case.plan_on(APRIL).released[number].withdrawn_on is None


@pytest.mark.parametrize(
    ("born", "allowed"), [(date(2016, 1, 1), True), (date(2013, 1, 1), False), (date(2009, 1, 1), False)]
)
def test_a_parent_gives_consent_for_a_child_under_twelve_and_not_against_an_older_one(
    born: date,
    allowed: bool,  # noqa: FBT001  # a table
) -> None:
    case, party, rita = with_parent(born)
    how = {"representative_say": given.yes(person=rita)}
    if not allowed:
        with pytest.raises(errors.NotTheirConsent):
            share(case, party, APRIL, given.no("Ik wil het niet."), **how)
        return
    number = share(case, party, APRIL, given.no("Ik wil het niet."), **how)
    stances, entry = case.plan.stances_on(number), case.entries[-1]
    assert stances.of()[0].say.words == "Ik wil het niet."
    assert stances.of(rita)[0].agrees
    assert isinstance(entry, Decision)
    assert decided_by(entry, case.plan, entry.say, entry.representative_say) is Decider.REPRESENTATIVE


def test_a_parent_takes_it_back_for_a_child_under_twelve() -> None:
    case, party, rita = with_parent(date(2016, 1, 1))
    number = share(case, party, APRIL, representative_say=given.yes(person=rita))
    how = deciding(MAY, given.yes("Het mag wel."), initiative=Initiative.REPRESENTATIVE)
    case.withdraw_consent(number, representative_say=given.no(person=rita), **how)
    assert not case.plan.consents[number].live(MAY)
    assert decider(case) is Decider.REPRESENTATIVE


def test_a_childs_own_yes_is_not_enough_under_sixteen_and_both_are_from_twelve() -> None:
    for born in (date(2016, 1, 1), date(2013, 1, 1)):
        case, party, rita = with_parent(born)
        with pytest.raises(errors.NotTheirConsent):
            share(case, party, APRIL)
        number = share(case, party, APRIL, representative_say=given.yes(person=rita))
        case.withdraw_consent(number, **deciding(MAY, given.no("Toch niet.")))  # less is always theirs
    case, party, _ = with_parent(date(2010, 1, 1))
    share(case, party, APRIL)


def test_a_parent_takes_back_what_rests_on_their_yes_as_well() -> None:
    case, party, rita = with_parent(date(2013, 1, 1))
    number = share(case, party, APRIL, representative_say=given.yes(person=rita))
    how = deciding(MAY, given.yes("Het mag wel."), initiative=Initiative.REPRESENTATIVE)
    case.withdraw_consent(number, representative_say=given.no(person=rita), **how)
    assert case.plan.consents[number].withdrawn_on == MAY


def test_who_could_not_decide_this_does_not_allow_it_alone() -> None:
    case, party = with_party()
    rita = given.a_representative(case)
    case.name_representative(rita, LegalKind.CURATOR, Scope.ALL, **telling(MARCH))
    case.judge_capacity(
        "Delen", able=False, judged_by="Arts", ground="Delier", subject=case.id, **telling(MARCH)
    )
    with pytest.raises(errors.NotTheirConsent):
        share(case, party, APRIL)
    with pytest.raises(errors.NotReleased):
        case.release_story("Ik kook.", "De open dag", **deciding(APRIL))
    number = share(case, party, APRIL, given.no("Niet doen."), representative_say=given.yes(person=rita))
    case.release_story(
        "Ik kook.", "De open dag", representative_say=given.yes(person=rita), **deciding(APRIL)
    )
    how = deciding(MAY, given.yes("Doe maar wel."), initiative=Initiative.REPRESENTATIVE)
    case.withdraw_consent(number, representative_say=given.no(person=rita), **how)
    assert decider(case) is Decider.REPRESENTATIVE


def decider(case: Case) -> Decider:
    """Who took the last decision."""
    entry = case.entries[-1]
    assert isinstance(entry, Decision)
    return decided_by(entry, case.plan, entry.say, entry.representative_say)


def test_what_was_allowed_is_not_corrected_but_given_anew() -> None:
    case, party = with_party()
    number = share(case, party)
    for field, now in (("parts", '["story"]'), ("until", "2027-01-01"), ("to", f'"{party}"')):
        with pytest.raises(errors.NotAFact):
            case.correct_entry(number, field, now, "Anders bedoeld", **telling())
