"""The main job in a real browser: find a client, see the plan, record a no and respect it."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import pytest
from playwright.sync_api import Dialog, Page, expect

from tests.browser.conftest import Demo, sign_in

pytestmark = pytest.mark.browser
SMART = Path(__file__).parents[2].parent / "shared/data/synthea-smart-r4"
NO = "Ik wil het nu even helemaal zelf doen."


def open_client(page: Page, demo: Demo, name: str) -> None:
    """From the caseload, as a coordinator does."""
    page.goto(f"{demo.address}/cases")
    page.get_by_role("searchbox").fill(name)
    page.get_by_role("button", name="Zoeken").click()
    page.get_by_role("link", name=name).first.click()
    expect(page.get_by_role("heading", level=1)).to_contain_text(name)


def test_a_no_and_its_respect_take_one_page_and_show_at_once(page: Page, demo: Demo) -> None:
    sign_in(page, demo)
    open_client(page, demo, "Sanne de Graaf")
    goal = page.locator(".goal", has_text="weer bij de houtwerkplaats")
    goal.get_by_role("link", name="zei nee").click()
    page.locator("input[name=reason]").first.check()
    page.locator("input[name=stopped][value=yes]").check()
    page.get_by_label("In de woorden van Sanne").fill(NO)
    page.get_by_role("button", name="Vastleggen").click()
    expect(page.get_by_role("status")).to_contain_text("Vastgelegd als gebeurtenis")
    expect(page.locator("#plan")).to_contain_text(NO)
    expect(page.locator(".timeline").first).to_contain_text(NO)
    page.get_by_role("link", name="Tijdlijn").first.click()
    expect(page.locator("main")).to_contain_text("deur")


def test_nothing_is_preselected_and_what_was_typed_survives_a_mistake(page: Page, demo: Demo) -> None:
    sign_in(page, demo)
    open_client(page, demo, "Sanne de Graaf")
    page.goto(f"{page.url}/record/adjust-goal")
    assert page.locator("input[type=radio]:checked").count() == 0
    page.get_by_label("In de woorden van Sanne").fill("Zoals ik het zeg, zo staat het er.")
    page.get_by_role("button", name="Vastleggen").click()
    expect(page.get_by_role("alert")).to_be_visible()
    expect(page.get_by_label("In de woorden van Sanne")).to_have_value("Zoals ik het zeg, zo staat het er.")


def test_the_reason_is_asked_only_when_nobody_asked_the_client(page: Page, demo: Demo) -> None:
    sign_in(page, demo)
    open_client(page, demo, "Sanne de Graaf")
    page.goto(f"{page.url}/record/adjust-goal")
    reason = page.get_by_text("was er niet bij", exact=False).first
    expect(reason).to_be_hidden()
    page.get_by_label("niet gevraagd").check()
    expect(reason).to_be_visible()


def test_the_daily_note_needs_no_mouse(page: Page, demo: Demo) -> None:
    sign_in(page, demo)
    open_client(page, demo, "Sanne de Graaf")
    note = page.locator("textarea").first
    note.focus()
    page.keyboard.type("Samen brood gebakken, met het toetsenbord opgeschreven.")
    for _ in range(12):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.matches('button.primary')"):
            break
    page.keyboard.press("Enter")
    expect(page.get_by_role("status")).to_contain_text("Vastgelegd")
    expect(page.locator(".timeline").first).to_contain_text("met het toetsenbord opgeschreven")


def test_hostile_text_is_shown_as_text(page: Page, demo: Demo) -> None:
    sign_in(page, demo)
    open_client(page, demo, "Sanne de Graaf")
    ran: list[Dialog] = []
    page.on("dialog", lambda dialog: ran.append(dialog))  # noqa: PLW0108 - playwright marks the function
    hostile = "<script>alert(1)</script><img src=x onerror=alert(2)>\u202etxet\u200b"
    page.locator("textarea").first.fill(hostile)
    page.get_by_role("button", name="Vastleggen").first.click()
    expect(page.locator(".timeline").first).to_contain_text(
        "<script>alert(1)</script><img src=x onerror=alert(2)>"
    )
    assert not ran
    assert "\u202e" not in page.content()
    assert "\u200b" not in page.content()


def test_the_language_is_a_link_and_stays(page: Page, demo: Demo) -> None:
    sign_in(page, demo)
    page.get_by_role("link", name="English").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("My clients")
    page.reload()
    expect(page.get_by_role("heading", level=1)).to_have_text("My clients")
    page.get_by_role("link", name="Nederlands").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Mijn cliënten")


@pytest.mark.skipif(not SMART.exists(), reason="../shared/data is not beside the checkout")
def test_imported_clients_stand_beside_the_others_with_their_stance_unknown(page: Page, demo: Demo) -> None:
    command = [sys.executable, "-m", "draad", "import", "fhir", "--home", str(demo.home), str(SMART)]
    said = subprocess.run(command, capture_output=True, text=True, check=True)
    assert "16 new cases" in said.stdout
    sign_in(page, demo)
    open_client(page, demo, "Windler")
    expect(page.locator("#plan")).to_contain_text("onbekend")
    expect(page.locator("#plan")).not_to_contain_text("is het eens")


def test_signing_out_ends_it(page: Page, demo: Demo) -> None:
    sign_in(page, demo)
    page.get_by_role("button", name="Uitloggen").click()
    page.goto(f"{demo.address}/cases")
    expect(page).to_have_url(f"{demo.address}/sign-in?next=/cases")
