"""Who speaks for the client, and when their yes counts: in scope, in time, where the client could not."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID, uuid4

import pytest

from domain import errors
from domain.case import Case
from domain.entry import Decider, Decision, Initiative
from domain.kinds import (
    Asks,
    LegalKind,
    LifeArea,
    PersonKind,
    Scope,
    SupportKind,
    TakenUp,
    Voice,
    WhyWithdrawn,
)
from domain.representation import Minor, could_decide, decided_by, decides_for, minor_on, scope_of
from domain.say import Means, Say, Stance
from tests import given
from tests.given import deciding, telling, the

MARCH, APRIL, MAY = date(2026, 3, 2), date(2026, 4, 1), date(2026, 5, 1)


def name(case: Case, person: UUID, scope: Scope = Scope.ALL, day: date = MARCH, **facts: Any) -> None:
    kind = facts.pop("legal_kind", LegalKind.AUTHORISED_IN_WRITING)
    case.name_representative(person, kind, scope, **facts, **telling(day))


def judge(case: Case, subject: UUID | int | None, *, able: bool = False, day: date = MARCH) -> None:
    facts: dict[str, Any] = {"judged_by": "Huisarts", "ground": "Een delier."}
    case.judge_capacity("Hoeveel hulp er komt", able=able, subject=subject, **facts, **telling(day))


def with_representative() -> tuple[Case, UUID, UUID]:
    """Running support, and somebody who takes part as representative and was not named as one."""
    case = given.with_support()
    return case, given.a_representative(case), the(case.plan.supports)


def decided(case: Case, rita: UUID, day: date = APRIL, say: Say | None = None) -> Decider:
    """Who decided to scale up on that day, with the representative's yes beside the client's words."""
    support = the(case.plan.supports)
    how = deciding(day, say or given.no(), initiative=Initiative.PROFESSIONAL)
    case.scale_up_support(
        support, given.hours_a_week("6"), "Meer nodig.", representative_say=given.yes(person=rita), **how
    )
    return decider(case)


def decider(case: Case) -> Decider:
    """Who took the last decision."""
    entry = next(entry for entry in reversed(case.entries) if isinstance(entry, Decision))
    return decided_by(entry, case.plan, entry.say, entry.representative_say)


def test_a_yes_counts_within_a_representation_where_the_client_could_not_decide_this() -> None:
    case, rita, support = with_representative()
    name(case, rita)
    judge(case, support)
    assert decided(case, rita) is Decider.REPRESENTATIVE


def test_what_a_representative_says_is_kept_and_decides_nothing_without_being_named() -> None:
    case, rita, support = with_representative()
    judge(case, support)
    assert decided(case, rita) is Decider.PROFESSIONAL
    assert case.plan.stances_on(support).of(rita)[0].agrees


def test_a_yes_counts_only_where_it_was_judged_that_the_client_could_not_decide_this() -> None:
    case, rita, support = with_representative()
    name(case, rita)
    judge(case, the(case.plan.goals))
    judge(case, None)
    assert decided(case, rita) is Decider.PROFESSIONAL
    judge(case, support)
    assert decider(case) is Decider.REPRESENTATIVE
    judge(case, support, able=True, day=date(2026, 3, 5))
    assert decider(case) is Decider.PROFESSIONAL


def test_a_judgement_of_later_says_nothing_of_before() -> None:
    case, rita, support = with_representative()
    name(case, rita)
    judge(case, support, day=MAY)
    assert decided(case, rita) is Decider.PROFESSIONAL
    assert could_decide(case.plan, support, APRIL)
    assert not could_decide(case.plan, support, MAY)


def test_a_yes_counts_from_the_first_day_to_the_last_both_included() -> None:
    case, rita, support = with_representative()
    name(case, rita, day=APRIL, until=MAY)
    judge(case, support)
    counts = [
        decides_for(case.plan, rita, support, day)
        for day in (date(2026, 3, 31), APRIL, MAY, date(2026, 5, 2))
    ]
    assert counts == [False, True, True, False]


def test_a_yes_counts_no_more_from_the_day_on_which_the_representation_ended() -> None:
    case, rita, support = with_representative()
    name(case, rita)
    judge(case, support)
    assert decided(case, rita, APRIL) is Decider.REPRESENTATIVE
    case.end_representation(rita, "Niet meer nodig.", **telling(MAY))
    assert decider(case) is Decider.REPRESENTATIVE
    assert not decides_for(case.plan, rita, support, MAY)
    assert decides_for(case.plan_on(APRIL), rita, support, APRIL)


def test_who_leaves_speaks_for_the_client_no_more() -> None:
    case, rita, support = with_representative()
    name(case, rita)
    judge(case, support)
    case.leave_person(rita, "Verhuisd.", **telling(MAY))
    assert [decides_for(case.plan, rita, support, day) for day in (APRIL, MAY)] == [True, False]


def test_a_yes_counts_within_its_scope() -> None:
    case, rita, support = with_representative()
    name(case, rita, Scope.MONEY)
    judge(case, support)
    assert decided(case, rita) is Decider.PROFESSIONAL
    name(case, rita, Scope.CARE)
    assert decider(case) is Decider.REPRESENTATIVE


@pytest.mark.parametrize(
    ("area", "kind", "scope"),
    [
        (LifeArea.MONEY, SupportKind.GUIDANCE, Scope.MONEY),
        (LifeArea.LIVING, SupportKind.GUIDANCE, Scope.RESIDENCE),
        (LifeArea.HEALTH, SupportKind.GUIDANCE, Scope.CARE),
        (LifeArea.HEALTH, SupportKind.MONEY, Scope.MONEY),
        (None, SupportKind.GUIDANCE, Scope.CARE),
    ],
)
def test_what_a_decision_is_about_is_read_from_the_goal_and_the_kind_of_support(
    area: LifeArea | None, kind: SupportKind, scope: Scope
) -> None:
    case = given.an_opened_case()
    facts: dict[str, Any] = {"words_of": Voice.CLIENT, "proposed_by": Voice.CLIENT, "life_area": area}
    goal = case.propose_goal(words="Verder.", **facts, **telling())
    support = case.offer_support(what="Hulp", kind=kind, provider="De Brug", goal_id=goal, **telling())
    assert scope_of(case.plan, support) is scope
    assert scope_of(case.plan, case.id) is Scope.CARE


def test_a_correction_of_later_counts_for_what_was_decided_before() -> None:
    case, rita, support = with_representative()
    name(case, rita)
    named = case.entries[-1].number
    judge(case, support)
    assert decided(case, rita) is Decider.REPRESENTATIVE
    case.withdraw_entry(named, WhyWithdrawn.IN_ERROR, **telling())
    assert decider(case) is Decider.PROFESSIONAL


def test_the_clients_own_yes_comes_first_and_their_no_stays_beside_the_yes_of_another() -> None:
    case, rita, support = with_representative()
    name(case, rita)
    judge(case, support)
    assert decided(case, rita, say=given.yes()) is Decider.TOGETHER
    case, rita, support = with_representative()
    name(case, rita)
    judge(case, support)
    assert decided(case, rita, say=given.no("Ik wil dit niet.")) is Decider.REPRESENTATIVE
    assert case.plan.stances_on(support).of()[0].say.words == "Ik wil dit niet."


def test_a_decision_about_no_one_noun_is_about_the_plan_as_a_whole() -> None:
    case, rita, _ = with_representative()
    name(case, rita)
    judge(case, case.id)
    how = deciding(APRIL, given.no(), initiative=Initiative.PROFESSIONAL)
    case.make_agreement("Elke week bellen.", "Thomas", representative_say=given.yes(person=rita), **how)
    assert decider(case) is Decider.REPRESENTATIVE


@pytest.mark.parametrize(
    ("born", "stage"),
    [
        (date(2014, 3, 3), Minor.HEARD),
        (date(2014, 3, 2), Minor.DECIDES_TOGETHER),
        (date(2010, 3, 2), Minor.DECIDES_ALONE),
        (date(2008, 3, 3), Minor.DECIDES_ALONE),
        (date(2008, 3, 2), None),
        (None, None),
    ],
)
def test_how_far_a_child_decides_goes_by_the_birth_date(born: date | None, stage: Minor | None) -> None:
    assert minor_on(born, MARCH) is stage


@pytest.mark.parametrize(
    ("born", "unable", "counts"),
    [
        (date(2016, 1, 1), False, True),
        (date(2013, 1, 1), False, False),
        (date(2013, 1, 1), True, True),
        (date(2009, 1, 1), False, False),
        (date(2000, 1, 1), True, False),
        (None, True, False),
    ],
)
def test_a_parent_decides_for_a_child_till_twelve_and_for_nobody_from_eighteen(
    born: date | None,
    unable: bool,  # noqa: FBT001  # a table
    counts: bool,  # noqa: FBT001
) -> None:
    case, rita, support = with_representative()
    case.describe_client(name="Sanne Mulder", birth_date=born, **telling(date(2026, 2, 10)))
    name(case, rita, legal_kind=LegalKind.PARENT)
    if unable:
        judge(case, support)
    assert decides_for(case.plan, rita, support, APRIL) is counts


def test_naming_is_of_somebody_who_is_here_and_not_twice_about_the_same() -> None:
    case, rita, _ = with_representative()
    with pytest.raises(errors.NotThereYet) as early:
        name(case, rita, day=date(2026, 1, 13))
    assert early.value.facts["first"] == date(2026, 1, 14)
    with pytest.raises(errors.NotInThePlan):
        name(case, uuid4())
    name(case, rita, Scope.MONEY, until=APRIL)
    with pytest.raises(errors.SpeaksAlready):
        name(case, rita, Scope.MONEY)
    name(case, rita, Scope.CARE)
    name(case, rita, Scope.MONEY, day=MAY)  # the first came to its end
    with pytest.raises(errors.EndsTooSoon):
        name(case, rita, Scope.RESIDENCE, until=date(2026, 3, 1))
    case.leave_person(rita, "Verhuisd.", **telling(MAY))
    with pytest.raises(errors.NoLongerHere):
        name(case, rita, Scope.RESIDENCE, day=MAY)


def test_ending_ends_all_that_still_runs_and_has_a_reason() -> None:
    case, rita, _ = with_representative()
    with pytest.raises(errors.SpeaksForNobody):
        case.end_representation(rita, "Niet nodig.", **telling(APRIL))
    name(case, rita, Scope.MONEY)
    name(case, rita, Scope.CARE)
    with pytest.raises(errors.Empty):
        case.end_representation(rita, " ", **telling(APRIL))
    case.end_representation(rita, "Niet nodig.", **telling(APRIL))
    assert [held.ended_on for held in case.plan.representations.values()] == [APRIL, APRIL]
    assert all(held.live(MARCH) for held in case.plan_on(MARCH).representations.values())
    with pytest.raises(errors.SpeaksForNobody):
        case.end_representation(rita, "Nog eens.", **telling(MAY))


def test_a_judgement_says_about_what_by_whom_and_on_what_ground() -> None:
    case, _, support = with_representative()
    facts: dict[str, Any] = {"judged_by": "Huisarts", "ground": "Een delier."}
    for empty in ("what", "judged_by", "ground"):
        told: dict[str, Any] = {"what": "Hoeveel hulp", **facts, empty: " "}
        with pytest.raises(errors.Empty) as refused:
            case.judge_capacity(able=False, **told, **telling())
        assert refused.value.field == empty
    with pytest.raises(errors.NotThereYet):
        judge(case, support, day=date(2026, 1, 20))
    judge(case, support, day=APRIL)
    assert not case.plan_on(MARCH).capacities
    assert [(held.able, held.about) for held in case.plan_on(APRIL).capacities] == [(False, support)]


def test_whether_somebody_could_decide_is_judged_anew_and_not_corrected() -> None:
    case, _, support = with_representative()
    judge(case, support)
    with pytest.raises(errors.NotAFact):
        case.correct_entry(case.version, "able", "true", "Fout", **telling())


def test_a_relative_who_was_named_speaks_as_the_representative_from_that_day() -> None:
    case = given.with_support()
    facts: dict[str, Any] = {"name": "Henk Mulder", "kind": PersonKind.RELATIVE}
    henk = case.join_person(**facts, **telling(date(2026, 1, 14)))
    name(case, henk, day=APRIL)
    with pytest.raises(errors.NotTheRepresentative):
        decided(case, henk, MARCH)
    decided(case, henk, APRIL)
    case.end_representation(henk, "Niet meer nodig.", **telling(MAY))
    with pytest.raises(errors.NotTheRepresentative):
        case.lay_down_plan(representative_say=given.yes(person=henk), **deciding(MAY))


def test_an_agreement_is_decided_by_who_decides_about_the_support_it_names() -> None:
    case, rita, support = with_representative()
    name(case, rita, Scope.CARE)
    judge(case, case.id)
    money = case.offer_support(what="Geld", kind=SupportKind.MONEY, provider="De Brug", **telling(MARCH))
    judge(case, money)
    how = deciding(APRIL, given.no(), initiative=Initiative.PROFESSIONAL)
    for about in (money, support):
        case.make_agreement(
            "De pas.", "Rita", support_id=about, representative_say=given.yes(person=rita), **how
        )
        assert decider(case) is Decider.PROFESSIONAL  # not her scope; not judged about this
    judge(case, support)
    assert decider(case) is Decider.REPRESENTATIVE


def test_the_answer_to_a_proposal_is_decided_by_who_decides_about_what_it_is_about() -> None:
    case, rita, support = with_representative()
    name(case, rita)
    facts: dict[str, Any] = {"proposed_by": Voice.WORKER, "asks": Asks.CLIENT, "then": "Minder uren."}
    proposal = case.make_proposal(subject=support, **facts, **telling(MARCH))
    could_not = Say(Stance.COULD_NOT_ANSWER, Means.REPORTED)
    how = {**deciding(APRIL, could_not), "representative_say": given.yes(person=rita)}
    with pytest.raises(errors.NoAnswer):
        case.answer_proposal(proposal, TakenUp.TAKEN_UP, **how)
    judge(case, support)
    case.answer_proposal(proposal, TakenUp.TAKEN_UP, **how)
    assert decider(case) is Decider.REPRESENTATIVE


@pytest.mark.parametrize(
    ("asks", "answer", "say", "who"),
    [
        (Asks.CLIENT, TakenUp.NOT, given.no(), Decider.CLIENT),
        (Asks.CLIENT, TakenUp.NOT, given.a_say(Stance.WANTS_TO_TALK), Decider.PROFESSIONAL),
        (Asks.CLIENT, TakenUp.TAKEN_UP, given.yes(), Decider.TOGETHER),
        (Asks.ORGANISATION, TakenUp.NOT, given.no(), Decider.PROFESSIONAL),
        (Asks.ORGANISATION, TakenUp.NOT, given.yes(), Decider.TOGETHER),
    ],
)
def test_the_clients_no_to_what_they_were_asked_decides_and_our_no_to_theirs_stays_ours(
    asks: Asks, answer: TakenUp, say: Say, who: Decider
) -> None:
    case = given.with_support()
    facts: dict[str, Any] = {"proposed_by": Voice.WORKER, "asks": asks, "then": "Minder uren."}
    proposal = case.make_proposal(**facts, **telling(MARCH))
    case.answer_proposal(proposal, answer, **deciding(APRIL, say, initiative=Initiative.PROFESSIONAL))
    assert decider(case) is who


def test_who_works_in_the_care_speaks_not_for_the_client() -> None:
    case = given.with_support()
    with pytest.raises(errors.CaresForThem):
        name(case, case.join_person(name="Thomas Visser", kind=PersonKind.WORKER, **telling(MARCH)))


@pytest.mark.parametrize(
    ("kind", "fits"),
    [
        (LegalKind.MENTOR, {Scope.CARE, Scope.RESIDENCE}),
        (LegalKind.PARTNER_OR_RELATIVE, {Scope.CARE, Scope.RESIDENCE}),
        (LegalKind.ADMINISTRATOR_OF_MONEY, {Scope.MONEY}),
        (LegalKind.CURATOR, {Scope.ALL}),
        (LegalKind.PARENT, {Scope.ALL}),
        (LegalKind.GUARDIAN, {Scope.ALL}),
        (LegalKind.AUTHORISED_IN_WRITING, set(Scope)),
    ],
)
def test_somebody_speaks_about_what_goes_with_the_ground(kind: LegalKind, fits: set[Scope]) -> None:
    for scope in Scope:
        case, rita, _ = with_representative()
        if scope in fits:
            name(case, rita, scope, legal_kind=kind)
            continue
        with pytest.raises(errors.OtherScope) as refused:
            name(case, rita, scope, legal_kind=kind)
        assert set(refused.value.facts["fits"]) == fits
