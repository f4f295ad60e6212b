"""The command line on a real installation: what it says, and how it ends."""

from __future__ import annotations

import json
import re
from collections.abc import Callable
from pathlib import Path
from uuid import uuid4

import pytest
from click.testing import CliRunner, Result

from domain.store.accounts import account_of
from domain.store.database import Database
from domain.store.pool import connect
from domain.store.tokens import opened_by
from draad import main
from tests.homes import a_home

Draad = Callable[..., Result]


@pytest.fixture
def draad(fresh: Database) -> Draad:
    """Runs a command on the installation of this run."""
    home = str(fresh.secrets.folder.parent)
    return lambda *words, **how: CliRunner(env={"DRAAD_HOME": home}).invoke(main, words, **how)


def test_help_names_every_command_with_a_sentence(draad: Draad) -> None:
    said = draad("--help")
    assert said.exit_code == 0
    assert all(command.help for command in main.commands.values())
    assert all(name in said.output for name in main.commands)


def test_migrating_twice_changes_nothing(draad: Draad) -> None:
    assert draad("migrate").exit_code == 0
    assert draad("migrate").exit_code == 0


def test_a_new_account_can_sign_in_and_its_pass_phrase_is_asked_for(draad: Draad, fresh: Database) -> None:
    user = f"wilma-{uuid4()}"  # accounts are never deleted
    said = draad(
        *("user", "add", user, "--name", "Wilma Post", "--role", "coordinator", "--team", "Oost"),
        input="een lange wachtzin\neen lange wachtzin\n",
    )
    assert said.exit_code == 0, said.output
    with connect(fresh) as db:
        found = account_of(db, user, "een lange wachtzin")
    assert found
    assert (found.name, found.team) == ("Wilma Post", "Oost")


def test_an_import_says_what_it_could_not_read_and_ends_with_1(draad: Draad, tmp_path: Path) -> None:
    (tmp_path / "whole.json").write_text('{"resourceType": "Patient", "id": "p1", "name": [{"text": "Mia"}]}')
    (tmp_path / "broken.json").write_text('{"resourceType": "Patient", ')
    said = draad("import", "fhir", str(tmp_path), "--system", f"test {tmp_path}", "--json")
    assert said.exit_code == 1
    told = json.loads(said.stdout)
    assert (told["cases"], told["rejected"]) == (1, 1)
    assert "broken.json" in told["rejections"][0]


@pytest.mark.parametrize(
    "words", [("import", "fhir"), ("import", "fhir", "nowhere.json"), ("serve", "--bind", "here"), ("knit",)]
)
def test_wrong_use_ends_with_2_and_a_sentence(draad: Draad, words: tuple[str, ...]) -> None:
    said = draad(*words)
    assert said.exit_code == 2
    assert "Error" in said.output


def test_the_demo_does_not_touch_a_database_of_ones_own(
    draad: Draad, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DRAAD_DATABASE_URL", "postgresql://db/draad")
    assert draad("demo").exit_code == 2


def test_a_new_home_is_told_to_migrate_first() -> None:
    with a_home("draad-new-") as home:
        said = CliRunner(env={"DRAAD_HOME": str(home)}).invoke(main, ["rebuild"])
    assert said.exit_code == 1
    assert "run `draad migrate`" in said.output


def test_the_demo_never_loads_into_a_real_record_nor_throws_it_away(draad: Draad, fresh: Database) -> None:
    for words in (("demo",), ("demo", "--fresh")):
        said = draad(*words)
        assert said.exit_code == 1
        assert "no demo" in said.output
    assert fresh.secrets.folder.parent.exists()


def test_a_token_is_shown_once_listed_without_what_opens_and_revoked(draad: Draad, fresh: Database) -> None:
    user = f"wilma-{uuid4()}"
    phrase = ("--passphrase", "een lange wachtzin")
    draad("user", "add", user, "--name", "Wilma Post", "--role", "coordinator", *phrase)
    made = draad(
        "user", "token", user, "--name", "roster", "--scope", "read", "--scope", "record", "--days", "9"
    )
    assert made.exit_code == 0, made.output
    (token,) = made.stdout.split()
    listed = draad("user", "tokens", user).stdout
    number = listed.split()[0]
    assert token not in listed
    assert "read+record" in listed
    assert "roster" in listed
    with connect(fresh) as db:
        assert opened_by(db, token)
        assert draad("user", "revoke", number).exit_code == 0
        assert opened_by(db, token) is None
    assert "revoked" in draad("user", "tokens", user).stdout


def test_a_token_to_read_is_what_one_gets_without_asking(draad: Draad, fresh: Database) -> None:
    user = f"wilma-{uuid4()}"
    phrase = ("--passphrase", "een lange wachtzin")
    draad("user", "add", user, "--name", "Wilma Post", "--role", "coordinator", *phrase)
    with connect(fresh) as db:
        bearer = opened_by(db, draad("user", "token", user).stdout.strip())
    assert bearer
    assert bearer.scopes == ["read"]


@pytest.mark.parametrize("words", [("token", "nobody"), ("revoke", str(uuid4()))])
def test_a_token_of_nobody_and_one_that_is_not_there_say_so(draad: Draad, words: tuple[str, ...]) -> None:
    said = draad("user", *words)
    assert said.exit_code == 1
    assert "Error" in said.output


def test_an_identity_is_linked_listed_and_taken_away(draad: Draad, fresh: Database) -> None:
    user, subject = f"wilma-{uuid4()}", str(uuid4())
    identity = ("https://login.linde.example", subject)
    phrase = ("--passphrase", "een lange wachtzin")
    draad("user", "add", user, "--name", "Wilma Post", "--role", "coordinator", *phrase)
    assert draad("user", "identity", user, *identity).exit_code == 0
    assert subject in draad("user", "identities", user).stdout
    assert "no e-mail" in draad("user", "identity", user, "wilma@linde.example", "wilma").output
    assert "Nobody has this user name" in draad("user", "identity", "nobody", *identity).output
    assert draad("user", "identity", user, *identity, "--remove").exit_code == 0
    assert draad("user", "identity", user, *identity, "--remove").exit_code == 1
    assert draad("user", "identities", user).stdout == ""


def test_a_log_comes_in_once_and_goes_out_as_a_list(draad: Draad, tmp_path: Path) -> None:
    log = tmp_path / "log.csv"
    log.write_text("client,by,at,of\n7,Els,2026-03-02T09:00:00Z,Noord\n7,EMPTY,2026-03-03,Noord\n8,,,\n")
    columns = ("--case-column", "client", "--worker-column", "by", "--time-column", "at")
    system = ("--party-column", "of", "--system", str(uuid4()))
    said = draad("import", "log", str(log), *columns, *system, "--json")
    assert said.exit_code == 1
    told = json.loads(said.stdout)
    assert (told["cases"], told["entries"], told["contacts"], told["rejected"]) == (1, 4, 2, 1)
    assert told["resources"] == {"Contact": 2}
    assert "does not say when" in (tmp_path / "log.rejects.csv").read_text()
    assert draad("export", "csv", "continuity", "-o", str(tmp_path / "out.csv")).exit_code == 0
    (row,) = (tmp_path / "out.csv").read_text("utf-8-sig").splitlines()[1:]
    assert row.startswith("7;")
    assert row.endswith(";1;1;1;0;1;1;1;;;1;;1")


def test_a_roster_of_other_columns_says_which_are_missing(draad: Draad, tmp_path: Path) -> None:
    roster = tmp_path / "roster.csv"
    roster.write_text("client;worker\n")
    said = draad("import", "contacts", str(roster))
    assert said.exit_code == 1
    assert "no column case, organisation, started_at, minutes, kind" in said.output
    assert "has: client, worker" in said.output
    columns = ("--case-column", "x", "--worker-column", "y", "--time-column", "z")
    assert "no column x, y, z" in draad("import", "log", str(roster), *columns).output


def test_invited_from_the_command_line_one_chooses_a_pass_phrase(draad: Draad) -> None:
    user = f"wilma-{uuid4()}"
    assert "both --name and --role" in draad("user", "invite", user, "--name", "Wilma Post").output
    assert "Nobody has this user name" in draad("user", "invite", user).output
    invited = draad("user", "invite", user, "--name", "Wilma Post", "--role", "worker")
    assert re.fullmatch(r"/welcome/[\w-]{43}\n", invited.stdout)
    assert "is there already" in draad("user", "invite", user, "--name", "W", "--role", "worker").output
    assert draad("user", "invite", user).stdout != invited.stdout


def test_disabled_and_enabled_from_the_command_line(draad: Draad) -> None:
    user = f"wilma-{uuid4()}"
    draad("user", "invite", user, "--name", "Wilma Post", "--role", "worker")
    assert draad("user", "disable", user).exit_code == 0
    assert "First: draad user enable" in draad("user", "invite", user).output
    assert draad("user", "enable", user).exit_code == 0
    assert draad("user", "invite", user).exit_code == 0
    assert "Nobody has this user name" in draad("user", "disable", "nobody-at-all").output


def test_a_second_factor_is_asked_about_and_taken_away(draad: Draad) -> None:
    user = f"wilma-{uuid4()}"
    draad("user", "invite", user, "--name", "Wilma Post", "--role", "worker")
    assert draad("user", "second-factor", user).stdout == "not set up\n"
    assert "has no second factor" in draad("user", "second-factor", user, "--remove").output
