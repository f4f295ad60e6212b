"""A case opens, is shown and laid down, closes, and may open again."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest

from domain import errors
from domain.case import Case
from domain.days import Precision
from domain.entry import Decision, Initiative
from domain.kinds import Address, LegalBasis, Matter, Voice, WishForm
from domain.plan import read
from domain.say import Means, Say, Stance
from tests import given
from tests.given import clock_of, deciding, telling, the


def opened(clock: given.Clock, day: date, say: Say | None = None) -> Case:
    facts = deciding(day, say)
    return Case.open(given.CLIENT.user, legal_basis=LegalBasis.WMO, question="?", clock=clock, **facts)


def test_a_case_opens_with_the_question_in_own_words() -> None:
    plan = given.an_opened_case().plan
    assert (plan.opened_on, plan.legal_basis) == (given.OPENING, LegalBasis.WMO)
    assert plan.question == "Hoe kan ik weer zelf voor mijn eten zorgen?"
    assert plan.stances_on(1).of()[0].agrees


def test_just_after_midnight_a_case_opens_on_the_day_it_is_here() -> None:
    clock = given.Clock(datetime(2026, 7, 1, 22, 30, tzinfo=UTC))
    assert opened(clock, date(2026, 7, 2)).plan.opened_on == date(2026, 7, 2)


def test_a_case_does_not_open_tomorrow() -> None:
    with pytest.raises(errors.NotYet):
        opened(given.a_clock(), given.TODAY + timedelta(days=1))


def test_a_case_opens_with_a_say_like_any_decision() -> None:
    with pytest.raises(errors.NoReason):
        opened(given.a_clock(), given.TODAY, given.not_asked(None))


def test_who_the_client_is_on_paper_keeps_who_they_are() -> None:
    case = given.sanne()
    case.describe_client(name="Sanne Bos", address=Address.U, **telling())
    assert (case.plan.client.name, case.plan.client.client_id) == ("Sanne Bos", case.client_id)


def test_a_client_has_a_name() -> None:
    with pytest.raises(errors.Empty) as refused:
        given.sanne().describe_client(name=" ", **telling())
    assert refused.value.field == "name"


def test_the_plan_is_shown_up_to_the_entry_of_that_moment() -> None:
    case = given.sanne()
    before = case.version
    case.show_plan("op papier", "Henk Mulder", **telling())
    assert case.plan.shown[-1].version == before


@pytest.mark.parametrize(("form", "to"), [("", "Sanne"), ("op papier", "")])
def test_the_plan_is_shown_in_a_form_to_somebody(form: str, to: str) -> None:
    with pytest.raises(errors.Empty):
        given.sanne().show_plan(form, to, **telling())


def test_a_plan_laid_down_late_takes_its_place_among_the_versions() -> None:
    case = given.sanne()
    case.lay_down_plan("jaarplan", **deciding())
    case.lay_down_plan("zorgplan", **deciding(date(2026, 1, 28)))
    assert [(v.number, v.method) for v in case.plan.versions] == [
        (1, "zorgplan"),
        (2, "methodisch werken"),
        (3, "jaarplan"),
    ]


def test_recorded_times_never_go_back_whatever_the_clock_does() -> None:
    case = given.sanne()
    case.say_what_matters("Rust.", Matter.PACE, **telling())
    clock_of(case).to(given.TODAY - timedelta(days=1))
    case.say_what_matters("Ruimte.", Matter.PACE, **telling())
    stamps = [entry.timestamp for entry in case.entries]
    assert stamps == sorted(stamps)


def test_before_its_first_entry_the_plan_is_empty() -> None:
    case = given.sanne()
    assert read(case.entries, on=given.OPENING - timedelta(days=1)) == read([])
    assert read(case.entries, known=given.OPENING - timedelta(days=1)) == read([])


def test_both_clocks_include_their_own_day() -> None:
    case = given.sanne()
    assert read(case.entries, on=date(2026, 1, 19)).goals
    assert not read(case.entries, on=date(2026, 1, 18)).goals
    assert read(case.entries, known=date(2026, 1, 19)).goals
    assert not read(case.entries, known=date(2026, 1, 18)).goals
    made = next(e for e in case.entries if e.TOPIC == "goal_proposed").timestamp
    assert read(case.entries, known=made).goals
    assert not read(case.entries, known=made - timedelta(microseconds=1)).goals


def test_nothing_happens_tomorrow() -> None:
    with pytest.raises(errors.NotYet):
        given.sanne().say_what_matters("x", Matter.LIFE, **telling(given.TODAY + timedelta(days=1)))


def test_what_is_decided_for_later_is_told_where_that_goes() -> None:
    case = given.with_goal()
    with pytest.raises(errors.DecidedAhead):
        case.agree_goal(the(case.plan.goals), **deciding(given.TODAY + timedelta(days=1)))


def test_what_was_so_today_here_is_not_tomorrow() -> None:
    case = given.sanne()
    tomorrow = given.TODAY + timedelta(days=1)
    clock_of(case).to(given.TODAY, time(23, 30))  # UTC; here it is half past midnight
    case.say_what_matters("x", Matter.LIFE, **telling(tomorrow))
    assert case.plan.matters[-1].since == tomorrow


def test_nothing_was_recorded_before_the_opening() -> None:
    with pytest.raises(errors.BeforeTheOpening) as refused:
        given.sanne().say_what_matters("x", Matter.LIFE, **telling(given.OPENING - timedelta(days=1)))
    assert refused.value.facts == {"first": given.OPENING}


def test_a_month_in_which_the_case_opened_counts_to_its_last_day() -> None:
    case = given.sanne()
    case.say_what_matters("x", Matter.LIFE, precision=Precision.MONTH, **telling(date(2026, 1, 1)))
    assert case.plan.matters[-1].since == date(2026, 1, 31)


def test_a_day_nobody_knows_stands_on_the_day_of_recording() -> None:
    case = given.sanne()
    case.say_what_matters("x", Matter.LIFE, precision=Precision.UNKNOWN, **telling(given.OPENING))
    assert case.plan.matters[-1].since == given.TODAY


def test_a_decision_does_not_count_before_it_was_taken() -> None:
    with pytest.raises(errors.CountsTooEarly):
        given.sanne().lay_down_plan(from_on=date(2026, 11, 21), **deciding())


def test_what_was_decided_for_later_counts_from_that_day() -> None:
    case, later = given.with_support(), date(2026, 12, 1)
    support = the(case.plan.supports)
    case.scale_down_support(support, given.hours_a_week("1"), "r", "w", from_on=later, **deciding())
    today = read(case.entries, on=given.TODAY)
    assert [entry.TOPIC for entry in today.coming] == ["support_scaled_down"]
    assert today.supports[support].amount == given.hours_a_week("4")
    assert read(case.entries, on=later).supports[support].amount == given.hours_a_week("1")


def test_only_an_import_may_not_know_what_the_client_said() -> None:
    case, unknown = given.with_goal(), Say(Stance.UNKNOWN, Means.NONE)
    with pytest.raises(errors.NoSay):
        case.agree_goal(the(case.plan.goals), **deciding(say=unknown))
    case.agree_goal(the(case.plan.goals), **deciding(say=unknown, by=given.IMPORT))
    assert case.plan.stances_on(the(case.plan.goals)).of()[0].say == unknown


def test_not_asking_has_a_reason() -> None:
    case = given.with_goal()
    with pytest.raises(errors.NoReason):
        case.agree_goal(the(case.plan.goals), **deciding(say=given.not_asked(None)))


@pytest.mark.parametrize("means", [Means.OWN_HAND, Means.READ_BACK])
def test_a_worker_writes_nothing_in_the_hand_of_the_client(means: Means) -> None:
    case = given.with_goal()
    firm = Say(Stance.AGREES, means, "Ja.")
    with pytest.raises(errors.NotOwnHand):
        case.agree_goal(the(case.plan.goals), **deciding(say=firm))
    case.agree_goal(the(case.plan.goals), **deciding(say=firm, by=given.CLIENT))


def test_the_representative_speaks_beside_the_client_and_never_instead() -> None:
    case = given.sanne()
    rita = given.a_representative(case)
    case.lay_down_plan(representative_say=given.yes(person=rita), **deciding(say=given.no()))
    stances = case.plan.stances_on(case.id)
    assert stances.of()[-1].say.stance is Stance.DISAGREES
    assert stances.of(rita)[0].agrees
    with pytest.raises(errors.NotTheirSay):
        case.lay_down_plan(representative_say=given.yes(), **deciding())
    with pytest.raises(errors.NotTheirSay):
        case.lay_down_plan(**deciding(say=given.yes(person=rita)))


def test_a_relative_does_not_speak_as_the_representative() -> None:
    case = given.sanne()
    henk = given.person_called(case, "Henk Mulder")
    with pytest.raises(errors.NotTheRepresentative):
        case.lay_down_plan(representative_say=given.yes(person=henk), **deciding(say=given.no()))


def test_who_speaks_is_one_of_the_people_on_that_day() -> None:
    case = given.sanne()
    henk = given.yes(person=given.person_called(case, "Henk Mulder"))
    with pytest.raises(errors.NotThereYet):
        case.lay_down_plan(representative_say=henk, **deciding(given.OPENING))


def test_an_answer_is_to_an_entry_that_was_there() -> None:
    case = given.sanne()
    with pytest.raises(errors.NoSuchEntry):
        case.say_what_matters("x", Matter.LIFE, about=case.version + 1, **telling())
    case.say_what_matters("x", Matter.LIFE, about=case.version, **telling())


def test_a_form_sent_twice_is_found_again() -> None:
    case, form = given.sanne(), given.CLIENT.user
    case.say_what_matters("x", Matter.LIFE, posted=form, **telling())
    assert case.posted(form) == [case.entries[-1]]


def test_a_closed_case_takes_what_was_so_up_to_its_closing() -> None:
    case = given.bram()
    case.say_what_matters("Nog iets van toen.", Matter.LIFE, **telling(date(2026, 6, 8)))
    with pytest.raises(errors.CaseIsClosed) as refused:
        case.say_what_matters("Iets van nu.", Matter.LIFE, **telling(date(2026, 6, 9)))
    assert refused.value.facts == {"closed": date(2026, 6, 8)}


def test_a_closed_case_takes_statements_and_the_stance_on_the_closing_itself() -> None:
    case = given.bram()
    closing = case.plan.closed_by
    assert closing is not None
    case.add_statement(closing, "Ik had liever langer hulp.", **telling())
    case.take_stance(closing, given.no("Te vroeg."), **telling())
    assert case.plan.stances_on(closing).of()[0].say.words == "Te vroeg."
    with pytest.raises(errors.CaseIsClosed):
        case.take_stance(the(case.plan.goals), given.no(), **telling())
    case.take_stance(the(case.plan.goals), given.no(), **telling(date(2026, 6, 8)))


def test_a_case_closes_once() -> None:
    with pytest.raises(errors.CaseIsClosed):
        given.bram().close_case("nog eens", **deciding())


def test_a_case_does_not_close_while_support_runs() -> None:
    with pytest.raises(errors.StillRunning) as refused:
        given.with_support().close_case("klaar", **deciding())
    assert refused.value.facts == {"support": "Samen boodschappen doen en koken"}


def test_support_that_starts_after_the_closing_counts_too() -> None:
    case = given.with_offer()
    case.start_support(the(case.plan.supports), from_on=date(2026, 12, 1), **deciding())
    with pytest.raises(errors.StillRunning):
        case.close_case("klaar", **deciding())


def test_support_may_end_between_deciding_and_closing() -> None:
    case = given.with_support()
    case.end_support(the(case.plan.supports), "klaar", from_on=date(2026, 12, 1), **deciding())
    case.close_case("klaar", from_on=date(2026, 12, 2), **deciding())
    assert case.plan.closed_on == date(2026, 12, 2)


def test_a_case_does_not_close_before_its_last_entry() -> None:
    case = given.with_goal()
    with pytest.raises(errors.LaterEntries) as refused:
        case.close_case("klaar", **deciding(date(2026, 1, 18)))
    assert refused.value.facts == {"last": date(2026, 1, 19)}


def test_closing_has_a_reason() -> None:
    with pytest.raises(errors.Empty):
        given.with_goal().close_case(" ", **deciding())


def test_a_reopened_case_goes_on_in_the_same_stream() -> None:
    case = given.bram()
    case.reopen_case("Er is weer een vraag.", **deciding(date(2026, 7, 1)))
    case.voice_wish("Weer koken.", WishForm.SAID, Voice.CLIENT, **telling(date(2026, 7, 1)))
    assert (case.plan.closed_on, case.plan.closed_by) == (None, None)
    assert case.plan.reopened_on == date(2026, 7, 1)


def test_between_closing_and_reopening_the_case_was_closed() -> None:
    case = given.bram()
    case.reopen_case("Er is weer een vraag.", **deciding(date(2026, 7, 1)))
    with pytest.raises(errors.CaseIsClosed):
        case.voice_wish("Weer koken.", WishForm.SAID, Voice.CLIENT, **telling(date(2026, 6, 20)))


def test_reopening_has_a_reason() -> None:
    with pytest.raises(errors.Empty):
        given.bram().reopen_case("", **deciding())


def test_a_case_that_was_open_on_that_day_is_not_reopened() -> None:
    with pytest.raises(errors.CaseIsOpen):
        given.sanne().reopen_case("x", **deciding())
    with pytest.raises(errors.CaseIsOpen):
        given.bram().reopen_case("x", **deciding(date(2026, 6, 7)))


def test_a_late_entry_is_judged_on_its_own_day() -> None:
    case = given.sanne()
    goal = the(case.plan.goals)
    case.take_action("Vooraf al samen geoefend.", goal, **telling(date(2026, 1, 20)))
    with pytest.raises(errors.NotThereYet) as refused:
        case.take_action("Nog eerder.", goal, **telling(date(2026, 1, 18)))
    assert refused.value.facts == {"first": date(2026, 1, 19)}
    assert str(refused.value).endswith("its first day is 2026-01-19. Record that first.")


def test_whose_idea_it_was_and_what_was_said_tell_who_decided() -> None:
    case = given.with_goal()
    goal = the(case.plan.goals)
    case.agree_goal(goal, **deciding(initiative=Initiative.PROFESSIONAL))
    decision = case.entries[-1]
    assert isinstance(decision, Decision)
    assert decision.decided_by(decision.say, None) == "together"


def test_nobody_is_born_tomorrow() -> None:
    case = given.an_opened_case()
    with pytest.raises(errors.NotBornYet) as refused:
        case.describe_client(name="Sanne", birth_date=date(2026, 11, 23), **given.telling())
    assert refused.value.field == "birth_date"
