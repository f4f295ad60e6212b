"""Looking back on a page: two moments side by side, at an address that shows everybody the same."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, datetime, time, timedelta
from html import unescape

import pytest
from flask import Flask

from domain.case import Case
from domain.days import HERE
from domain.entry import Role
from domain.kinds import Voice, WhyRestricted, WhyWithdrawn
from domain.say import Means, Say, Stance, WhyNotAsked
from tests import given
from tests.given import TODAY, clock_of, deciding, telling
from tests.web.conftest import Visitor, desk_of
from tests.web.filling import kept
from web.reviewing.marks import Part, marked
from web.reviewing.moments import in_field, moment_from

Look = Callable[..., str]
AUTUMN = "?on=01-08-2026&compare=01-10-2026"
NOT_ASKED = Say(Stance.NOT_ASKED, Means.NONE, reason=WhyNotAsked.COULD_NOT_WAIT, why="Het rooster.")


@pytest.fixture
def look(app: Flask, as_: Callable[..., Visitor]) -> Look:
    """Keeps a case, and shows how it looked back."""

    def at(case: Case, asked: str = "", path: str = "/look-back") -> str:
        if case.version == len(case.pending_events):
            kept(app, case)
        elif case.pending_events:
            desk_of(app).casework.keep(case)
        answer = as_("ilse", Role.COORDINATOR).get(f"/cases/{case.id}{path}{asked}", follow_redirects=True)
        assert answer.status_code == 200
        return " ".join(unescape(answer.text).split())

    return at


def read_aloud(page: str) -> str:
    """As somebody hears it: without the marks."""
    return " ".join(re.sub(r"<[^>]+>", " ", page).split())


def changes(page: str) -> list[str]:
    return [read_aloud(one) for one in re.findall(r"<article.*?</article>", page)]


def test_the_counts_stand_on_top(look: Look) -> None:
    page = read_aloud(look(given.sanne(), AUTUMN))
    assert "1 wijziging: 1 gewijzigd, 0 toegevoegd, 0 vervallen." in page
    assert "Bij 1 van de 1 is inspraak van Sanne vastgelegd." in page


def test_a_change_marks_the_words_for_the_eye_and_for_the_ear(look: Look) -> None:
    page = look(given.sanne(), AUTUMN)
    assert '<del><span class="vh">[eerst: </span>4<span class="vh">]</span></del> uur per week' in page
    assert '<ins><span class="vh">[nu: </span>2<span class="vh">]</span></ins> uur per week' in page


def test_a_change_has_the_say_and_leads_to_its_entry(look: Look) -> None:
    case = given.sanne()
    (change,) = changes(look(case, AUTUMN))
    for text in ("Sanne is het eens “Twee uur is genoeg.”", "opgeschreven zoals het is gezegd", "Bewijs:"):
        assert text in change
    assert f'/cases/{case.id}/entries/{case.version}"' in look(case, AUTUMN)


def test_without_a_say_it_says_why_and_where_was_looked(look: Look) -> None:
    case = given.sanne()
    case.end_support(given.the(case.plan.supports), "Rooster", **deciding(TODAY, NOT_ASKED))
    (change,) = changes(look(case, "?on=01-11-2026&compare=22-11-2026"))
    assert "Geen inspraak vastgelegd" in change
    assert "Sanne is niet gevraagd, omdat het niet kon wachten. Het rooster." in change
    assert f"Gezocht in alle {case.version} gebeurtenissen van 12-01-2026 tot en met 22-11-2026" in change
    assert (
        "Wat Sanne hierover zei in andere gebeurtenissen: Sanne is het eens “Twee uur is genoeg.”" in change
    )


def test_an_old_yes_to_another_text_is_not_shown_as_a_yes_to_this_one(look: Look) -> None:
    case = given.sanne()
    goal = given.the(case.plan.goals)
    case.adjust_goal(goal, "Ik kook elke dag.", "Rooster", **deciding(TODAY, NOT_ASKED))
    (change,) = changes(look(case, "?on=01-11-2026&compare=22-11-2026"))
    (said,) = re.findall(r"in andere gebeurtenissen: (.*?) \d\d-", change)
    assert said.startswith("Sanne was het eens met de vorige tekst, en is nog niet gevraagd over deze")


def test_what_was_withdrawn_was_searched_too(look: Look) -> None:
    case = given.sanne()
    case.end_support(given.the(case.plan.supports), "Rooster", **deciding(TODAY, NOT_ASKED))
    case.make_agreement("Dubbel.", "Thomas", **deciding(date(2026, 10, 10)))
    case.withdraw_entry(case.version, WhyWithdrawn.DOUBLE, **telling(TODAY))
    page = look(case, "?on=01-11-2026&compare=22-11-2026")
    assert f"Gezocht in alle {case.version} gebeurtenissen" in page


def test_the_plan_then_says_since_when_and_what_the_client_said_of_the_help(look: Look) -> None:
    case = given.sanne()
    goal = given.the(case.plan.goals)
    case.pause_goal(goal, "Even rust.", **deciding(TODAY))
    support = given.the(case.plan.supports)
    case.take_stance(support, given.no("Niet meer."), **telling(TODAY))
    then = read_aloud(look(case).partition('id="after-h"')[2])
    row = then.partition("(rust)")[2].partition("Controle")[0]
    assert row.lstrip().startswith("22-11-2026")
    assert re.search(r"\(loopt\) Sanne is het niet eens", row)


def test_what_was_told_of_a_goal_reads_as_sentences(look: Look) -> None:
    case = given.sanne()
    goal = given.the(case.plan.goals)
    case.tell_progress(goal, Voice.CLIENT, "Dit wil ik zo houden.", 5, 4, **telling(TODAY))
    (change,) = changes(look(case, "?on=21-11-2026&compare=22-11-2026"))
    assert "22-11-2026, “Dit wil ik zo houden.”, verteld door: de cliënt, cijfer van de cliënt: 5" in change


def test_what_is_no_decision_has_no_say(look: Look) -> None:
    case = given.sanne()
    case.plan_evaluation(date(2026, 12, 1), **telling(TODAY))
    page = look(case, "?on=21-11-2026&compare=22-11-2026")
    assert "Dit is geen besluit: er hoort geen inspraak bij." in changes(page)[0]
    assert "1 van de andere is geen besluit" in page


def test_a_correction_and_a_withdrawal_show_what_stood_there_who_asked_and_why(look: Look) -> None:
    case = given.sanne()
    told = case.version
    right = '{"number":"3","unit":"hours","per":"week"}'
    case.correct_entry(told, "to", right, "Het is drie uur", "Sanne zelf", **telling(TODAY))
    case.make_agreement("Dubbel.", "Thomas", **deciding(date(2026, 11, 10)))
    case.withdraw_entry(case.version, WhyWithdrawn.DOUBLE, "Thomas", "Stond er al.", **telling(TODAY))
    page = read_aloud(look(case, AUTUMN.replace("01-10", "22-11")))
    assert "hier stond [eerst: 2 uur per week ] , nu is het [nu: 3 uur per week ]" in page
    assert "Reden: Het is drie uur Gevraagd door: Sanne zelf." in page
    assert "Stond er al. Gevraagd door: Thomas." in page


def test_what_was_explained_of_an_entry_in_the_wrong_case_is_not_read(look: Look) -> None:
    case = given.sanne()
    case.make_agreement("Bij een ander langsgaan.", "Thomas", **deciding(TODAY))
    why = "Dit ging over iemand anders, Jan de Wit."
    case.withdraw_entry(case.version, WhyWithdrawn.WRONG_CLIENT, "Thomas", why, **telling(TODAY))
    page = look(case, "?on=01-11-2026&compare=22-11-2026&part=all")
    assert "Jan de Wit" not in page
    assert "Bij een ander langsgaan." not in page


def test_what_is_restricted_is_not_read_on_an_earlier_moment_either(look: Look) -> None:
    case = given.sanne()
    clock_of(case).to(date(2026, 11, 10))
    case.make_agreement("Het geheim.", "Thomas", **deciding(date(2026, 11, 10)))
    then = "?on=01-11-2026&compare=22-11-2026&compare_known=15-11-2026"
    assert "Het geheim." in look(case, then)
    clock_of(case).to(date(2026, 11, 20))
    case.restrict_entry(case.version, WhyRestricted.ACCURACY_CONTESTED, **telling(date(2026, 11, 20)))
    page = look(case, then)
    assert "Het geheim." not in page
    assert "1 gebeurtenis wordt u niet getoond" in page


def test_the_text_of_people_stays_text(app: Flask, as_: Callable[..., Visitor]) -> None:
    case = given.sanne()
    goal = given.the(case.plan.goals)
    case.adjust_goal(goal, "Ik <b>kook</b> zelf.", "x", **deciding(TODAY, given.yes("<i>ja</i>")))
    page = as_().get(f"/cases/{kept(app, case)}/look-back?on=21-11-2026").text
    assert "&lt;b&gt;kook&lt;/b&gt;" in page
    assert "<b>kook" not in page
    assert "<i>ja" not in page


# The moments in the address.
def cited(page: str) -> str:
    found = re.search(r'class="address" href="([^"]+)"', page)
    assert found
    return found[1].partition("/look-back")[2]


def as_shown(page: str) -> str:
    """The part of the page that the address decides about."""
    return page[page.index('<section aria-labelledby="diff-h"') : page.index("</main>")]


def test_later_entries_do_not_change_the_page_that_was_cited(app: Flask, look: Look) -> None:
    case = given.sanne()
    page = look(case, "?on=01-08-2026")
    address = cited(page)
    assert re.findall(r"[a-z_]+(?==)", address) == ["on", "known", "compare", "compare_known"]
    before = as_shown(look(case, address))
    case.clock = lambda: given.now() + timedelta(hours=1)
    case.make_agreement("Later gezegd.", "Thomas", **deciding(date(2026, 9, 20)))
    case.withdraw_entry(case.version - 2, WhyWithdrawn.IN_ERROR, **telling(TODAY))
    assert as_shown(look(case, address)) == before
    assert "Later gezegd." in look(case, "?on=01-08-2026&compare_known=31-12-2026")


def test_what_people_are_called_later_changes_nothing_of_it_either(look: Look) -> None:
    case = given.sanne()
    goal, henk = given.the(case.plan.goals), given.person_called(case, "Henk Mulder")
    case.take_stance(goal, given.no("Te veel.", person=henk), **telling(TODAY))
    address = cited(look(case, "?on=01-08-2026"))
    before = as_shown(look(case, address))
    assert "Henk Mulder is het niet eens" in before
    case.clock = lambda: given.now() + timedelta(hours=1)
    case.correct_entry(2, "called", "Sanna", "Verkeerde naam", **telling(TODAY))
    case.correct_entry(9, "name", "Hendrik", "Verkeerde naam", **telling(TODAY))
    assert as_shown(look(case, address)) == before


def test_two_people_see_the_same_at_one_address(app: Flask, look: Look, as_: Callable[..., Visitor]) -> None:
    case = given.sanne()
    address = cited(look(case, "?on=01-08-2026"))
    other = as_("bo", Role.COORDINATOR).get(f"/cases/{case.id}/look-back{address}").text
    assert as_shown(" ".join(unescape(other).split())) == as_shown(look(case, address))


@pytest.mark.parametrize("name", ["on", "known", "compare", "compare_known"])
def test_a_wrong_date_gets_a_sentence_and_loses_nothing(look: Look, name: str) -> None:
    typed = {
        "on": "01-08-2026",
        "known": "",
        "compare": "01-10-2026",
        "compare_known": "",
        name: "32-13-2026",
    }
    page = look(given.sanne(), "?" + "&".join(f"{key}={text}" for key, text in typed.items()))
    assert f'id="{name}-error"' in page
    assert "is niet te lezen" in page
    for key, text in typed.items():
        assert re.search(rf'name="{key}" value="{text}"', page)


def test_one_tick_shows_of_each_day_what_was_known_on_it(look: Look) -> None:
    case = given.sanne()
    case.make_agreement("Laat opgeschreven.", "Thomas", **deciding(date(2026, 9, 20)))
    assert "Laat opgeschreven." in look(case, AUTUMN)
    page = look(case, f"{AUTUMN}&then=1")
    assert "Laat opgeschreven." not in page
    assert 'name="compare_known" value="01-10-2026"' in page


def test_what_was_written_down_after_the_second_moment_is_not_said_to_have_lapsed(look: Look) -> None:
    case = given.sanne()
    case.make_agreement("Laat opgeschreven.", "Thomas", **deciding(date(2026, 9, 10)))
    page = look(case, "?on=15-09-2026&compare=01-10-2026&compare_known=01-10-2026")
    (change,) = changes(page)
    assert "Nog niet vastgelegd" in change
    assert "Dit was op het tweede moment nog niet vastgelegd." in change
    assert "Was op dit moment nog niet vastgelegd" in change
    assert "Vervallen" not in change
    assert "niet meer" not in change
    assert "0 vervallen. 1 was op het tweede moment nog niet vastgelegd." in read_aloud(page)


def test_the_same_stance_in_other_words_is_shown(look: Look) -> None:
    case = given.sanne()
    goal = given.the(case.plan.goals)
    case.take_stance(goal, given.yes("Ja, ook op dinsdag."), **telling(TODAY))
    (change,) = changes(look(case, "?on=21-11-2026&compare=22-11-2026"))
    assert "wat Sanne ervan vindt, in woorden" in change


@pytest.mark.parametrize(
    ("text", "moment"),
    [
        ("10-09-2026", datetime.combine(date(2026, 9, 10), time.max, HERE)),
        ("10-09-2026 14:30", datetime(2026, 9, 10, 14, 30, tzinfo=HERE)),
        ("2026-09-10T12:30:00.000001Z", datetime(2026, 9, 10, 14, 30, 0, 1, tzinfo=HERE)),
        ("10-09-2026 24:00", None),
        ("2026-09-10T25:30:00Z", None),
        ("10-09-1026", None),
        ("straks", None),
        ("", None),
    ],
)
def test_a_moment_is_a_day_or_a_day_and_a_time(text: str, moment: datetime | None) -> None:
    assert moment_from(text) == moment


def test_an_exact_moment_is_shown_as_people_write_it_when_that_says_the_same() -> None:
    assert in_field("2026-09-10T12:30:05Z") == "10-09-2026 14:30:05"
    for exact in ("2026-09-10T12:30:05.5Z", "2026-10-25T01:30:00Z"):  # in the hour that comes twice
        assert in_field(exact) == exact


def test_the_versions_lead_back_and_forth(look: Look) -> None:
    case = given.sanne()
    for month in (3, 6):
        case.lay_down_plan("Samen", together=True, pen_held_by="Sanne", **deciding(date(2026, month, 5)))
    page = look(case, "?on=05-03-2026&compare=01-10-2026")
    assert f'rel="prev" href="/cases/{case.id}/look-back?on=02-02-2026&compare=01-10-2026"' in page
    assert f'rel="next" href="/cases/{case.id}/look-back?on=05-06-2026&compare=01-10-2026"' in page
    assert "Vorige versie (v1)" in page
    assert "Versie 3, na versie 3: 1 wijziging" in page


def test_many_changes_come_in_parts_and_all_of_them_on_one_page(look: Look) -> None:
    case = given.sanne()
    for nr in range(30):
        case.make_agreement(f"Afspraak {nr}.", "Thomas", **deciding(date(2026, 11, 10)))
    asked = "?on=01-11-2026&compare=22-11-2026"
    first, second, whole = (look(case, f"{asked}{part}") for part in ("", "&part=2", "&part=all"))
    assert [len(changes(page)) for page in (first, second, whole)] == [25, 5, 30]
    assert "30 wijzigingen:" in first
    assert {*changes(first), *changes(second)} == set(changes(whole))
    assert len(changes(look(case, f"{asked}&part=x"))) == 25


def test_before_the_case_there_was_nothing(look: Look) -> None:
    assert "Op deze dag was er nog geen dossier" in look(given.sanne(), "?on=01-01-2020")


def test_two_equal_moments_say_that_nothing_differs(look: Look) -> None:
    page = look(given.sanne(), "?on=01-10-2026&compare=01-10-2026")
    assert "Tussen deze momenten is er geen verschil in het plan." in page


def test_the_timeline_can_show_only_the_decisions_without_a_say(look: Look) -> None:
    case = given.sanne()
    case.end_support(given.the(case.plan.supports), "Rooster", **deciding(TODAY, NOT_ASKED))
    page = look(case, "?say=none", "/timeline")
    assert f"1 van de {case.version} gebeurtenissen" in page
    assert re.findall(r'id="entry-(\d+)"', page) == [str(case.version)]


@pytest.mark.parametrize(
    ("was", "now", "gone", "new"),
    [
        ("Ik kook één keer per week.", "Ik kook drie keer per week.", ["één"], ["drie"]),
        ("Ik kook.", "Ik kook.", [], []),
        ("", "Nieuw hier.", [], ["Nieuw hier."]),
        ("Samen koken. En eten.", "Samen koken.", ["En eten."], []),
    ],
)
def test_the_words_that_differ_are_found(was: str, now: str, gone: list[str], new: list[str]) -> None:
    left, right = marked(was, now)
    assert [part.text.strip() for part in left if part.differs] == gone
    assert [part.text.strip() for part in right if part.differs] == new
    assert ("".join(p.text for p in left), "".join(p.text for p in right)) == (was, now)


def test_of_very_long_texts_all_is_marked() -> None:
    long = "woord " * 1500
    assert marked(long, long + "meer")[0] == [Part(long, differs=True)]
