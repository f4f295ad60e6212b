"""Signs that the help may not fit any more, and whether somebody came back to them."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import pytest

from domain.case import Case
from domain.days import Precision
from domain.kinds import Change, ComplaintLaw, Fit, LifeEvent, Voice
from projections.signals.signal import Noticed
from tests import given
from tests.given import clock_of, deciding, hours_a_week, telling, the
from tests.projections.signals.observing import look, state_of

NAME = "no_longer_fits"
SEEN = date(2026, 5, 4)
LATER = SEEN + timedelta(days=2)

Sign = Callable[[Case], object]
SIGNS: dict[str, Sign] = {
    "withdrawn": lambda case: case.notice_change(
        Change.WITHDRAWN, "Zij zegt weinig.", Voice.WORKER, **telling(SEEN)
    ),
    "restless": lambda case: case.notice_change(
        Change.RESTLESS, "Zij loopt heen en weer.", Voice.WORKER, **telling(SEEN)
    ),
    "worse": lambda case: case.notice_change(Change.WORSE, "Zij eet niet.", Voice.NETWORK, **telling(SEEN)),
    "life event": lambda case: case.note_life_event(LifeEvent.LOSS, "Haar zus is dood.", **telling(SEEN)),
    "complaint": lambda case: case.voice_complaint("Te vaak te laat.", ComplaintLaw.WMO, **telling(SEEN)),
    "too heavy": lambda case: case.judge_fit(Fit.TOO_HEAVY, Voice.CLIENT, **telling(SEEN)),
    "too light": lambda case: case.judge_fit(Fit.TOO_LIGHT, Voice.NETWORK, **telling(SEEN)),
    "does not fit": lambda case: case.judge_fit(Fit.DOES_NOT_FIT, Voice.WORKER, **telling(SEEN)),
    "evaluation": lambda case: case.hold_evaluation(
        conclusions="Het past niet.", client_judgement=Fit.DOES_NOT_FIT, **deciding(SEEN)
    ),
}


def noticed(case: Case, today: date = given.TODAY, days: int = 7) -> Noticed | None:
    return look(NAME, case, today, {"days": days})


def with_sign(kind: str = "withdrawn") -> Case:
    """Help that runs, and a sign on 4 May (7)."""
    case = given.with_support()
    SIGNS[kind](case)
    return case


@pytest.mark.parametrize("kind", SIGNS)
def test_a_sign_that_nobody_came_back_to_is_shown(kind: str) -> None:
    found = noticed(with_sign(kind), SEEN + timedelta(days=8))
    assert found
    assert (found.evidence, found.since, found.facts) == ((7,), SEEN, {"many": 1, "days": 8})


@pytest.mark.parametrize(("days", "late"), [(6, False), (7, False), (8, True)])
def test_there_is_a_week_for_it(days: int, late: bool) -> None:  # noqa: FBT001  # what is expected
    assert (noticed(with_sign(), SEEN + timedelta(days=days)) is not None) is late


def test_the_term_can_be_chosen() -> None:
    assert noticed(with_sign(), SEEN + timedelta(days=8), days=8) is None


def test_what_goes_well_is_no_sign() -> None:
    case = given.with_support()
    case.notice_change(Change.BETTER, "Zij zingt weer.", Voice.WORKER, **telling(SEEN))
    case.judge_fit(Fit.FITS, Voice.CLIENT, **telling(SEEN))
    case.hold_evaluation(conclusions="Het past.", client_judgement=Fit.FITS, **deciding(SEEN))
    case.hold_evaluation(conclusions="Volgens ons goed.", worker_judgement=Fit.FITS, **deciding(SEEN))
    assert noticed(case) is None


@pytest.mark.parametrize("kind", SIGNS)
def test_a_later_entry_about_it_is_an_answer(kind: str) -> None:
    case = with_sign(kind)
    how = telling(LATER)
    how["about"] = 7
    case.make_observation("Besproken.", **how)
    assert noticed(case) is None


@pytest.mark.parametrize("kind", SIGNS)
def test_other_help_or_looking_back_together_is_an_answer(kind: str) -> None:
    changed = with_sign(kind)
    changed.adjust_support(
        the(changed.plan.supports), "Samen wandelen", "Zij wil naar buiten.", **deciding(LATER)
    )
    assert noticed(changed) is None
    looked_back = with_sign(kind)
    looked_back.hold_evaluation(conclusions="Goed zo.", client_judgement=Fit.FITS, **deciding(LATER))
    assert noticed(looked_back) is None


def test_looking_back_together_that_finds_a_sign_answers_the_one_before() -> None:
    case = with_sign()
    case.hold_evaluation(conclusions="Nee.", client_judgement=Fit.DOES_NOT_FIT, **deciding(LATER))
    found = noticed(case)
    assert found
    assert found.evidence == (8,)


def test_what_changed_before_the_sign_is_no_answer() -> None:
    case = with_sign()
    how = deciding(SEEN - timedelta(days=1))
    case.scale_up_support(the(case.plan.supports), hours_a_week("6"), "Er is meer nodig.", **how)
    assert noticed(case)


def test_an_answer_that_does_not_count_yet_is_none() -> None:
    case = with_sign()
    how = deciding(LATER)
    how["from_on"] = given.TODAY + timedelta(days=1)
    case.adjust_support(the(case.plan.supports), "Samen wandelen", "Zij wil naar buiten.", **how)
    assert noticed(case)


def test_more_time_is_no_answer_to_a_complaint() -> None:
    case = with_sign("complaint")
    case.answer_complaint(7, "Wij zoeken het uit.", SEEN + timedelta(days=60), **telling(LATER))
    assert noticed(case)
    case.answer_complaint(7, "U had gelijk.", **telling())
    assert noticed(case) is None


def test_an_answer_to_one_complaint_is_none_to_another() -> None:
    case = with_sign("complaint")
    other = case.voice_complaint("Te duur.", ComplaintLaw.WMO, **telling(LATER))
    case.answer_complaint(other, "U had gelijk.", **telling(LATER))
    found = noticed(case)
    assert found
    assert found.evidence == (7,)


def test_that_it_goes_better_answers_a_change_and_no_complaint() -> None:
    changed, complaint = with_sign("worse"), with_sign("complaint")
    for case in (changed, complaint):
        case.notice_change(Change.BETTER, "Zij eet weer.", Voice.WORKER, **telling(LATER))
    assert noticed(changed) is None
    assert noticed(complaint)


def test_that_it_fits_answers_only_who_said_that_it_did_not() -> None:
    case = with_sign("too heavy")
    case.judge_fit(Fit.FITS, Voice.WORKER, **telling(LATER))
    assert noticed(case)
    case.judge_fit(Fit.FITS, Voice.CLIENT, **telling(LATER))
    assert noticed(case) is None


def test_from_a_day_that_is_not_known_no_term_runs() -> None:
    case = given.with_support()
    how = telling(SEEN)
    how["precision"] = Precision.MONTH
    case.note_life_event(LifeEvent.MOVE, "Verhuisd.", **how)
    assert noticed(case) is None


def test_handled_it_comes_back_on_a_new_sign() -> None:
    case = with_sign()
    case.handle_signal(NAME, (7,), "Op bezoek geweest.", **telling(clock_of(case).to(date(2026, 5, 18))))
    SIGNS["life event"](case)
    back = state_of(NAME, case)
    assert back
    assert (back.state, back.noticed.evidence) == ("new", (7, 9))


def test_handled_it_does_not_come_back_on_time_alone() -> None:
    case = with_sign()
    case.handle_signal(NAME, (7,), "Op bezoek geweest.", **telling(clock_of(case).to(date(2026, 5, 18))))
    handled = state_of(NAME, case)
    assert handled
    assert handled.state == "handled"
