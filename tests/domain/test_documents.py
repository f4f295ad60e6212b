"""Files that belong to a case: named in the record, with the hash of their bytes."""

from __future__ import annotations

from datetime import date
from hashlib import sha256
from uuid import UUID

import pytest

from domain import errors
from domain.correcting import facts_of
from domain.documents import DocumentAdded
from domain.kinds import DocumentKind, WhyWithdrawn
from domain.plan import read
from tests import given
from tests.given import telling, the

DRAWING, DAY = b"een tekening", date(2026, 3, 2)
HASH = sha256(DRAWING).hexdigest()


def test_a_document_stands_in_the_plan_with_its_hash_and_what_it_belongs_to() -> None:
    case = given.sanne()
    wish = the(case.plan.wishes)
    drawing = case.add_document("Droomkaart.png", DocumentKind.DRAWING, DRAWING, wish, **telling(DAY))
    document = case.plan.documents[drawing]
    assert (document.since, document.name, document.kind) == (DAY, "Droomkaart.png", DocumentKind.DRAWING)
    assert (document.sha256, document.size, document.subject) == (HASH, len(DRAWING), wish)
    assert read(case.entries, on=date(2026, 3, 1)).documents == {}


def test_the_bytes_wait_beside_the_entries_and_are_in_none_of_them() -> None:
    case = given.sanne()
    drawing = case.add_document("Brief", DocumentKind.LETTER, DRAWING, **telling())
    assert case.files == {drawing: DRAWING}
    assert DRAWING not in vars(case.entries[-1]).values()


def test_a_file_whose_hash_is_sent_along_must_be_that_file() -> None:
    case = given.sanne()
    case.add_document("Brief", DocumentKind.LETTER, DRAWING, sha256=HASH.upper(), **telling())
    with pytest.raises(errors.NotThisFile) as refused:
        case.add_document("Brief", DocumentKind.LETTER, DRAWING, sha256="0" * 64, **telling())
    assert refused.value.field == "content"


@pytest.mark.parametrize(("name", "content", "field"), [(" ", DRAWING, "name"), ("Brief", b"", "content")])
def test_a_document_has_a_name_and_something_in_it(name: str, content: bytes, field: str) -> None:
    case = given.sanne()
    with pytest.raises(errors.Empty) as refused:
        case.add_document(name, DocumentKind.LETTER, content, **telling())
    assert refused.value.field == field
    assert not case.files


def test_a_document_belongs_to_something_that_was_there_on_its_day() -> None:
    case = given.sanne()
    goal = the(case.plan.goals)
    with pytest.raises(errors.NotThereYet) as refused:
        case.add_document("Foto", DocumentKind.PHOTO, DRAWING, goal, **telling(date(2026, 1, 18)))
    assert refused.value.facts == {"first": date(2026, 1, 19)}
    with pytest.raises(errors.NotInThePlan):
        case.add_document("Foto", DocumentKind.PHOTO, DRAWING, UUID(int=9), **telling())


def test_a_document_that_is_withdrawn_is_not_in_the_plan() -> None:
    case = given.sanne()
    case.add_document("Brief", DocumentKind.LETTER, DRAWING, **telling())
    case.withdraw_entry(case.version, WhyWithdrawn.WRONG_CLIENT, **telling())
    assert case.plan.documents == {}


def test_which_bytes_they_are_is_not_corrected() -> None:
    assert set(facts_of(DocumentAdded)) & {"document_id", "sha256", "size"} == set()
    assert {"name", "kind", "subject"} <= set(facts_of(DocumentAdded))
