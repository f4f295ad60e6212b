"""What workers do and see from day to day, apart from what was said."""

from __future__ import annotations

from dataclasses import KW_ONLY
from typing import Unpack
from uuid import UUID

from domain.entry import Entry, Telling
from domain.history import History, said
from domain.kinds import Change, LifeEvent, Voice
from domain.say import Words


class ActionTaken(Entry):
    """The daily note: what was done, by whom, and whether the client did it too."""

    TOPIC = "action_taken"
    FACTS = ("goal_id", "done_by", "with_client")
    words: Words
    _: KW_ONLY
    goal_id: UUID | None = None
    done_by: str = ""
    with_client: bool | None = None


class ObservationMade(Entry):
    """Somebody saw something. What was seen stands apart from what was said, and from what it may mean."""

    TOPIC = "observation_made"
    words: Words


class ChangeNoticed(Entry):
    """Somebody noticed that the client is not as before: withdrawn, restless, worse or better."""

    TOPIC = "change_noticed"
    kind: Change
    words: Words
    noticed_by: Voice


class LifeEventHappened(Entry):
    """Something happened in the client's life."""

    TOPIC = "life_event_happened"
    FACTS = ("kind",)
    kind: LifeEvent
    words: Words


class Noticing(History):
    """What one may record of the days."""

    def take_action(
        self,
        words: str,
        goal_id: UUID | None = None,
        done_by: str = "",
        *,
        with_client: bool | None = None,
        **how: Unpack[Telling],
    ) -> None:
        """Write the daily note."""
        facts = {"goal_id": goal_id, "done_by": done_by or how["by"].name, "with_client": with_client}
        self.record(ActionTaken, words=said("words", words), **facts, **how)

    def make_observation(self, words: str, **how: Unpack[Telling]) -> None:
        """Write down what was seen."""
        self.record(ObservationMade, words=said("words", words), **how)

    def notice_change(self, kind: Change, words: str, noticed_by: Voice, **how: Unpack[Telling]) -> None:
        """Write down what is not as before, and who noticed."""
        self.record(ChangeNoticed, kind=kind, words=said("words", words), noticed_by=noticed_by, **how)

    def note_life_event(self, kind: LifeEvent, words: str, **how: Unpack[Telling]) -> None:
        """Write down what happened in the client's life."""
        self.record(LifeEventHappened, kind=kind, words=said("words", words), **how)
