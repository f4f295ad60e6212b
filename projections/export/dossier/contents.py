"""What stands in a dossier: one reading of a case at a moment, as one reader may read it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cached_property
from typing import Any
from uuid import UUID

from domain import nouns
from domain.entry import Decision, Entry
from domain.plan import Plan, standing
from domain.record import StatementAdded
from domain.say import NO
from projections.access import Looks
from projections.amended import Amendment, amendments
from projections.contacts import Contact
from projections.days import Day, by_day
from projections.entries import TimelineEntry, facts_of
from projections.export.dossier.asked import Asked
from projections.export.dossier.names import without_names
from projections.export.words import Words, in_language
from projections.masked import Teams, in_wrong_case, masked
from projections.plan_page import PlanPage
from projections.refusal_threads import Thread
from projections.shown_facts import NOT_SHOWN, Noun, kinds, nouns_of, stands, title
from projections.sides import Side
from projections.timeline import Line, timeline, wordless

# All other numbers are those of entries.
NUMBERS = {"minutes", "score", "client_score", "worker_score", "version", "number", "size"}
PUT_RIGHT = {"was", "now", "field", "entry"}  # shown as what stood there and what stands there
# Kinds of noun that stand somewhere else in a dossier; what the plan says of the case stands on top.
REFUSED = "support_refused"  # stands with what became of it
ELSEWHERE = {"goals", "supports", "agreements", "people", "parties", "refusals", "disagreements", "case"}
Told = tuple[str, str]  # what a fact is called, and what it says


@dataclass(frozen=True)
class Beside:
    """What belongs to a client beside the entries of the case. `transfer`: for who takes it over."""

    looks: tuple[tuple[Looks, tuple[str, ...]], ...] = ()  # each with what it was for, in words
    contacts: tuple[Contact, ...] = ()
    transfer: bool = False


class Dossier:
    """One dossier. `team`: the reader's, for what only one team may read; `today`: when it is made."""

    def __init__(
        self,
        case_id: UUID,
        entries: Sequence[Entry],
        asked: Asked,
        *,
        team: str | Teams | None,
        today: date,
        beside: Beside | None = None,
    ) -> None:
        self.case_id, self.asked, self.today = case_id, asked, today
        self.words: Words = in_language(asked.language)
        swap = without_names(entries, self.words) if asked.without_names else _as_it_is
        told, self.beside = swap(list(entries)), swap(beside or Beside())
        hidden = masked(told, team, today)
        self.lines = timeline(told, on=asked.on, known=asked.known, team=team, today=today)[::-1]
        read = (e for e in told if e.number not in hidden and e.timestamp <= asked.known)
        self._told = {e.number: wordless(e) if in_wrong_case(e) else e for e in read}
        self.page = PlanPage(case_id, self._told.values(), asked.on)

    @property
    def plan(self) -> Plan:
        """The plan at that moment."""
        return self.page.plan

    @property
    def told(self) -> list[Entry]:
        """The entries that this reader reads, as they go in here: without names, when those are left out."""
        return list(self._told.values())

    @property
    def called(self) -> str:
        """What the client is called."""
        return self.words.person(None, self.plan)

    @property
    def days(self) -> list[Day]:
        """Every entry, the oldest first, by day and conversation."""
        return by_day(self.lines)

    @property
    def decisions(self) -> list[Line]:
        """Every decision that stands, with the say that belongs to it."""
        return [li for li in self.lines if isinstance(li.entry, Decision) and not li.withdrawn]

    @property
    def masked(self) -> int:
        """How many entries this reader does not read."""
        return sum(line.masked for line in self.lines)

    @cached_property
    def amendments(self) -> list[Amendment]:
        """What was put right or taken out, with what stood there."""
        found = amendments({e.number: e for e in standing(self._told.values())}, self._told)
        told = (one for by in found.values() for one in by if one.was_so_by(self.asked.on))
        return sorted(told, key=lambda one: one.by.number)

    @property
    def statements(self) -> list[StatementAdded]:
        """What was put beside these entries, also since their day."""
        return [statement for line in self.lines for statement in line.statements]

    @property
    def refusals(self) -> list[Thread]:
        """Every no, the first one first."""
        return self.page.threads[::-1]

    @property
    def other_noes(self) -> list[Line]:
        """What else the client said no to: in an answer, or in a decision that was taken all the same."""
        said = ((line, line.say) for line in self.lines if line.say and not line.withdrawn)
        return [li for li, say in said if say.person is None and say.stance in NO and li.topic != REFUSED]

    @property
    def disagreements(self) -> list[Side]:
        """Who sees what differently."""
        by_subject = (self.page.about(key).sides for key in self._subjects_of_disagreement())
        return [side for sides in by_subject for side in sides]

    @property
    def planned(self) -> list[nouns.Evaluation]:
        """When we look back together, soonest first."""
        planned = (e for e in self.plan.evaluations.values() if e.planned_on and not e.held_on)
        return sorted(planned, key=lambda held: held.planned_on or self.today)

    @property
    def others(self) -> Iterator[tuple[str, list[tuple[str, list[Told]]]]]:
        """What else the plan holds: by kind, each thing that holds by its name, with its facts."""
        for kind in (kind for kind in kinds() if kind not in ELSEWHERE):
            held = nouns_of(self.plan, kind, self.case_id).values()
            told = [self._noun(kind, noun) for noun in held if stands(noun, self.asked.on)]
            if told:
                yield self.words.named("In the plan", kind), told

    def facts(self, line: Line) -> list[Told]:
        """What an entry says, beside the say; of a correction what it changed."""
        if line.entry is None:
            return []
        name, _ = line.entry.NAMES
        left_out = {name, *(PUT_RIGHT if line.topic == "entry_corrected" else ())}
        told = facts_of(line.entry)
        return self._facts({key: of for key, of in told.items() if key not in left_out}, line)

    def put_right(self, amendment: Amendment) -> tuple[str, str, str]:
        """What a correction is about, what stood there, and what stands there now."""
        fact, names = amendment.fact, self._names
        if fact is None:
            return "", "", ""
        was, now = (self.words.fact(value, names) for value in (fact.was, fact.now))
        return self.words.named("Field", fact.by.field), was, now

    def as_data(self) -> list[TimelineEntry]:
        """Every entry for a program, by number."""
        return [TimelineEntry.of(line) for line in sorted(self.lines, key=lambda line: line.number)]

    @cached_property
    def _names(self) -> dict[Any, str]:
        plan = self.plan
        held = (plan.goals, plan.supports, plan.wishes, plan.people, plan.parties, plan.needs, plan.points)
        return {key: title("", [noun], ()) for nouns_ in held for key, noun in nouns_.items()}

    def _noun(self, kind: str, noun: Noun) -> tuple[str, list[Told]]:
        """What it is called, and what it says beside that."""
        name = title(kind, [noun], [self.plan])
        said = self._facts({key: value for key, value in vars(noun).items() if value is not False})
        return name, [(fact, text) for fact, text in said if text != name]

    def _facts(self, facts: dict[str, Any], line: Line | None = None) -> list[Told]:
        names = {**self._names, **(line.names if line else {})}
        shown = ((name, value) for name, value in facts.items() if name not in NOT_SHOWN | {"since"})
        told = ((name, self._fact(name, value, names)) for name, value in shown)
        return [(self.words.named("Field", name), text) for name, text in told if text]

    def _fact(self, name: str, value: Any, names: dict[Any, str]) -> str:
        if isinstance(value, int) and not isinstance(value, bool) and name not in NUMBERS:
            return self.words.gettext("Entry %(number)s", number=value)
        return self.words.fact(value, names)

    def _subjects_of_disagreement(self) -> list[Any]:
        return list(dict.fromkeys(d.subject for d in self.plan.disagreements.values()))


def _as_it_is(thing: Any) -> Any:
    return thing
