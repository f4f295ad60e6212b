"""Every page of every role, come to by its links: wide in light and narrow in dark, it is in nobody's way.

Which pages a role has is read from the routes and their rights: one that no link leads to fails as well.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from typing import Literal
from urllib.parse import urlsplit

import pytest
from flask import Flask
from playwright.sync_api import Browser, Page
from werkzeug.exceptions import HTTPException
from werkzeug.routing import RequestRedirect

from domain.entry import Role
from domain.permissions import OWN_HAND, RIGHTS
from tests.browser.conftest import SIZES, Demo
from tests.browser.test_every_page import sees
from web.app import PAGES

pytestmark = pytest.mark.browser
ACCOUNTS = {
    Role.COORDINATOR: "ilse",
    Role.WORKER: "noor",
    Role.PARTNER: "partner",
    Role.MANAGER: "hanneke",
    Role.REVIEWER: "hanna",
    Role.CLIENT: "sanne",
    Role.REPRESENTATIVE: "marijke",
    Role.LOG_MANAGER: "logboek",
    Role.ADMINISTRATOR: "beheer",
}
LOOKS: tuple[tuple[str, Literal["light", "dark"]], ...] = (("desktop", "light"), ("narrow", "dark"))
TO_KEEP = (".csv", ".pdf")  # not shown, but offered
FILES = {
    "api.openapi",
    "documents.download",
    "exports.download",
    "exports.download_own",
    "my_plan.document",
    "process_log.download",
}
NOT_YET = {  # on the first day: nothing came from elsewhere, and nobody proposed to forget anybody
    "access_log.review",
    "assisted.written_down",
    "elsewhere.recorded",
    "erasures.ask",
    "erasures.one",
    "imports.one",
}
NOT_SHOWN = {role: {"record.said_no", "record.say_sheet"} for role in OWN_HAND}  # they answer on Mijn plan
NOT_SHOWN[Role.REPRESENTATIVE].add("my_confirm.ask")  # nothing was written down of what she said
NOT_SHOWN[Role.PARTNER] = {f"case.{part}" for part in ("people", "story", "chain", "documents")}  # not shared
NOT_SHOWN[Role.COORDINATOR] = {"report.cases"}  # no figure of her team leads to a list
NOT_SHOWN[Role.ADMINISTRATOR] = {"identities.overview"}  # no provider signs people in here


@cache
def pages() -> Flask:
    """All addresses there are, as the product has them."""
    app = Flask("web", static_folder=None)
    for page in PAGES:
        app.register_blueprint(page.blueprint)
    return app


def page_at(address: str) -> str:
    """Which page this is; pages that differ in what they are about only are the same one."""
    try:
        return str(pages().url_map.bind("").match(urlsplit(address).path)[0])
    except (HTTPException, RequestRedirect):
        return ""


def pages_of(role: Role) -> dict[str, str]:
    """What somebody of this role can look at: each page with its address, as the routes have it."""
    views = pages().view_functions
    left_out = FILES | NOT_YET | NOT_SHOWN.get(role, set())
    return {
        rule.endpoint: rule.rule
        for rule in pages().url_map.iter_rules()
        if "GET" in (rule.methods or ()) and not rule.rule.endswith(TO_KEEP)
        if not rule.rule.startswith("/api/") and rule.endpoint not in left_out
        if role in RIGHTS.get(getattr(views[rule.endpoint], "right"), ())  # noqa: B009  # put there by @may
    }


def enter(page: Page, demo: Demo, user: str) -> None:
    page.goto(f"{demo.address}/sign-in")
    page.fill("[name=user]", user)
    page.fill("[name=passphrase]", demo.passphrase(user))
    page.keyboard.press("Enter")
    page.wait_for_url(lambda address: "sign-in" not in address)


def links(page: Page, demo: Demo) -> list[str]:
    """Where one can go from here; first to Sanne, of whom there is most to see."""
    found = page.eval_on_selector_all(
        "a[href]", "found => found.map(link => [link.text, link.href.split('#')[0]])"
    )
    found.sort(key=lambda link: "Sanne de Graaf" not in link[0])
    ours = (to for _, to in found if to.startswith(demo.address))
    return [to for to in ours if not urlsplit(to).path.endswith(TO_KEEP)]


def walk(page: Page, demo: Demo, waiting: list[str]) -> Iterator[tuple[str, str]]:
    """Each page once: these, and all that their links lead to. Which was asked for, and which came."""
    seen = {""} | FILES
    while waiting:
        address = waiting.pop(0)
        if (name := page_at(address)) in seen:
            continue
        answer = page.goto(address)
        assert answer
        assert answer.ok, f"a link leads to {address}, which is not there"
        if page_at(page.url) == "purpose.ask":
            yield name, "purpose.ask"
            page.get_by_role("radio").first.check()
            page.locator("main form button").press("Enter")
            page.wait_for_url(address)
        yield name, (came := page_at(page.url))
        seen |= {name, came}
        waiting += links(page, demo)


@pytest.mark.timeout(900)  # some forty pages, each looked at twice
@pytest.mark.parametrize("role", ACCOUNTS)
def test_every_page_of_a_role_is_come_to_and_stands_in_nobodys_way(
    browser: Browser, demo: Demo, role: Role
) -> None:
    with browser.new_context(locale="nl-NL") as context:
        page, wrong, theirs = context.new_page(), [], pages_of(role)
        enter(page, demo, ACCOUNTS[role])
        known = [f"{demo.address}{rule}" for rule in theirs.values() if "<" not in rule]
        first = f"{demo.address}/cases?sort=name" if "caseload.cases" in theirs else page.url
        for asked, name in walk(page, demo, [first, *known]):  # by name: where Sanne is on the first page
            theirs = {at: rule for at, rule in theirs.items() if at not in (asked, name)}
            for size, scheme in LOOKS:
                width, height = SIZES[size]
                page.set_viewport_size({"width": width, "height": height})
                page.emulate_media(color_scheme=scheme)
                wrong += sees(page, f"{role}-{name}", size, scheme)
        wrong += [f"no link leads to {rule}" for rule in theirs.values()]
    assert not wrong, "\n".join(wrong)
