"""The questions of an inspector and the evidence of the say, as pages."""

from __future__ import annotations

import ast
import re
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from html import unescape
from pathlib import Path

import psycopg
import pytest
from babel.messages.pofile import read_po
from flask import Flask

from domain.case import Case
from domain.entry import Role
from domain.kinds import ConsentPurpose, Part, PersonKind
from domain.say import Means
from domain.store.database import APP
from projections.contacts import CONTACTS
from projections.follower import Follower
from projections.questions import QUESTIONS
from tests import given
from tests.code.reading import REPO, listed
from tests.given import deciding, not_asked, telling
from tests.web.conftest import Visitor, desk_of, says_what_for
from tests.web.following import kept
from tests.web.inspecting import looked, part, recorded, text_of
from web.reviewing.questions import LADDER

As = Callable[..., Visitor]


@pytest.fixture
def case(app: Flask) -> Iterator[Case]:
    with recorded(app) as one:
        yield one


def test_the_page_answers_each_question_under_its_own_address(case: Case, as_: As) -> None:
    page = looked(as_(), case)
    assert part(page, 1).startswith(
        "1. Waar zei deze cliënt wat belangrijk is? Op 12-01-2026 is een wens verteld. "
        "Woorden van: de cliënt. Gehoord door: Fatima de Wit. "
        "“Ik wil weer voor mijn zus kunnen koken.” Gebeurtenis 4"
    )
    assert (
        "Op 02-04-2026 zei de cliënt nee tegen “Begeleiding op vrijdagavond”. Waarom: iets anders."
        in part(page, 8)
    )
    assert "Wmo 2015, artikel 2.3.2, lid 2:" in part(page, 6)
    assert part(page, 15).endswith("Niets gevonden. Gezocht in alle 32 gebeurtenissen tot en met 08-06-2026.")
    assert f'href="/cases/{case.id}/entries/4"' in page
    assert "Niet gevonden" not in page


def test_a_law_that_nobody_checked_says_so(case: Case, as_: As) -> None:
    page = looked(as_(), case, query="")
    assert "Op tijd. nog niet nagekeken Gebeurtenis 37" in part(page, 15).replace("op tijd", "Op tijd")


def test_what_is_recorded_later_changes_nothing_at_a_fixed_address(app: Flask, case: Case, as_: As) -> None:
    ilse = as_()
    before = [part(looked(ilse, case), number) for number in range(1, 19)]
    evidence = text_of(looked(ilse, case, "/evidence"))
    casework = desk_of(app).casework
    with casework.changing(case.id) as changing:
        changing.case.take_action("Later opgeschreven.", **telling(given.OPENING, given.WORKER))
        changing.case.correct_entry(4, "heard_by", "Nadia", "Verkeerde naam.", **telling())
        changing.case.correct_entry(2, "called", "Sanna", "Verkeerde naam.", **telling())
    assert [part(looked(ilse, case), number) for number in range(1, 19)] == before
    assert text_of(looked(ilse, case, "/evidence")) == evidence
    assert "Nadia" in part(looked(ilse, case, query="?on=08-06-2026"), 1)


def test_the_address_to_cite_names_both_moments(case: Case, as_: As) -> None:
    page = looked(as_(), case, query="?on=08-06-2026")
    cited = re.search(r'class="address" href="([^"]+)"', page)
    assert cited
    assert re.search(r"/questions\?on=08-06-2026&amp;known=\d{4}-\d\d-\d\dT[\d:.]+Z$", cited[1])
    assert as_().get(unescape(cited[1])).status_code == 200


def test_the_last_question_leads_to_looking_back_at_both_moments(case: Case, as_: As) -> None:
    page = looked(as_(), case)
    link = re.search(r'href="(/cases/[^"]+/look-back\?[^"]+)"', page)
    assert link
    assert "on=08-06-2026&known=2026-11-22T12:00:00Z" in unescape(link[1]).replace("%3A", ":")
    assert as_().get(unescape(link[1])).status_code == 200


def test_who_looked_leads_to_every_look(case: Case, as_: As) -> None:
    page = looked(as_(), case)
    assert f"/cases/{case.id}/looks" in page.partition('id="question-13"')[2].partition("</section>")[0]


def test_a_day_that_cannot_be_read_loses_nothing(case: Case, as_: As) -> None:
    for path in ("/questions", "/evidence"):
        page = looked(as_(), case, path, "?on=99-99-2026&known=gisteren")
        assert "Deze dag kan niet gelezen worden." in text_of(page) or "99-99-2026" in page
        assert 'value="99-99-2026"' in page
        assert 'value="gisteren"' in page
        assert page.count('aria-invalid="true"') == 2


def test_before_the_first_entry_each_question_says_so(case: Case, as_: As) -> None:
    page = looked(as_(), case, query="?on=31-12-2025")
    for number in {*range(1, 19)} - {12}:
        assert "Er is geen gebeurtenis tot en met 31-12-2025." in part(page, number)


def test_who_looked_is_told_up_to_the_moment(app: Flask, case: Case, as_: As) -> None:
    ilse = as_()
    ilse.get(f"/cases/{case.id}/plan")
    assert "Niets gevonden." in part(looked(ilse, case), 13)
    at_noon = "?on=22-11-2026&known=2026-11-22T12:00:00Z"
    assert "Niets gevonden." in part(looked(ilse, case, query=at_noon), 13)
    told = part(looked(ilse, case, query=""), 13)
    assert "Ilse, coördinator, De Linde keek. Aantal keer:" in told
    assert "Grond: team van het dossier." in told


def test_contacts_are_told_as_they_were_known(app: Flask, case: Case, as_: As) -> None:
    thomas = given.person_called(case, "Thomas Visser")
    casework = desk_of(app).casework
    log = casework.contacts(case.id)
    day = datetime(2026, 6, 1, 9, tzinfo=UTC)
    later = casework.clock()
    log.hold_contact(
        by=given.WORKER, workers=(thomas,), organisation="De Brug", started_at=day, recorded=later
    )
    casework.keep(log)

    _follow_contacts(app)
    assert "Thomas Visser kwam. Aantal keer: 1, het vaakst." in part(
        looked(as_(), case, query="?on=08-06-2026"), 12
    )
    assert "kwam. Aantal keer" not in part(looked(as_(), case), 12)  # written down after that moment


def _follow_contacts(app: Flask) -> None:
    desk = desk_of(app)
    dsn, decode = desk.database.dsn(APP), desk.casework.mapper.to_domain_event
    follower = Follower(dsn, decode, [CONTACTS])
    with psycopg.connect(dsn, autocommit=True) as db:
        while follower.step(db):
            pass


def test_the_evidence_is_counted_by_rung_and_each_rung_can_be_opened(case: Case, as_: As) -> None:
    page = looked(as_(), case, "/evidence", "")
    assert "Besluiten: 15 van 15. Gezocht in alle 44 gebeurtenissen tot en met" in text_of(page)
    assert "Eigen woorden, niet voorgelezen : 14" in text_of(page)
    one = text_of(looked(as_(), case, "/evidence", "?means=none"))
    assert "Besluiten: 1 van 15." in one
    assert "Gebeurtenis 37 , Gebeurtenis 40 (later gezegd)" in one
    assert "Besluiten: 1 van 15." in text_of(looked(as_(), case, "/evidence", "?stance=not_asked"))
    empty = text_of(looked(as_(), case, "/evidence", "?means=shown"))
    assert "Geen besluit gevonden Gezocht in alle 44 gebeurtenissen" in empty
    assert "Besluiten: 15 van 15." in text_of(looked(as_(), case, "/evidence", "?means=bogus&stance=x"))


def test_a_weighty_decision_without_a_say_is_on_top_and_says_where_was_looked(app: Flask, as_: As) -> None:
    case = given.with_offer()
    case.start_support(given.the(case.plan.supports), **deciding(date(2026, 2, 9), not_asked()))
    kept(app, case)
    page = text_of(looked(as_(), case, "/evidence", ""))
    _, _, told = page.partition("Grote besluiten zonder gevonden inspraak staan bovenaan.")
    assert told.strip().startswith(
        "09-02-2026 : Hulp begonnen “Samen boodschappen doen en koken” groot besluit"
    )
    assert "Van de cliënt is hierover niets gevonden. Gezocht in alle 5 gebeurtenissen" in told


def test_only_who_answers_for_a_case_or_reviews_it_may_see(app: Flask, case: Case, as_: As) -> None:
    manager = as_("mina", Role.MANAGER, "")
    says_what_for(manager, case.id)
    assert manager.get(f"/cases/{case.id}/questions").status_code == 200
    assert manager.get(f"/cases/{case.id}/evidence").status_code == 200
    partner = as_("joris", Role.PARTNER, "Oost")
    who = partner.account.id  # type: ignore[attr-defined]  # as_() says who is signed in
    with desk_of(app).casework.changing(case.id) as changing:
        person = changing.case.join_person(name="Joris", kind=PersonKind.WORKER, user=who, **telling())
        changing.case.give_consent(ConsentPurpose.SHARING, person, tuple(Part), **deciding())
    assert partner.get(f"/cases/{case.id}/plan").status_code == 200
    for path in ("/questions", "/evidence"):
        assert partner.get(f"/cases/{case.id}{path}").status_code == 404
    assert "/questions" not in partner.get(f"/cases/{case.id}/plan").text


def test_every_rung_has_a_name() -> None:
    assert set(LADDER) == set(Means)


def sentences() -> Iterator[str]:
    """Every text of the questions: what is told, and what is asked."""
    for path in sorted((REPO / "projections/questions").glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text())):
            text = getattr(node, "value", None)
            if isinstance(text, str) and "%(" in text and "\n" not in text:  # no docstring, no SQL
                yield text
    yield from (one.ask.__doc__ or "" for one in QUESTIONS)
    yield from LADDER.values()


def test_every_sentence_has_its_dutch_text_with_the_same_facts() -> None:
    with Path(REPO / "web/translations/nl/LC_MESSAGES/messages.po").open("rb") as po:
        dutch = {text.id: text.string for text in read_po(po, locale="nl") if text.context is None}
    facts = re.compile(r"%\(\w+\)s")
    complaints = [
        f"“{text}” has no Dutch text with the same facts"
        for text in dict.fromkeys(sentences())
        if sorted(facts.findall(text)) != sorted(facts.findall(str(dutch.get(text) or "%(none)s")))
    ]
    assert not complaints, listed(complaints)
