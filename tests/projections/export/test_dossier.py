"""A dossier holds the plan of its moment, every entry with both clocks, and nothing it may not tell."""

from __future__ import annotations

import json
import re
from datetime import UTC, date, datetime, timedelta
from html import unescape
from typing import Any
from uuid import uuid4

import pytest

from domain.case import Case
from domain.days import end_of
from domain.kinds import Fit, PersonKind, Voice, WhyRestricted, WhyWithdrawn
from domain.say import Stance
from jobs.demo import organisation
from projections.export.dossier.asked import Asked, Length
from projections.export.dossier.contents import Beside, Dossier
from projections.export.dossier.pack import entries
from projections.export.dossier.pages import page
from projections.export.pdf import missing, pdf
from projections.masked import Teams
from projections.timeline import timeline
from tests import given
from tests.given import deciding, telling
from tests.jobs.test_demo_looked_back import BY_HAND, ByHand
from tests.projections.export.reading_pdf import items_of, opened, text_of

NOW = datetime.combine(given.TODAY, datetime.min.time(), UTC) + timedelta(hours=13)
NEEDS_PDF = pytest.mark.skipif(bool(missing()), reason="this machine cannot make a PDF")
STANCES = {Stance.AGREES: "eens", Stance.DISAGREES: "niet eens", Stance.NOT_NOW: "nu niet"}
THREE = '{"number": "3", "unit": "hours", "per": "week"}'
UNITS = {"hours": "uur", "times": "keer", "week": "per week"}


def asked(on: date = given.TODAY, known: datetime = NOW, length: Length = Length.FULL, **more: Any) -> Asked:
    return Asked(on, known, length, **more)


def a_dossier(case: Case, of: Asked | None = None, team: str | Teams | None = "Noord") -> Dossier:
    return Dossier(case.id, case.entries, of or asked(), team=team, today=given.TODAY)


def html_of(dossier: Dossier) -> str:
    return page(dossier, given.REVIEWER, NOW)


def text(html: str) -> str:
    """What one reads of a page."""
    body = html.partition("<body")[2].partition(">")[2]
    return re.sub(r"\s+", " ", unescape(re.sub(r"<[^>]+>", " ", body)))


def data_of(dossier: Dossier) -> list[dict[str, Any]]:
    told: list[dict[str, Any]] = json.loads(entries(dossier))["entries"]
    return told


def test_every_entry_is_in_it_with_both_clocks_who_wrote_it_and_the_say() -> None:
    case = given.sanne()
    told = data_of(a_dossier(case))
    assert [one["number"] for one in told] == [entry.number for entry in case.entries]
    last = told[-1]
    assert (last["happened_on"], last["recorded"]) == ("2026-09-07", "2026-09-07T12:00:00Z")
    assert (last["by"]["name"], last["say"]["words"]) == ("Thomas Visser", "Twee uur is genoeg.")


def test_the_page_tells_every_entry_that_the_timeline_has() -> None:
    case = given.sanne()
    read = text(html_of(a_dossier(case)))
    numbers = {line.number for line in timeline(case.entries)}
    assert {int(n) for n in re.findall(r"Gebeurtenis (\d+):", read)} == numbers


@pytest.mark.parametrize("story", [given.sanne, given.karim, given.lena, given.bram, given.an_opened_case])
@pytest.mark.parametrize("length", list(Length))
def test_every_story_makes_a_page(story: Any, length: Length) -> None:
    read = text(html_of(a_dossier(story(), asked(length=length))))
    assert "originator" not in read
    assert "None" not in read


def test_no_name_of_a_fact_is_left_in_the_words_of_the_code() -> None:
    for story in (given.sanne, given.karim, given.lena, given.bram):
        dossier = a_dossier(story())
        for line in dossier.lines:
            facts = set(vars(line.entry)) if line.entry else set()
            assert not [name for name, _ in dossier.facts(line) if name.replace(" ", "_") in facts - SAME]


SAME = {"relation"}  # reads the same in both


def test_what_was_put_right_shows_what_stood_there() -> None:
    case = given.sanne()
    case.correct_entry(13, "amount", THREE, "niet goed gehoord", **given.telling())
    case.withdraw_entry(
        19, WhyWithdrawn.IN_ERROR, asked_by="Sanne", words="Dat was een ander.", **given.telling()
    )
    read = text(html_of(a_dossier(case)))
    assert "hoeveelheid: 4 uur per week → 3 uur per week" in read
    assert "niet goed gehoord" in read
    assert "Gevraagd door: Sanne." in read
    assert "Samen soep gemaakt." in read


def test_what_is_written_down_later_changes_nothing_of_what_was_known_before() -> None:
    case = given.sanne()
    then = asked(known=NOW - timedelta(days=1))
    before = html_of(a_dossier(case, then))
    case.correct_entry(13, "amount", THREE, "niet goed gehoord", **given.telling())
    case.withdraw_entry(12, WhyWithdrawn.IN_ERROR, **given.telling())
    assert html_of(a_dossier(case, then)) == before
    assert html_of(a_dossier(case)) != before


def test_what_this_reader_does_not_read_is_in_no_file() -> None:
    case = given.sanne()
    case.take_action("Dit ging over de buurman.", **given.telling())
    wrong = case.version
    case.withdraw_entry(wrong, WhyWithdrawn.WRONG_CLIENT, words="De buurman dus.", **given.telling())
    case.restrict_entry(19, WhyRestricted.ACCURACY_CONTESTED, "Klopt dat?", **given.telling(by=given.MANAGER))
    dossier = a_dossier(case)
    whole = html_of(dossier) + entries(dossier).decode()
    assert "buurman" not in whole
    assert "Samen soep gemaakt." not in whole
    assert "AVG art. 18" in whole
    assert {one["number"]: one["masked"] for one in data_of(dossier) if one["masked"]} == {
        19: "restricted", wrong: "wrong_case"
    }  # fmt: skip


def test_what_one_team_may_read_is_for_that_team_and_a_reviewer() -> None:
    case = given.sanne()
    henk = given.person_called(case, "Henk Mulder")
    case.hear_network_view(henk, "Zij redt dit niet.", unasked=True, **given.telling())
    found = {
        team: "Zij redt dit niet." in html_of(a_dossier(case, team=team)) for team in ("Noord", "Zuid", None)
    }
    assert found == {"Noord": True, "Zuid": False, None: False}
    assert "Zij redt dit niet." in html_of(a_dossier(case, team=Teams.ALL))


def test_names_of_third_persons_are_in_no_part_of_it_and_the_page_says_how_far_that_goes() -> None:
    case = given.sanne()
    case.take_action("Henk kookte mee.", **given.telling())
    dossier = a_dossier(case, asked(without_names=True))
    whole = html_of(dossier) + entries(dossier).decode()
    assert "Henk" not in whole
    assert "[familie of vriend 1] kookte mee." in whole
    assert "iemand die alleen in een zin wordt genoemd, kan er nog staan" in whole
    assert "Henk kookte mee." in html_of(a_dossier(case))


def test_a_statement_a_no_and_a_disagreement_each_have_their_place() -> None:
    case = given.karim()
    case.add_statement(1, "Zo heb ik het niet gezegd.", **given.telling())
    case.voice_disagreement(Voice.CLIENT, "Ik zie het anders.", **given.telling())
    read = text(html_of(a_dossier(case)))
    for heading, words in (
        ("Waar de cliënt nee tegen zei", "Bel Fatima, ook over een jaar."),
        ("Waar mensen het anders zien", "Ik zie het anders."),
        ("Verklaringen van de cliënt", "Zo heb ik het niet gezegd."),
    ):
        assert words in read.partition(heading)[2][:600], heading


def test_what_was_put_right_afterwards_is_told_with_the_days_that_it_is_about() -> None:
    """Corrected in November, about February: a dossier of March says so, one of January does not."""
    case = given.sanne()
    case.correct_entry(13, "provider", "De Poort", "Verkeerd.", **telling())
    found = {day: a_dossier(case, asked(day)).amendments for day in (date(2026, 1, 31), date(2026, 3, 1))}
    assert [len(told) for told in found.values()] == [0, 1]


def test_a_statement_stands_with_the_entry_that_it_is_beside_also_in_the_list() -> None:
    case = given.sanne()
    case.add_statement(4, "Zo zei ik het niet.", **telling())
    made = a_dossier(case, asked(date(2026, 3, 1)))
    assert [one.words for one in made.statements] == ["Zo zei ik het niet."]
    assert text(html_of(made)).count("Zo zei ik het niet.") == 2


def test_a_mark_of_nought_and_the_number_of_a_version_are_what_they_are() -> None:
    case = given.sanne()
    marks = {"client_judgement": Fit.TOO_HEAVY, "client_score": 0}
    case.hold_evaluation(conclusions="Te veel.", **marks, **deciding())  # type: ignore[arg-type]
    told = {fact for _, things in a_dossier(case).others for _, facts in things for fact in facts}
    assert {("cijfer van de cliënt", "0"), ("nummer", "1")} <= told


def test_every_no_is_told_not_only_of_help_that_was_refused() -> None:
    page = text(html_of(a_dossier(given.lena())))
    noes = page.partition("Waar de cliënt nee tegen zei")[2].partition("Waar mensen het anders zien")[0]
    assert "Dat is jullie doel, niet het mijne." in noes
    assert "Ik wil dit niet." in noes
    assert "niet opgeschreven dat de cliënt ergens nee tegen zei" not in page


def test_words_are_text_and_never_markup() -> None:
    case = given.sanne()
    case.take_action("<script>1</script> & <img src=x>", **given.telling())
    html = html_of(a_dossier(case))
    assert "<script" not in html
    assert "&lt;script&gt;1&lt;/script&gt; &amp;" in html


def test_entries_of_one_talk_stand_together() -> None:
    case, talk = given.sanne(), uuid4()
    for words in ("Eerst.", "Daarna."):
        case.take_action(words, **given.telling(), conversation_id=talk)
    assert "Samen vastgelegd:" in text(html_of(a_dossier(case)))


@NEEDS_PDF
@pytest.mark.parametrize("length", list(Length))
def test_an_item_of_a_list_is_read_aloud_with_all_that_stands_in_it(length: Length) -> None:
    items = items_of(pdf(html_of(a_dossier(given.sanne(), asked(length=length)))))
    assert items
    assert set(items) <= {("/Lbl", "/LBody"), ("/LBody",)}


@NEEDS_PDF
def test_the_pdf_holds_the_entries_as_they_are_beside_it() -> None:
    dossier = a_dossier(given.sanne())
    told = entries(dossier)
    made = pdf(html_of(dossier), {"entries.json": told})
    assert opened(made).attachments["entries.json"] == [told]
    assert "Plan en inspraak: Sanne Mulder" in text_of(made)
    assert opened(made).metadata.author == "Ruud Maas, toetser, Inspectie"  # type: ignore[union-attr]  # there


@NEEDS_PDF
def test_a_talk_fits_on_one_page_however_much_there_is() -> None:
    case = given.sanne()
    for number in range(12):
        how = given.telling()
        case.propose_goal(
            words=f"Doel {number}: {'lang ' * 60}", words_of=Voice.CLIENT, proposed_by=Voice.CLIENT, **how
        )
        case.make_agreement(f"Afspraak {number}: {'lang ' * 60}", "Thomas", **given.deciding())
        case.join_person(name=f"Persoon {number}", kind=PersonKind.RELATIVE, **how)
    made = pdf(html_of(a_dossier(case, asked(length=Length.SHORT))))
    assert len(opened(made).pages) == 1
    assert "en nog" in text_of(made)


@NEEDS_PDF
@pytest.mark.parametrize("hand", BY_HAND, ids=str)
def test_the_pdf_says_what_was_worked_out_by_hand(hand: ByHand) -> None:
    case = organisation.story(hand.client, given.TODAY).case
    at = asked(hand.on, end_of(hand.known), Length.SHORT)
    read = text_of(pdf(html_of(a_dossier(case, at, team=Teams.ALL))))
    said = read.partition(hand.goal)[2]
    assert said, read
    assert (STANCES[hand.stance] if hand.stance else "nog niet opgeschreven") in said[:60]
    if hand.amount:
        number, unit, _, per = hand.amount.split()
        assert f": {number.replace('.', ',')} {UNITS[unit]} {UNITS[per]}" in said
    agreed = read.partition("Afspraken")[2].partition("Nog open")[0]
    assert agreed.count(".") == hand.agreements  # each is one sentence


def test_who_looked_is_in_it_when_that_was_asked() -> None:
    case = given.sanne()
    without = text(html_of(a_dossier(case)))
    held = Dossier(case.id, case.entries, asked(looks=True), team=None, today=given.TODAY, beside=Beside())
    assert "Wie heeft gekeken" not in without
    assert "Er staat geen blik in het logboek." in text(html_of(held))
