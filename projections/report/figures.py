"""The figures of a report: what is counted (below the line), and which of it counts (above the line)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from domain.entry import Initiative
from domain.kinds import Fit, Voice
from domain.say import NO as SAID_NO
from domain.say import Means, Stance
from projections.report.counted import OPEN, UNKNOWN, YES

ABOVE, REST = "above", "rest"  # of a figure: what counts above the line, and what is only below it
SAY_IS_KNOWN = frozenset(Stance) - {Stance.NOT_ASKED, Stance.UNKNOWN}


@dataclass(frozen=True)
class Figure:
    """One figure. `of` is what is counted; `groups` are the clients of whom there must be enough.

    `counts` are the kinds above the line; of a figure that is `split`, every kind is shown apart.
    """

    name: str
    of: str
    groups: tuple[str, ...]
    counts: frozenset[str] = frozenset({YES})
    split: tuple[str, ...] = ()
    days: bool = False  # its kinds are numbers of days
    by_team: bool = True  # whether each thing it counts is of one team


DECISION = ("decision",)
LESS = ("less", "no less")
FIGURES = (
    Figure("say", "stance", DECISION, SAY_IS_KNOWN),
    Figure("said_no", "stance", DECISION, SAID_NO),
    Figure("started", "initiative", DECISION, frozenset({Initiative.CLIENT})),
    Figure("stances", "stance", DECISION, split=tuple(Stance)),
    Figure("ladder", "means", DECISION, split=tuple(Means)),
    Figure("own_words", "goal", ("goal",), frozenset({Voice.CLIENT})),
    Figure("present", "talk", ("talk",)),
    Figure("seen", "text", ("text", "no text")),
    Figure("reason_heard", "refusal_heard", ("refusal_heard",)),
    Figure("alternative", "refusal_alternative", ("refusal_alternative",)),
    Figure("open_door", "refusal_door", ("refusal_door",)),
    Figure("scaled_down", "less", LESS, split=tuple(Initiative)),
    Figure("answered", "proposal", ("proposal",), days=True),
    Figure("in_time", "evaluation_due", ("evaluation_due",)),
    Figure("fit_client", "fit_client", ("fit_client",), split=(*Fit, "unknown")),
    Figure("fit_worker", "fit_worker", ("fit_worker",), split=(*Fit, "unknown")),
    Figure("settled", "disagreement", ("disagreement",)),
    # An entry is of the team that wrote it, a contact of the team that opened the case: these may differ.
    Figure("load", "entry", ("entry", "contact"), by_team=False),
    Figure("steady", "faces", ("faces",)),
    Figure("own_screen", "screen", ("screen",)),
)
BY_NAME: Mapping[str, Figure] = {figure.name: figure for figure in FIGURES}


def of_event(event: str) -> Figure:
    """How often something happened."""
    return Figure(event, f"event {event}", (f"event {event}",))


def above(figure: Figure, kinds: Mapping[str, int]) -> int:
    """How many count above the line: of days, all that got an answer."""
    if figure.days:
        return sum(many for kind, many in kinds.items() if kind != OPEN)
    return sum(kinds.get(kind, 0) for kind in figure.counts)


def kinds_of(figure: Figure, part: str) -> tuple[frozenset[str], bool]:
    """The kinds of a part of a figure, and whether these are in it: or all but these. A part is above the
    line, the rest, one kind, or all of it ("").
    """
    if part in {ABOVE, REST}:
        kinds = frozenset({OPEN}) if figure.days else figure.counts
        return kinds, (part == ABOVE) is not figure.days
    return frozenset({part} if part else ()), bool(part)


def median(kinds: Mapping[str, int]) -> float | None:
    """The middle number of days, or between the two in the middle; exact. None: of nothing they are known."""
    days = sorted((int(kind), many) for kind, many in kinds.items() if kind not in {OPEN, UNKNOWN})
    total = sum(many for _, many in days)
    if not total:
        return None
    low, high = _nth(days, (total - 1) // 2), _nth(days, total // 2)
    return (low + high) / 2


def _nth(days: list[tuple[int, int]], nr: int) -> int:
    """The one at this place, counted from 0."""
    for day, many in days:
        if nr < many:
            return day
        nr -= many
    raise IndexError(nr)
