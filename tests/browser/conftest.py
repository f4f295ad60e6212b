"""A running demo and a browser to look at it with."""

from __future__ import annotations

import json
import signal
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from tests.browser.chromium import is_insisted_on, launch
from tests.homes import a_home
from tests.ports import free_port

SIZES = {"desktop": (1280, 900), "phone": (390, 844), "narrow": (320, 640)}


@dataclass(frozen=True)
class Demo:
    """Where the demo is, and how to get in."""

    address: str
    home: Path

    def passphrase(self, user: str) -> str:
        accounts = json.loads((self.home / "demo-accounts.json").read_text())
        return next(str(account["passphrase"]) for account in accounts if account["user"] == user)


@pytest.fixture(scope="session")
def demo() -> Iterator[Demo]:
    """`draad demo`, as a newcomer starts it."""
    with a_home("draad-browser-") as home:
        command = [sys.executable, "-m", "draad", "demo", "--home", str(home), "--port", str(free_port())]
        with subprocess.Popen(command, stdout=subprocess.PIPE, text=True) as process:
            assert process.stdout
            ready, address = process.stdout.readline().split()
            assert ready == "ready"
            yield Demo(address, home)
            process.send_signal(signal.SIGINT)
            assert process.wait(60) == 0


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        found = launch(playwright)
        if found is None:
            assert not is_insisted_on(), "CI insists on a browser, and none starts: see `make browser`"
            pytest.skip("no Chromium starts here: see `make browser`")
        yield found
        found.close()


@pytest.fixture
def page(browser: Browser) -> Iterator[Page]:
    """A new visitor, on a desktop, in light."""
    with browser.new_context(locale="nl-NL", viewport={"width": 1280, "height": 900}) as context:
        context.set_default_timeout(15_000)
        yield context.new_page()


def sign_in(page: Page, demo: Demo, user: str = "ilse", lands_on: str = "/cases") -> None:
    page.goto(f"{demo.address}/sign-in")
    page.fill("[name=user]", user)
    page.fill("[name=passphrase]", demo.passphrase(user))
    page.keyboard.press("Enter")
    page.wait_for_url(f"{demo.address}{lands_on}")
