"""What forms make of what is typed; and that everything they ask has a Dutch text."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from enum import EnumType, StrEnum
from pathlib import Path
from typing import Any, cast
from uuid import UUID

import pytest
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po
from flask import Flask
from marshmallow import Schema, ValidationError
from werkzeug.datastructures import MultiDict

from domain import days, entry, errors, kinds, say
from domain.casework import CATALOGUE
from domain.correcting import facts_of
from domain.entry import Decision, Entry, Initiative
from domain.kinds import Per, Unit, Voice
from domain.nouns import Amount
from domain.say import Means, Stance, WhyNotAsked
from tests import given
from tests.code.reading import listed
from web.asking.said_no import SaidNo
from web.asking.sheet_forms import Answer as SheetAnswer
from web.asking.sheet_forms import Sheet
from web.context import TalkForm
from web.forms import forms, nouns_with_forms
from web.forms.case import OtherCase
from web.forms.facts import question_for, told
from web.forms.fields import (
    MANY,
    Answer,
    Choice,
    Day,
    HowMuch,
    Line,
    Lines,
    Question,
    Score,
    Several,
    Tick,
    Words,
)
from web.forms.goals import AgreeGoal, TakeStance
from web.forms.noticed import TakeAction
from web.forms.picks import Numbers, Pick, Picks, number
from web.forms.support import RefuseSupport
from web.forms.ties import Ties
from web.saving import values_of

PO = Path(__file__).parents[2] / "web/translations/nl/LC_MESSAGES/messages.po"
A_DAY = {"happened_on": "22-11-2026"}
GOAL = UUID(int=7)


def read(question: Question, value: Any) -> Any:
    return question.deserialize(value, "asked", {"asked": value})


def refused(question: Question, value: Any) -> bool:
    with pytest.raises(ValidationError):
        read(question, value)
    return True


@pytest.mark.parametrize(
    "typed", ["22-11-2026", "22/11/2026", "22.11.2026", " 22-11-2026 ", "2026-11-22", "22 11 2026"]
)
def test_a_day_is_read_as_people_and_machines_write_it(typed: str) -> None:
    assert read(Day("Date"), typed) == date(2026, 11, 22)


@pytest.mark.parametrize(
    "typed", ["31-02-2026", "22-11-26", "gisteren", "22-11-1926", "22-11-2206", "٢٢-١١-٢٠٢٦", ["22-11-2026"]]
)
def test_a_day_that_cannot_be_meant_gets_a_sentence(typed: Any) -> None:
    assert refused(Day("Date"), typed)


def test_words_are_normalised_and_what_hides_is_taken_out() -> None:
    assert read(Words("Words"), "cafe\u0301 \u202eom\u200bgekeerd\u2066") == "caf\u00e9 omgekeerd"


@pytest.mark.parametrize("text", ["nul \0", "half \ud800", "x" * 20_001, 3, ["a", "b"]])
def test_what_is_no_text_is_refused(text: Any) -> None:
    assert refused(Words("Words"), text)


def test_white_space_alone_is_nothing_where_words_are_needed() -> None:
    assert refused(Words("Words", required=True), " \n ")


def test_an_amount_is_a_number_of_something_per_something() -> None:
    typed = {"number": "2,5", "unit": "hours", "per": "week"}
    assert read(HowMuch("How much?"), typed) == Amount(Decimal("2.5"), Unit.HOURS, Per.WEEK)


@pytest.mark.parametrize(
    "typed",
    [
        "2 uur",
        {"number": "2"},
        {"number": "veel", "unit": "hours", "per": "week"},
        {"number": "NaN", "unit": "hours", "per": "week"},
        {"number": "-1", "unit": "hours", "per": "week"},
        {"number": "2", "unit": "eeuwen", "per": "week"},
    ],
)
def test_half_an_amount_is_refused(typed: Any) -> None:
    assert refused(HowMuch("How much?"), typed)


@pytest.mark.parametrize("typed", ["11", "-1", "7,5", "goed", "٣"])
def test_a_score_is_a_whole_number_up_to_ten(typed: str) -> None:
    assert read(Score("Mark"), "10") == 10
    assert refused(Score("Mark"), typed)


def test_what_only_imports_say_cannot_be_chosen() -> None:
    assert refused(Choice("Who?", Voice), "unknown")


@pytest.mark.parametrize("typed", ["x", "1.5", "-3", ["3"], True, "9999999999"])
def test_an_entry_is_picked_by_its_number(typed: Any) -> None:
    assert read(Pick("Which?", lambda _: (), key=number), "3") == 3
    assert refused(Pick("Which?", lambda _: (), key=number), typed)


def test_several_are_picked_also_when_it_is_one() -> None:
    question = Picks("Which?", lambda _: (), key=number)
    assert (read(question, ["3", "4"]), read(question, "3")) == ((3, 4), (3,))
    assert refused(question, ["x"])
    assert refused(question, 3)


@pytest.mark.parametrize("typed", ["Z-77", "het dossier van haar zus", f"/cases/{GOAL}/plan"])
def test_another_case_is_named_or_its_address_is_pasted(typed: str) -> None:
    assert read(OtherCase("Which?"), typed) == (str(GOAL) if "/cases/" in typed else typed)


def test_names_come_one_on_a_line() -> None:
    assert read(Lines("Who?"), "Sanne\r\n\n  Thomas ") == ("Sanne", "Thomas")


@pytest.mark.parametrize(
    ("question", "one"),
    [
        (Lines("Who?"), "Sanne"),
        (Picks("Which?", lambda _: (), key=number), 3),
        (Numbers("Which?"), 3),
        (Several("Which?", Unit), "hours"),
        (Ties("Who?"), {"person": "Els", "bond": "strong"}),
    ],
)
def test_a_list_has_an_end(question: Question, one: Any) -> None:
    assert len(read(question, [one] * MANY)) == MANY
    assert refused(question, [one] * (MANY + 1))


def test_what_is_not_asked_is_not_taken() -> None:
    with pytest.raises(ValidationError) as error:
        TakeAction().facts({"words": "Gebeld.", "by_whom": "client", **A_DAY}, given.WORKER)
    assert error.value.messages == {"by_whom": ["Unknown field."]}


def agreed(**typed: Any) -> say.Say:
    form = {"goal_id": str(GOAL), "initiative": "client", **A_DAY, **typed}
    made: say.Say = AgreeGoal().facts(form, given.COORDINATOR)["say"]
    return made


def test_a_decision_without_an_answer_is_refused() -> None:
    with pytest.raises(ValidationError) as error:
        agreed()
    assert error.value.messages == {"stance": ["Choose one of these."]}


def test_words_say_that_it_was_asked() -> None:
    with pytest.raises(ValidationError) as error:
        agreed(stance="not_asked", reason_not_asked="other", client_words="Liever niet.")
    assert "stance" in error.value.messages


def test_a_reason_for_not_asking_goes_with_not_asked_alone() -> None:
    assert agreed(stance="agrees", reason_not_asked="other", why="x").reason is None
    not_asked = agreed(stance="not_asked", reason_not_asked="could_not_wait", why="Er was brand.")
    assert (not_asked.reason, not_asked.why) == (WhyNotAsked.COULD_NOT_WAIT, "Er was brand.")


def test_in_their_own_session_it_is_their_own_hand() -> None:
    form = {"goal_id": str(GOAL), "initiative": "client", "stance": "agrees", **A_DAY}
    assert AgreeGoal().facts(form, given.CLIENT)["say"].means is Means.OWN_HAND


def test_a_refusal_is_the_answer_and_its_words_are_the_clients() -> None:
    form = {"support_id": str(GOAL), "initiative": "client", "reason": "other", "client_words": "Nee."}
    facts = RefuseSupport().facts({**form, **A_DAY}, given.COORDINATOR)
    assert (facts["say"].stance, facts["say"].words, facts["words"]) == (Stance.DISAGREES, "Nee.", "Nee.")
    assert "stance" not in RefuseSupport().fields


def test_a_stance_can_be_of_somebody_else() -> None:
    form = {"subject": str(GOAL), "person": str(UUID(int=3)), "stance": "not_now", **A_DAY}
    assert TakeStance().facts(form, given.COORDINATOR)["say"].person == UUID(int=3)


def test_what_must_be_picked_is_what_the_entry_is_about() -> None:
    form = {"words": "Gebeld.", "goal_id": str(GOAL), **A_DAY}
    case = given.with_goal()
    assert TakeAction().concerns(TakeAction().facts(form, given.WORKER), case) == set()
    assert AgreeGoal().concerns({"goal_id": GOAL, "initiative": Initiative.CLIENT}, case) == {GOAL}


def test_what_was_left_empty_was_not_given_and_what_came_twice_is_not_one() -> None:
    typed = MultiDict(
        [("words", "a"), ("words", "b"), ("done_by", " "), ("to.number", ""), ("to.unit", "hours")]
    )
    assert values_of(TakeAction(), typed) == {"words": ["a", "b"], "to": {"unit": "hours"}}


@pytest.mark.parametrize("kind", [e for e in CATALOGUE.values() if issubclass(e, Entry)])
def test_every_fact_that_can_be_corrected_can_be_asked(kind: type[Entry]) -> None:
    for name in facts_of(kind):
        assert isinstance(question_for(name, kind), Question)


def test_facts_are_shown_as_people_read_them(app: Flask) -> None:
    with app.test_request_context("/"):
        assert told(date(2026, 1, 2)) == "02-01-2026"
        assert told(True) == "ja"
        assert told(given.hours_a_week("4")) == "4 uur per week"


# Every text there is to say, in Dutch.
@pytest.fixture(scope="module")
def dutch() -> Catalog:
    with PO.open("rb") as file:
        return read_po(file, locale="nl")


def choices() -> Iterator[StrEnum]:
    for module in (kinds, say, entry, days):
        for of in vars(module).values():
            if isinstance(of, EnumType) and of.__module__.startswith(module.__name__):
                yield from cast("type[StrEnum]", of)
    yield from Answer


def labels() -> Iterator[str]:
    every: list[type[Schema]] = [*forms().values(), TalkForm, SaidNo, SheetAnswer, Sheet]
    for form in every:
        for question in form().fields.values():
            assert isinstance(question, Question)
            yield from (text for text in (question.label, question.hint, *question.suggestions) if text)
            yield question.when_empty


def missing(dutch: Catalog, texts: Iterator[str], context: str | None = None) -> list[str]:
    """What to add, and where."""
    found = {text: dutch.get(text, context) for text in texts}
    lacking = sorted(text for text, message in found.items() if not (message and message.string))
    begin = f"msgctxt “{context}”, " if context else ""
    return [f"add {begin}msgid “{text}” to web/translations/nl/LC_MESSAGES/messages.po" for text in lacking]


def assert_dutch(dutch: Catalog, texts: Iterator[str], context: str | None = None) -> None:
    complaints = missing(dutch, texts, context)
    assert not complaints, listed(complaints)


def test_every_choice_has_a_dutch_word(dutch: Catalog) -> None:
    lacking = {
        f"{type(c).__name__}: {c}" for c in choices() if missing(dutch, iter([_id(c)]), type(c).__name__)
    }
    assert not lacking, f"add these to messages.po, msgctxt first: {sorted(lacking)}"


def _id(choice: StrEnum) -> str:
    return choice.value.replace("_", " ")


def test_every_refusal_has_a_dutch_sentence_with_the_same_facts(dutch: Catalog) -> None:
    refusals = [e.__doc__ or "" for e in vars(errors).values() if _is_refusal(e)]
    assert_dutch(dutch, iter(refusals))
    for sentence in refusals:
        message = dutch.get(sentence)
        assert message
        assert set((message.python_format and _facts(str(message.string))) or ()) <= _facts(sentence)


def _facts(sentence: str) -> set[str]:
    return {part.partition(")")[0] for part in sentence.split("%(")[1:]}


def _is_refusal(thing: object) -> bool:
    return isinstance(thing, type) and issubclass(thing, errors.Refused)


def test_every_command_has_a_dutch_name_and_a_line_what_it_is_for(dutch: Catalog) -> None:
    assert_dutch(dutch, (name.replace("_", " ") for name in forms()), "command")
    assert_dutch(dutch, (form.__doc__ or "" for form in forms().values()))
    assert_dutch(dutch, iter(nouns_with_forms()), "noun")


def test_every_label_hint_and_message_has_a_dutch_text(dutch: Catalog) -> None:
    assert_dutch(dutch, labels())


def test_every_kind_of_entry_and_every_fact_has_a_dutch_name(dutch: Catalog) -> None:
    entries = [kind for kind in CATALOGUE.values() if issubclass(kind, Entry)]
    assert_dutch(dutch, (kind.TOPIC.replace("_", " ") for kind in entries), "event")
    shared = {field.name for field in dataclasses.fields(Decision)} - {"happened_on", "from_on", "say"}
    names = {f.name for kind in entries for f in dataclasses.fields(kind)} - shared
    assert_dutch(dutch, (name.replace("_", " ") for name in names), "fact")


def test_the_kinds_of_question_are_those_the_template_knows() -> None:
    template = (Path(__file__).parents[2] / "web/templates/_fields.html").read_text()
    kinds_asked = {q.kind for form in forms().values() for q in form().questions.values()} - {"line"}
    assert {kind for kind in kinds_asked if f'"{kind}"' not in template} == set()
    assert {Line.kind, Tick("").kind} == {"line", "tick"}
