"""A roster: who came to which client. Faces that are new in a case are asked about, and join nothing."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path
from uuid import UUID

from domain.case import Case
from domain.casework import Casework
from domain.contacts import face
from domain.days import local_day
from domain.errors import CaseIsErased, NoSuchCase
from domain.store import faces
from domain.store.accounts import Account, who_can_join
from domain.store.faces import Face
from domain.store.pool import Connection
from domain.store.vault import KeyGone
from jobs.imports.contact_import import FORGOTTEN, ContactImport, Place, Saves
from jobs.imports.outcome import Outcome
from jobs.imports.table import Unusable
from jobs.imports.visit import Visit, roster
from projections.caseload import of_number
from projections.people import OWN_CIRCLE

SYSTEM = "roster"
NOBODY = "there is no client with this number"
SEVERAL = "several cases have this number: write the id of the case instead"


def import_roster(run: ContactImport, path: Path, db: Connection) -> Outcome:
    """Tell the cases that are here what is new. May be broken off and begun again. NotATable.

    `db` sees the lists as they are shown: a number that is not shown yet is not found.
    """
    casework, accounts = run.casework, {account.user_name: account for account in who_can_join(db)}

    def find(said: str, visits: list[Visit]) -> Place:
        case = _case(casework, db, said)
        came = Faces(case, accounts)
        saves = Saves(casework, run.outcome, log := casework.contacts(case.id))
        saves.first = lambda: faces.ask(db, came.new.values())
        return Place(log, visits, came.workers, saves)

    return run.run(path, roster, find)


class Faces:
    """Who comes to one client: those who take part, and those who were not written down."""

    def __init__(self, case: Case, accounts: dict[str, Account]) -> None:
        self.case_id, self._accounts = case.id, accounts
        people = {key: p for key, p in case.plan.people.items() if p.kind not in OWN_CIRCLE}
        self._here = {person.name.casefold(): key for key, person in people.items()}
        self._here |= {p.name.casefold(): key for key, p in people.items() if p.until is None}
        self._users = {person.user: key for key, person in people.items() if person.user}
        self.new: dict[UUID, Face] = {}

    def workers(self, visit: Visit) -> tuple[UUID, ...]:
        """The person who came: by account, by name, or as a new face."""
        account = self._accounts.get(visit.worker.casefold())
        name = account.name if account else visit.worker
        known = self._users.get(account.id) if account else None
        known = known or self._here.get(name.casefold())
        return (known or self._met(visit, name, account),)

    def _met(self, visit: Visit, name: str, account: Account | None) -> UUID:
        day, person = local_day(visit.started_at), face(self.case_id, name.casefold())
        of = visit.organisation or (account.organisation if account else "")
        user = account.id if account else None
        met = self.new.setdefault(person, Face(self.case_id, person, name, of, user, day))
        if day < met.first_seen:
            self.new[person] = replace(met, first_seen=day)
        return person


def _case(casework: Casework, db: Connection, said: str) -> Case:
    try:
        return casework.history(_id(db, said))
    except NoSuchCase as why:
        raise Unusable(NOBODY) from why
    except (CaseIsErased, KeyGone) as why:
        raise Unusable(FORGOTTEN) from why


def _id(db: Connection, said: str) -> UUID:
    found = of_number(db, said)
    if len(found) > 1:
        raise Unusable(SEVERAL)
    try:
        return found[0] if found else UUID(said)
    except ValueError as why:
        raise Unusable(NOBODY) from why
