"""The client said yes to a text that is another one now."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

from domain.entry import Decision
from domain.nouns import Goal, Support
from domain.say import Position, Stance
from domain.support import SupportStarted
from projections.signals.signal import NoLimits, Noticed, Observed, Weight, signal


@signal(Weight.THIS_WEEK)
def agreed_to_something_else(seen: Observed, limits: NoLimits) -> Noticed | None:  # noqa: ARG001  # at once
    """The client agreed to what was changed later, and was not asked again: %(many)s.

    A yes counts for what it was said to. Show what it was and what it is now, and ask what the client thinks
    of it. Until then the plan says that they agreed to the text before.
    """
    found = [(position, list(_changes(seen, about, position))) for about, position in _lapsed(seen)]
    changed = [(position, changes) for position, changes in found if changes]
    if not changed:
        return None
    since = min(change.counts_from for _, changes in changed for change in changes)
    shown = {position.entry for position, _ in changed}
    shown |= {change.number for _, changes in changed for change in changes}
    return Noticed(since, tuple(sorted(shown)), {"many": len(changed)})


def _lapsed(seen: Observed) -> Iterator[tuple[UUID, Position]]:
    """What the client said yes to of what is still in the plan, and said it about the text before."""
    in_plan: dict[UUID, Goal | Support] = {**seen.plan.goals, **seen.plan.supports}
    for about, noun in in_plan.items():
        held = seen.plan.stances_on(about).of() if noun.open else []
        yield from ((about, p) for p in held if p.say.agrees and p.about_previous_text)


def _changes(seen: Observed, about: UUID, yes: Position) -> Iterator[Decision]:
    """What changed the text after that yes. An import does not tell whether the client was asked about it."""
    later = (d for d in seen.decisions if d.concerns == about and (d.day, d.number) > (yes.on, yes.entry))
    known = (d for d in later if d.say.stance is not Stance.UNKNOWN)
    return (d for d in known if d.CHANGES_TEXT or (isinstance(d, SupportStarted) and d.amount))
