"""`draad forget`: a client, by two people, with a certificate."""

from __future__ import annotations

import time
from contextlib import closing
from pathlib import Path
from typing import Any
from uuid import UUID

import click

from domain.casework import Casework
from domain.days import local_day
from domain.entry import Actor, Telling
from domain.errors import NoSuchCase, Refused
from domain.kinds import WhyErased
from domain.permissions import may
from domain.store.accounts import account_named
from domain.store.database import APP, KEYS, Database, open_database, settings_for
from domain.store.erasing import erasures, sweep
from domain.store.pool import connect, connect_to
from jobs.exports.dossier import NoneOrSeveral, case_id_of
from jobs.following import catch_up
from jobs.forgetting import AGAIN
from jobs.installation import HOME, check
from jobs.looks import told_by
from jobs.progress import Bar
from projections.export.certificate import certificate
from projections.export.whole import whole
from projections.export.words import LANGUAGES, in_language

STEPS = 6  # that a sweep tells of


@click.command("forget")
@HOME
@click.argument("case", required=False)
@click.option("--client", type=click.UUID, help="The id of the client, in the place of a case: to go on.")
@click.option("--by", "proposed_by", help="User name of who proposes it.")
@click.option("--second", help="User name of who decides it: somebody else.")
@click.option("--ground", type=click.Choice([one.value for one in WhyErased if one is not WhyErased.UNKNOWN]))
@click.option("--reason", default="", help="In words, for as long as there is something to read.")
@click.option("--request", type=int, help="The entry of the request, when it was asked (AVG art. 17).")
@click.option("--certificate", "file", type=click.Path(dir_okay=False, path_type=Path), help="FILE.txt")
@click.option("--language", type=click.Choice(LANGUAGES), default=LANGUAGES[0], show_default=True)
@click.option("--yes", is_flag=True, help="Do not ask whether it is meant.")
def forget(home: Path, case: str | None, client: UUID | None, *, yes: bool, **given: Any) -> None:
    """Forget the client of CASE (its id, or its number): all cases, for ever.

    Nothing of it comes back. Broken off, the same command with --client goes on; so does the worker.
    """
    if (case is None) == (client is None):
        raise click.UsageError("Name a case, or with --client a client who is being forgotten.")
    with open_database(home) as database:
        check(database)
        with closing(Casework(settings_for(database))) as casework:
            try:
                client = client or decide(database, casework, str(case), given, sure=yes)
            except (Refused, NoneOrSeveral) as why:
                raise click.ClickException(str(why) or str(type(why).__doc__)) from why
            finish(database, casework, client)
        tell(database, client, given["file"], given["language"])


def decide(database: Database, casework: Casework, case: str, given: dict[str, Any], *, sure: bool) -> UUID:
    """Propose it for the one, approve it for the other; gives the client."""
    if not (given["proposed_by"] and given["second"] and given["ground"]):
        raise click.UsageError("Who proposes (--by), who decides (--second), and on what --ground?")
    catch_up(database, casework)
    with connect(database) as db:
        one = _who(database, given["proposed_by"], "propose_erasure")
        other = _who(database, given["second"], "approve_erasure")
        case_id = case_id_of(db, case)
        if not sure:
            click.confirm(f"Forget all that is kept of the client of {case}, for ever?", abort=True)
        told_by(db, one, case_id, "propose_erasure", casework.clock())
        told_by(db, other, case_id, "approve_erasure", casework.clock())
    today = local_day(casework.clock())
    proposal = _proposal(casework, case_id, given, {"by": one, "happened_on": today})
    return casework.erase(case_id, proposal, {"by": other, "happened_on": today})


def _proposal(casework: Casework, case_id: UUID, given: dict[str, Any], how: Telling) -> int:
    """The number of theirs that waits, or of a new one."""
    waiting = casework.history(case_id).plan.erasures.values()
    mine = (one for one in waiting if one.open and one.of is None and one.by)
    if found := next((one for one in mine if one.by and one.by.user == how["by"].user), None):
        return found.entry
    facts = {"ground": WhyErased(given["ground"]), "reason": given["reason"], "request": given["request"]}
    with casework.changing(case_id) as change:
        return change.case.propose_erasure(**facts, **how)


def _who(database: Database, user_name: str, right: str) -> Actor:
    with connect(database) as db:
        found = account_named(db, user_name)
    if found is None or found.disabled_at or not may(found.role, right):
        raise click.UsageError(f"{user_name} has no account here that may do this.")
    return found.actor


def finish(database: Database, casework: Casework, client: UUID) -> None:
    """Go on until the certificate: the last sweep comes when no process can remember the key any more."""
    with Bar("Forgetting") as shown, connect_to(database.dsn(APP, KEYS)) as keys:
        began, most = time.monotonic(), int(casework.vault.keep) + STEPS
        _sweep(database, casework)
        while any(one.finished_at is None for one in erasures(keys, client)):
            shown(min(most, int(time.monotonic() - began)), most)
            time.sleep(AGAIN)
            _sweep(database, casework)
        if not erasures(keys, client):
            raise click.ClickException(str(NoSuchCase.__doc__))
        shown(most, most)


def _sweep(database: Database, casework: Casework) -> None:
    """With the lists up to date, whether a worker runs or not: they say who speaks for another too."""
    catch_up(database, casework)
    sweep(database, casework.vault)


def tell(database: Database, client: UUID, file: Path | None, language: str = LANGUAGES[0]) -> None:
    """The certificate: into a file, whole or not at all, or here."""
    with connect(database) as db, connect_to(database.dsn(APP, KEYS)) as keys:
        (erased,) = erasures(keys, client)
        said = certificate(db, erased, in_language(language))
    if file is None:
        click.echo(said)
        return
    with whole(file) as out:
        out.write(said.encode())
    click.echo(f"{file}: forgotten.")
