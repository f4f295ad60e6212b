"""Two coordinators, in two processes, on one case: nothing is lost and nobody writes over the other."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import ExitStack
from uuid import uuid4

import pytest

from domain.casework import Casework
from domain.entry import Role
from domain.store.accounts import add_account
from domain.store.database import Database
from domain.store.pool import connect
from tests import given
from tests.faults import coordinators
from tests.faults.coordinators import Send, coordinator
from tests.faults.soundness import home_of, wrong
from tests.web.conftest import PASSPHRASE
from tests.web.filling import address
from tests.web.test_record import an_agreement

WISH = {"form": "said", "voiced_by": "client"}


@pytest.fixture
def both(fresh: Database, logs: None) -> Iterator[list[Send]]:
    with ExitStack() as signed_in:
        yield [signed_in.enter_context(coordinator(home_of(fresh), name)) for name in accounts(fresh)]


def accounts(database: Database) -> list[str]:
    names = [f"{name}-{uuid4()}" for name in ("ilse", "noor")]
    how = {"role": Role.COORDINATOR, "organisation": "De Brug", "team": "Noord"}
    with connect(database) as db:
        for name in names:
            add_account(db, name, PASSPHRASE, name=name.title(), **how)  # type: ignore[arg-type]  # by name
    return names


def test_what_both_record_stands_side_by_side(fresh: Database, casework: Casework, both: list[Send]) -> None:
    casework.open(case := given.sanne())
    words = [[f"{nr} van {who}" for nr in range(25)] for who in ("Ilse", "Noor")]
    where = address(case.id, "voice_wish")
    sent = [send(coordinators.send_many, where, WISH, mine) for send, mine in zip(both, words, strict=True)]
    assert {status for one in sent for status in one.result()} == {303}
    entries = casework.history(case.id).entries[len(case.entries) :]
    assert sorted(getattr(entry, "words", "") for entry in entries) == sorted(
        one for mine in words for one in mine
    )
    assert not wrong(fresh)


def test_of_two_changes_of_one_goal_the_second_sees_both_texts(
    fresh: Database, casework: Casework, both: list[Send]
) -> None:
    casework.open(case := given.sanne())
    where = address(case.id, "adjust_goal")
    facts = an_agreement(str(given.the(case.plan.goals)))
    texts = ["Ik kook elke dag.", "Ik kook op zondag."]
    seen = [send(coordinators.open_form, where).result() for send in both]
    forms = [form | facts | {"words": text} for form, text in zip(seen, texts, strict=True)]
    sent = [send(coordinators.send, where, form) for send, form in zip(both, forms, strict=True)]
    answers = sorted(one.result() for one in sent)
    assert [status for status, _ in answers] == [303, 409]
    assert all(text in answers[1][1] for text in texts)
    assert not wrong(fresh)
