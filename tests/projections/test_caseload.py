"""The caseload: what a row says, who sees it, and how one finds it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any, ClassVar, Self
from uuid import UUID

import psycopg
import pytest

from domain.access import may_see
from domain.case import Case
from domain.casework import Casework
from domain.entry import Actor, Role
from domain.kinds import Asks, Fit, LegalBasis, PersonKind, TakenUp, Voice, WhyRefused
from domain.say import Means, Say, Stance
from projections import caseload
from projections.case_row import CaseRow, rows
from projections.caseload import ROWS, Filters, Sort, Who
from projections.read_model import Db, Told
from projections.signals.rows import Row, write
from projections.signals.signal import Weight
from tests import given
from tests.given import TODAY, deciding, telling
from tests.projections.conftest import Follow, kept

ALL = Who(UUID(int=1), None, sees_all=True)
NOORD = Actor(UUID(int=0x10), Role.COORDINATOR, "Ilse Kramer", "De Brug", "Noord")
OOST = Actor(UUID(int=0x11), Role.COORDINATOR, "Piet Vos", "De Brug", "Oost")
Page = Callable[..., caseload.Page]


def row(case: Case) -> CaseRow:
    """The row of a case, without a database."""
    (only,) = rows(Told(case.id, case.entries, case.entries, len(case.entries)))
    return only


def a_case(name: str, by: Actor = NOORD) -> Case:
    case = Case.open(
        UUID(int=0x5A), legal_basis=LegalBasis.WMO, question="?", clock=given.a_clock(), **deciding(by=by)
    )
    case.describe_client(name=name, **telling(by=by))
    return case


def names(page: caseload.Page) -> list[str]:
    return [row.name for row in page.rows]


@pytest.fixture
def page(casework: Casework, follow: Follow, db: Db) -> Page:
    """Keeps cases, follows, and asks for a page."""

    def asked(
        *cases: Case, who: Who = ALL, sort: Sort = Sort.NAME, number: int = 1, **filters: object
    ) -> caseload.Page:
        if cases:
            kept(casework, *cases)
        follow()
        return caseload.page(db, who, Filters(**filters), sort, number, today=TODAY)  # type: ignore[arg-type]

    return asked


# What a row says.
def test_a_row_says_whose_case_it_is_and_who_come() -> None:
    sanne = row(given.sanne())
    assert (sanne.name, sanne.called, sanne.case_number) == ("Sanne Mulder", "Sanne", "Z-1042")
    assert (sanne.team, sanne.lead, sanne.workers) == ("Noord", "Fatima de Wit", ["Thomas Visser"])
    assert sanne.people_users == [given.WORKER.user, given.COORDINATOR.user]
    assert (sanne.version, sanne.version_on) == (1, date(2026, 2, 2))
    assert (sanne.opened_on, sanne.last_changed_on, sanne.imported) == (
        given.OPENING,
        date(2026, 9, 7),
        False,
    )


def test_who_left_no_longer_counts_as_taking_part() -> None:
    case = given.sanne()
    case.leave_person(given.person_called(case, "Thomas Visser"), "ander werk", **telling())
    assert row(case).people_users == [given.COORDINATOR.user]
    assert row(case).workers == []


@pytest.mark.parametrize(
    ("stance", "counted"),
    [
        (Stance.AGREES, "goals_agreed"),
        (Stance.AGREES_IN_PART, "goals_agreed"),
        (Stance.DISAGREES, "goals_disagreed"),
        (Stance.NOT_NOW, "goals_not_yet"),
        (Stance.WANTS_TO_TALK, "goals_not_yet"),
        (Stance.COULD_NOT_ANSWER, "goals_unanswered"),
        (Stance.DID_NOT_WANT_TO_ANSWER, "goals_unanswered"),
        (Stance.UNKNOWN, "goals_unknown"),
    ],
)
def test_a_goal_counts_by_what_the_client_said_of_it(stance: Stance, counted: str) -> None:
    case = given.with_goal()
    by = given.IMPORT if stance is Stance.UNKNOWN else NOORD
    case.agree_goal(given.the(case.plan.goals), **deciding(say=given.a_say(stance, "…"), by=by))
    counts = {name: value for name, value in vars(row(case)).items() if name.startswith("goals_") and value}
    assert (row(case).goals, counts) == (1, {counted: 1})


def test_running_support_counts_by_what_the_client_said_of_it() -> None:
    case = given.with_support()
    support = given.the(case.plan.supports)
    assert (row(case).supports, row(case).supports_agreed) == (1, 1)
    case.adjust_support(support, "Zwemmen", "anders", **deciding(say=given.not_asked()))
    assert (row(case).supports_agreed, row(case).supports_not_asked) == (0, 1)
    case.take_stance(support, given.no(), **telling())
    assert (row(case).supports_not_asked, row(case).supports_disagreed) == (0, 1)
    case.end_support(support, "klaar", **deciding())
    assert (row(case).supports, row(case).supports_disagreed) == (0, 0)


def test_agreement_with_the_text_before_is_not_agreement_with_this_one() -> None:
    case = given.with_offer()
    goal = given.the(case.plan.goals)
    case.adjust_goal(goal, "Ik kook elke dag.", "beter", **deciding(say=given.not_asked()))
    assert (row(case).goals_agreed, row(case).goals_not_asked, row(case).without_say) == (0, 1, 1)


def test_a_gesture_is_not_counted_as_agreement() -> None:
    case = given.with_goal()
    case.agree_goal(given.the(case.plan.goals), **deciding(say=Say(Stance.AGREES, Means.SHOWN)))
    assert (row(case).goals_agreed, row(case).goals_unknown) == (0, 1)


def test_agreement_from_before_a_reopening_is_asked_again() -> None:
    case = given.with_offer()
    goal = given.the(case.plan.goals)
    case.close_case("klaar", **deciding(date(2026, 3, 1)))
    case.reopen_case("terug", **deciding(date(2026, 4, 1)))
    assert (row(case).goals_agreed, row(case).goals_not_asked) == (0, 1)
    case.take_stance(goal, given.yes(), **telling(date(2026, 4, 1)))
    assert (row(case).goals_agreed, row(case).goals_not_asked) == (1, 0)


def test_a_firm_no_and_a_weaker_yes_are_a_contradiction() -> None:
    case = given.lena()
    case.take_stance(given.the(case.plan.goals), given.yes(), **telling())
    assert row(case).goals_contradictory == 1


def test_what_was_decided_without_asking_counts_until_the_client_was_heard() -> None:
    case = given.with_goal()
    goal = given.the(case.plan.goals)
    case.agree_goal(goal, **deciding(say=given.not_asked()))
    assert row(case).without_say == 1
    case.take_stance(goal, given.no(), **telling())
    assert row(case).without_say == 0


def test_naming_a_lead_without_asking_does_not_count() -> None:
    case = given.sanne()
    thomas = given.person_called(case, "Thomas Visser")
    case.name_lead(thomas, **deciding(say=given.not_asked()))
    assert row(case).without_say == 0


def test_a_proposal_of_the_client_waits_until_it_is_answered() -> None:
    case = given.sanne()
    asked = case.make_proposal(
        then="Op vrijdag.", proposed_by=Voice.CLIENT, asks=Asks.ORGANISATION, **telling(date(2026, 11, 13))
    )
    assert (row(case).proposals, row(case).proposals_since) == (1, date(2026, 11, 13))
    case.answer_proposal(asked, TakenUp.NOT, words="Er is niemand.", **deciding(say=given.not_asked()))
    assert (row(case).proposals, row(case).proposals_since) == (0, None)
    assert row(case).without_say == 0  # our no changed nothing in the plan


def test_a_question_to_the_client_is_no_proposal_of_the_client() -> None:
    assert (row(given.lena()).questions, row(given.lena()).proposals) == (1, 0)


def test_a_refusal_counts_until_somebody_writes_down_what_was_done_with_it() -> None:
    case = given.with_offer()
    support = given.the(case.plan.supports)
    refusal = case.refuse_support(support, WhyRefused.OTHER, **deciding(say=given.no()))
    assert row(case).refusals == 1
    case.respect_refusal(refusal, stopped=True, door="Bel Fatima.", **telling())
    assert row(case).refusals == 0


def test_a_refusal_that_the_client_came_back_on_asks_nothing_any_more() -> None:
    case = given.with_offer()
    support = given.the(case.plan.supports)
    case.refuse_support(support, WhyRefused.OTHER, **deciding(say=given.no()))
    case.accept_support(support, **deciding())
    assert row(case).refusals == 0


def test_the_next_evaluation_is_the_first_that_was_not_held() -> None:
    case = given.sanne()
    first = case.plan_evaluation(date(2026, 10, 1), **telling(date(2026, 9, 10)))
    case.plan_evaluation(date(2027, 4, 1), **telling(date(2026, 9, 10)))
    assert row(case).next_evaluation == date(2026, 10, 1)
    case.hold_evaluation(planned=first, worker_judgement=Fit.FITS, conclusions="Het past.", **deciding())
    assert row(case).next_evaluation == date(2027, 4, 1)


# Who sees it.
def test_a_coordinator_sees_the_team_those_without_team_and_where_they_take_part(page: Page) -> None:
    imported = a_case("Invoer", given.IMPORT)
    joined = a_case("Elders", OOST)
    joined.join_person(name="Ilse Kramer", kind=PersonKind.WORKER, user=NOORD.user, **telling(by=OOST))
    found = page(a_case("Eigen"), imported, joined, a_case("Vreemd", OOST), who=Who(NOORD.user, "Noord"))
    assert sorted(names(found)) == ["Eigen", "Elders", "Invoer"]
    assert found.counts.total == 3


def test_who_has_no_team_sees_only_where_they_take_part(page: Page) -> None:
    found = page(
        a_case("Eigen"), given.sanne(), a_case("Invoer", given.IMPORT), who=Who(given.WORKER.user, None)
    )
    assert names(found) == ["Sanne Mulder"]


def test_who_sees_all_sees_all(page: Page) -> None:
    assert page(a_case("A"), a_case("B", OOST)).counts.total == 2


@pytest.mark.parametrize("who", [NOORD, OOST, given.WORKER, given.OTHER_WORKER, given.MANAGER])
def test_the_list_shows_just_the_cases_whose_page_may_be_seen(page: Page, who: Actor) -> None:
    cases = [given.sanne(), a_case("Noord"), a_case("Oost", OOST), a_case("Invoer", given.IMPORT)]
    team = who.team if who.role is Role.COORDINATOR else None
    found = page(*cases, who=Who(who.user, team, sees_all=who.role is Role.MANAGER))
    may = {case.id for case in cases if may_see(who, case, TODAY)}
    assert {row.case_id for row in found.rows} == may


def test_workers_to_choose_from_are_those_of_the_cases_one_sees(page: Page) -> None:
    assert page(given.sanne(), who=Who(OOST.user, "Oost")).counts.workers == []
    assert page(who=Who(NOORD.user, "Noord")).counts.workers == ["Thomas Visser"]


# How one finds it.
@pytest.mark.parametrize("text", ["mulder", "SANNE", "z-1042", "mul san", "Sánne", "1042"])
def test_a_case_is_found_by_parts_of_its_name_or_number(page: Page, text: str) -> None:
    assert names(page(given.sanne(), a_case("Karim"), text=text)) == ["Sanne Mulder"]


@pytest.mark.parametrize("text", ["%", "_", "\\", "mulder karim"])
def test_signs_in_a_search_are_letters(page: Page, text: str) -> None:
    assert names(page(given.sanne(), a_case("Karim"), text=text)) == []


def without_asking() -> Case:
    case = a_case("Zonder vragen")
    case.describe_client(name="Zonder Vragen", **telling())
    case.make_agreement("Thomas belt.", "Thomas", **deciding(say=given.not_asked()))
    return case


def refused() -> Case:
    case = given.with_offer()
    case.describe_client(name="Nee Gezegd", **telling())
    case.refuse_support(given.the(case.plan.supports), WhyRefused.OTHER, **deciding(say=given.no()))
    return case


def waiting() -> Case:
    case = a_case("Wacht Opons")
    case.make_proposal(then="Op vrijdag.", proposed_by=Voice.CLIENT, asks=Asks.ORGANISATION, **telling())
    return case


def late() -> Case:
    case = given.an_opened_case()
    case.describe_client(name="Te Laat", **telling())
    case.plan_evaluation(TODAY - timedelta(days=1), **telling(date(2026, 9, 1)))
    return case


def on_time() -> Case:
    case = given.an_opened_case()
    case.describe_client(name="Op Tijd", **telling())
    case.plan_evaluation(TODAY, **telling(date(2026, 9, 1)))
    return case


@pytest.mark.parametrize(
    ("asked", "name"),
    [
        ({"without_say": True}, "Zonder Vragen"),
        ({"refused": True}, "Nee Gezegd"),
        ({"waiting": True}, "Wacht Opons"),
        ({"late": True}, "Te Laat"),
        ({"evaluation_before": TODAY}, "Te Laat"),
        ({"worker": "Thomas Visser"}, "Sanne Mulder"),
    ],
)
def test_each_filter_finds_its_case(page: Page, asked: dict[str, object], name: str) -> None:
    found = page(without_asking(), refused(), waiting(), late(), on_time(), given.sanne(), **asked)
    assert names(found) == [name]
    counts = replace(found.counts, workers=[], cases=[])
    assert counts == caseload.Counts(
        6, waiting=1, without_say=1, late=1, refused=1, signals=0, found=1, workers=[], cases=[]
    )


def test_a_closed_case_is_found_among_the_closed(page: Page) -> None:
    closed = given.bram()
    assert page(closed, a_case("Open")).counts.total == 1
    assert [row.case_id for row in page(closed=True).rows] == [closed.id]


def test_a_case_that_closes_later_is_open_today(page: Page) -> None:
    case = a_case("Straks")
    case.close_case("klaar", from_on=TODAY + timedelta(days=1), **deciding())
    assert names(page(case)) == ["Straks"]


def test_the_most_urgent_stands_first(page: Page) -> None:
    found = page(
        on_time(), late(), waiting(), a_case("Rustig"), without_asking(), refused(), sort=Sort.URGENCY
    )
    assert names(found) == ["Nee Gezegd", "Zonder Vragen", "Wacht Opons", "Te Laat", "Op Tijd", "Rustig"]


def test_a_signal_of_now_stands_beside_a_refusal_and_a_lighter_one_before_nothing(page: Page, db: Db) -> None:
    cases = [on_time(), late(), a_case("Rustig"), without_asking(), a_case("Deze Week"), a_case("Nu Kijken")]
    page(*cases)
    signal(db, cases[-1], Weight.NOW)
    signal(db, cases[-2], Weight.THIS_WEEK)
    signal(db, cases[2], Weight.NOW, "handled")
    found = page(sort=Sort.URGENCY)
    assert names(found) == ["Nu Kijken", "Zonder Vragen", "Te Laat", "Deze Week", "Op Tijd", "Rustig"]
    assert found.counts.signals == 2


def test_a_signal_for_managers_moves_nobody_elses_list(page: Page, db: Db) -> None:
    page(a_case("Anna"), bert := a_case("Bert"))
    signal(db, bert, Weight.NOW, managers=True)
    assert names(page(sort=Sort.URGENCY)) == ["Bert", "Anna"]
    assert names(page(sort=Sort.URGENCY, who=Who(NOORD.user, "Noord"))) == ["Anna", "Bert"]


def signal(db: Db, case: Case, weight: Weight, state: str = "new", *, managers: bool = False) -> None:
    now = given.now()
    write(
        db,
        [Row(case.id, "stuck_goal", TODAY, [], [], weight, state, None, None, "{}", managers, "", [], now)],
    )


def test_evaluations_stand_by_day_and_those_without_last(page: Page) -> None:
    found = page(on_time(), a_case("Geen"), late(), sort=Sort.EVALUATION)
    assert names(found) == ["Te Laat", "Op Tijd", "Geen"]


def test_what_changed_last_stands_first(page: Page) -> None:
    old, new = given.an_opened_case(), a_case("Nieuw")
    assert [row.case_id for row in page(old, new, sort=Sort.CHANGED).rows] == [new.id, old.id]


def test_names_stand_as_in_a_dutch_list(page: Page) -> None:
    people = ["Jan de Vries", "Ánna Zwart", "Bert van Dijk", "Cor Vos"]
    assert names(page(*map(a_case, people))) == ["Bert van Dijk", "Cor Vos", "Jan de Vries", "Ánna Zwart"]


def test_a_page_holds_25_and_past_the_last_is_the_last(page: Page) -> None:
    first = page(*(a_case(f"Client {number:02}") for number in range(ROWS + 2)))
    assert (len(first.rows), first.last, first.counts.found) == (ROWS, 2, ROWS + 2)
    assert names(page(number=2)) == ["Client 25", "Client 26"]
    assert (page(number=9).number, names(page(number=9))) == (2, ["Client 25", "Client 26"])


def test_an_empty_list_has_one_page(page: Page) -> None:
    assert (page().last, page().rows) == (1, [])


def test_the_whole_list_is_there_to_keep(page: Page, db: Db) -> None:
    page(*(a_case(f"Client {number:02}") for number in range(ROWS + 2)))
    assert len(caseload.every(db, ALL, today=TODAY)) == ROWS + 2


class Counting(psycopg.Cursor[Any]):
    """A cursor that remembers what was asked through it and its like."""

    asked: ClassVar[list[object]] = []

    def execute(self, query: Any, *args: Any, **kwargs: Any) -> Self:
        self.asked.append(query)
        return super().execute(query, *args, **kwargs)


def test_a_page_asks_two_questions_of_the_database(page: Page, db: Db) -> None:
    page(given.sanne())
    db.cursor_factory = Counting
    caseload.page(db, ALL, Filters(text="sanne"), Sort.URGENCY, 3, today=TODAY)
    assert len(Counting.asked) == 2
