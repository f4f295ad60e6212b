"""How many people came: too many, or seldom the same."""

from __future__ import annotations

from collections.abc import Callable, Hashable, Sequence
from dataclasses import replace
from datetime import date, timedelta
from itertools import takewhile
from uuid import UUID

from hypothesis import given as given_any
from hypothesis import strategies as st

from domain.case import Case
from domain.days import local_day
from domain.kinds import ContactKind, PersonKind
from projections.contacts import Contact
from projections.signals.continuity import Continuity, SoFar, of_contacts
from projections.signals.many_faces import SELDOM_THE_SAME, _since
from projections.signals.signal import Noticed
from projections.signals.state import State
from tests import given
from tests.given import clock_of, telling
from tests.projections.signals.observing import came, look, state_of

NAME = "many_faces"
FIRST = date(2026, 11, 2)
FACES = [UUID(int=number) for number in range(1, 20)]


def one_a_day(faces: Sequence[UUID], kind: str = ContactKind.PERSONAL) -> list[Contact]:
    """One visit a day from 2 November, each by one person."""
    return came(*((FIRST + timedelta(days=n), [face]) for n, face in enumerate(faces)), kind=kind)


def noticed(visits: Sequence[Contact], today: date = given.TODAY, **chosen: int) -> Noticed | None:
    return look(NAME, given.an_opened_case(), today, chosen, visits)


def in_turns(*times: int) -> list[UUID]:
    """The first comes so many times, the second so many, and so on."""
    return [face for face, many in zip(FACES, times, strict=False) for _ in range(many)]


def test_more_than_six_people_in_four_weeks_are_shown_with_their_contacts() -> None:
    found = noticed(one_a_day([FACES[0], *FACES[:7]]))
    assert found
    assert (found.evidence, found.contacts) == ((), tuple(range(2, 10)))
    assert found.facts["people"] == 7
    assert found.facts["usual"] == 2
    assert found.since == date(2026, 11, 9)  # the day on which the seventh came


def test_six_people_are_not_too_many() -> None:
    assert noticed(one_a_day(FACES[:6])) is None


def test_who_came_before_the_case_was_taken_over_is_not_our_doing() -> None:
    visits = one_a_day(FACES[:7])
    assert noticed([replace(visits[0], elsewhere=True), *visits[1:]]) is None


def test_an_organisation_may_choose_another_number() -> None:
    assert noticed(one_a_day(FACES[:7]), people=7) is None
    assert noticed(one_a_day(FACES[:6]), people=5)


def test_who_came_before_the_four_weeks_is_not_counted() -> None:
    contacts = one_a_day(FACES[:7])
    assert noticed(contacts, FIRST + timedelta(days=27))
    assert noticed(contacts, FIRST + timedelta(days=28)) is None


def test_who_is_to_come_is_not_counted() -> None:
    contacts = one_a_day(FACES[:7])
    assert noticed(contacts, FIRST + timedelta(days=5)) is None


def test_contacts_in_a_group_do_not_count() -> None:
    assert noticed(one_a_day(FACES[:7], ContactKind.GROUP)) is None


def test_seldom_the_same_person_is_noticed_over_ten_contacts() -> None:
    found = noticed(one_a_day(FACES[:5] * 2))
    assert found
    assert found.says == SELDOM_THE_SAME
    assert found.facts == {"days": 91, "people": 5, "contacts": 10, "usual": 2, "coc": 11}  # 10 / 90
    assert (found.since, found.contacts) == (date(2026, 11, 11), tuple(range(2, 12)))
    assert noticed(one_a_day((FACES[:5] * 2)[:9])) is None
    assert noticed(one_a_day((FACES[:5] * 2)[:9]), contacts=9)


def test_just_steady_enough_is_silent() -> None:
    steady = one_a_day(in_turns(6, 3, 1))  # COC: (36 + 9 + 1 - 10) / 90 = 0.4
    assert noticed(steady) is None
    assert noticed(steady, coc=41)


def test_two_who_come_together_count_both() -> None:
    pairs = came(*((FIRST + timedelta(days=n), FACES[n : n + 2]) for n in range(5)))
    found = noticed(pairs)
    assert found
    assert (found.facts["contacts"], found.facts["people"]) == (10, 6)


MOMENTS = st.lists(st.lists(st.sampled_from(FACES[:6]), min_size=1, max_size=3), max_size=40)


def simply(visits: Sequence[Contact], so: Callable[[Sequence[Contact]], bool]) -> date | None:
    """The same by its definition: the first of all the stretches up to today of which it is so, each time."""
    upto = takewhile(lambda many: so(visits[:many]), range(len(visits), 0, -1))
    return min((local_day(visits[many - 1].started_at) for many in upto), default=None)


@given_any(MOMENTS, st.integers(0, 6), st.integers(0, 100), st.integers(0, 12))
def test_since_when_is_the_same_as_by_looking_at_each_stretch_anew(
    moments: list[list[UUID]], people: int, coc: int, contacts: int
) -> None:
    visits = came(*((FIRST + timedelta(days=n), faces) for n, faces in enumerate(moments)))

    def seldom(came: Continuity[Hashable] | SoFar) -> bool:
        return came.contacts >= contacts and came.coc is not None and came.coc * 100 < coc

    assert _since(visits, seldom) == simply(visits, lambda some: seldom(of_contacts(some)))
    assert _since(visits, lambda came: came.workers > people) == simply(
        visits, lambda some: of_contacts(some).workers > people
    )


def test_a_thousand_contacts_are_gone_through_once() -> None:
    """Each stretch anew would be half a million contacts."""
    visits = one_a_day(FACES * 53)
    asked: list[SoFar] = []

    def many(came: SoFar) -> bool:
        asked.append(came)
        return came.workers > 6

    _since(visits, many)
    assert len(visits) > 1000
    assert len(asked) == len(visits)
    assert asked[-1] == SoFar(len(visits), len(FACES), len(FACES) * 53**2)


def joined(case: Case, name: str) -> UUID:
    return case.join_person(name=name, kind=PersonKind.WORKER, organisation="De Brug", **telling(FIRST))


def test_handled_it_comes_back_on_a_new_face_and_after_its_own_time() -> None:
    case = given.an_opened_case()
    clock_of(case).to(FIRST)
    faces = [joined(case, f"Begeleider {n}") for n in range(1, 8)]
    seventh = clock_of(case).to(FIRST + timedelta(days=6))
    case.handle_signal(NAME, (2, 3, 4, 5, 6, 7, 8), "Klein team afgesproken.", **telling(seventh))
    new = joined(case, "Nog iemand")

    def state(today: date, *came_too: UUID) -> tuple[str, int]:
        every_day = faces * 4  # the same seven, week after week
        found = state_of(NAME, case, today, one_a_day([*came_too, *every_day]))
        assert found
        return found.state, found.noticed.evidence[-1]

    assert state(seventh + timedelta(days=1)) == (State.HANDLED, 8)
    assert state(seventh + timedelta(days=1), new) == (State.NEW, 10)
    assert state(seventh + timedelta(days=27)) == (State.HANDLED, 8)
    assert state(seventh + timedelta(days=28)) == (State.NEW, 8)
