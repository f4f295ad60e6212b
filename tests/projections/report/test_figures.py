"""Each figure of a small organisation, counted by hand."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest

from domain.case import Case
from domain.casework import Casework
from domain.entry import Initiative, Role
from domain.kinds import (
    Asks,
    ConversationKind,
    Fit,
    SupportKind,
    TakenUp,
    Voice,
    WhyRefused,
    WhyWithdrawn,
)
from domain.say import WhyNotAsked
from domain.store.accounts import add_account
from projections.caseload import Who
from projections.read_model import Db
from projections.report import behind
from projections.report.drawing import line
from projections.report.figures import BY_NAME, median
from projections.report.months import Period
from projections.report.report import Number
from tests import given
from tests.given import deciding, telling
from tests.projections.conftest import Follow, kept
from tests.projections.report.conftest import (
    ALL,
    APRIL,
    DAY,
    MARCH,
    NOORD,
    OOST,
    SPRING,
    TODAY,
    Tell,
    Told,
    a_goal,
    counted,
    number,
    opened,
    visited,
)


def test_goals_in_the_clients_own_words(told: Told, db: Db) -> None:
    told(lambda case, nr: a_goal(case, Voice.CLIENT if nr < 9 else Voice.WORKER))
    assert counted(number(db, "own_words")) == (9, 12)


def says_something(case: Case, nr: int) -> None:
    """Beside the opening: 3 no, 5 yes (2 read back), 4 not asked; 7 of them the client's idea."""
    say = given.no() if nr < 3 else given.yes() if nr < 8 else given.not_asked(WhyNotAsked.COULD_NOT_WAIT)
    idea = Initiative.CLIENT if nr < 7 else Initiative.PROFESSIONAL
    case.agree_goal(a_goal(case), **deciding(DAY, say, initiative=idea))
    if nr in (3, 4):
        case.read_back(case.version, right=True, **telling(DAY, given.CLIENT))


def test_decisions_by_stance_means_and_initiative(told: Told, db: Db) -> None:
    """Each of the twelve cases was opened with a spoken yes, by the client's own idea."""
    told(says_something)
    assert counted(number(db, "say")) == (12 + 8, 24)
    assert counted(number(db, "said_no")) == (3, 24)
    assert counted(number(db, "started")) == (12 + 7, 24)
    stances = {kind: many for kind, many in number(db, "stances").kinds if many}
    assert stances == {"agrees": 12 + 5, "disagrees": 3, "not_asked": 4}
    means = {kind: many for kind, many in number(db, "ladder").kinds if many}
    assert means == {"read_back": 2, "spoken": 12 + 6, "none": 4}


def test_conversations_with_the_client_there(told: Told, db: Db) -> None:
    def talk(case: Case, nr: int) -> None:
        there = nr % 3 != 0
        why = "" if there else "Was ziek."
        how = telling(DAY)
        case.hold_conversation(kind=ConversationKind.FOLLOW_UP, client_present=there, why_absent=why, **how)

    told(talk)
    assert counted(number(db, "present")) == (8, 12)


def test_texts_that_the_client_saw_before_they_counted(told: Told, db: Db) -> None:
    def agree(case: Case, nr: int) -> None:
        shown = replace(given.yes(), shown_version=case.version) if nr < 5 else given.yes()
        goal = a_goal(case)
        case.agree_goal(goal, **deciding(DAY, shown))
        case.drop_goal(goal, "Niet meer nodig.", **deciding(DAY))  # no text

    told(agree)
    assert counted(number(db, "seen")) == (5, 12)


def offered(case: Case) -> UUID:
    return case.offer_support(what="Hulp", kind=SupportKind.GUIDANCE, provider="De Brug", **telling(DAY))


def refuse(case: Case, nr: int) -> None:
    """Of twelve: 2 not asked why; 6 with what was done, of which 4 with an alternative."""
    why = WhyRefused.NOT_ASKED if nr < 2 else WhyRefused.OTHER
    refusal = case.refuse_support(offered(case), why, "", **deciding(DAY, given.no()))
    if nr < 6:
        other = "Een kookboek." if nr < 4 else ""
        given.clock_of(case).to(date(2026, 4, 9))
        how = telling(date(2026, 4, 9))
        case.respect_refusal(refusal, stopped=True, alternatives=other, door="Bel Fatima.", **how)


def test_refusals_with_the_reason_heard_an_alternative_and_an_open_door(told: Told, db: Db) -> None:
    told(refuse)
    assert counted(number(db, "reason_heard")) == (10, 12)
    assert counted(number(db, "alternative")) == (4, 12)
    assert counted(number(db, "open_door")) == (6, 12)
    assert counted(number(db, "open_door", APRIL)) == (0, 0)  # it counts on the day of the no


def test_less_support_on_whose_initiative(told: Told, db: Db) -> None:
    def less(case: Case, nr: int) -> None:
        support = offered(case)
        case.accept_support(support, **deciding(DAY))
        case.start_support(support, given.hours_a_week("4"), **deciding(DAY))
        idea = Initiative.CLIENT if nr < 5 else Initiative.ORGANISATION
        to = given.hours_a_week("2")
        case.scale_down_support(support, to, "Het lukt.", "Bel.", **deciding(DAY, initiative=idea))

    told(less)
    found = number(db, "scaled_down")
    assert found.below == 12
    assert {kind: many for kind, many in found.kinds if many} == {"client": 5, "organisation": 7}


def propose(case: Case, nr: int) -> None:
    """Ten are answered, after 0, 3, 6, … 27 days; two are not; one was asked by us and is left out."""
    own = case.make_proposal(then="Anders.", proposed_by=Voice.CLIENT, asks=Asks.ORGANISATION, **telling(DAY))
    case.make_proposal(then="Zo?", proposed_by=Voice.WORKER, asks=Asks.CLIENT, **telling(DAY))
    if nr < 10:
        day = given.clock_of(case).to(date.fromordinal(DAY.toordinal() + 3 * nr))
        case.answer_proposal(own, TakenUp.TAKEN_UP, **deciding(day))


def test_days_from_proposal_to_answer(told: Told, db: Db) -> None:
    told(propose)
    found = number(db, "answered")
    assert counted(found) == (10, 12)
    assert found.median == 13.5


def test_an_answer_that_comes_later_counts_with_its_proposal(
    told: Told, db: Db, casework: Casework, follow: Follow
) -> None:
    how: Any = {"then": "Anders.", "proposed_by": Voice.CLIENT, "asks": Asks.ORGANISATION}
    cases = told(lambda case, _: case.make_proposal(**how, **telling(DAY)))
    assert counted(number(db, "answered")) == (0, 12)
    with casework.changing(cases[0].id) as changing:
        proposal = given.the(changing.case.plan.proposals)
        changing.case.answer_proposal(proposal, TakenUp.TAKEN_UP, **deciding(TODAY))
    follow()
    assert counted(number(db, "answered")) == (1, 12)


@pytest.mark.parametrize(
    ("kinds", "middle"),
    [
        ({"4": 1}, 4),
        ({"1": 2, "9": 1}, 1),
        ({"open": 3}, None),
        ({"unknown": 2}, None),
        ({"2": 1, "3": 1}, 2.5),
    ],
)
def test_the_median_is_the_middle_one_or_between_two(kinds: dict[str, int], middle: float | None) -> None:
    assert median(kinds) == middle


def evaluate(case: Case, nr: int) -> None:
    """Planned for 20 March: 7 that day, 2 a day later, 3 never; 4 clients did not say whether it fits."""
    planned = case.plan_evaluation(date(2026, 3, 20), **telling(DAY))
    if nr < 9:
        day = given.clock_of(case).to(date(2026, 3, 20 if nr < 7 else 21))
        client = Fit.TOO_HEAVY if nr < 5 else None
        case.hold_evaluation(
            planned=planned,
            conclusions="Goed zo.",
            client_judgement=client,
            worker_judgement=Fit.FITS,
            **deciding(day),
        )
    else:
        day = given.clock_of(case).to(date(2026, 3, 21))
        case.hold_evaluation(conclusions="Los.", worker_judgement=Fit.FITS, **deciding(day))


def test_evaluations_in_time_with_both_judgements(told: Told, db: Db) -> None:
    told(evaluate)
    assert counted(number(db, "in_time")) == (7, 12)
    client = {kind: many for kind, many in number(db, "fit_client").kinds if many}
    worker = {kind: many for kind, many in number(db, "fit_worker").kinds if many}
    assert (client, worker) == ({"too_heavy": 5, "unknown": 7}, {"fits": 12})


def test_disagreements_that_are_settled(told: Told, db: Db) -> None:
    def disagree(case: Case, nr: int) -> None:
        voiced = case.voice_disagreement(Voice.CLIENT, "Zo niet.", **telling(DAY))
        if nr < 4:
            case.settle_disagreement(voiced, "Toch goed.", **deciding(DAY))

    told(disagree)
    assert counted(number(db, "settled")) == (4, 12)


def test_entries_per_contact_by_months_that_begin_at_midnight_here(
    told: Told, casework: Casework, follow: Follow, db: Db
) -> None:
    """23:30 in UTC on 31 March is 1 April in Amsterdam. Of each case: two entries in March, one in April."""

    def act(case: Case, nr: int) -> None:
        april = given.clock_of(case).to(date(2026, 4, 3))
        case.take_action("Samen gewandeld.", **telling(april, given.WORKER))

    cases = told(act)
    border = datetime(2026, 3, 31, 21, 30, tzinfo=UTC), datetime(2026, 3, 31, 22, 30, tzinfo=UTC)
    visited(casework, cases, *border, datetime(2026, 4, 9, 9, tzinfo=UTC))
    follow()
    assert counted(number(db, "load", MARCH)) == (24, 12)
    assert counted(number(db, "load", APRIL)) == (12, 24)


def test_what_was_withdrawn_does_not_count(told: Told, db: Db, casework: Casework, follow: Follow) -> None:
    cases = told(lambda case, _: a_goal(case), many=14)
    for case in cases[:3]:
        with casework.changing(case.id) as changing:
            goal = given.the(changing.case.plan.goals)
            entry = changing.case.plan.goals[goal].entry
            changing.case.withdraw_entry(entry, WhyWithdrawn.IN_ERROR, **telling(TODAY))
    follow()
    assert counted(number(db, "own_words")) == (11, 11)


def test_fewer_than_ten_clients_are_not_shown(told: Told, db: Db) -> None:
    told(lambda case, _: a_goal(case), many=9)
    assert not number(db, "own_words").shown
    assert not number(db, "own_words", Period.year(2026)).shown  # nor over a longer time


def test_two_cases_of_one_client_are_one_client(
    told: Told, db: Db, casework: Casework, follow: Follow
) -> None:
    told(lambda case, _: a_goal(case), many=9)
    again = opened(0)
    given.clock_of(again).to(DAY)
    a_goal(again)
    kept(casework, again)
    follow()
    assert not number(db, "own_words").shown


def test_a_case_that_moves_counts_in_the_team_that_wrote_it(told: Told, db: Db) -> None:
    """Twelve goals by North, and after the move twelve by East; what the client adds goes with the last."""

    def moves(case: Case, nr: int) -> None:
        a_goal(case)
        a_goal(case, by=OOST)
        case.make_proposal(
            then="Anders.", proposed_by=Voice.CLIENT, asks=Asks.ORGANISATION, **telling(DAY, given.CLIENT)
        )

    told(moves)
    assert counted(number(db, "own_words", team="Noord")) == (12, 12)
    assert counted(number(db, "own_words", team="Oost")) == (12, 12)
    assert counted(number(db, "own_words")) == (24, 24)
    assert counted(number(db, "answered", team="Oost")) == (0, 12)


def test_a_team_cannot_be_subtracted_from_the_organisation(told: Told, db: Db) -> None:
    """North has enough clients, East has two: none of them stands apart."""
    told(lambda case, nr: a_goal(case, by=OOST if nr < 2 else NOORD), many=20)
    assert counted(number(db, "own_words")) == (20, 20)
    assert not number(db, "own_words", team="Noord").shown
    assert not number(db, "own_words", team="Oost").shown


def test_a_month_cannot_be_subtracted_from_a_longer_period(told: Told, db: Db) -> None:
    """March and May have enough clients, April has two: the quarter is one block, and so is each other."""

    def goals(case: Case, nr: int) -> None:
        a_goal(case)
        if nr < 2:
            day = given.clock_of(case).to(date(2026, 4, 2))
            case.propose_goal(
                words="Nog een.", words_of=Voice.CLIENT, proposed_by=Voice.CLIENT, **telling(day)
            )

    told(goals)
    assert not number(db, "own_words", MARCH).shown
    assert not number(db, "own_words", SPRING).shown
    assert not number(db, "own_words", Period(date(2026, 1, 1), date(2026, 6, 1))).shown
    assert number(db, "say", MARCH).shown


def test_clients_with_their_own_screen_today(told: Told, db: Db) -> None:
    cases = told(lambda _case, _nr: None)
    before = counted(number(db, "own_screen"))
    name = f"screen-{uuid4()}"
    add_account(db, name, None, name="Cliënt", role=Role.CLIENT, id=cases[0].client_id)
    try:
        assert before == (0, 12)
        assert counted(number(db, "own_screen")) == (1, 12)
    finally:
        db.execute("UPDATE draad.account SET disabled_at = now() WHERE user_name = %(name)s", {"name": name})
    assert counted(number(db, "own_screen")) == (0, 12)  # one that was closed opens nothing


def test_the_cases_behind_a_figure(told: Told, db: Db) -> None:
    cases = told(refuse)
    how: Any = {"period": MARCH, "team": None}
    found = behind.cases(db, ALL, BY_NAME["reason_heard"], "yes", **how)
    assert [one.name for one in found] == [f"Cliënt {nr:02}" for nr in range(2, 12)]
    no = behind.cases(db, ALL, BY_NAME["stances"], "disagrees", **how)
    assert {one.case_id for one in no} == {case.id for case in cases}
    nobody = Who(UUID(int=3), "Zuid")
    assert behind.cases(db, nobody, BY_NAME["reason_heard"], "yes", **how) == []


@pytest.mark.parametrize(
    ("name", "tells", "above"), [("reason_heard", refuse, 10), ("answered", propose, 10)]
)
def test_behind_a_figure_stand_those_above_the_line_and_apart_from_them_the_rest(
    told: Told, db: Db, name: str, tells: Tell, above: int
) -> None:
    told(tells)
    sides = (
        behind.cases(db, ALL, BY_NAME[name], part, period=MARCH, team=None) for part in ("above", "rest")
    )
    so, not_so = ({one.case_id for one in side} for side in sides)
    assert (len(so), len(not_so), so & not_so) == (above, 12 - above, set())


def a_goal_on(case: Case, day: date) -> None:
    given.clock_of(case).to(day)
    case.propose_goal(words="Ik kook.", words_of=Voice.CLIENT, proposed_by=Voice.CLIENT, **telling(day))


def test_where_a_month_has_too_few_clients_the_nearest_period_that_shows_some_is_named(
    told: Told, db: Db
) -> None:
    """Six in April and six in June: the quarter holds twelve, and the year is not over."""
    told(lambda case, nr: a_goal_on(case, date(2026, 4 if nr < 6 else 6, 10)))
    spring = Period(APRIL.first, date(2026, 6, 1))
    for asked in (APRIL, MARCH, Period(date(2026, 8, 1), date(2026, 8, 1))):
        assert number(db, "own_words", asked).instead == spring


def test_no_period_is_named_that_is_not_over_yet(told: Told, db: Db) -> None:
    told(lambda case, nr: a_goal_on(case, date(2026, 10 if nr < 6 else 11, 10)))
    assert number(db, "own_words", Period(date(2026, 10, 1), date(2026, 10, 1))).instead is None


def test_too_few_clients_in_all_have_no_other_period(told: Told, db: Db) -> None:
    told(lambda case, _: a_goal_on(case, DAY), many=9)
    found = number(db, "own_words", MARCH)
    assert (found.shown, found.instead) == (False, None)


def test_what_of_a_year_is_not_drawn_is_named() -> None:
    year, spring = Period.year(2025), Period(date(2025, 3, 1), date(2025, 5, 1))
    found = year.without([spring])
    assert [(one.first.month, one.last.month) for one in found] == [(1, 2), (6, 12)]
    assert line([], year).left_out == (year,)
    assert line([(spring, Number(BY_NAME["say"], shown=True))], spring).left_out == ()
