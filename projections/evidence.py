"""Evidence of the client's say: every decision, with how what the client said of it reached the record.

Counted on the ladder of means, from their own hand down to nothing. It counts what was written down.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field

from domain.entry import Decider, Decision, Entry
from domain.representation import decided_by
from domain.say import Means, Say, Stance, settled
from projections.called import Called
from projections.signals.spoken_not_read_back import WEIGHTY
from projections.then import Then
from projections.timeline import gave_a_say


@dataclass(frozen=True)
class Evidence:
    """One decision and what the client said of it. `since`: the later entries by which they stand now."""

    made: Decision
    say: Say  # as it was read back
    representative_say: Say | None
    then: Then = field(repr=False, compare=False)
    read_back: tuple[int, ...] = ()
    since: tuple[int, ...] = ()

    @property
    def about(self) -> str:
        """What the goal, support or person that it is about was called then; nothing without a name."""
        return about(self.then.called, self.made)

    @property
    def decided_by(self) -> Decider:
        """Who decided it, as far as can be known."""
        return decided_by(self.made, self.then.plan, self.say, self.representative_say)

    @property
    def weighty(self) -> bool:
        """Whether it goes deep into the client's life."""
        return isinstance(self.made, WEIGHTY)

    @property
    def missing(self) -> bool:
        """No say of the client was found: not with the decision, nor about the same since."""
        return not gave_a_say(self.say) and not self.since

    @property
    def entries(self) -> tuple[int, ...]:
        """Where it can be read."""
        return (self.made.number, *self.read_back, *self.since)


class OfTheSay:
    """All decisions in one reading of a case: what is missing first, then the latest."""

    def __init__(self, then: Then) -> None:
        self.plan, self.searched, self._then = then.plan, then.searched, then
        made = [entry for entry in then.told.values() if isinstance(entry, Decision)]
        found = map(self._of, sorted(made, key=lambda e: (e.day, e.number), reverse=True))
        self.decisions = sorted(found, key=lambda one: not (one.weighty and one.missing))

    @property
    def by_means(self) -> dict[Means, int]:
        """How many on each rung, the strongest first."""
        counted = Counter(one.say.means for one in self.decisions)
        return {means: counted[means] for means in Means}

    @property
    def by_stance(self) -> dict[Stance, int]:
        """How many with each stance that there is."""
        counted = Counter(one.say.stance for one in self.decisions)
        return {stance: counted[stance] for stance in Stance if counted[stance]}

    @property
    def weighty_and_missing(self) -> int:
        """How many go deep, and show no say."""
        return sum(one.weighty and one.missing for one in self.decisions)

    def of(self, means: Means | None = None, stance: Stance | None = None) -> list[Evidence]:
        """Those on one rung, with one stance; all of them when neither is asked."""
        return [
            one
            for one in self.decisions
            if means in (None, one.say.means) and stance in (None, one.say.stance)
        ]

    def _of(self, made: Decision) -> Evidence:
        readings = self.plan.readings.get(made.number, [])
        say, other = settled(made.say, readings), made.representative_say
        return Evidence(
            made,
            say,
            other and settled(other, readings),
            self._then,
            tuple(reading.entry for reading in readings),
            () if gave_a_say(say) else self._since(made),
        )

    def _since(self, made: Decision) -> tuple[int, ...]:
        """Where the client spoke afterwards of the same, or of the decision itself."""
        subjects = {made.concerns or made.number, made.number}
        held = (p for subject in subjects for p in self.plan.stances_on(subject).of())
        later = {p.entry for p in held if gave_a_say(p.say) and (p.on, p.entry) > (made.day, made.number)}
        return tuple(sorted(later))


def about(called: Called, entry: Entry) -> str:
    """What the goal, support or person that an entry is about was called then; nothing without a name."""
    names = called.at(entry)
    return names.get(entry.concerns, "") if entry.concerns is not None else ""
