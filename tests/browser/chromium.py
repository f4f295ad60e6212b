"""Chromium for the browser tests: the one that is here, else the system's package, else Playwright's own.

`make browser` runs this; the tests start what it found with `launch()`. Whether a browser is good is settled
by starting it. Without one the browser tests are skipped and say so; under CI=true that is a failure.
"""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from contextlib import suppress

from playwright.sync_api import Browser, Error, Playwright, sync_playwright

NAMES = ("chromium", "chromium-browser", "google-chrome")  # as systems call it on the PATH
PATIENCE = 600  # seconds, for a slow line


def launch(playwright: Playwright) -> Browser | None:
    """The first Chromium here that starts."""
    for program in (*filter(None, map(shutil.which, NAMES)), None):  # None is Playwright's own
        with suppress(Error):
            return playwright.chromium.launch(executable_path=program, chromium_sandbox=False)
    return None


def is_here() -> bool:
    with sync_playwright() as playwright:
        browser = launch(playwright)
        if browser:
            browser.close()
        return browser is not None


def is_insisted_on() -> bool:
    """Whether a missing browser is a failure."""
    return os.environ.get("CI") == "true"


def bring_package() -> None:
    """The system's package, which brings the libraries and fonts that it needs."""
    if may_install():
        _run("apt-get", "-qq", "update")
        _run("apt-get", "-qq", "install", "--yes", "--no-install-recommends", "chromium")


def bring_download() -> None:
    """Playwright's own, for an ordinary user or a system without that package."""
    libraries = ["--with-deps"] if may_install() else []
    _run(sys.executable, "-m", "playwright", "install", *libraries, "chromium")


def may_install() -> bool:
    return os.geteuid() == 0 and shutil.which("apt-get") is not None


def _run(*command: str) -> None:
    """Run it and say what it says; whether it helped is seen afterwards."""
    quiet = os.environ | {"DEBIAN_FRONTEND": "noninteractive"}
    try:
        subprocess.run(command, env=quiet, check=False, timeout=PATIENCE)
    except subprocess.TimeoutExpired:
        print(f"{command[0]} took longer than {PATIENCE // 60} minutes.", file=sys.stderr)


def main() -> int:
    """0 when the tests can go on: there is a browser, or nobody insists on one."""
    if is_here():
        return 0
    for bring in bring_package, bring_download:
        bring()
        if is_here():
            return 0
    print("No Chromium could be brought here, or none of them starts.", file=sys.stderr)
    if is_insisted_on():
        return 1
    print("The browser tests are skipped. CI=true insists on them.", file=sys.stderr)
    return 0


if __name__ == "__main__":
    sys.exit(main())
