"""The tabs of a case: those that this reader has, the ones of every day in sight and the others folded."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Flask, request

from domain.kinds import Part
from web.access import can, shows

IN_SIGHT = 8  # what stands beside each other on a common screen


@dataclass(frozen=True)
class Tab:
    """A page of a case, and what one needs to read it."""

    endpoint: str
    label: str
    right: str = "read_case"
    parts: tuple[Part, ...] = ()

    @property
    def here(self) -> bool:
        """It is the page that is shown."""
        return bool(request.endpoint == self.endpoint)


TABS = (
    Tab("case.case", "Overview"),
    Tab("case.story", "Story", parts=(Part.STORY,)),
    Tab("case.plan", "Plan"),
    Tab("case.chain", "Wish to support", parts=(Part.STORY, Part.GOALS, Part.SUPPORT)),
    Tab("case.whole_timeline", "Timeline"),
    Tab("case.people", "Who takes part", parts=(Part.PEOPLE,)),
    Tab("case.signals", "Signals", right="read_signals"),
    Tab("case.documents", "Documents", parts=(Part.DOCUMENTS,)),
    Tab("look_back.look_back", "Looking back"),
    Tab("questions.of_case", "Inspector's questions", right="read_review"),
    Tab("looks_in.looks_in_case", "Who looked", right="read_review"),
)
TO_REVIEW = ("case.case", "case.plan", "case.whole_timeline", "look_back.look_back", "questions.of_case")


def tabs() -> tuple[list[Tab], list[Tab]]:
    """Those in sight, the page that is shown always among them; and those under "More", never one alone."""
    mine = [tab for tab in TABS if can(tab.right) and shows(*tab.parts)]
    if not can("record"):  # who reviews comes for other pages than who records
        mine.sort(key=lambda tab: tab.endpoint not in TO_REVIEW)
    if len(mine) <= IN_SIGHT + 1:
        return mine, []
    first, others = mine[:IN_SIGHT], mine[IN_SIGHT:]
    return first + [tab for tab in others if tab.here], [tab for tab in others if not tab.here]


def teach(app: Flask) -> None:
    """Templates know them."""
    app.add_template_global(tabs)
