"""The invented organisation holds what a newcomer should see, and the same each time."""

from __future__ import annotations

from collections import Counter
from datetime import date

import pytest

from domain.say import YES, Stance
from jobs.demo import organisation, sanne
from jobs.demo.teller import Teller

TODAY = date(2026, 11, 22)


@pytest.fixture(scope="module")
def stories() -> list[Teller]:
    return [sanne.story(TODAY), *(organisation.story(nr, TODAY) for nr in range(organisation.CLIENTS))]


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
    assert [e.TOPIC for e in again.case.entries] == [e.TOPIC for e in stories[4].case.entries]
    assert again.case.plan.client.name == stories[4].case.plan.client.name
