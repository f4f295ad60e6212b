"""A home visit recorded on one page in a real browser: at every width, and put aside half-way."""

from __future__ import annotations

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import SIZES, Demo, sign_in
from tests.browser.test_every_page import sideways, violations
from tests.browser.test_the_thread import open_client

pytestmark = pytest.mark.browser
WISH, STRENGTH, NO = "Ik wil leren zwemmen.", "Kookt graag voor anderen.", "Dat hoeft van mij niet."


def a_talk(page: Page, demo: Demo) -> None:
    """The page of a talk, opened from the case."""
    sign_in(page, demo)
    open_client(page, demo, "Sanne de Graaf")
    page.get_by_role("link", name="Gesprek opschrijven").click()
    page.get_by_label("vervolggesprek").check()
    page.get_by_role("group", name="Was de cliënt erbij?").get_by_label("ja").check()


def add(page: Page, command: str) -> None:
    page.locator(f"button[name=add][value={command}]").press("Enter")


def test_a_home_visit_takes_one_page(page: Page, demo: Demo) -> None:
    """A wish, a strength, a no and an agreement; put aside in between, as when the telephone rings."""
    a_talk(page, demo)
    page.get_by_label("Wie waren erbij?").fill("Sanne\nIlse")
    add(page, "voice-wish")
    expect(page.get_by_role("group", name="1. Wens")).to_be_focused()
    page.get_by_label("De wens, zoals verteld").fill(WISH)
    page.get_by_label("verteld", exact=True).check()
    page.locator("input[name='1:voiced_by'][value=client]").check()
    add(page, "name-strength")
    page.locator("[id='2:words']").fill(STRENGTH)
    page.locator("input[name='2:named_by'][value=client]").check()
    page.get_by_role("button", name="Bewaar als concept").click()
    page.get_by_role("link", name="Ga verder").first.click()
    add(page, "refuse-support")
    page.locator("select[name='3:support_id']").select_option(index=1)
    page.locator("input[name='3:reason']").first.check()
    page.locator("select[name='3:stopped']").select_option("yes")
    page.locator("[id='3:client_words']").fill(NO)
    page.get_by_role("button", name="Alles samen vastleggen").click()
    expect(page.get_by_role("status")).to_contain_text("met 5 gebeurtenissen")  # the no with what was done
    for words in (WISH, STRENGTH, NO):
        expect(page.locator(".timeline").first).to_contain_text(words)


def test_enter_in_a_line_does_not_record_a_talk_that_is_not_finished(page: Page, demo: Demo) -> None:
    a_talk(page, demo)
    add(page, "voice-wish")
    page.get_by_label("De wens, zoals verteld").fill(WISH)
    page.get_by_label("verteld", exact=True).check()
    page.locator("input[name='1:voiced_by']").first.check()
    page.get_by_label("Wie hoorde het?").press("Enter")
    page.wait_for_timeout(300)
    expect(page.get_by_label("De wens, zoals verteld")).to_have_value(WISH)
    expect(page.get_by_role("button", name="Alles samen vastleggen")).to_be_visible()


def test_why_something_was_not_asked_is_asked_in_its_own_part_only(page: Page, demo: Demo) -> None:
    a_talk(page, demo)
    add(page, "make-agreement")
    add(page, "propose-goal")
    add(page, "make-agreement")
    page.locator("input[name='3:stance'][value=not_asked]").check()
    expect(page.locator("[id='3:reason_not_asked']")).to_be_visible()
    expect(page.locator("[id='1:reason_not_asked']")).to_be_hidden()


@pytest.mark.parametrize("size", SIZES)
def test_a_talk_with_mistakes_stands_in_nobodys_way(browser: Browser, demo: Demo, size: str) -> None:
    width, height = SIZES[size]
    with browser.new_context(locale="nl-NL", viewport={"width": width, "height": height}) as context:
        page = context.new_page()
        a_talk(page, demo)
        for command in ("name-strength", "make-agreement", "make-agreement"):
            add(page, command)
        page.get_by_role("button", name="Alles samen vastleggen").click()
        assert not violations(page)
        assert not sideways(page)
        page.get_by_role("link", name="2. Afspraak maken").first.click()
        assert "#2:" in page.url
        page.get_by_role("button", name="Bewaar als concept").click()
        assert not violations(page)
        assert not sideways(page)
        page.locator("summary", has_text="Weggooien").first.click()
        page.get_by_role("button", name="Gooi dit concept weg").first.click()
        expect(page.get_by_role("status")).to_contain_text("weggegooid")
