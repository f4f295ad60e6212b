"""Text that would run, or turn the page around, goes in by the forms and comes out as text: on every page.

The content policy is put aside here: it is a second wall, and would hide a hole in the first.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext, Dialog, Page

from tests.browser.conftest import Demo, sign_in
from tests.browser.test_every_page import OF_A_CASE

pytestmark = pytest.mark.browser
SCRIPT = "<script>alert(1)</script><img src=x onerror=alert(2)>"
HOSTILE = f"Kim'\">{SCRIPT}<svg onload=alert(3)>\u202etxet\u2066x\u200b{{{{7*7}}}}"
HIDDEN = "\u202e\u2066\u200b"
PASSPHRASE = "negen zwanen zwemmen zachtjes"
COMMANDS = (
    "voice-wish",
    "say-what-matters",
    "name-strength",
    "state-need",
    "propose-goal",
    "make-agreement",
    "take-action",
    "make-observation",
    "notice-change",
    "voice-complaint",
    "offer-support",
    "make-proposal",
)
ON_PAPER = ("/say-sheet/print", "/look-back")
ELSEWHERE = ("/cases", "/cases?sort=name", "/signals", "/drafts", "/emergency-access")
MINE = ("", "/propose", "/wish", "/not-right?about=3", "/allow", "/complain", "/looks")


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    """A browser that would run what is not escaped."""
    with browser.new_context(locale="nl-NL", bypass_csp=True) as context:
        context.set_default_timeout(15_000)
        yield context


def fill_in(page: Page) -> None:
    """Everything that can be typed is hostile, and of everything to choose the first is chosen."""
    form = page.locator("main form:has(input[name=posted])").last
    for kind in ("textarea", "input[type=text]", "input:not([type]):not([inputmode])"):
        for field in form.locator(kind).all():
            if field.is_visible() and not field.input_value():
                field.fill(HOSTILE)
    for number in form.locator("input[inputmode=decimal]").all():
        if number.is_visible():
            number.fill("2")
    for name in {radio.get_attribute("name") for radio in form.locator("input[type=radio]").all()}:
        choice = form.locator(f"input[type=radio][name='{name}']").first
        if choice.is_visible():
            choice.check()
    for choice in form.locator("select").all():
        if choice.is_visible() and choice.locator("option").count() > 1:
            choice.select_option(index=1)
    form.locator("button.primary, button[type=submit]").first.click()


def is_text(page: Page) -> list[str]:
    """What of it became part of the page, or turns it around."""
    found = [what for what in ("img[src=x]", "svg[onload]", "[onerror]") if page.locator(what).count()]
    found += [f"a script with {text}" for text in page.locator("script").all_text_contents()]
    return found + [f"U+{ord(sign):04X}" for sign in HIDDEN if sign in page.content()]


def opened(page: Page, demo: Demo) -> str:
    """A new client with this name; gives the address of the case."""
    page.goto(f"{demo.address}/cases/new")
    fill_in(page)
    page.wait_for_url(re.compile(r"/cases/[0-9a-f-]{36}"))
    return page.url.partition("?")[0].partition("#")[0]


def own_plan(page: Page, case: str, demo: Demo) -> str:
    """The client gets an account, chooses a pass phrase and comes in."""
    page.goto(f"{case}/access")
    page.locator("input[name=user_name]").first.fill("kim-hostile")
    page.locator("main form:has(input[name=user_name]) button").first.click()
    found = re.search(r"/welcome/[\w-]{43}", page.content())
    assert found
    page.goto(f"{demo.address}{found[0]}")
    for name in ("passphrase", "again"):
        page.fill(f"[name={name}]", PASSPHRASE)
    page.keyboard.press("Enter")
    page.wait_for_url(f"{demo.address}/sign-in")
    page.fill("[name=user]", "kim-hostile")
    page.fill("[name=passphrase]", PASSPHRASE)
    page.keyboard.press("Enter")
    page.wait_for_url("**/my-plan/*")
    return page.url


def looked(page: Page, addresses: list[str]) -> list[str]:
    """What is wrong with each of these pages."""
    wrong = []
    for address in addresses:
        page.goto(address)
        wrong += [f"{address}: {what}" for what in is_text(page)]
    return wrong


@pytest.mark.timeout(300)
def test_hostile_text_is_text_on_every_page(context: BrowserContext, demo: Demo) -> None:
    page = context.new_page()
    ran: list[str] = []

    def note(dialog: Dialog) -> None:
        ran.append(dialog.message)
        dialog.dismiss()

    page.on("dialog", note)
    sign_in(page, demo)
    case, recorded = opened(page, demo), 0
    for command in COMMANDS:
        page.goto(f"{case}/record/{command}")
        if page.locator("main form:has(input[name=posted])").count():
            fill_in(page)
            recorded += page.url.rstrip("/") == case
            assert not is_text(page), command
    pages = [f"{case}{rest}" for rest in (*OF_A_CASE.values(), *ON_PAPER)]
    pages += [f"{case}/entries/{number}" for number in range(1, recorded + 2)]
    wrong = looked(page, pages + [f"{demo.address}{path}" for path in ELSEWHERE])
    plan = own_plan(page, case, demo)
    page.goto(f"{plan}/propose")
    fill_in(page)
    wrong += looked(page, [f"{plan}{path}" for path in MINE])
    assert not wrong, "\n".join(wrong)
    assert not ran
    assert recorded > 6
