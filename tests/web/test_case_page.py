"""The pages of a case: everything is there, true, and kindly put, in Dutch and in English."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, cast
from uuid import UUID

import pytest
from babel.messages.extract import extract
from babel.messages.pofile import read_po
from flask import Flask

from domain.case import Case
from domain.casework import CATALOGUE
from domain.correcting import facts_of
from domain.entry import Entry, Role
from domain.kinds import ConsentPurpose, Part, PartyKind, PersonKind, Voice, WhyWithdrawn
from domain.permissions import RIGHTS
from domain.say import Means, Say, Stance, WhyNotAsked
from projections.plan_page import PlanPage
from tests import given
from tests.given import deciding, telling
from tests.web.conftest import Visitor, case_page, desk_of, says_what_for

WEB = Path(__file__).parents[2] / "web"
TEMPLATES = WEB / "templates"
PARTIALS = ["_plan", "_stance", "_line", "_line_body", "_days", "_charts", "_around", "_quick_note", "case"]
STORIES: tuple[Callable[[], Case], ...] = (
    given.an_opened_case,
    given.with_goal,
    given.with_support,
    given.sanne,
    given.karim,
    given.lena,
    given.bram,
)
Enter = Callable[..., Visitor]


@pytest.fixture
def look(app: Flask, as_: Enter) -> Callable[..., str]:
    """Keeps a case and shows one of its pages to a coordinator of its team."""
    browser = as_("ilse", Role.COORDINATOR, team=given.COORDINATOR.team)

    def at(case: Case, path: str = "", status: int = 200) -> str:
        if case.pending_events:
            desk_of(app).casework.open(case)
        answer = browser.get(case_page(case.id) + path)
        assert answer.status_code == status, path
        return answer.text

    return at


def plain(html: str) -> str:
    """What a reader sees, without the tags."""
    return " ".join(re.sub(r"<[^>]+>", " ", html).split())


def a_line(html: str, number: int) -> str:
    """One entry on the timeline."""
    found = re.search(rf'<li class="ev[^>]*id="entry-{number}".*?</li>', html, re.DOTALL)
    assert found, f"entry {number} is not on the timeline"
    return found[0]


def test_every_event_has_a_template_on_the_timeline() -> None:
    topics = {topic for topic, event in CATALOGUE.items() if issubclass(event, Entry)}
    missing = [f"add web/templates/timeline/{topic}.html" for topic in sorted(topics) if not exists(topic)]
    assert not missing, "\n".join(missing)


def exists(topic: str) -> bool:
    return (TEMPLATES / "timeline" / f"{topic}.html").is_file()


@pytest.mark.parametrize("language", ["nl", "en"])
@pytest.mark.parametrize("story", STORIES, ids=lambda story: str(story.__name__))
def test_every_page_of_every_story_can_be_read(
    look: Callable[..., str], story: Callable[[], Case], language: str
) -> None:
    case = story()
    entries = [f"/entries/{entry.number}" for entry in case.entries]
    look(case, f"?lang={language}", 303)
    for path in ("", "/plan", "/plan?on=2026-02-03", "/plan?on=2020-01-01", "/timeline", "/people", *entries):
        page = look(case, path)
        assert f'<html lang="{language}">' in page
        assert language == "en" or "None" not in plain(page)
        assert "%(" not in page


def my_templates() -> Iterator[Path]:
    yield from (TEMPLATES / f"{name}.html" for name in PARTIALS)
    for pattern in ("case-*.html", "timeline/*.html", "plan/*.html"):
        yield from TEMPLATES.glob(pattern)


def texts_of(path: Path) -> Iterator[str]:
    """The English texts that a template asks Dutch for."""
    asked = {"_": None, "gettext": None, "ngettext": (1, 2)}
    with path.open("rb") as file:
        for _, text, _, _ in extract("jinja2.ext:babel_extract", file, cast("Any", asked)):
            yield text[0] if isinstance(text, tuple) else text


def test_every_text_of_these_pages_has_a_dutch_one() -> None:
    with (WEB / "translations/nl/LC_MESSAGES/messages.po").open("rb") as file:
        dutch = read_po(file)
    missing = [
        f"{path.name}: {text}" for path in my_templates() for text in texts_of(path) if not dutch.get(text)
    ]
    assert not missing, "\n".join(missing)


def test_every_fact_that_can_be_corrected_has_a_dutch_name() -> None:
    with (WEB / "translations/nl/LC_MESSAGES/messages.po").open("rb") as file:
        dutch = read_po(file)
    names = {name for event in CATALOGUE.values() if issubclass(event, Entry) for name in facts_of(event)}
    missing = [name for name in sorted(names) if not dutch.get(name.replace("_", " "), context="Field")]
    assert not missing


def test_a_gesture_seems_a_yes_and_agrees_with_nothing(look: Callable[..., str]) -> None:
    case = given.with_goal()
    seen = Say(Stance.AGREES, Means.SHOWN)
    case.agree_goal(given.the(case.plan.goals), **deciding(say=seen))
    case.make_agreement("Bellen.", "Thomas", **deciding(say=seen))
    for page in (look(case), look(case, "/timeline"), look(case, "/plan")):
        assert "fgesproken" not in page
        assert "lijkt het eens: dat zag één persoon" in page


@pytest.mark.parametrize("stance", [s for s in Stance if s not in {Stance.AGREES, Stance.UNKNOWN}])
def test_without_agreement_nothing_is_called_agreed(look: Callable[..., str], stance: Stance) -> None:
    case = given.with_goal()
    say = given.not_asked() if stance is Stance.NOT_ASKED else given.a_say(stance, "")
    case.agree_goal(given.the(case.plan.goals), **deciding(say=say))
    case.make_agreement("Bellen.", "Thomas", **deciding(say=say))
    page = look(case) + look(case, "/timeline")
    assert "fgesproken" not in page
    assert "Doel in het plan gezet" in page


def test_with_agreement_it_is(look: Callable[..., str]) -> None:
    case = given.with_goal()
    case.agree_goal(given.the(case.plan.goals), **deciding())
    assert "Doel afgesproken met de cliënt" in a_line(look(case, "/timeline"), 3)


def test_a_yes_that_was_not_right_is_not_called_agreed(look: Callable[..., str]) -> None:
    case = given.with_goal()
    case.agree_goal(given.the(case.plan.goals), **deciding())
    case.read_back(3, right=False, words="Ik zei misschien.", **telling())
    line = a_line(look(case, "/timeline"), 3)
    assert "afgesproken" not in line
    assert "Besloten door: een medewerker" in plain(line)
    assert "“Ik zei misschien.”" in line


def test_words_from_outside_are_never_markup(look: Callable[..., str]) -> None:
    evil = "<script>alert(1)</script>"
    case = given.an_opened_case()
    case.describe_client(name=evil, called=evil, case_number=evil, **telling())
    goal = case.propose_goal(words=evil, words_of=Voice.CLIENT, proposed_by=Voice.CLIENT, **telling())
    case.agree_goal(goal, **deciding(say=given.yes(evil)))
    case.adjust_goal(goal, evil + "2", evil, **deciding(say=given.not_asked(WhyNotAsked.OTHER, evil)))
    case.take_action(evil, goal, done_by=evil, **telling())
    case.join_person(name=evil, kind=PersonKind.WORKER, organisation=evil, relation=evil, **telling())
    case.correct_entry(case.version, "relation", evil + "3", evil, evil, **telling())
    case.voice_disagreement(Voice.CLIENT, evil, subject=goal, **telling())
    case.withdraw_entry(6, WhyWithdrawn.IN_ERROR, evil, evil, **telling())
    pages = ("", "/plan", "/timeline", "/people", *(f"/entries/{nr}" for nr in range(1, case.version + 1)))
    for page in pages:
        shown = look(case, page)
        assert "<script" not in shown
        assert "&lt;script&gt;" in shown


def test_what_is_corrected_and_withdrawn_is_struck_through(look: Callable[..., str]) -> None:
    case = given.with_goal()
    case.take_action("Samen soep gemaakt.", done_by="Thomas", **telling())
    case.correct_entry(3, "done_by", "Nadia", "verkeerde naam", "Sanne", **telling())
    case.take_action("Dubbel.", **telling())
    case.withdraw_entry(5, WhyWithdrawn.DOUBLE, "Sanne", **telling())
    page = look(case, "/timeline")
    for number in (3, 4):
        assert re.search(r"<del>Thomas</del>\s<ins>Nadia</ins>", a_line(page, number))
    withdrawn = a_line(page, 5)
    assert re.search(r'<del class="gone">.*Dubbel\..*</del>', withdrawn, re.DOTALL)
    assert "Ingetrokken" in plain(withdrawn)
    assert "Gevraagd door: Sanne." in plain(withdrawn)


def test_what_belongs_in_another_case_cannot_be_read_on_any_page(look: Callable[..., str]) -> None:
    case = given.with_goal()
    case.take_action("Mevrouw Jansen gebeld.", **telling())
    case.withdraw_entry(3, WhyWithdrawn.WRONG_CLIENT, words="Was voor Jansen.", **telling())
    for path in ("", "/plan", "/timeline", "/people", "/entries/3", "/entries/4"):
        assert "Jansen" not in look(case, path)
    assert "In het verkeerde dossier geschreven" in look(case, "/timeline")


def test_the_plan_on_a_day_says_that_it_is_not_of_today(look: Callable[..., str]) -> None:
    case = given.sanne()
    then = look(case, "/plan?on=2026-03-02")
    assert "Dit is een andere dag dan vandaag" in then
    assert "4 uur per week" in then
    assert "Op die dag was er 1 wijziging." in plain(then)
    assert "/record/adjust-goal" not in then
    now = look(case, "/plan")
    assert "Dit is een andere dag dan vandaag" not in now
    assert "2 uur per week" in now


def test_a_day_may_be_written_as_people_write_it(look: Callable[..., str]) -> None:
    case = given.sanne()
    assert "Dit is een andere dag dan vandaag" in look(case, "/plan?on=02-03-2026")
    assert "Dit is een andere dag dan vandaag" in look(case, "/plan?on=2/3/2026")
    assert "Deze dag is niet te lezen" in look(case, "/plan?on=morgen")
    assert "Op deze dag was er nog geen dossier" in look(case, "/plan?on=2020-01-01")


def test_the_timeline_is_complete_and_the_first_page_leads_to_it(look: Callable[..., str]) -> None:
    case = given.sanne()
    for day in range(1, 20):
        case.take_action(f"Notitie {day}.", **telling(date(2026, 10, day)))
    assert look(case).count('class="ev ') == 20
    assert look(case, "/timeline").count('class="ev ') == case.version
    assert f"Alle gebeurtenissen ({case.version})" in look(case)


def test_a_small_screen_opens_with_five_lines_and_no_heading_without_one(look: Callable[..., str]) -> None:
    case = given.sanne()
    for day in range(1, 20):
        case.take_action(f"Notitie {day}.", **telling(date(2026, 10, day)))
    assert re.findall(r'<li class="(day|ev)(?![^"]*only-wide)', look(case)) == ["day", "ev"] * 5
    assert "only-wide" not in look(case, "/timeline")


def test_the_timeline_shows_one_kind_when_asked(look: Callable[..., str]) -> None:
    case = given.sanne()
    case.withdraw_entry(case.version, WhyWithdrawn.IN_ERROR, **telling())
    corrections = look(case, "/timeline?kind=correction")
    assert corrections.count('class="ev ') == 1
    assert f"1 van de {case.version} gebeurtenissen" in corrections
    assert look(case, "/timeline?kind=nonsense").count('class="ev ') == case.version


def test_a_refusal_reads_as_a_thread(look: Callable[..., str]) -> None:
    page = plain(look(given.karim(), "/plan"))
    steps = ("Aangeboden op", "zei nee op", "Waarom:", "Wat er is gedaan:", "De deur blijft open: Bel Fatima")
    places = [page.index(step) for step in steps]
    assert places == sorted(places)
    assert re.search(r"Het is met rust gelaten tot 04-03-2026\b", page)


def test_what_was_done_with_a_withdrawn_no_says_so_and_claims_nothing(look: Callable[..., str]) -> None:
    case = given.karim()
    (no,) = case.plan.refusals
    case.withdraw_entry(no, WhyWithdrawn.IN_ERROR, **given.telling())
    page = plain(look(case, "/timeline"))
    assert "Dit hoort bij een nee dat is ingetrokken" in page
    assert "Het is gestopt" not in page


def test_an_open_question_and_a_missing_say_are_seen(look: Callable[..., str]) -> None:
    page = plain(look(given.lena(), "/plan"))
    assert "Er is nog geen antwoord" in page
    assert "ziet het anders" in page
    assert "nog niet vastgelegd" in plain(look(given.with_goal(), "/plan"))


def test_contradictory_and_before_the_closing_ask_again(look: Callable[..., str]) -> None:
    lena = given.lena()
    lena.take_stance(given.the(lena.plan.goals), given.yes(""), **telling())
    assert "Tegenstrijdig, opnieuw vragen" in look(lena, "/plan")
    bram = given.bram()
    bram.reopen_case("Het gaat minder.", **deciding())
    assert "van vóór de sluiting: opnieuw vragen" in look(bram, "/plan")


def test_what_counts_later_says_from_when(look: Callable[..., str]) -> None:
    case = given.with_support()
    support = given.the(case.plan.supports)
    case.scale_down_support(
        support, given.hours_a_week("2"), "Het lukt.", "Bel.", from_on=date(2026, 12, 1), **deciding()
    )
    page = plain(look(case, "/plan"))
    assert "Vanaf 01-12-2026 :" in page or "Vanaf 01-12-2026:" in page
    assert "4 uur per week" in page


def test_one_entry_has_its_own_page_with_what_may_be_done(look: Callable[..., str]) -> None:
    case = given.with_goal()
    page = look(case, "/entries/2")
    for command in ("correct-entry", "withdraw-entry", "read-back", "add-statement"):
        assert f"/record/{command}?entry=2" in page
    assert "/record/withdraw-entry" not in look(case, "/entries/1")
    look(case, "/entries/3", 404)


def test_a_manager_reads_and_is_offered_only_what_is_theirs_to_record(app: Flask, as_: Enter) -> None:
    case = given.sanne()
    desk_of(app).casework.open(case)
    browser = as_("ingrid", Role.MANAGER)
    says_what_for(browser, case.id)
    theirs = {command.replace("_", "-") for command, roles in RIGHTS.items() if Role.MANAGER in roles}
    for path in ("", "/plan", "/timeline", "/people", "/documents", "/entries/5", "/record"):
        page = browser.get(case_page(case.id) + path).text
        assert set(re.findall(r"/record/([a-z-]+)", page)) <= theirs
        assert "/said-no/" not in page
        assert "/say-sheet" not in page


@pytest.mark.parametrize("path", ["", "/plan", "/timeline", "/people", "/entries/1"])
def test_a_case_that_is_not_theirs_does_not_exist(app: Flask, as_: Enter, path: str) -> None:
    case = given.sanne()
    desk_of(app).casework.open(case)
    browser = as_("noor", Role.WORKER)
    assert browser.get(case_page(case.id) + path).status_code == 404
    assert browser.get(case_page(UUID(int=1)) + path).status_code == 404


def test_many_people_are_a_list_and_few_a_circle(look: Callable[..., str]) -> None:
    assert "Wie staat om Sanne heen" in look(given.sanne(), "/people")
    case = given.an_opened_case()
    for nr in range(60):
        case.join_person(name=f"Mens {nr}", kind=PersonKind.WORKER, **telling())
    page = look(case, "/people")
    assert "Wie staat om" not in page
    assert "Mens 59" in page


def test_no_page_needs_a_style_or_a_script_of_its_own() -> None:
    for path in my_templates():
        text = path.read_text()
        assert "style=" not in text, path
        assert "<script" not in text, path
        assert not re.search(r"\|\s*safe\b", text), path


def test_the_page_of_the_plan_is_the_fold_of_the_case() -> None:
    case = given.sanne()
    assert PlanPage(case.id, case.entries, given.TODAY).plan == case.plan


def restricted(until: date) -> Case:
    case = given.sanne()
    how = deciding(date(2026, 11, 2), given.no())
    facts: dict[str, Any] = {"what": "Het gas is dicht.", "in_plan": True, "legal_ground": "Wzd artikel 10"}
    case.impose_restriction(lighter_ways_considered="Een melder.", ends_on=until, **facts, **how)
    return case


def test_a_restriction_that_holds_stands_where_the_case_opens(look: Callable[..., str]) -> None:
    case = restricted(date(2027, 2, 3))
    overview, plan = look(case), look(case, "/plan")
    for page in (overview, plan):
        assert page.count('id="restrictions-h"') == 1
        assert "langer dan 3 maanden" in page
        assert page.index('id="plan-h"') < page.index('id="restrictions-h"')
    assert overview.index('id="restrictions-h"') < overview.index('id="timeline-h"')
    assert plan.index('id="restrictions-h"') < plan.index('id="words-h"')
    assert "langer dan 3 maanden" in look(case, "/timeline")
    assert "langer dan 3 maanden" not in look(restricted(date(2027, 2, 2)), "/timeline")


def test_a_restriction_that_is_over_stands_in_the_whole_plan_only(look: Callable[..., str]) -> None:
    case = restricted(date(2026, 11, 20))
    assert 'id="restrictions-h"' not in look(case)
    assert look(case, "/plan").count('id="restrictions-h"') == 1


def test_who_took_a_consent_back_did_that_and_their_words_stand_with_it(look: Callable[..., str]) -> None:
    case = given.sanne()
    henk = given.person_called(case, "Henk Mulder")
    what = "Foto's in de krant"
    number = case.give_consent(ConsentPurpose.OTHER, henk, what=what, **deciding(date(2026, 3, 2)))
    case.withdraw_consent(number, "Toch niet.", **deciding(say=given.no("Toch niet.")))
    page = plain(look(case, f"/entries/{case.version}"))
    assert "Sanne trok de toestemming in" in page
    assert "Toch niet." in page
    assert "is het niet eens" not in page
    assert "Foto" in look(case, "/plan")
    assert "Foto" in look(case, f"/entries/{number}")


def test_working_together_without_consent_is_to_be_talked_about(look: Callable[..., str]) -> None:
    case = given.with_support()
    party = case.join_party("De Brug", PartyKind.FORMAL, "Koken", **deciding())
    case.give_consent(ConsentPurpose.SHARING, party, (Part.GOALS,), **deciding())
    case.withdraw_consent(case.version, **deciding(say=given.no()))
    assert "Samenwerking zonder toestemming: bespreken" in look(case, "/plan")
