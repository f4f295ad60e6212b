"""Links to answer one question, and what is filled in there."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any
from uuid import UUID

from flask import Flask

from domain.case import Case
from domain.store.links import Purpose, make_link
from projections.my_plan import Question
from tests import given
from tests.web.conftest import Visitor, desk_of, token
from tests.web.filling import hidden

Asked = Question | int  # a proposal is known by its number alone


def known_by(asked: Asked) -> dict[str, Any]:
    """What a question is known by."""
    subject, entry = (asked, asked) if isinstance(asked, int) else (asked.subject, asked.entry)
    return {"subject": subject, "entry": entry}


def link_to(
    app: Flask, case_id: UUID, asked: Asked, who: UUID | None = None, days: int = 14, **of: Any
) -> str:
    """The address of a link to this question."""
    case = desk_of(app).casework.history(case_id)
    facts: dict[str, Any] = {"case_id": case_id, "by": given.WORKER.user, **known_by(asked), **of}
    with desk_of(app).pool.connection() as db:
        made = make_link(db, Purpose.ANSWER, who or case.client_id, valid=timedelta(days=days), **facts)
    return f"/answer/{made}"


def made_by(browser: Visitor, case: Case, asked: Asked) -> str:
    """The address of a link for the client that was made on the page for it."""
    links = f"/cases/{case.id}/answer-links"
    form = {"csrf_token": token(browser, links), "who": str(case.client_id), **known_by(asked)}
    found = re.search(
        r"<code>http://localhost(/answer/[\w-]{43})</code>", browser.post(links, data=form).text
    )
    assert found
    return found[1]


def filled(visitor: Visitor, address: str, answer: str = "yes", words: str = "Ja, fijn.") -> dict[str, str]:
    """An answer to what this link asks."""
    return hidden(visitor.get(address).text) | {"answer": answer, "words": words}
