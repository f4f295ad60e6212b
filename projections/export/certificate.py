"""The certificate that a client was forgotten: what went, when, why, by whom; without their name."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from domain.store.accounts import account_with
from domain.store.erasing import Erasure
from domain.store.pool import Connection
from projections.export.words import Words


def certificate(db: Connection, erased: Erasure, words: Words) -> str:
    """As plain text, to print and to keep. Of one that is not finished it says so."""
    return "\n".join([*_head(db, erased, words), "", *_went(erased, words), "", *_proof(erased, words), ""])


def _head(db: Connection, erased: Erasure, words: Words) -> Iterator[str]:
    say = words.gettext
    yield say("Certificate of erasure")
    yield ""
    yield say("Client (a number that says nothing): %(client)s", client=erased.client)
    yield say("Decided: %(moment)s", moment=words.moment(erased.decided_at))
    yield say("On the ground: %(ground)s", ground=words.word(erased.ground))
    yield say("Proposed by: %(name)s", name=_named(db, erased.proposed_by))
    yield say("Decided by: %(name)s", name=_named(db, erased.approved_by))


def _named(db: Connection, who: UUID | None) -> str:
    known = account_with(db, who) if who else None
    return f"{known.name} ({who})" if known else str(who or "–")


def _went(erased: Erasure, words: Words) -> Iterator[str]:
    yield words.gettext("What was destroyed:")
    for what, many in erased.counts.items():
        yield f"  {words.named('erased', what)}: {many}"


def _proof(erased: Erasure, words: Words) -> Iterator[str]:
    say = words.gettext
    if erased.finished_at is None:
        yield say("Not finished yet: the last sweep comes half a minute after the key was destroyed.")
        return
    yield say("Finished: %(moment)s", moment=words.moment(erased.finished_at))
    yield say("The key of this client is destroyed. What was sealed with it can be read by nobody any more.")
    yield say("That entries were there can still be proven; what they said cannot be known.")
    if erased.log_root:
        yield say("The log of the record had %(size)s entries, with this root:", size=erased.log_size)
        yield f"  {erased.log_root}"
