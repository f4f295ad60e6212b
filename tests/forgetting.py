"""A client with words in every place that holds any, and two people who let them be forgotten."""

from __future__ import annotations

import subprocess
from contextlib import closing
from datetime import timedelta
from uuid import UUID, uuid4

from domain.case import Case
from domain.casework import Casework
from domain.days import local_day
from domain.entry import Actor, Role, Telling
from domain.kinds import DocumentKind, Matter, WhyErased
from domain.review import Review
from domain.store import drafts, exports
from domain.store.accounts import add_account
from domain.store.database import KEYS, Database
from domain.store.drafts import Draft
from domain.store.erasing import sweep
from domain.store.exports import Export
from domain.store.links import Purpose, make_link
from domain.store.pool import Connection, connect_to
from domain.store.programs import Programs
from jobs.following import FOLLOWED
from projections.follower import Follower
from tests import given
from tests.given import telling
from tests.store.shapes import vault_of

SECOND = Actor(UUID(int=0xD1), Role.MANAGER, "Omar Prins", "De Brug")
DECIDES: Telling = {"by": SECOND, "happened_on": given.TODAY}


def words_of(case: Case) -> str:
    """What nobody else said, wherever it was written down."""
    return f"kathedraal van {case.id}"


def told(casework: Casework, db: Connection) -> Case:
    """Somebody of whom something lies in every place that there is."""
    case = given.an_opened_case(client_id=uuid4())
    words = words_of(case)
    case.describe_client(name=words, **telling())
    case.say_what_matters(words, Matter.PACE, **telling())
    case.add_document("een tekening", DocumentKind.OTHER, words.encode(), **telling())
    casework.open(case)
    review, *_ = Review.give_mandate(
        [case],
        given.REVIEWER,
        words,
        words,
        local_day(casework.clock()),
        by=given.MANAGER,
        now=casework.clock(),
        posted=uuid4(),
    )
    casework.keep(review)
    made = add_account(db, f"u{uuid4().hex}", "p" * 16, name=words, role=Role.CLIENT, id=case.client_id)
    writer = add_account(db, f"u{uuid4().hex}", "p" * 16, name="Wie schrijft", role=Role.WORKER)
    now = casework.clock()
    drafts.keep(db, casework.vault, Draft(writer.id, uuid4(), case.id, "record", now), [("words", words)])
    exports.ask(db, casework.vault, Export(uuid4(), writer.id, case.id, now), words.encode())
    make_link(db, Purpose.PASSPHRASE, made.id, by=writer.id, valid=timedelta(days=1))
    return case


def proposed(casework: Casework, case: Case, entry: int | None = None) -> int:
    with casework.changing(case.id) as change:
        return change.case.propose_erasure(
            WhyErased.TERM_IS_OVER, "De termijn is om.", entry, **telling(by=given.MANAGER)
        )


def erased(casework: Casework, case: Case) -> UUID:
    client = casework.erase(case.id, proposed(casework, case), DECIDES)
    shown(casework)
    return client


def destroyed(casework: Casework, case: Case, entry: int) -> None:
    """This one entry, as two people decided."""
    proposal = proposed(casework, case, entry)
    with casework.changing(case.id) as change:
        change.case.approve_erasure(proposal, **telling(by=SECOND))


def swept(database: Database, casework: Casework) -> None:
    """To the end, as where nobody remembers a key."""
    with closing(vault_of(database, keep=0)) as vault:
        assert sweep(database, vault) == 0
    casework.vault.forget()  # as it hears


def shown(casework: Casework) -> None:
    """The lists show all that is recorded, as the worker sees to."""
    follower = Follower(casework.env["DRAAD_DSN"], casework.mapper.to_domain_event, FOLLOWED)
    with connect_to(casework.env["DRAAD_DSN"]) as db:
        while follower.step(db):
            pass


def a_file_of_all(casework: Casework, db: Connection) -> Export:
    """What a manager asked for of all cases, and was made."""
    asks = add_account(db, f"u{uuid4().hex}", "p" * 16, name="Wie vraagt", role=Role.MANAGER)
    of_all, now = uuid4(), casework.clock()
    wanted = Export(of_all, asks.id, of_all, now)
    exports.ask(db, casework.vault, wanted, b"alles")
    exports.keep(db, casework.vault, wanted, b"van allen", now)
    return wanted


def lies_in(database: Database, case: Case) -> bool:
    """Whether a backup of both databases would hold their words somewhere, as text or as bytes."""
    program = Programs().installed / "bin" / "pg_dump"
    whole = b"".join(
        subprocess.run([program, database.admin(name)], check=True, capture_output=True).stdout
        for name in ("draad", KEYS)
    )
    return any(said in whole for said in (words_of(case).encode(), words_of(case).encode().hex().encode()))
