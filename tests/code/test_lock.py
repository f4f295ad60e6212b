"""The locks say what is installed, by version and hash, and nothing about where it comes from."""

from __future__ import annotations

import re
import tomllib

import pytest

from tests.code.reading import REPO

LOCKS = ("requirements.lock", "requirements-test.lock", "requirements-bench.lock")
ADDRESS = re.compile(r"--(index-url|extra-index-url|find-links|trusted-host)|\w+://|/simple|file:|@ ")
CURE = "run `make lock`"


def pinned(lock: str) -> dict[str, str]:
    """Name and version of every package in a lock."""
    return dict(re.findall(r"^([a-z0-9._-]+)==(\S+)", (REPO / lock).read_text(), re.MULTILINE))


def addresses(text: str) -> list[str]:
    return [line for line in text.splitlines() if ADDRESS.search(line)]


def unpinned(text: str) -> list[str]:
    """Packages without a version, or without a hash."""
    packages = re.findall(r"^[^\s#-].*(?:\n .*)*", text, re.MULTILINE)
    return [p.split()[0] for p in packages if "==" not in p.split()[0] or "--hash=sha256:" not in p]


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_holds_no_address(lock: str) -> None:
    assert not addresses((REPO / lock).read_text()), CURE


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_pins_version_and_hash(lock: str) -> None:
    assert not unpinned((REPO / lock).read_text()), CURE


@pytest.mark.parametrize("lock", LOCKS[1:])
def test_all_locks_pin_the_same_versions(lock: str) -> None:
    assert pinned("requirements.lock").items() <= pinned(lock).items(), CURE


def test_everything_the_project_asks_for_is_locked() -> None:
    project = tomllib.loads((REPO / "pyproject.toml").read_text())["project"]
    for wanted, lock in [
        (project["dependencies"], "requirements.lock"),
        (project["optional-dependencies"]["test"], "requirements-test.lock"),
        (project["optional-dependencies"]["bench"], "requirements-bench.lock"),
    ]:
        names = {re.split(r"[^a-z0-9-]", want)[0] for want in wanted}
        assert names <= pinned(lock).keys(), f"{CURE}: {lock} lacks {names - pinned(lock).keys()}"


@pytest.mark.parametrize(
    "line",
    ["-i https://packages.example", "--find-links wheels", "flask @ file:///tmp/flask.whl"],
)
def test_an_address_in_a_lock_is_found(line: str) -> None:
    assert addresses(f"click==8.2.0\n{line}\n") == [line]


def test_a_package_without_version_or_hash_is_found() -> None:
    text = "flask>=3 \\\n    --hash=sha256:00\nclick==8.2.0\n    # via flask\n"
    assert unpinned(text) == ["flask>=3", "click==8.2.0"]
