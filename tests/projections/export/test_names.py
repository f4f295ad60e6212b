"""Third persons without their names: everywhere, and nobody else."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

import msgspec

from domain.case import Case
from domain.entry import Entry
from domain.kinds import Bond, PersonKind, Voice
from domain.nouns import Tie
from domain.plan import read
from projections.export.dossier.names import without_names
from projections.export.words import in_language
from tests import given

DAY = date(2026, 3, 2)
HENK = "[familie of vriend 1]"


def a_case_with(*words: str) -> Case:
    case = given.sanne()
    for text in words:
        case.take_action(text, **given.telling(DAY, given.WORKER))
    return case


def swapped(case: Case) -> list[Entry]:
    told: list[Entry] = without_names(case.entries, in_language("nl"))(list(case.entries))
    return told


def last_words(case: Case) -> str:
    return str(vars(swapped(case)[-1])["words"])


def test_a_relative_is_called_by_what_they_are() -> None:
    plan = read(swapped(given.sanne()))
    assert {p.name for p in plan.people.values()} == {"Fatima de Wit", "Thomas Visser", HENK}


def test_the_client_and_who_works_here_keep_their_names() -> None:
    text = "Sanne Mulder en Thomas Visser belden Fatima."
    assert last_words(a_case_with(text)) == text


def test_names_in_running_text_go_whole_and_in_part_and_with_a_possessive() -> None:
    text = "Henk Mulder kwam. HENK bleef, henk mulder ook. Henks fiets en Henk's hond."
    assert (
        last_words(a_case_with(text))
        == f"{HENK} kwam. {HENK} bleef, {HENK} ook. {HENK} fiets en {HENK} hond."
    )


def test_a_name_inside_another_word_is_left_alone() -> None:
    text = "Henkelman liep langs; in de schenking staat het."
    assert last_words(a_case_with(text)) == text


def test_a_name_that_the_client_has_too_says_nothing_and_stays() -> None:
    assert last_words(a_case_with("Mevrouw Mulder lachte.")) == "Mevrouw Mulder lachte."


def test_a_word_that_looks_like_a_name_stays_when_it_is_written_as_a_word() -> None:
    case = given.sanne()
    case.join_person(name="Wil Bos", kind=PersonKind.INFORMAL_CARER, **given.telling(DAY))
    case.take_action("Ik wil naar het bos met Wil.", **given.telling(DAY))
    assert last_words(case) == "Ik wil naar het bos met [mantelzorger 1]."


def test_two_with_the_same_name_are_not_told_apart_by_it() -> None:
    case = given.sanne()
    for name in ("Jo Bakker", "Jo Smit"):
        case.join_person(name=name, kind=PersonKind.TRUSTED_PERSON, **given.telling(DAY))
    case.join_person(name="Joris Smit", kind=PersonKind.TRUSTED_PERSON, **given.telling(DAY))
    case.take_action("Joris Smit kwam zonder Smit.", **given.telling(DAY))
    assert last_words(case) == "[vertrouwenspersoon 3] kwam zonder [een naam]."


def test_a_name_that_was_put_right_goes_as_it_was_and_as_it_is() -> None:
    case = given.sanne()
    henk = next(e for e in case.entries if getattr(e, "name", "") == "Henk Mulder")
    case.correct_entry(henk.number, "name", "Hendrik Mulder", "verkeerd verstaan", **given.telling(DAY))
    correction: Any = swapped(case)[-1]
    assert msgspec.json.decode(correction.was) == msgspec.json.decode(correction.now) == HENK
    case.take_action("Hendrik belde, niet Henk.", **given.telling(DAY))
    assert last_words(case) == f"{HENK} belde, niet {HENK}."


def test_the_circle_and_who_speaks_for_the_client_go_too() -> None:
    case = given.sanne()
    aunt = given.a_representative(case)
    case.draw_circle((Tie("Bep Post", Bond.STRONG),), with_client=True, **given.telling(DAY))
    spoke = {**given.telling(DAY, given.REPRESENTATIVE)}
    case.voice_disagreement(Voice.REPRESENTATIVE, "Rita zegt: Bep niet.", person=aunt, **spoke)
    told: Any = swapped(case)
    assert told[-2].ties[0].person == "[familie of vriend 2]"
    assert told[-1].words == "[vertegenwoordiger 1] zegt: [familie of vriend 2] niet."
    assert "Henk" not in told[-1].by.name


def test_a_worker_of_elsewhere_is_a_third_person() -> None:
    case = given.sanne()
    case.join_person(
        name="Joris Smit", kind=PersonKind.WORKER, organisation="Buurtteam Oost", **given.telling(DAY)
    )
    case.take_action("Joris belde.", **given.telling(DAY))
    assert last_words(case) == "[medewerker 1] belde."


def test_what_holds_no_names_stays_as_it_is() -> None:
    case = given.an_opened_case(client_id=UUID(int=1))
    assert swapped(case) == list(case.entries)
