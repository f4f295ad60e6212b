"""The timeline shows every entry, also what was withdrawn or corrected, and nobody else's."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest

from domain.case import Case
from domain.correcting import EntryCorrected
from domain.days import Precision, end_of
from domain.entry import Decider
from domain.gaps import EntryGone
from domain.kinds import (
    Asks,
    ConsentPurpose,
    ConversationKind,
    PersonKind,
    TakenUp,
    Voice,
    WhyRestricted,
    WhyWithdrawn,
    WishForm,
)
from domain.say import Means, Stance
from projections.days import by_day
from projections.kind import Kind
from projections.masked import masked
from projections.timeline import Line, of_kind, timeline
from tests import given
from tests.given import clock_of, deciding, telling, the

SOUP = "Samen soep gemaakt."


def with_a_note(words: str = SOUP) -> tuple[Case, int]:
    """A goal, and a daily note with its number."""
    case = given.with_goal()
    case.take_action(words, **telling())
    return case, case.version


def line_of(case: Case, number: int) -> Line:
    return next(line for line in timeline(case.entries) if line.number == number)


def test_every_entry_is_one_line_the_newest_first() -> None:
    lines = timeline(given.sanne().entries)
    assert sorted(line.number for line in lines) == [e.number for e in given.sanne().entries]
    places = [(line.day, line.number) for line in lines]
    assert places == sorted(places, reverse=True)


def test_a_late_entry_stands_on_its_own_day() -> None:
    case = given.sanne()
    case.take_action("Gebeld.", **telling(date(2026, 2, 3)))
    lines = timeline(case.entries)
    where = next(nr for nr, line in enumerate(lines) if line.number == case.version)
    assert lines[where - 1].day > date(2026, 2, 3) > lines[where + 1].day


def test_what_is_withdrawn_stays_readable_with_who_asked_and_why() -> None:
    case, note = with_a_note()
    case.withdraw_entry(note, WhyWithdrawn.IN_ERROR, "Sanne", **telling())
    line = line_of(case, note)
    assert line.withdrawn
    assert (line.withdrawn.reason, line.withdrawn.asked_by) == (WhyWithdrawn.IN_ERROR, "Sanne")
    assert line.entry is case.entries[note - 1]


def test_a_withdrawal_that_is_withdrawn_gives_the_entry_back() -> None:
    case, note = with_a_note()
    case.withdraw_entry(note, WhyWithdrawn.IN_ERROR, **telling())
    case.withdraw_entry(case.version, WhyWithdrawn.IN_ERROR, **telling())
    assert line_of(case, note).withdrawn is None


def test_what_belongs_in_another_case_is_not_shown_nor_what_was_said_about_it() -> None:
    case, note = with_a_note("Mevrouw Jansen gebeld.")
    case.correct_entry(note, "done_by", "Jansen", "naam", **telling())
    case.add_statement(note, "Jansen was er niet.", **telling())
    case.withdraw_entry(note, WhyWithdrawn.WRONG_CLIENT, words="Was voor Jansen.", **telling())
    hidden = [line_of(case, number) for number in (note, note + 1, note + 2)]
    assert all(line.masked and not line.corrections and not line.statements for line in hidden)
    assert not any("Jansen" in repr(line) for line in timeline(case.entries))


def test_what_was_said_about_a_destroyed_entry_goes_unread_with_it() -> None:
    case, note = with_a_note("Mevrouw Jansen gebeld.")
    case.correct_entry(note, "done_by", "Jansen", "naam", **telling())
    case.add_statement(note, "Jansen was er niet.", **telling())
    case.withdraw_entry(note, WhyWithdrawn.IN_ERROR, words="Was voor Jansen.", **telling())
    before, destroyed = case.entries[note - 2 : note]
    lines = timeline([EntryGone.at(e, before, None) if e is destroyed else e for e in case.entries])
    gap, *about = (lines.of(number) for number in range(note, note + 4))
    assert gap
    assert not gap.masked
    assert all(line and line.about_a_gap for line in about)
    assert not any("Jansen" in repr(line) for line in lines)


def test_what_belongs_in_another_case_is_hidden_on_any_day_and_at_any_known_moment() -> None:
    case, note = with_a_note("Mevrouw Jansen gebeld.")
    before = clock_of(case).moment
    clock_of(case).moment += timedelta(minutes=1)
    case.withdraw_entry(note, WhyWithdrawn.WRONG_CLIENT, **telling())
    assert masked(case.entries).keys() == {note}
    then = timeline(case.entries, known=before)
    assert next(line for line in then if line.number == note).masked


def test_a_goal_of_another_client_names_nothing() -> None:
    case = given.an_opened_case()
    goal = case.propose_goal(
        words="Jansen verhuist.", words_of=Voice.CLIENT, proposed_by=Voice.CLIENT, **telling()
    )
    proposed = case.version
    case.agree_goal(goal, **deciding())
    before = clock_of(case).moment
    clock_of(case).moment += timedelta(minutes=1)
    case.withdraw_entry(proposed, WhyWithdrawn.WRONG_CLIENT, **telling())
    assert goal not in line_of(case, proposed + 1).names
    assert not any(goal in line.names for line in timeline(case.entries, known=before))


def test_a_correction_shows_what_it_was_and_what_it_is() -> None:
    case, note = with_a_note()
    case.correct_entry(note, "happened_on", "2026-11-02", "verkeerde dag", **telling())
    line = line_of(case, note)
    (correction,) = line.corrections
    assert (correction.was, correction.now) == (given.TODAY, date(2026, 11, 2))
    assert line.day == date(2026, 11, 2)
    assert line_of(case, note + 1).corrections[0].now == date(2026, 11, 2)


def test_a_correction_was_not_known_before_it_was_written_down() -> None:
    case, note = with_a_note()
    before = end_of(given.TODAY)
    clock_of(case).to(given.TODAY + timedelta(days=1))
    case.correct_entry(note, "done_by", "Nadia", "naam", **telling())
    (line,) = [line for line in timeline(case.entries, known=before) if line.number == note]
    assert not line.corrections


def test_statements_and_readings_stand_beside_the_entry() -> None:
    case, note = with_a_note()
    case.add_statement(note, "Ik sneed alleen de wortels.", **telling())
    case.read_back(note, right=True, **telling())
    line = line_of(case, note)
    assert [s.words for s in line.statements] == ["Ik sneed alleen de wortels."]
    assert [r.right for r in line.readings] == [True]


def test_a_yes_that_was_not_right_when_read_back_is_no_yes_on_the_timeline() -> None:
    case = given.with_offer()
    agreed = next(e.number for e in case.entries if e.TOPIC == "goal_agreed")
    case.read_back(agreed, right=False, words="Ik zei: misschien.", **telling(by=given.CLIENT))
    say = line_of(case, agreed).say
    assert say
    assert (say.stance, say.words, say.means) == (Stance.WANTS_TO_TALK, "Ik zei: misschien.", Means.READ_BACK)


def test_names_are_those_of_the_day_not_of_today() -> None:
    case = given.with_offer()
    goal = given.the(case.plan.goals)
    case.adjust_goal(goal, "Ik kook elke dag zelf.", "Het gaat goed.", **deciding())
    agreed = next(line for line in timeline(case.entries) if line.topic == "goal_agreed")
    adjusted = line_of(case, case.version)
    assert agreed.names[goal] == adjusted.names[goal] == "Ik kook drie keer per week zelf."


def test_other_help_is_called_what_it_was_until_then_and_nothing_when_it_is_gone() -> None:
    case = given.with_support()
    support = given.the(case.plan.supports)
    case.adjust_support(support, "Samen koken", "Zij vroeg het.", **deciding())
    number = case.version
    case.end_support(support, "Het lukt.", **deciding())
    assert line_of(case, number).names[support] == "Samen boodschappen doen en koken"
    assert line_of(case, number + 1).names[support] == "Samen koken"
    offered = next(e.number for e in case.entries if e.TOPIC == "support_offered")
    case.withdraw_entry(offered, WhyWithdrawn.IN_ERROR, **telling())
    assert support not in line_of(case, number).names


def test_up_to_a_day_there_is_nothing_later() -> None:
    lines = timeline(given.sanne().entries, on=date(2026, 2, 2))
    assert max(line.day for line in lines) == date(2026, 2, 2)
    assert len(lines) < len(given.sanne().entries)


def test_the_four_kinds() -> None:
    case, note = with_a_note()
    case.withdraw_entry(note, WhyWithdrawn.DOUBLE, **telling())
    case.voice_wish("Een hond.", WishForm.SAID, Voice.CLIENT, **telling())
    case.agree_goal(given.the(case.plan.goals), **deciding(say=given.not_asked()))
    lines = timeline(case.entries)
    agreed, wish, withdrawal, action = lines[:4]
    assert action.kinds == {Kind.ACTION}
    assert withdrawal.kinds == {Kind.CORRECTION}
    assert wish.kinds == {Kind.VOICE, Kind.PLAN}
    assert agreed.kinds == {Kind.PLAN}
    assert list(of_kind(lines, Kind.CORRECTION)) == [withdrawal]
    assert list(of_kind(lines, None)) == list(lines)


def test_lines_are_grouped_by_day_and_within_it_by_conversation() -> None:
    case = given.with_goal()
    talk = uuid4()
    for words, conversation in (("een", talk), ("twee", None), ("drie", talk)):
        case.take_action(words, conversation_id=conversation, **telling())
    today, goal, opening = by_day(timeline(case.entries))
    assert [day.happened_on for day in (today, goal, opening)] == [
        given.TODAY,
        date(2026, 1, 19),
        given.OPENING,
    ]
    assert [[line.number for line in of.lines] for of in today.talks] == [[5, 3], [4]]
    assert not today.talks[0].held  # recorded together, and nobody wrote down a talk
    held: dict[str, Any] = {"kind": ConversationKind.TEAM, "present": ("Sanne",), "client_present": True}
    case.hold_conversation(conversation_id=talk, **held, **telling())
    assert by_day(timeline(case.entries))[0].talks[0].held


def test_a_day_that_is_not_known_is_not_shown_as_a_day() -> None:
    case = given.with_goal()
    case.take_action("Ergens in maart.", precision=Precision.MONTH, **telling(date(2026, 3, 1)))
    march = by_day(timeline(case.entries))[0]
    assert (march.precision, march.happened_on) == (Precision.MONTH, date(2026, 3, 1))


def test_reading_does_not_depend_on_the_order_of_the_list() -> None:
    entries = given.sanne().entries
    assert list(timeline(entries[::-1])) == list(timeline(entries))


def test_a_dangling_correction_is_read_as_it_stands() -> None:
    case, note = with_a_note()
    case.correct_entry(note, "done_by", "Nadia", "naam", **telling())
    last = case.entries[-1]
    assert isinstance(last, EntryCorrected)
    far = replace(last, entry=99, was="no json")  # type: ignore[call-arg]  # the library makes it a dataclass
    line = timeline([*case.entries[:-1], far])[0]
    assert line.corrections[0].was == "no json"
    assert line.names.get(UUID(int=0)) is None


def test_who_decided_follows_what_was_read_back() -> None:
    case = given.karim()
    refused = next(e.number for e in case.entries if e.TOPIC == "support_refused")
    assert line_of(case, refused).decided_by is Decider.CLIENT
    case.read_back(refused, right=False, words="Niet de hulp, de tijd.", **telling())
    assert line_of(case, refused).decided_by is Decider.PROFESSIONAL


def test_a_no_to_a_question_is_decided_by_the_client() -> None:
    case = given.sanne()
    facts = {"then": "Om de week.", "proposed_by": Voice.WORKER, "asks": Asks.CLIENT}
    asked = case.make_proposal(**facts, **telling())  # type: ignore[arg-type]
    case.answer_proposal(asked, TakenUp.NOT, **deciding(say=given.no()))
    assert line_of(case, case.version).decided_by is Decider.CLIENT


def test_the_representatives_own_session_makes_their_say_firm_here_as_in_the_plan() -> None:
    case = given.sanne()
    rita = given.a_representative(case)
    case.lay_down_plan(representative_say=given.yes(person=rita), **deciding())
    laid_down = case.version
    case.read_back(laid_down, right=True, person=rita, **telling(by=given.CLIENT))
    assert getattr(line_of(case, laid_down).representative_say, "means") is Means.SPOKEN  # noqa: B009
    case.read_back(laid_down, right=True, person=rita, **telling(by=given.REPRESENTATIVE))
    assert getattr(line_of(case, laid_down).representative_say, "means") is Means.READ_BACK  # noqa: B009


def test_what_is_restricted_is_not_shown_nor_what_was_said_about_it_until_it_is_lifted() -> None:
    case, note = with_a_note("Mevrouw Jansen gebeld.")
    case.correct_entry(note, "done_by", "Jansen", "naam", **telling())
    case.add_statement(note, "Jansen was er niet.", **telling())
    case.read_back(note, right=False, words="Jansen belde mij.", **telling())
    case.withdraw_entry(note, WhyWithdrawn.IN_ERROR, words="Jansen vroeg dit.", **telling())
    whole = list(timeline(case.entries))
    case.restrict_entry(note, WhyRestricted.OBJECTION, **telling())
    hidden = [line_of(case, number) for number in range(note, note + 5)]
    assert {line.restricted and line.restricted.number for line in hidden} == {case.version}
    assert all(line.masked for line in hidden)
    assert not any("Jansen" in repr(line) for line in timeline(case.entries))
    case.lift_restriction_of_entry(note, given.TODAY, **telling())
    assert [line for line in timeline(case.entries) if line.number < note + 5] == whole


def test_what_is_restricted_names_nothing_and_was_not_readable_then_either() -> None:
    case = given.with_goal()
    case.agree_goal(given.the(case.plan.goals), **deciding())
    before = clock_of(case).moment
    clock_of(case).moment += timedelta(minutes=1)
    case.restrict_entry(2, WhyRestricted.UNLAWFUL, **telling())
    for lines in (timeline(case.entries), timeline(case.entries, known=before)):
        assert not any("Ik kook" in repr(line) for line in lines)


def test_restricting_and_lifting_are_about_the_record() -> None:
    case, note = with_a_note()
    case.restrict_entry(note, WhyRestricted.OBJECTION, **telling())
    case.lift_restriction_of_entry(note, given.TODAY, **telling())
    assert [line.kinds for line in timeline(case.entries)[:2]] == [{Kind.CORRECTION}] * 2


def an_unasked_call() -> Case:
    """The mother called on her own accord; the team of the coordinator wrote it down, and read it back."""
    case = given.sanne()
    mother = case.join_person(name="Ria", kind=PersonKind.RELATIVE, **telling())
    case.hear_network_view(mother, "Ze eet niet.", unasked=True, **telling())
    case.read_back(case.version, right=True, person=mother, **telling())
    return case


@pytest.mark.parametrize("team", [None, "", "Oost"])
def test_what_a_relative_came_with_unasked_is_not_read_by_another_team(team: str | None) -> None:
    call, reading = timeline(an_unasked_call().entries, team=team)[1::-1]
    assert (call.masked, reading.masked) == (True, True)
    assert call.of_another_team
    assert not call.restricted


def test_what_a_relative_came_with_unasked_is_read_by_the_team_that_wrote_it_down() -> None:
    call, reading = timeline(an_unasked_call().entries, team=given.COORDINATOR.team)[1::-1]
    assert not call.masked
    assert not reading.masked


ASKED, LAST = date(2026, 2, 2), date(2026, 6, 1)


def an_asked_view(until: date | None = None) -> Case:
    """Her brother was asked how he sees it, with the consent of Sanne."""
    case = given.sanne()
    henk = given.person_called(case, "Henk Mulder")
    case.give_consent(ConsentPurpose.ASKING, henk, until=until, **deciding(ASKED))
    case.hear_network_view(henk, "Ze lacht weer.", **telling(ASKED))
    return case


def is_read(case: Case, team: str, today: date = given.TODAY) -> bool:
    (view,) = (
        li for li in timeline(case.entries, team=team, today=today) if li.topic == "network_view_heard"
    )
    assert view.masked == view.of_another_team
    return not view.masked


def test_what_a_relative_was_asked_is_read_by_every_team_while_the_client_allows_it() -> None:
    assert is_read(an_asked_view(), "Oost")
    assert [is_read(an_asked_view(LAST), "Oost", day) for day in (LAST, date(2026, 6, 2))] == [True, False]


def test_what_a_relative_was_asked_is_read_by_its_own_team_once_the_consent_is_withdrawn() -> None:
    case = an_asked_view()
    case.withdraw_consent(the(case.plan.consents), **deciding(say=given.no()))
    assert [is_read(case, team) for team in ("Oost", given.COORDINATOR.team)] == [False, True]
