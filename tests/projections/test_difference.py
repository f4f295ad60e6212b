"""Two readings of one case: what differs, which entries made it so, and what was said of it."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from typing import get_origin, get_type_hints

import pytest

from domain.case import Case
from domain.days import end_of
from domain.kinds import (
    Fit,
    GoalStatus,
    LegalKind,
    Scope,
    SupportStatus,
    Voice,
    WhyRefused,
    WhyWithdrawn,
    WishForm,
)
from domain.plan import Plan
from domain.say import Means, Say, Stance, WhyNotAsked
from projections.difference import Became, Change, Difference
from projections.shown_facts import kinds
from projections.then import ALL, Moment, Readings
from tests import given
from tests.given import CLIENT, TODAY, clock_of, deciding, hours_a_week, telling

NOT_ASKED = Say(Stance.NOT_ASKED, Means.NONE, reason=WhyNotAsked.OTHER, why="Het rooster moest rond.")


def between(
    case: Case, one: date, other: date = TODAY, *, known: tuple[datetime, datetime] = (ALL, ALL)
) -> Difference:
    return Difference(case.id, Readings(case.entries), Moment(one, known[0]), Moment(other, known[1]))


def of_kind(found: Difference, kind: str) -> list[Change]:
    return [change for change in found.changes if change.kind == kind]


def the(found: Difference, kind: str) -> Change:
    (change,) = of_kind(found, kind)
    return change


def differs(change: Change) -> dict[str, tuple[object, object]]:
    return {fact.name: (fact.was, fact.now) for fact in change.facts}


def test_less_help_shows_both_amounts_the_say_and_its_entry() -> None:
    case = given.sanne()
    found = between(case, date(2026, 9, 6))
    change = the(found, "supports")
    assert [c.kind for c in found.changes] == ["supports"]
    assert differs(change)["amount"] == (hours_a_week("4"), hours_a_week("2"))
    assert change.became is Became.CHANGED
    assert change.evidence == (case.version,)
    (said,) = change.says
    assert (said.say.stance, said.say.means, said.say.words) == (
        Stance.AGREES,
        Means.SPOKEN,
        "Twee uur is genoeg.",
    )
    assert (found.with_say, found.undecided) == (1, 0)


def test_what_was_decided_before_and_counts_between_the_days_is_told_by_its_entry() -> None:
    case = given.sanne()
    how = {**deciding(clock_of(case).to(date(2026, 10, 1))), "from_on": date(2026, 11, 1)}
    case.scale_up_support(given.the(case.plan.supports), hours_a_week("6"), "Er is meer nodig.", **how)
    change = the(between(case, date(2026, 10, 15)), "supports")
    assert (change.evidence, change.decided, change.has_say) == ((case.version,), True, True)


def test_nothing_differs_between_two_days_without_entries() -> None:
    assert not between(given.sanne(), date(2026, 10, 1), date(2026, 10, 2)).changes


def test_the_earlier_moment_comes_first_however_it_is_asked() -> None:
    case = given.sanne()
    one, other = between(case, date(2026, 9, 6)), between(case, TODAY, date(2026, 9, 6))
    assert other.before.moment.on == date(2026, 9, 6)
    assert one.changes == other.changes


def test_from_nothing_everything_is_added() -> None:
    found = between(given.sanne(), date(2026, 1, 1))
    assert {change.became for change in found.changes} == {Became.ADDED}
    assert {"goals", "supports", "agreements", "wishes", "people", "leads", "client", "case"} <= {
        change.kind for change in found.changes
    }
    assert all(change.evidence for change in found.changes)


def test_every_noun_of_the_plan_is_compared() -> None:
    """A collection that is added to the plan is compared by itself."""
    not_nouns = {"stances", "readings", "coming", "loose", "fits"}  # fits stand with their support as well
    held = {name for name, hint in get_type_hints(Plan).items() if get_origin(hint) in (dict, list)}
    assert held - not_nouns <= set(kinds())


def test_a_goal_in_other_words_shows_the_words_and_where_the_client_stands() -> None:
    case = given.sanne()
    goal = given.the(case.plan.goals)
    how = deciding(clock_of(case).to(TODAY), given.no("Dat is te vaak."))
    case.adjust_goal(goal, "Ik kook elke dag zelf.", "Past beter", **how)
    change = the(between(case, date(2026, 11, 21)), "goals")
    assert differs(change) == {
        "words": ("Ik kook drie keer per week zelf.", "Ik kook elke dag zelf."),
        "stance": ((Stance.AGREES,), (Stance.DISAGREES,)),
        "stance_words": (("Ja. Maar niet op dinsdag.",), ("Dat is te vaak.",)),
    }
    assert change.has_say


def test_a_stance_alone_is_a_change() -> None:
    case = given.sanne()
    goal = given.the(case.plan.goals)
    case.take_stance(goal, given.no("Ik wil het niet meer.", own_hand=True), **telling(TODAY, CLIENT))
    change = the(between(case, date(2026, 11, 21)), "goals")
    assert differs(change)["stance"] == ((Stance.AGREES,), (Stance.DISAGREES,))
    assert [(s.entry, s.say.means) for s in change.says] == [(case.version, Means.OWN_HAND)]


def test_the_same_stance_in_other_words_is_a_change() -> None:
    case = given.sanne()
    goal = given.the(case.plan.goals)
    case.take_stance(goal, given.yes("Ja, ook op dinsdag."), **telling(TODAY))
    change = the(between(case, date(2026, 11, 21)), "goals")
    assert differs(change) == {"stance_words": (("Ja. Maar niet op dinsdag.",), ("Ja, ook op dinsdag.",))}
    assert change.evidence == (case.version,)


def test_the_same_stance_by_firmer_means_is_a_change() -> None:
    case = given.sanne()
    made = next(e.number for e in case.entries if e.TOPIC == "goal_agreed")
    case.read_back(made, right=True, **telling(TODAY, CLIENT))
    change = the(between(case, date(2026, 11, 21)), "goals")
    assert differs(change) == {"stance_means": ((Means.SPOKEN,), (Means.READ_BACK,))}
    assert case.version in change.evidence


def test_a_decision_without_say_tells_why_and_where_was_looked() -> None:
    case = given.sanne()
    support = given.the(case.plan.supports)
    case.end_support(support, "Rooster", **deciding(TODAY, NOT_ASKED))
    found = between(case, date(2026, 11, 21))
    change = the(found, "supports")
    assert (change.became, change.has_say, change.decided) == (Became.LAPSED, False, True)
    assert [said.say.why for said in change.unasked] == ["Het rooster moest rond."]
    assert found.searched.first == given.OPENING
    assert (found.searched.last, found.searched.entries) == (TODAY, case.version)
    assert [said.say.words for said in change.elsewhere] == ["Twee uur is genoeg."]


def test_what_is_no_decision_is_counted_apart() -> None:
    case = given.sanne()
    case.plan_evaluation(date(2026, 12, 1), **telling(TODAY))
    found = between(case, date(2026, 11, 21))
    assert (len(found.changes), found.with_say, found.undecided) == (1, 0, 1)


def test_a_wish_holds_the_clients_own_words() -> None:
    case = given.sanne()
    case.voice_wish("Ik wil naar zee.", WishForm.SAID, Voice.CLIENT, **telling(TODAY))
    change = the(between(case, date(2026, 11, 21)), "wishes")
    assert [(own.entry, own.words) for own in change.spoken] == [(case.version, "Ik wil naar zee.")]
    assert change.has_say


def test_another_worker_changes_two_people_and_both_have_the_say() -> None:
    case = given.sanne()
    before, after = (given.person_called(case, name) for name in ("Thomas Visser", "Fatima de Wit"))
    case.change_worker(before, after, **deciding(TODAY, given.no("Ik wil Thomas houden.")))
    case.leave_person(before, "Werkt nu elders", **telling(TODAY))
    changes = of_kind(between(case, date(2026, 11, 21)), "people")
    assert {change.title for change in changes} == {"Thomas Visser", "Fatima de Wit"}
    assert all(change.says[0].say.words == "Ik wil Thomas houden." for change in changes)


def test_a_no_is_new_and_the_offer_lapses() -> None:
    case = given.with_offer()
    support = given.the(case.plan.supports)
    case.refuse_support(support, WhyRefused.OTHER, "Nee.", **deciding(TODAY, given.no("Nee.")))
    found = between(case, date(2026, 11, 21))
    refusal, offer = the(found, "refusals"), the(found, "supports")
    assert (refusal.became, offer.became) == (Became.ADDED, Became.LAPSED)
    assert refusal.title == "Nee."
    assert differs(offer)["status"] == (SupportStatus.OFFERED, SupportStatus.REFUSED)


def test_what_ends_by_its_own_date_lapses_and_names_the_entry_that_said_so() -> None:
    case = given.sanne()
    rita = given.a_representative(case)
    until = date(2026, 11, 23)
    case.name_representative(rita, LegalKind.AUTHORISED_IN_WRITING, Scope.ALL, until, **telling(TODAY))
    found = between(case, TODAY, until + timedelta(days=1))
    change = the(found, "representations")
    assert (change.became, change.evidence, change.title) == (Became.LAPSED, (case.version,), "Rita Mulder")


# What only is known otherwise: late entries, corrections, withdrawals.
def recorded(day: date) -> datetime:
    return datetime.combine(day, time(12), UTC)


@pytest.fixture
def late() -> Case:
    """On 20 November it is told that Sanne's goal was reached on the 2nd."""
    case = given.sanne()
    goal = given.the(case.plan.goals)
    clock_of(case).to(date(2026, 11, 20))
    case.reach_goal(goal, Voice.CLIENT, **deciding(date(2026, 11, 2)))
    return case


def test_a_late_entry_makes_the_difference_between_what_was_known(late: Case) -> None:
    on = date(2026, 11, 10)
    found = between(late, on, on, known=(end_of(date(2026, 11, 19)), end_of(date(2026, 11, 20))))
    change = the(found, "goals")
    assert change.evidence == (late.version,)
    assert differs(change)["status"] == (GoalStatus.IN_PLAN, GoalStatus.REACHED)
    assert not between(late, on, on, known=(end_of(on), end_of(date(2026, 11, 19)))).changes


def test_what_a_later_day_did_not_know_yet_did_not_lapse() -> None:
    """An agreement of 10 November was written down on the 20th; on the 15th nobody could read it."""
    case = given.sanne()
    clock_of(case).to(date(2026, 11, 20))
    case.make_agreement("Laat opgeschreven.", "Thomas", **deciding(date(2026, 11, 10)))
    known = (ALL, end_of(date(2026, 11, 15)))
    found = between(case, date(2026, 11, 12), date(2026, 11, 15), known=known)
    change = the(found, "agreements")
    assert (change.became, change.evidence) == (Became.NOT_RECORDED, (case.version,))
    assert (found.count(Became.NOT_RECORDED), found.count(Became.LAPSED)) == (1, 0)


def test_what_did_end_by_what_was_known_lapses_also_when_less_was_known() -> None:
    case = given.bram()
    known = (ALL, end_of(date(2026, 6, 9)))
    found = between(case, date(2026, 5, 1), date(2026, 6, 9), known=known)
    assert the(found, "supports").became is Became.LAPSED


def test_each_moment_is_read_once() -> None:
    case = Readings(given.sanne().entries)
    now = Moment(TODAY, ALL)
    found = Difference(given.sanne().id, case, now, now)
    assert found.before is found.after is case.at(now)
    assert case.at(Moment(TODAY, end_of(TODAY))) is not case.at(now)


def test_what_one_may_not_read_is_left_out_and_counted() -> None:
    case = given.sanne()
    case.make_agreement("Het geheim.", "Thomas", **deciding(TODAY))
    moments = (Moment(date(2026, 11, 21), ALL), Moment(TODAY, ALL))
    found = Difference(case.id, Readings(case.entries, {case.version}), *moments)
    assert not found.changes
    assert (found.searched.entries, found.searched.unread) == (case.version - 1, 1)


def test_a_correction_shows_what_stood_there_who_asked_and_why() -> None:
    case = given.sanne()
    told, clock = case.version, clock_of(case)
    clock.to(date(2026, 11, 20))
    amount = '{"number":"3","unit":"hours","per":"week"}'
    case.correct_entry(told, "to", amount, "Het is drie uur", "Sanne", **telling(date(2026, 11, 20)))
    on = date(2026, 11, 10)
    found = between(case, on, on, known=(end_of(date(2026, 11, 19)), ALL))
    change = the(found, "supports")
    assert change.evidence == (told, case.version)
    assert differs(change)["amount"] == (hours_a_week("2"), hours_a_week("3"))
    (one,) = change.amendments
    assert one.fact
    assert (one.fact.was, one.fact.now) == (hours_a_week("2"), hours_a_week("3"))
    assert (one.by.asked_by, one.by.reason) == ("Sanne", "Het is drie uur")
    assert found.amendments == [one]


def test_what_is_withdrawn_is_gone_from_the_plan_and_stays_readable() -> None:
    case = given.sanne()
    case.make_agreement("Dubbel.", "Thomas", **deciding(date(2026, 11, 10)))
    told = case.version
    clock_of(case).to(TODAY + timedelta(days=1))
    case.withdraw_entry(told, WhyWithdrawn.DOUBLE, "Thomas", "Stond er al.", **telling(TODAY))
    found = between(case, TODAY, TODAY, known=(end_of(TODAY), ALL))
    change = the(found, "agreements")
    assert (change.became, change.title) == (Became.LAPSED, "Dubbel.")
    assert change.evidence == (told, case.version)
    (one,) = change.amendments
    assert one.of is case.entries[told - 1]
    assert (one.by.asked_by, one.by.reason) == ("Thomas", WhyWithdrawn.DOUBLE)


def test_read_back_with_a_no_changes_where_the_client_stands() -> None:
    case = given.sanne()
    made = next(e.number for e in case.entries if e.TOPIC == "goal_agreed")
    case.read_back(made, right=False, words="Zo zei ik het niet.", **telling(TODAY, CLIENT))
    change = the(between(case, date(2026, 11, 21)), "goals")
    assert differs(change)["stance"] == ((Stance.AGREES,), (Stance.WANTS_TO_TALK,))
    assert case.version in change.evidence


def test_a_mark_of_nought_is_told_of_what_is_new() -> None:
    case = given.sanne()
    marks = {"client_judgement": Fit.TOO_HEAVY, "client_score": 0, "worker_score": 8}
    case.hold_evaluation(conclusions="Te veel.", **marks, **deciding())  # type: ignore[arg-type]
    facts = differs(the(between(case, date(2026, 9, 20)), "evaluations"))
    assert facts["client_score"] == (None, 0)


def test_a_corrected_day_is_told_where_the_entry_left_and_where_it_came() -> None:
    """An agreement of 2 March was of 20 February; the correction stands beside both days, and no other."""
    case = given.sanne()
    case.correct_entry(18, "happened_on", "2026-02-20", "Verkeerde dag", **telling())
    days = [date(2026, 2, day) for day in (15, 19, 25)] + [date(2026, 3, 1), date(2026, 3, 5)]
    told = [len(between(case, *pair).amendments) for pair in pairwise(days)]
    assert told == [0, 1, 0, 1]


def test_what_was_put_right_of_a_later_day_is_not_told() -> None:
    case = given.sanne()
    case.withdraw_entry(20, WhyWithdrawn.IN_ERROR, **telling())
    before = end_of(date(2026, 10, 1))
    found = between(case, date(2026, 8, 1), date(2026, 8, 1), known=(before, ALL))
    assert not found.amendments


def test_what_is_recorded_later_changes_nothing_at_fixed_moments(late: Case) -> None:
    known = (end_of(date(2026, 10, 1)), end_of(date(2026, 11, 20)))
    before = between(late, date(2026, 8, 1), date(2026, 11, 20), known=known).changes
    clock_of(late).to(TODAY)
    late.voice_wish("Later gezegd.", WishForm.SAID, Voice.CLIENT, **telling(date(2026, 10, 1)))
    late.withdraw_entry(late.version - 1, WhyWithdrawn.IN_ERROR, **telling(TODAY))
    assert between(late, date(2026, 8, 1), date(2026, 11, 20), known=known).changes == before
