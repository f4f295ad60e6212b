"""Each question of an inspector: its answer on one story, in full; and what it says when nothing is there."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest

from domain.case import Case
from domain.days import Precision, end_of
from domain.entry import Entry
from domain.kinds import (
    ByWhom,
    Change,
    Fit,
    LegalBasis,
    SupportKind,
    Voice,
    WhyRefused,
    WhyRestricted,
    WhyWithdrawn,
)
from domain.proposals import StanceTaken
from jobs.demo import organisation
from jobs.demo.teller import Teller
from projections.masked import masked
from projections.questions import QUESTIONS, questions
from projections.questions.answer import Answer
from projections.then import ALL, Moment, Readings, Then
from tests import given
from tests.given import deciding, no, not_asked, telling, yes
from tests.inspected import inspected, looks, plain, visits
from tests.projections.signals.test_clocks import opened

STORY = Path(__file__).parent.parent / "inspected.txt"  # checked by hand, sentence by sentence
NUMBERS = range(1, 19)
NOTHING = {1, 2, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16, 17}  # in a case with only its opening


def then(
    entries: Sequence[Entry],
    on: date = given.TODAY,
    known: datetime = ALL,
    unread: Collection[int] = (),
) -> Then:
    return Readings(entries, unread).at(Moment(on, known))


def answered(case: Case, on: date = given.TODAY, known: datetime = ALL) -> dict[int, Answer]:
    return {answer.number: answer for answer in questions(then(case.entries, on, known))}


def written(case: Case, number: int, on: date = given.TODAY, known: datetime = ALL) -> list[str]:
    """One answer, in plain English."""
    return plain(answered(case, on, known)[number])


def where(answer: Answer) -> list[str]:
    """Where it was looked for."""
    return plain(replace(answer, sentences=answer.looked_in))


@pytest.fixture(scope="module")
def stories() -> list[Teller]:
    return organisation.stories(given.TODAY)


def expected() -> dict[int, list[str]]:
    parts = [part.splitlines() for part in STORY.read_text().strip().split("\n\n")]
    return {
        int(head.partition(".")[0]): [head.partition(". ")[2], *(line.removeprefix("- ") for line in told)]
        for head, *told in parts
    }


def test_there_are_eighteen_in_their_order() -> None:
    assert [one.number for one in QUESTIONS] == list(NUMBERS)


@pytest.mark.parametrize("number", NUMBERS)
def test_each_question_is_answered_on_one_story(number: int) -> None:
    case = inspected()
    found = questions(then(case.entries), visits(case), looks())[number - 1]
    assert [found.asks, *plain(found)] == expected()[number]
    assert found.found


@pytest.mark.parametrize("number", NUMBERS)
def test_an_empty_case_says_where_it_looked(number: int) -> None:
    found = answered(given.an_opened_case())[number]
    assert found.found is (number not in NOTHING)
    in_entries = "Looked in the one entry up to and including 22-11-2026."
    beside = {
        12: ["Looked in all contacts up to and including 22-11-2026: 0."],
        13: [
            "Looked in the log of who looked, up to and including 22-11-2026. Lines: 0.",
            in_entries,
        ],
    }
    assert where(found) == beside.get(number, [in_entries])


@pytest.mark.parametrize("number", NUMBERS)
def test_before_the_first_entry_there_is_nothing_and_it_says_so(number: int) -> None:
    found = answered(given.sanne(), date(2025, 12, 31))[number]
    assert (found.found, found.entries) == (False, ())
    if number != 12:
        assert "There is no entry up to and including 31-12-2025." in where(found)


def test_every_question_is_answered_for_every_client_of_the_demo(stories: list[Teller]) -> None:
    for told in stories:
        found = questions(then(told.case.entries))
        assert [answer.number for answer in found] == list(NUMBERS)
        for answer in found:
            assert answer.looked_in
            assert answer.entries or not answer.found or answer.number in {4, 12, 13, 18}, told.client.name
            assert set(answer.entries) <= {entry.number for entry in told.case.entries}


def test_what_is_recorded_later_changes_no_answer_of_then(stories: list[Teller]) -> None:
    for told in stories:
        entries = told.case.entries
        half = entries[len(entries) // 2]
        on, known = half.day, half.timestamp
        old = [entry for entry in entries if entry.timestamp <= known]
        assert questions(then(entries, on, known)) == questions(then(old, on, known)), told.client.name


def test_a_correction_recorded_later_is_not_known_then() -> None:
    case = given.sanne()
    clock = given.clock_of(case)
    case.correct_entry(4, "heard_by", "Nadia", "Verkeerde naam.", **telling(clock.to(date(2026, 11, 23))))
    before, after = end_of(given.TODAY), end_of(date(2026, 11, 23))
    assert "Heard by: Nadia." in written(case, 1, given.OPENING, after)[0]
    assert "Nadia" not in written(case, 1, given.OPENING, before)[0]
    assert (
        len(written(case, 14, given.OPENING, after)) == 1
    )  # of a day before the correction: it counts there
    assert written(case, 14, given.OPENING, before) == []


def test_what_was_corrected_of_a_later_day_is_no_answer_yet() -> None:
    case = inspected()
    assert written(case, 14, date(2026, 8, 2)) == []
    assert len(written(case, 14, date(2026, 8, 3))) == 2


def test_what_was_written_in_the_wrong_case_is_counted_and_not_told() -> None:
    case = given.sanne()
    case.take_action("Het geheim van Jansen.", **telling())
    case.withdraw_entry(case.version, WhyWithdrawn.WRONG_CLIENT, "Jansen", "Van Jansen.", **telling())
    unread = masked(case.entries, "Noord", given.TODAY)
    found = questions(then(case.entries, unread=unread))[13]
    told = "On 22-11-2026 entry 21 was taken out: wrong client. Asked by: Jansen. What it said is not shown."
    assert plain(found) == [f"{told} [22, 21]"]
    assert where(found) == [
        "Looked in all 21 entries up to and including 22-11-2026.",
        "Entries that you may not read, and that were left out: 1.",
    ]


def test_what_is_restricted_is_in_no_answer() -> None:
    case = given.sanne()
    case.restrict_entry(4, WhyRestricted.ACCURACY_CONTESTED, **telling())
    unread = masked(case.entries, "Noord", given.TODAY)
    found = questions(then(case.entries, unread=unread))
    assert "zus" not in "".join(line for answer in found for line in plain(answer))
    assert where(found[0])[1] == "Entries that you may not read, and that were left out: 1."


def test_a_representative_decides_only_where_their_yes_counts() -> None:
    case = given.with_goal()
    rita, goal = given.a_representative(case), given.the(case.plan.goals)
    case.agree_goal(goal, **deciding(say=not_asked()), representative_say=yes(person=rita))
    assert "Decided by: professional." in written(case, 3)[-1]


def test_a_text_that_changed_after_it_was_seen_is_counted() -> None:
    case = given.with_support()
    goal = given.the(case.plan.goals)
    shown = case.version
    assert shown == 6
    case.adjust_goal(goal, "Vier keer.", **deciding(say=replace(yes("Ja."), shown_version=shown)))
    case.adjust_goal(goal, "Vijf keer.", **deciding(say=replace(yes("Ja."), shown_version=shown)))
    assert written(case, 5)[-2].endswith("up to entry 6. Changes in this text since: 1. [7, 6, 8]")
    case.adjust_goal(goal, "Zes keer.", **deciding(say=replace(yes("Ja."), shown_version=8)))
    assert written(case, 5)[-1].endswith("up to entry 8. Changes in this text since: 0. [9, 8]")


def test_of_the_plan_as_a_whole_every_changed_text_is_counted() -> None:
    """Shown up to entry 10; since then the help (20) and the goal (22) changed."""
    case = given.sanne()
    case.lay_down_plan(**deciding(say=replace(yes("Goed."), shown_version=10)))
    case.adjust_goal(given.the(case.plan.goals), "Vier keer.", **deciding())
    assert any(line.endswith("Changes in this text since: 2. [21, 10, 20, 22]") for line in written(case, 5))


def test_the_terms_name_their_law_and_say_when_nobody_checked_them() -> None:
    care = opened(LegalBasis.WLZ)
    assert written(care, 7) == ["Our table of terms has none for this under wlz."]
    assert written(care, 6)[0].startswith("Wlz, article 8.1.1: Give the client time")
    assert "(not checked)" in "".join(written(inspected(), 15))


def test_a_day_that_is_not_known_well_counts_for_no_term() -> None:
    case = given.sanne()
    case.notice_change(
        Change.RESTLESS,
        "Ze loopt rond.",
        Voice.WORKER,
        **telling(date(2026, 5, 1)),
        precision=Precision.MONTH,
    )
    case.take_action("Samen gewandeld.", about=case.version, **telling())
    assert written(case, 11)[-1].endswith("The days in between cannot be counted. [22, 21]")


def test_what_was_done_before_the_change_was_noticed_has_no_number_of_days() -> None:
    case = given.sanne()
    case.notice_change(Change.RESTLESS, "Ze loopt rond.", Voice.WORKER, **telling(date(2026, 5, 3)))
    case.handle_signal("no_longer_fits", (case.version,), "Gepraat.", **telling(date(2026, 5, 1)))
    assert written(case, 11)[-1].endswith("The days in between cannot be counted. “Gepraat.” [22, 21]")


def test_a_change_nobody_acted_on_says_where_was_looked() -> None:
    case = given.sanne()
    case.notice_change(Change.WORSE, "Ze eet weinig.", Voice.WORKER, **telling())
    assert written(case, 11)[1:] == [
        "That somebody acted on this was not found. [21]",
        "Looked in all 21 entries up to and including 22-11-2026.",
    ]


def test_what_others_find_of_the_care_is_not_the_clients_answer() -> None:
    case = given.sanne()
    case.judge_fit(Fit.FITS, Voice.WORKER, **telling())
    assert written(case, 10)[0] == "What the client thinks of it themselves was not found."
    case.judge_fit(Fit.TOO_LIGHT, Voice.CLIENT, **telling())
    assert [line.split("According to: ")[1] for line in written(case, 10)] == ["client. [22]", "worker. [21]"]


def test_the_same_offered_again_stands_beside_the_time_of_peace() -> None:
    case = given.karim()
    before = given.the(case.plan.supports)
    case.offer_support(
        what="Toch koken",
        kind=SupportKind.GUIDANCE,
        provider="De Brug",
        again_of=before,
        **telling(date(2026, 4, 1)),
    )
    told = "The same was offered again on 01-04-2026. It was not to be asked before 04-03-2026."
    assert f"{told} [7]" in written(case, 8)


def test_a_no_in_an_answer_or_in_a_decision_that_was_taken_all_the_same_is_a_no() -> None:
    told = written(given.lena(), 8)
    assert [line.partition(" “")[0] for line in told] == [
        "On 26-01-2026, goal agreed,",
        "On 28-01-2026, stance taken,",
    ]
    assert told[1].endswith("The client said: disagrees. “Ik wil dit niet.” [4]")


def test_a_goal_that_the_organisation_turned_down_is_a_wish_that_could_not_be_met() -> None:
    case = given.with_goal()
    goal, how = given.the(case.plan.goals), deciding(date(2026, 1, 26), yes())
    why, instead = "Daar is geen plek voor.", "Koken bij de buren."
    case.turn_down_goal(goal, ByWhom.ORGANISATION, why, alternatives=instead, **how)
    told = written(case, 17)
    assert told[0].startswith("On 26-01-2026 the organisation turned down the goal “Ik kook")
    assert told[0].endswith(f"”. Why: “Daar is geen plek voor.” [{case.version}]")
    assert told[1:] == [f"What could be done instead: “Koken bij de buren.” [{case.version}]"]
    assert not answered(case)[8].found


def test_a_goal_that_the_client_turned_down_is_their_no_only() -> None:
    case = given.with_goal()
    case.turn_down_goal(
        given.the(case.plan.goals), ByWhom.CLIENT, "Nee.", **deciding(date(2026, 1, 26), no())
    )
    assert not answered(case)[17].found
    assert answered(case)[8].found


def test_who_is_on_file_is_not_who_came() -> None:
    told = written(given.sanne(), 12)
    assert told[0].endswith("People who came: 0. Contacts: 0.")
    assert told[1].startswith("In the record Thomas Visser is the worker who usually comes")


def restricted(**more: Any) -> Case:
    """A door that is locked, decided on 1 July."""
    case = given.an_opened_case()
    given.clock_of(case).to(date(2026, 7, 1))
    case.impose_restriction(
        what="De deur op slot.",
        in_plan=True,
        legal_ground="Wzd",
        lighter_ways_considered="Een bel.",
        ends_on=date(2026, 9, 30),
        **deciding(date(2026, 7, 1), not_asked()),
        **more,
    )
    given.clock_of(case).to(given.TODAY)
    return case


def test_a_restriction_that_was_used_is_told_also_when_it_was_withdrawn() -> None:
    case = restricted()
    case.use_restriction(2, still_needed=True, nothing_lighter=True, **telling(date(2026, 7, 2)))
    case.withdraw_entry(2, WhyWithdrawn.IN_ERROR, **telling())
    told = written(case, 15)
    assert told[0] == "Of a restriction that is not in this plan: [2]"
    assert told[-1].startswith("On 02-07-2026 it was used.")


def test_a_restriction_that_counts_later_is_told_from_the_day_it_was_decided() -> None:
    case = restricted(from_on=date(2026, 7, 10))
    assert written(case, 15, date(2026, 6, 30)) == []
    assert [line[:16] for line in written(case, 15, date(2026, 7, 5))] == ["From 10-07-2026:"]


def test_a_choice_in_the_code_is_nobodys_words() -> None:
    case = given.sanne()
    for _ in range(2):
        case.withdraw_entry(case.version, WhyWithdrawn.IN_ERROR, **telling())
    assert "“" not in "".join(written(case, 14))


def test_a_closed_case_says_so() -> None:
    assert written(given.bram(), 18)[-1] == "Closed on 08-06-2026. [8]"


def test_a_no_of_which_nothing_followed_says_so() -> None:
    case = given.with_offer()
    support = given.the(case.plan.supports)
    case.refuse_support(support, WhyRefused.NOT_ASKED, **deciding(say=no("")))
    assert "What was done with this no is not written down. [5]" in written(case, 8)


def test_people_stand_side_by_side_and_that_the_client_is_missing_is_said() -> None:
    case = given.with_support()
    rita, support = given.a_representative(case), given.the(case.plan.supports)
    other = case.propose_goal(
        words="Vroeg op.", words_of=Voice.NETWORK, proposed_by=Voice.NETWORK, **telling()
    )
    case.take_stance(other, no("Te vroeg.", person=rita), **telling())
    case.voice_disagreement(Voice.REPRESENTATIVE, "Te veel hulp.", rita, support, **telling())
    told = written(case, 16)
    assert told[0] == "On “Vroeg op.”, of the client themselves: nothing was found."
    assert told[2].startswith("On “Vroeg op.”, Rita Mulder on 22-11-2026: disagrees. “Te vroeg.”")
    assert told[3].startswith("On “Samen boodschappen doen en koken”, the client on")
    assert "Rita Mulder sees it differently since 22-11-2026: “Te veel hulp.”" in told[4]


def test_a_stance_on_what_is_not_in_the_plan_still_reads() -> None:
    case = given.with_goal()
    gone = case.propose_goal(words="Weg.", words_of=Voice.CLIENT, proposed_by=Voice.CLIENT, **telling())
    rita = given.a_representative(case)
    case.take_stance(gone, no(person=rita), **telling())
    case.withdraw_entry(3, WhyWithdrawn.IN_ERROR, **telling())
    assert any(isinstance(entry, StanceTaken) for entry in case.entries)
    assert any("something that is not in this plan" in line for line in written(case, 16))


def test_decided_for_later_says_from_when_it_counts() -> None:
    case = given.with_support()
    later = given.TODAY + timedelta(days=9)
    case.end_support(given.the(case.plan.supports), "Klaar.", **deciding(), from_on=later)
    assert "Counts from 01-12-2026." in written(case, 3)[-1]
