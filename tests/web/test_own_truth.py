"""Mijn plan says what is true: nobody's yes in another's mouth, and nothing asked that one cannot know."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from urllib.parse import parse_qs, urlsplit
from uuid import UUID

import pytest
from flask import Flask

from domain.access import Ground
from domain.case import Case
from domain.entry import Actor, Initiative, Role
from domain.kinds import ConsentPurpose, ConversationKind, Fit, OpensWith, Part, Voice, WhyRefused
from domain.say import Stance
from tests import given
from tests.given import deciding, telling
from tests.web.conftest import Visitor, desk_of, sign_in
from tests.web.filling import address
from tests.web.own_plan import ask, form_in, kept, open_own, page_of, sent, user_of
from tests.web.test_my_page import a_mentor
from tests.web.test_who_looked import looked

As = Callable[..., Visitor]
BEGAN, ENDED = date(2026, 3, 1), date(2026, 10, 1)


def panel(page: str, heading: str) -> str:
    return page.partition(heading)[2].partition("</section>")[0]


def a_restriction(case: Case, by: UUID) -> int:
    """Sanne agrees in part, who speaks for her agrees; looked at again it becomes shorter."""
    how = deciding(say=given.a_say(Stance.AGREES_IN_PART, "Een muziekje dan."))
    how |= {
        "initiative": Initiative.REPRESENTATIVE,
        "representative_say": given.yes("Zo licht kan.", person=by),
    }
    return case.impose_restriction(
        what="Tussen 23 en 6 uur klinkt er een geluid",
        in_plan=True,
        legal_ground="Wzd, artikel 10",
        lighter_ways_considered="Een lampje.",
        ends_on=date(2027, 1, 1),
        **how,
    )


# Whose yes it is.
def test_the_yes_of_who_speaks_for_the_client_is_their_own_on_their_page(app: Flask) -> None:
    case = given.sanne()
    rita = a_mentor(case)
    a_restriction(case, rita)
    page = page_of(case, open_own(app, case, Role.REPRESENTATIVE, rita))
    limits = " ".join(panel(page, "Wat nu niet mag, of wat moet").split())
    assert "Sanne zei ja tegen een deel" in limits
    assert "U: eens" in limits
    assert "De cliënt" not in limits
    hers = limits.partition("U: eens")[2]
    assert re.search(r'class="said">\s*<p class="by">\s*Rita Mulder', hers)
    assert "voice-q" not in hers, "the colour of the client is for the client's own words"


def test_what_was_said_when_a_restriction_was_looked_at_again_stands_with_it(app: Flask) -> None:
    case = given.sanne()
    number = a_restriction(case, a_mentor(case))
    case.review_restriction(number, "Nog nodig tussen 1 en 5 uur.", **deciding())
    limits = panel(page_of(case, open_own(app, case)), "Wat nu niet mag, of wat moet")
    assert "is hier opnieuw naar gekeken: <b>Nog nodig tussen 1 en 5 uur.</b>" in limits


# What is asked back.
def test_only_what_a_client_can_know_is_asked_back(app: Flask) -> None:
    case = given.sanne()
    party = case.join_party("Budgetcoach Rond", "formal", "Samen de post doen.", **deciding())  # type: ignore[arg-type]
    shared = {"parts": (Part.GOALS, Part.SUPPORT), "until": date(2027, 1, 1)}
    case.give_consent(ConsentPurpose.SHARING, party, **shared, **deciding())  # type: ignore[arg-type]
    held = case.hold_evaluation(
        conclusions="Doorgaan.", present="Sanne", client_judgement=Fit.FITS, **deciding()
    )
    browser = open_own(app, case)
    waiting = panel(page_of(case, browser), "Klopt het wat we opschreven?")
    for line in ("Fatima de Wit heeft de regie", "Budgetcoach Rond doet mee", "Budgetcoach Rond: mag zien:"):
        assert line in waiting
    for nameless in ("Regie benoemd", "Samen teruggekeken", "Toestemming gegeven", "Dossier geopend"):
        assert nameless not in waiting
    assert browser.get(f"/my-plan/{case.id}/confirm/{held}").status_code == 404


# To talk first.
def a_talk(case: Case) -> None:
    case.hold_conversation(
        kind=ConversationKind.FOLLOW_UP,
        client_present=True,
        present=("Sanne", "Thomas"),
        opening_question="Waar wil je het over hebben?",
        opening_about=OpensWith.PERSON,
        discussed=(),
        **telling(by=given.WORKER),
    )


def test_who_wants_to_talk_first_is_not_asked_again_before_that_talk(app: Flask) -> None:
    case = given.sanne()
    number = ask(case)
    browser = open_own(app, case)
    sent(browser, case, f"answer/{number}", answer="talk", words="Leg eens uit.")
    page = page_of(case, browser)
    assert "vraagt jou iets" not in page
    first = panel(page, "Jij wilt hier eerst over praten")
    for text in ("Om de week.", "Leg eens uit.", "Dat zei je op", "praat hier nog met je over"):
        assert text in first
    assert f'/my-plan/{case.id}/answer/{number}">Ik weet het al' in first
    assert "Jouw antwoord: eerst praten" in panel(page, "Wat jij hier schreef")
    with desk_of(app).casework.changing(case.id) as change:
        a_talk(change.case)
    assert "vraagt jou iets" in page_of(case, browser)


def test_who_speaks_for_the_client_reads_what_the_client_wants_to_talk_about(app: Flask) -> None:
    case = given.sanne()
    rita = a_mentor(case)
    say = given.wants_to_talk("Ik wil naar huis.")
    case.weigh_risk("Buiten in de nacht", "Een open deur", date(2027, 1, 1), **deciding(say=say))
    first = panel(
        page_of(case, open_own(app, case, Role.REPRESENTATIVE, rita)), "Sanne wil hier eerst over praten"
    )
    assert "Buiten in de nacht" in first
    assert "Ik wil naar huis." in first
    assert "verandert er niets" not in first, "it was decided already"


# What is over, and what goes on.
def test_what_was_agreed_until_a_day_that_passed_stands_apart(app: Flask) -> None:
    case = given.sanne()
    case.make_agreement("Daan belt om tien uur.", "Daan", until=ENDED, **deciding(BEGAN))
    agreed = panel(page_of(case, open_own(app, case)), "Wat we hebben afgesproken")
    now, _, before = agreed.partition("Eerder (1)")
    assert "Daan belt" not in now
    assert "Daan belt om tien uur." in before


def test_a_way_back_is_not_offered_to_help_that_still_comes(app: Flask) -> None:
    case = given.with_support()
    support = given.the(case.plan.supports)
    refusal = case.refuse_support(support, WhyRefused.OTHER, "Genoeg.", **deciding(say=given.no("Genoeg.")))
    case.respect_refusal(refusal, stopped=False, door="Bel Fatima.", **telling())
    page = page_of(case, open_own(app, case))
    still = "Deze hulp komt nu nog. Daar praten we met"
    assert page.count(still) == 2, "with the goal, and where every no stands"
    no = panel(page, 'id="no-h"')
    assert still in no
    assert "Bel Fatima." not in no


# The form for help, while the client has a question about it.
def test_who_changes_help_reads_that_a_question_about_it_lies_with_the_client(app: Flask, as_: As) -> None:
    case = given.sanne()
    goal, support = given.the(case.plan.goals), given.the(case.plan.supports)
    number = ask(case, subject=goal)
    desk_of(app).casework.open(case)
    ilse = as_("ilse", Role.COORDINATOR)
    for command in ("scale_down_support", "offer_support"):
        form = ilse.get(address(case.id, command)).text
        assert "ligt een vraag sinds" in form
        assert f"answer-proposal?proposal={number}" in form
    assert "ligt een vraag" in ilse.get(f"{address(case.id, 'end_support')}?support_id={support}").text
    other = address(case.id, "offer_support") + f"?goal_id={UUID(int=1)}"
    assert "ligt een vraag" in ilse.get(other).text, "no goal of this plan was chosen"
    assert "ligt een vraag" not in ilse.get(address(case.id, "voice_wish")).text


def test_a_question_about_other_help_is_not_shown_with_this(app: Flask, as_: As) -> None:
    case = given.sanne()
    support = given.the(case.plan.supports)
    other = case.propose_goal(
        words="Ik ga zwemmen.", words_of=Voice.CLIENT, proposed_by=Voice.CLIENT, **telling(BEGAN)
    )
    ask(case, subject=other)
    desk_of(app).casework.open(case)
    form = as_("ilse", Role.COORDINATOR).get(f"{address(case.id, 'end_support')}?support_id={support}").text
    assert "ligt een vraag" not in form


# When the session was over.
def test_what_a_client_wrote_when_the_session_ended_waits_for_them(app: Flask) -> None:
    case = given.sanne()
    number = ask(case)
    browser = open_own(app, case)
    where = f"/my-plan/{case.id}/answer/{number}"
    form = form_in(browser.get(where).text, where) | {"answer": "no", "words": "Liever elke week."}
    with desk_of(app).pool.connection() as db:
        db.execute("UPDATE draad.session SET used_at = used_at - interval '1 hour'")
    answer = browser.post(where, data=form)
    assert answer.status_code == 303
    (wanted,) = parse_qs(urlsplit(answer.headers["Location"]).query)["next"]
    assert wanted.startswith(f"{where}?draft=")
    shown = browser.get(answer.headers["Location"]).text
    assert "Alles wat er stond, is bewaard." in shown
    assert sign_in(browser, user_of(app, case.client_id) or "", next=wanted) == 303
    page = browser.get(wanted).text
    assert "Liever elke week.</textarea>" in page
    assert 'value="no" checked' in page
    assert "Dit schreef je." in page
    assert not kept(app, case)
    assert browser.post(where, data=form | form_in(page, where)).status_code == 303
    assert [entry.TOPIC for entry in kept(app, case)] == ["proposal_answered"]
    assert browser.get(wanted).status_code == 404, "sent is no draft any more"


@pytest.mark.parametrize(("path", "about"), [("wish", ""), ("not-right", "3")])
def test_who_was_signed_out_gets_their_words_and_the_way_back_to_the_form(
    visitor: Visitor, app: Flask, path: str, about: str
) -> None:
    case = given.sanne()
    desk_of(app).casework.open(case)
    where = f"/my-plan/{case.id}/{path}"
    answer = visitor.post(where, data={"words": "Ik wil <b>zwemmen</b>.", "about": about})
    assert answer.status_code == 400
    page = answer.text.partition("<main")[2]
    assert "Ik wil &lt;b&gt;zwemmen&lt;/b&gt;." in page
    assert "woorden" not in page
    assert " u " not in page.partition("</main>")[0], "how they are spoken to is not known"
    (wanted,) = parse_qs(urlsplit(page.partition('href="')[2].partition('"')[0]).query)["next"]
    assert wanted == where + (f"?about={about}" if about else "")


# Who looked.
def test_who_speaks_for_the_client_knows_their_own_look(app: Flask) -> None:
    case = given.sanne()
    rita = a_mentor(case)
    browser = open_own(app, case, Role.REPRESENTATIVE, rita)
    looked(app, case, Actor(rita, Role.REPRESENTATIVE, "Rita Mulder"), Ground.REPRESENTS)
    looked(app, case, given.WORKER, Ground.TEAM)
    page = browser.get(f"/my-plan/{case.id}/looks").text
    hers = page.partition("<b>Rita Mulder</b>")[2].partition("</li>")[0]
    assert "Dat was u zelf." in hers
    assert "Ik heb hier een vraag over" not in hers
    assert "Ik heb hier een vraag over" in page.partition("<b>Thomas Visser</b>")[2].partition("</li>")[0]
