"""Forms to forget: one person proposes it, another one decides."""

from __future__ import annotations

from collections.abc import Iterator

from flask_babel import gettext

from domain.kinds import RequestKind, WhyErased
from domain.nouns import Erasure
from web.forms import pickers
from web.forms.asking import EntryForm
from web.forms.fields import Choice, Words
from web.forms.picks import ALL, OneOrAll, Pick, number
from web.forms.situation import Option, Situation


def waiting(at: Situation) -> Iterator[Option]:
    """The proposals that nobody answered."""
    return (_option(key, one) for key, one in at.plan.erasures.items() if one.open)


def waiting_of_one(at: Situation) -> Iterator[Option]:
    """Those about one entry. All that is kept is decided on a page of its own."""
    return (_option(key, one) for key, one in at.plan.erasures.items() if one.open and one.of is not None)


def all_or_one(at: Situation) -> Iterator[Option]:
    """Nothing is chosen for whoever proposes it: all of it goes when they say so."""
    yield Option(ALL, gettext("All that is kept"))
    yield from pickers.entries(at)


def asked(at: Situation) -> Iterator[Option]:
    """The requests to erase, also when they were answered."""
    requests = at.plan.requests.items()
    return (
        Option(str(key), pickers.short(f"{pickers.figures(one.since)}: {one.words}"))
        for key, one in requests
        if one.kind is RequestKind.ERASURE
    )


def _option(key: int, one: Erasure) -> Option:
    what = gettext("Entry %(number)s", number=one.of) if one.of else gettext("All that is kept")
    return Option(str(key), pickers.short(f"{what}: {one.reason}"))


class ProposeErasure(EntryForm):
    """Propose to destroy all that is kept of this client, or one entry. Somebody else decides."""

    entry = OneOrAll("What has to go?", all_or_one)
    ground = Choice("On what ground?", WhyErased, required=True)
    request = Pick(
        "Which request?",
        asked,
        key=number,
        hint="Is it not in this list? Record the request first.",
        needed="needed when the client asked for it",
    )
    reason = Words("Why?", required=True)


class ApproveErasure(EntryForm):
    """Destroy one entry for good, as somebody else proposed."""

    FOR_EVER = True
    proposal = Pick("Which proposal?", waiting_of_one, key=number, required=True)


class RefuseErasure(EntryForm):
    """Destroy nothing: say why."""

    proposal = Pick("Which proposal?", waiting, key=number, required=True)
    reason = Words("Why?", required=True)
