"""Mijn plan in a real browser: on a phone with the keyboard only, and in nobody's way."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.browser.conftest import SIZES, Demo
from tests.browser.test_every_page import sees

pytestmark = pytest.mark.browser
FORMS = ("propose", "wish", "allow", "complain", "take-back", "stop-sharing", "not-right")


def enter(page: Page, demo: Demo, user: str = "sanne") -> str:
    """Sign in; gives the address of the plan."""
    page.goto(f"{demo.address}/sign-in")
    page.fill("[name=user]", user)
    page.fill("[name=passphrase]", demo.passphrase(user))
    page.keyboard.press("Enter")
    page.wait_for_url("**/my-plan/*")
    return page.url


def tab_to(page: Page, wanted: Locator) -> None:
    """With the keyboard only, as far as it takes."""
    for _ in range(200):
        page.keyboard.press("Tab")
        if wanted.evaluate("it => it === document.activeElement"):
            return
    raise AssertionError(f"the keyboard does not come to {wanted}")


@pytest.fixture(params=[(size, scheme) for scheme in ("light", "dark") for size in SIZES], ids="-".join)
def looked_at(request: pytest.FixtureRequest, browser: Browser) -> Iterator[tuple[Page, str, str]]:
    """A page of one size in one scheme."""
    size, scheme = request.param
    width, height = SIZES[size]
    with browser.new_context(
        locale="nl-NL", viewport={"width": width, "height": height}, color_scheme=scheme
    ) as context:
        yield context.new_page(), size, scheme


@pytest.mark.parametrize("user", ["sanne", "marijke"])
def test_the_plan_stands_in_nobodys_way(looked_at: tuple[Page, str, str], demo: Demo, user: str) -> None:
    page, size, scheme = looked_at
    address = enter(page, demo, user)
    wrong = sees(page, f"my-plan-{user}", size, scheme)
    ways = {name: f"{address}/{name}?about=3" for name in FORMS}
    asked_back = ("confirm",) if user == "sanne" else ()  # nothing of Marijke that she knows by name
    for name in ("about", *asked_back):
        link = page.locator(f"main a[href*='/{name}/']").first.get_attribute("href")
        ways[name] = f"{demo.address}{link}"
    for name, at in ways.items():
        page.goto(at)
        wrong += sees(page, f"my-plan-{user}-{name}", size, scheme)
    page.goto(f"{address}/propose")
    page.get_by_role("button", name="Versturen").click()
    expect(page.get_by_role("alert")).to_be_visible()
    wrong += sees(page, f"my-plan-{user}-wrong", size, scheme)
    assert not wrong, "\n".join(wrong)


def test_a_question_is_answered_and_a_proposal_made_on_a_phone_with_the_keyboard(
    browser: Browser, demo: Demo
) -> None:
    with browser.new_context(locale="nl-NL", viewport={"width": 390, "height": 844}) as context:
        page = context.new_page()
        enter(page, demo)
        asked = page.locator("section.ask[id^=q]").first
        tab_to(page, asked.get_by_role("radio").first)
        page.keyboard.press("ArrowDown")
        page.keyboard.press("ArrowDown")
        page.keyboard.press("Space")
        expect(asked.get_by_label("Ik wil eerst praten")).to_be_checked()
        tab_to(page, asked.get_by_role("textbox"))
        page.keyboard.type("Ik wil het eerst snappen.")
        tab_to(page, asked.get_by_role("button"))
        page.keyboard.press("Enter")
        expect(page.get_by_role("status")).to_contain_text("Eerst praat Noor met je.")
        waits = page.get_by_role("region", name="Jij wilt hier eerst over praten")
        expect(waits).to_contain_text("Ik wil het eerst snappen.")

        tab_to(page, page.get_by_role("link", name="Schrijf het aan"))
        page.keyboard.press("Enter")
        tab_to(page, page.get_by_label("Wat wil je anders?"))
        page.keyboard.type("Ik wil op dinsdag naar de markt.")
        tab_to(page, page.get_by_role("button", name="Versturen"))
        page.keyboard.press("Enter")
        expect(page.get_by_role("status")).to_contain_text("Je voorstel is verstuurd.")
        expect(page.locator("main")).to_contain_text("Ik wil op dinsdag naar de markt.")


def test_all_of_it_goes_on_paper_without_the_buttons(page: Page, demo: Demo) -> None:
    enter(page, demo)
    page.emulate_media(media="print")
    for name in ("Wat jij wilt bereiken", "Wie helpt jou", "Wat we hebben afgesproken", "Wie mag wat zien"):
        assert page.get_by_role("heading", name=name).is_visible()
    assert not page.get_by_role("button").filter(visible=True).count()
    assert not page.get_by_role("link", name="Ik wil iets zeggen over dit doel").first.is_visible()
