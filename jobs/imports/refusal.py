"""A no that another system tells: something stands refused there, and who said so when that is known."""

from __future__ import annotations

from typing import Any

from domain.entry import Initiative
from domain.imported import StateImported
from domain.kinds import Noun, SupportStatus, WhyRefused
from domain.refusals import SupportRefused
from domain.say import Means, Say, Stance
from jobs.imports.client import Client, Step
from jobs.imports.reading import When
from jobs.imports.resource import Resource

THEIR_NO: dict[str, Any] = {  # the client's own, as another system reports it
    "say": Say(Stance.DISAGREES, Means.REPORTED),
    "initiative": Initiative.UNKNOWN,
}


def stands_refused(
    resource: Resource, client: Client, on: When | None, *, words: str, said: str, state: SupportStatus
) -> Step:
    """How it stands there. By whom is not in it."""
    facts = {
        "noun": Noun.SUPPORT,
        "id": client.noun(resource, ""),
        "words": words,
        "said": said,
        "state": state.value,
    }
    return Step(StateImported, facts, resource, on)


def refused(resource: Resource, client: Client, on: When | None) -> Step:
    """The client said no to it; why was not asked here."""
    facts = {"support_id": client.noun(resource, ""), "reason": WhyRefused.NOT_ASKED}
    return Step(SupportRefused, facts | THEIR_NO, resource, on)
