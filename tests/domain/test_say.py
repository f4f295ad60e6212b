"""The say: what somebody said holds until they say otherwise, and no weaker word takes it away."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pytest

from domain.say import (
    Means,
    Position,
    Reading,
    Say,
    Stance,
    Stances,
    WhyNotAsked,
    means_of,
)
from tests import given

DAY = date(2026, 3, 1)
SISTER = UUID(int=7)


def after(*says: Say) -> Stances:
    """What stands after these were said, one a day; entry n is the n-th."""
    stances = Stances()
    for number, say in enumerate(says, 1):
        stances.take(number, DAY.replace(day=number), say)
    return stances


def of_client(stances: Stances) -> list[Stance]:
    return [position.say.stance for position in stances.of()]


def reading(*, right: bool, firm: bool, words: str = "") -> Reading:
    return Reading(right, words, firm, DAY, 9)


@pytest.mark.parametrize(
    ("stance", "words", "own_hand", "seen", "means"),
    [
        (Stance.AGREES, "ja", True, False, Means.OWN_HAND),
        (Stance.AGREES, "ja", False, False, Means.SPOKEN),
        (Stance.AGREES, " ", False, False, Means.REPORTED),
        (Stance.DISAGREES, "", False, True, Means.SHOWN),
        (Stance.NOT_ASKED, "ja", True, True, Means.NONE),
        (Stance.UNKNOWN, "", False, False, Means.NONE),
    ],
)
def test_means_follow_from_how_it_came(
    stance: Stance,
    words: str,
    own_hand: bool,  # noqa: FBT001  # a table
    seen: bool,  # noqa: FBT001
    means: Means,
) -> None:
    assert means_of(stance, words, own_hand=own_hand, seen=seen) is means


def test_a_newer_stance_takes_the_place_of_the_older() -> None:
    assert of_client(after(given.yes(), given.no())) == [Stance.DISAGREES]


@pytest.mark.parametrize("stance", [Stance.COULD_NOT_ANSWER, Stance.DID_NOT_WANT_TO_ANSWER, Stance.NOT_ASKED])
def test_what_was_said_is_not_replaced_by_silence(stance: Stance) -> None:
    assert of_client(after(given.no(), Say(stance, Means.NONE))) == [Stance.DISAGREES]


def test_the_first_silence_is_kept_until_something_is_said() -> None:
    assert of_client(after(given.not_asked())) == [Stance.NOT_ASKED]
    assert of_client(after(given.not_asked(), given.yes())) == [Stance.AGREES]


def test_people_stand_side_by_side_and_are_never_merged() -> None:
    stances = after(given.no(), given.yes(person=SISTER))
    assert of_client(stances) == [Stance.DISAGREES]
    assert [p.say.stance for p in stances.of(SISTER)] == [Stance.AGREES]


def test_a_weaker_yes_stands_beside_a_no_in_own_hand() -> None:
    assert of_client(after(given.no(own_hand=True), given.yes())) == [Stance.DISAGREES, Stance.AGREES]


def test_a_weaker_yes_is_no_stronger_in_two_steps() -> None:
    no, talk, yes = given.no(own_hand=True), given.wants_to_talk(), given.yes()
    assert of_client(after(no, talk)) == [Stance.WANTS_TO_TALK]
    assert of_client(after(no, talk, yes)) == [Stance.DISAGREES, Stance.AGREES]
    assert of_client(after(no, yes, talk, yes)) == [Stance.DISAGREES, Stance.AGREES]


def test_a_yes_as_firm_takes_the_place_of_the_no() -> None:
    no, talk, firm = given.no(own_hand=True), given.wants_to_talk(), given.yes(own_hand=True)
    assert of_client(after(no, talk, firm)) == [Stance.AGREES]


def test_agreement_lapses_with_the_text_and_a_no_does_not() -> None:
    agreed, refused = after(given.yes()), after(given.no())
    assert agreed.of()[0].agrees
    for stances in (agreed, refused):
        stances.text_changed(5)
        assert stances.of()[0].about_previous_text
    assert not agreed.of()[0].agrees
    assert of_client(refused) == [Stance.DISAGREES]


def test_what_is_said_of_the_new_text_is_about_the_new_text() -> None:
    stances = after(given.no(), given.yes())
    stances.text_changed(2)
    assert stances.of()[0].agrees


def test_a_no_behind_other_words_is_about_the_previous_text_too() -> None:
    stances = after(given.no(own_hand=True), given.wants_to_talk())
    stances.text_changed(3)
    stances.take(4, DAY.replace(day=4), given.yes())
    assert [p.about_previous_text for p in stances.of()] == [True, False]


def test_reading_back_makes_words_firm() -> None:
    stances = after(given.no())
    stances.read_back(1, reading(right=True, firm=True))
    assert stances.of()[0].say.means is Means.READ_BACK


def test_a_worker_who_reads_back_makes_nothing_firm() -> None:
    stances = after(given.no())
    stances.read_back(1, reading(right=True, firm=False))
    assert stances.of()[0].say.means is Means.SPOKEN


@pytest.mark.parametrize("means", [Means.SHOWN, Means.REPORTED])
def test_reading_back_makes_firm_only_what_was_said_in_words(means: Means) -> None:
    stances = after(Say(Stance.AGREES, means))
    stances.read_back(1, reading(right=True, firm=True))
    assert stances.of()[0].say.means is means


def test_a_gesture_of_yes_is_no_agreement_and_a_gesture_of_no_stands() -> None:
    assert not Say(Stance.AGREES, Means.SHOWN).agrees
    assert not after(Say(Stance.AGREES_IN_PART, Means.SHOWN)).of()[0].agrees
    assert of_client(after(given.yes(), Say(Stance.DISAGREES, Means.SHOWN))) == [Stance.DISAGREES]


def test_a_gesture_that_two_from_different_sides_read_alike_is_agreement() -> None:
    assert Say(Stance.AGREES, Means.SHOWN, read_alike_by=SISTER).agrees
    assert not Say(Stance.DISAGREES, Means.SHOWN, read_alike_by=SISTER).agrees


def test_reading_back_does_not_weaken_own_hand() -> None:
    stances = after(given.no(own_hand=True))
    stances.read_back(1, reading(right=True, firm=True))
    assert stances.of()[0].say.means is Means.OWN_HAND


def test_reading_back_that_nobody_was_asked_says_nothing() -> None:
    stances = after(given.not_asked(WhyNotAsked.COULD_NOT_WAIT))
    stances.read_back(1, reading(right=True, firm=True))
    assert stances.of()[0].say.means is Means.NONE


def test_not_right_is_a_wish_to_talk_in_the_new_words_and_the_old_ones_stay() -> None:
    before = given.yes("Ja hoor.")
    stances = after(before)
    stances.read_back(1, reading(right=False, firm=False, words="Zo zei ik het niet."))
    (position,) = stances.of()
    assert (position.say.stance, position.say.words) == (Stance.WANTS_TO_TALK, "Zo zei ik het niet.")
    assert position.said_before == (before,)


def test_a_worker_who_reads_back_not_right_does_not_wash_out_a_no_in_own_hand() -> None:
    stances = after(given.no(own_hand=True))
    stances.read_back(1, reading(right=False, firm=False, words="Toch anders."))
    stances.take(2, DAY, given.yes())
    assert of_client(stances) == [Stance.DISAGREES, Stance.AGREES]


def test_a_yes_read_back_as_firmly_as_the_no_ends_the_contradiction() -> None:
    stances = Stances({None: [Position(1, DAY, Say(Stance.DISAGREES, Means.READ_BACK, "nee"))]})
    stances.take(2, DAY, given.yes())
    assert len(stances.of()) == 2
    stances.read_back(2, reading(right=True, firm=True))
    assert of_client(stances) == [Stance.AGREES]


def test_reading_back_to_one_person_says_nothing_about_another() -> None:
    stances = after(given.no(), given.yes(person=SISTER))
    stances.read_back(2, reading(right=True, firm=True))
    assert stances.of(SISTER)[0].say.means is Means.SPOKEN
