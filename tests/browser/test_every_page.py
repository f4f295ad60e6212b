"""Every page, at every width, in light and dark: no accessibility violation, and nothing scrolls sideways.

DRAAD_SHOTS=FOLDER keeps a picture of each, to look at beside the design.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.browser.conftest import SIZES, Demo, sign_in

pytestmark = pytest.mark.browser
WCAG = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
OF_A_CASE = {
    "case": "",
    "story": "/story",
    "chain": "/chain",
    "plan": "/plan",
    "plan-on-a-day": "/plan?on=2026-02-01",
    "timeline": "/timeline",
    "without-say": "/timeline?say=none",
    "look-back": "/look-back?on=01-05-2026&compare=15-10-2026",
    "look-back-wrong": "/look-back?on=x&known=13-13-2026",
    "people": "/people",
    "case-signals": "/signals",
    "handle-signal": "/record/handle-signal?signal=many_faces&evidence=1",
    "documents": "/documents",
    "export": "/export",
    "entry": "/entries/3",
    "record": "/record",
    "search": "/record?find=wens",
    "draw-circle": "/record/draw-circle",
    "note": "/record/take-action",
    "adjust-goal": "/record/adjust-goal",
    "offer-support": "/record/offer-support",
    "add-document": "/record/add-document",
    "correct-entry": "/record/correct-entry?entry=3",
    "say-sheet": "/say-sheet",
    "conversation": "/conversation",
    "elsewhere": "/elsewhere",
    "propose-erasure": "/record/propose-erasure",
}

Look = Callable[[str], list[str]]
Scheme = Literal["light", "dark"]
SCHEMES: tuple[Scheme, ...] = ("light", "dark")
EVERY_WAY = [(size, scheme) for scheme in SCHEMES for size in SIZES]

OF_A_MANAGER = {
    "jobs": "/jobs",
    "organisation": "/signals/organisation",
    "settings": "/settings",
    "setting": "/settings/nobody-leads",
    "retention": "/retention",
    "erasures": "/erasures",
    "process-log": "/exports",
}


def violations(page: Page) -> list[str]:
    found: dict[str, Any] = Axe().run(page, options=WCAG).response
    return [
        f"{v['id']}: {v['help']} at {node['target']}" for v in found["violations"] for node in v["nodes"][:3]
    ]


def sideways(page: Page) -> bool:
    return bool(page.evaluate("document.documentElement.scrollWidth > document.documentElement.clientWidth"))


def sees(page: Page, name: str, size: str, scheme: str) -> list[str]:
    if shots := os.environ.get("DRAAD_SHOTS"):
        page.screenshot(path=Path(shots) / f"{name}-{size}-{scheme}.png", full_page=True)
    wrong = [f"{name}: {what}" for what in violations(page)]
    return [*wrong, f"{name} scrolls sideways"] if sideways(page) else wrong


def addresses(page: Page, demo: Demo) -> dict[str, str]:
    page.goto(f"{demo.address}/cases?sort=name")
    page.get_by_role("searchbox").fill("Sanne de Graaf")
    page.get_by_role("button", name="Zoeken").click()
    case = page.get_by_role("link", name="Sanne de Graaf").first.get_attribute("href")
    page.goto(f"{demo.address}{case}")
    no = page.get_by_role("link", name="zei nee").first.get_attribute("href")
    page.goto(f"{demo.address}/cases")
    page.get_by_role("searchbox").fill("")
    page.get_by_role("button", name="Zoeken").click()
    here = {name: f"{demo.address}{case}{rest}" for name, rest in OF_A_CASE.items()}
    return here | {
        "drafts": f"{demo.address}/drafts",
        "exports": f"{demo.address}/exports",
        "emergency": f"{demo.address}/emergency-access",
        "signals": f"{demo.address}/signals",
        "signal": f"{demo.address}/signals/spoken-not-read-back",
        "said-no": f"{demo.address}{no}",
        "not-found": f"{demo.address}/cases/nowhere",
    }


@pytest.fixture(params=EVERY_WAY, ids="-".join)
def look(request: pytest.FixtureRequest, browser: Browser) -> Iterator[tuple[Page, Look]]:
    """A page of one size in one scheme, and how it is looked at."""
    size, scheme = request.param
    width, height = SIZES[size]
    with browser.new_context(
        locale="nl-NL", viewport={"width": width, "height": height}, color_scheme=scheme
    ) as context:
        page = context.new_page()
        yield page, lambda name: sees(page, name, size, scheme)


def test_nothing_stands_in_anybodys_way(look: tuple[Page, Look], demo: Demo) -> None:
    page, at = look
    page.goto(f"{demo.address}/sign-in")
    wrong = at("sign-in")
    sign_in(page, demo)
    wrong += at("cases")
    for name, address in (addresses(page, demo) | {"new-case": f"{demo.address}/cases/new"}).items():
        page.goto(address)
        wrong += at(name)
    assert not wrong, "\n".join(wrong)


def test_what_only_a_manager_sees_stands_in_nobodys_way_either(look: tuple[Page, Look], demo: Demo) -> None:
    page, at = look
    wrong: list[str] = []
    sign_in(page, demo, "hanneke")
    for name, address in OF_A_MANAGER.items():
        page.goto(f"{demo.address}{address}")
        wrong += at(name)
    assert not wrong, "\n".join(wrong)


def test_programs_elsewhere_are_kept_on_a_page_that_stands_in_nobodys_way(
    look: tuple[Page, Look], demo: Demo
) -> None:
    page, at = look
    sign_in(page, demo, "beheer", "/users")
    page.goto(f"{demo.address}/subscribers")
    wrong = at("no-subscribers")
    page.get_by_role("button", name="Toevoegen").click()
    wrong += at("subscribers-wrong")
    assert page.locator("[aria-invalid=true]").count() == 1
    assert not wrong, "\n".join(wrong)


def test_what_is_proposed_to_destroy_stands_in_nobodys_way(page: Page, demo: Demo) -> None:
    """Of one entry, of all of it, and typed wrong. Nothing is destroyed: others look at this demo too."""
    proposals = {"erasures-waiting": "/erasures", **proposed(page, demo)}
    sign_in(page, demo, "hanneke")
    page.goto(f"{demo.address}{proposals['erase-one']}")
    page.get_by_label("een klacht").check()
    page.get_by_role("button", name="Dossier openen").click()
    wrong: list[str] = []
    for size, scheme in EVERY_WAY:
        width, height = SIZES[size]
        page.set_viewport_size({"width": width, "height": height})
        page.emulate_media(color_scheme=scheme)
        for name, address in proposals.items():
            page.goto(f"{demo.address}{address}")
            wrong += sees(page, name, size, scheme)
        page.get_by_role("button", name="Alles vernietigen").click()
        assert page.locator(":focus").inner_text().startswith("Er klopt iets nog niet")
        wrong += sees(page, "erase-all-wrong", size, scheme)
    assert not wrong, "\n".join(wrong)


def proposed(page: Page, demo: Demo) -> dict[str, str]:
    """A new client, and what a coordinator proposes to destroy of them."""
    sign_in(page, demo)
    page.goto(f"{demo.address}/cases/new")
    page.fill("[name=name]", "Wegwerp de Wit")
    page.fill("[name=question]", "Hulp bij de post")
    for name in ("legal_basis", "initiative", "stance"):
        page.locator(f"[name={name}]").first.check()
    page.locator("main button.primary").click()
    page.wait_for_url(re.compile(r"/cases/[0-9a-f-]{36}"))
    case = page.url.removeprefix(demo.address).partition("?")[0]
    for entry in ("2", "all"):
        page.goto(f"{demo.address}{case}/record/propose-erasure?entry={entry}&ground=wrong_client")
        page.fill("[name=reason]", "Hoort bij een ander.")
        page.get_by_role("button", name="Vastleggen", exact=True).click()
    page.get_by_role("button", name="Uitloggen").click()
    return {"erase-one": f"{case}/erasures/3", "erase-all": f"{case}/erasures/4"}


def test_a_form_with_mistakes_is_as_accessible(page: Page, demo: Demo) -> None:
    sign_in(page, demo)
    page.goto(addresses(page, demo)["adjust-goal"])
    page.get_by_role("button", name="Vastleggen").click()
    assert page.locator("[aria-invalid=true]").count() >= 2
    assert not violations(page)


def test_paper_shows_the_plan_without_the_buttons(page: Page, demo: Demo) -> None:
    sign_in(page, demo)
    page.goto(addresses(page, demo)["plan"])
    page.emulate_media(media="print")
    assert page.get_by_role("heading", name="Plan van Sanne").is_visible()
    assert not page.get_by_role("link", name="zei nee").first.is_visible()
