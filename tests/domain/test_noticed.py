"""What is seen from day to day stands apart from what was said."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from domain import errors
from domain.case import Case
from domain.kinds import Change, LifeEvent, Voice
from domain.noticed import ChangeNoticed, LifeEventHappened
from tests import given
from tests.given import telling

WRITES: list[Callable[[Case, str], None]] = [
    lambda case, words: case.take_action(words, **telling()),
    lambda case, words: case.make_observation(words, **telling()),
    lambda case, words: case.notice_change(Change.WITHDRAWN, words, Voice.NETWORK, **telling()),
    lambda case, words: case.note_life_event(LifeEvent.LOSS, words, **telling()),
]


@pytest.mark.parametrize("write", WRITES)
def test_what_is_noticed_has_words(write: Callable[[Case, str], None]) -> None:
    case = given.sanne()
    with pytest.raises(errors.Empty):
        write(case, " ")
    before = case.version
    write(case, "De gordijnen waren dicht.")
    assert case.version == before + 1


def test_who_noticed_a_change_goes_with_it() -> None:
    case = given.sanne()
    case.notice_change(Change.BETTER, "Ze zingt weer.", Voice.CLIENT, **telling())
    change = case.entries[-1]
    assert isinstance(change, ChangeNoticed)
    assert (change.kind, change.noticed_by) == (Change.BETTER, Voice.CLIENT)


def test_what_happened_in_a_life_is_kept_with_its_kind() -> None:
    case = given.sanne()
    case.note_life_event(LifeEvent.BIRTH, "Els heeft een dochter.", **telling())
    event = case.entries[-1]
    assert isinstance(event, LifeEventHappened)
    assert (event.kind, event.words) == (LifeEvent.BIRTH, "Els heeft een dochter.")
