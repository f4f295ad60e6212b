"""docker-compose.yml starts all of Draad, watches its health, and holds no secret."""

from __future__ import annotations

import re
from typing import Any

import pytest
import yaml

from tests.code.reading import REPO

COMPOSE: dict[str, Any] = yaml.safe_load((REPO / "docker-compose.yml").read_text())
SERVICES: dict[str, dict[str, Any]] = COMPOSE["services"]
SECRET = re.compile(r"password|secret|key|token", re.IGNORECASE)
PASSWORD_IN_URL = re.compile(r"://[^/]*:[^/]*@")


def secrets_in_clear(environment: dict[str, str]) -> list[str]:
    """Variables that hold a secret instead of saying where it lies, and addresses with a password."""
    return [
        name
        for name, value in environment.items()
        if (SECRET.search(name) and not name.endswith(("_FILE", "_DIR"))) or PASSWORD_IN_URL.search(value)
    ]


def published_beyond_this_machine(ports: list[str]) -> list[str]:
    return [port for port in ports if not port.startswith("127.0.0.1:")]


def test_it_starts_postgresql_18_web_and_worker() -> None:
    assert SERVICES["db"]["image"] == "postgres:18"
    assert SERVICES["web"]["command"][0] == "serve"
    assert SERVICES["worker"]["command"] == ["worker"]


@pytest.mark.parametrize("name", ["db", "web", "worker"])
def test_what_keeps_running_has_a_health_check(name: str) -> None:
    assert SERVICES[name]["healthcheck"]["test"][0] == "CMD"


@pytest.mark.parametrize("name", SERVICES)
def test_every_container_has_an_init(name: str) -> None:
    assert SERVICES[name]["init"] is True, f"{name}: `init: true`, or killed children are never buried."


@pytest.mark.parametrize("name", ["web", "worker"])
def test_nothing_starts_before_the_tables_are_there(name: str) -> None:
    assert SERVICES[name]["depends_on"] == {"migrate": {"condition": "service_completed_successfully"}}
    assert SERVICES["migrate"]["depends_on"] == {"db": {"condition": "service_healthy"}}


@pytest.mark.parametrize("name", SERVICES)
def test_only_this_machine_can_reach_it(name: str) -> None:
    assert not published_beyond_this_machine(SERVICES[name].get("ports", []))


@pytest.mark.parametrize("name", SERVICES)
def test_no_secret_stands_in_the_environment(name: str) -> None:
    assert not secrets_in_clear(SERVICES[name]["environment"]), "Put it in ./secrets and pass the file."


def test_secrets_come_from_files() -> None:
    used = {secret for service in SERVICES.values() for secret in service["secrets"]}
    assert {name: {"file": f"./secrets/{name}"} for name in used} == COMPOSE["secrets"]


@pytest.mark.parametrize("name", COMPOSE["secrets"])
def test_make_secrets_makes_every_one(name: str) -> None:
    assert re.search(rf"\b{name}\b", (REPO / "Makefile").read_text())


def test_the_web_never_holds_the_password_of_the_owner_or_the_superuser() -> None:
    for name in ("web", "worker"):
        assert not {"postgres", "draad_owner"} & set(SERVICES[name]["secrets"])


def test_secrets_are_neither_in_git_nor_in_the_image() -> None:
    assert "/secrets/" in (REPO / ".gitignore").read_text().splitlines()
    rules = (REPO / ".dockerignore").read_text().splitlines()
    assert "*" in rules
    assert "!secrets" not in rules


def test_a_secret_in_clear_and_an_open_port_are_found() -> None:
    environment = {
        "APP_PASSWORD": "x",
        "URL": "postgresql://a:b@db/c",
        "A_PASSWORD_FILE": "/run/secrets/a",
    }
    assert secrets_in_clear(environment) == ["APP_PASSWORD", "URL"]
    assert published_beyond_this_machine(["8000:8000", "127.0.0.1:8000:8000"]) == ["8000:8000"]
