"""The invented organisation holds what a newcomer should see, and the same each time."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from domain.kinds import LegalBasis
from domain.say import YES, Stance
from jobs.demo import greet, organisation
from jobs.demo.teller import Teller
from projections.my_plan import questions
from projections.signals.clocks import ClockState, clocks
from projections.signals.rows import observed
from web.asking.open_matters import rows_of

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def stories() -> list[Teller]:
    return organisation.stories(TODAY)


def test_there_are_enough_clients_over_two_years(stories: list[Teller]) -> None:
    opened = [t.case.plan.opened_on for t in stories]
    assert len(stories) >= 30
    assert min(day for day in opened if day) <= date(2024, 12, 31)


def test_every_story_has_its_turns_somewhere(stories: list[Teller]) -> None:
    kinds = Counter(entry.TOPIC for t in stories for entry in t.case.entries)
    for topic in [
        "support_refused",
        "refusal_respected",
        "disagreement_voiced",
        "disagreement_settled",
        "worker_changed",
        "goal_adjusted",
        "support_scaled_down",
        "entry_corrected",
        "entry_withdrawn",
        "proposal_made",
        "proposal_answered",
        "case_closed",
        "goal_turned_down",
        "goal_reached",
        "read_back",
        "own_plan_offered",
        "personal_plan_handed_in",
        "supporter_pointed_out",
        "introduction_held",
        "circle_drawn",
        "ability_described",
        "talking_point_set",
        "need_stated",
        "need_confirmed",
        "wellbeing_asked",
        "experience_judged",
        "progress_told",
        "success_marked",
        "fit_judged",
        "choice_offered",
        "choice_made",
        "tryout_agreed",
        "tryout_looked_back",
        "ideal_not_available",
        "risk_weighed",
        "capacity_judged",
        "representative_named",
        "restriction_imposed",
        "restriction_used",
        "restriction_reviewed",
        "consent_given",
        "complaint_voiced",
        "complaint_answered",
        "mediator_offered",
        "mediator_involved",
        "common_ground_found",
        "agreement_checked",
    ]:
        assert kinds[topic], f"no story has a {topic}"


def test_some_entries_were_written_down_later_than_they_happened(stories: list[Teller]) -> None:
    late = [e for t in stories for e in t.case.entries if (e.timestamp.date() - e.day).days > 5]
    assert late


def test_nothing_is_loose_and_nothing_lies_in_the_future(stories: list[Teller]) -> None:
    for t in stories:
        assert not t.case.plan.loose
        assert all(e.day <= TODAY and e.timestamp.date() <= TODAY for e in t.case.entries)


def test_most_clients_agree_some_do_not_and_some_were_not_asked(stories: list[Teller]) -> None:
    said = Counter(say.stance for t in stories for entry in t.case.entries for say in entry.stances())
    assert sum(said[s] for s in YES) > said[Stance.DISAGREES] > 0
    assert said[Stance.NOT_ASKED] > 0


def test_a_question_lies_open_with_sanne(stories: list[Teller]) -> None:
    assert any(p.open and p.asks == "client" for p in stories[0].case.plan.proposals.values())


def test_the_same_day_tells_the_same_stories(stories: list[Teller]) -> None:
    again = organisation.story(3, TODAY)
    before = next(t for t in stories if t.client.name == again.client.name)
    assert [e.TOPIC for e in again.case.entries] == [e.TOPIC for e in before.case.entries]


@pytest.mark.parametrize("day", [date(2027, 1, 2), date(2027, 7, 31), date(2028, 2, 29)])
def test_the_stories_can_be_told_on_any_day(day: date) -> None:
    for t in organisation.stories(day):
        assert not t.case.plan.loose
        assert all(e.day <= day and e.timestamp.date() <= day for e in t.case.entries)


def test_a_story_never_goes_back() -> None:
    t = organisation.story(3, TODAY)
    day = t.day
    t.until((TODAY - day).days + 100)
    assert t.day == day


def test_every_law_has_its_clients(stories: list[Teller]) -> None:
    laws = Counter(t.client.law for t in stories)
    assert all(laws[law] for law in (LegalBasis.WMO, LegalBasis.JEUGDWET, LegalBasis.WLZ, LegalBasis.ZVW))


def test_the_restriction_of_greet_keeps_every_term_of_the_law() -> None:
    t = greet.story(TODAY)
    terms = clocks(observed(t.case.entries, [], TODAY))
    assert {"Z1", "Z2", "Z4", "Z5"} <= {clock.deadline.id for clock in terms}
    assert not [c for c in terms if c.state_on(TODAY) in {ClockState.PASSED, ClockState.LATE}]


def test_the_say_sheet_asks_what_the_paper_and_the_clients_own_page_ask(stories: list[Teller]) -> None:
    for t in stories:
        asked = [(question.subject, question.entry) for question in questions(t.case.entries, TODAY)]
        assert [(row.subject, row.entry) for row in rows_of(t.case, TODAY)] == asked
