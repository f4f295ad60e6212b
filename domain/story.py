"""Who the client is, in own words: conversations, wishes, what matters, strengths, and the daily note."""

from __future__ import annotations

from dataclasses import KW_ONLY
from typing import Unpack
from uuid import UUID, uuid4

from domain.entry import Entry, Telling
from domain.history import History, said
from domain.kinds import ConversationKind, LifeArea, Matter, OpensWith, Topic, Voice, WishForm
from domain.nouns import Talk, Told
from domain.plan import Plan
from domain.say import Words


class ConversationHeld(Entry):
    """People talked. Was the client there, and if not, why?"""

    TOPIC = "conversation_held"
    kind: ConversationKind
    client_present: bool
    _: KW_ONLY
    present: tuple[str, ...] = ()
    absent: tuple[str, ...] = ()
    why_absent: Words = ""
    opening_question: Words = ""
    opening_about: OpensWith | None = None
    discussed: tuple[Topic, ...] = ()
    why_not_discussed: Words = ""
    technique: str = ""
    words: Words = ""
    own_reading: Words = ""  # the listener's, marked as such

    def tell(self, plan: Plan) -> None:
        plan.talks.append(
            Talk(self.number, self.day, self.kind, self.client_present, tuple(self.present), self.by)
        )


class WishVoiced(Entry):
    """The client said what they wish for. A wish is never deleted."""

    TOPIC = "wish_voiced"
    SUBJECT = "wish_id"
    NAMES = ("wish_id", "words")
    wish_id: UUID
    words: Words
    form: WishForm
    voiced_by: Voice
    _: KW_ONLY
    heard_by: str = ""
    life_area: LifeArea | None = None

    def tell(self, plan: Plan) -> None:
        plan.wishes[self.wish_id] = Told(
            self.number, self.day, self.words, self.voiced_by, self.life_area, self.form
        )


class WhatMattersSaid(Entry):
    """The client said what matters in their life."""

    TOPIC = "what_matters_said"
    CLIENT_TOLD = True
    words: Words
    subject: Matter

    def tell(self, plan: Plan) -> None:
        plan.matters.append(Told(self.number, self.day, self.words, Voice.CLIENT, None, self.subject))


class StrengthNamed(Entry):
    """Somebody named what the client is good at."""

    TOPIC = "strength_named"
    words: Words
    named_by: Voice
    _: KW_ONLY
    life_area: LifeArea | None = None

    def tell(self, plan: Plan) -> None:
        plan.strengths.append(Told(self.number, self.day, self.words, self.named_by, self.life_area))


class ActionTaken(Entry):
    """The daily note: what was done, by whom, and whether the client did it too."""

    TOPIC = "action_taken"
    words: Words
    _: KW_ONLY
    goal_id: UUID | None = None
    done_by: str = ""
    with_client: bool | None = None


class Story(History):
    """What one may add to the client's story."""

    def hold_conversation(self, **facts: Unpack[Holding]) -> None:
        """People talked."""
        if not facts["client_present"]:
            said("why_absent", facts.get("why_absent", ""))
        self.record(ConversationHeld, **facts)

    def voice_wish(
        self,
        words: str,
        form: WishForm,
        voiced_by: Voice,
        heard_by: str = "",
        life_area: LifeArea | None = None,
        **how: Unpack[Telling],
    ) -> UUID:
        """Write down a wish in the words it was said; gives its id."""
        facts = {"words": said("words", words), "form": form, "voiced_by": voiced_by, "life_area": life_area}
        heard = heard_by or how["by"].name
        self.record(WishVoiced, wish_id=(wish_id := uuid4()), heard_by=heard, **facts, **how)
        return wish_id

    def say_what_matters(self, words: str, subject: Matter, **how: Unpack[Telling]) -> None:
        """Write down what matters to the client."""
        self.record(WhatMattersSaid, words=said("words", words), subject=subject, **how)

    def name_strength(
        self, words: str, named_by: Voice, life_area: LifeArea | None = None, **how: Unpack[Telling]
    ) -> None:
        """Write down a strength."""
        self.record(StrengthNamed, words=said("words", words), named_by=named_by, life_area=life_area, **how)

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
        if goal_id is not None:
            self.there(lambda plan: plan.goals, goal_id, how)
        facts = {"goal_id": goal_id, "done_by": done_by or how["by"].name, "with_client": with_client}
        self.record(ActionTaken, words=said("words", words), **facts, **how)


class Holding(Telling, total=False):
    """What goes into a conversation."""

    kind: ConversationKind
    client_present: bool
    present: tuple[str, ...]
    absent: tuple[str, ...]
    why_absent: str
    opening_question: str
    opening_about: OpensWith | None
    discussed: tuple[Topic, ...]
    why_not_discussed: str
    technique: str
    words: str
    own_reading: str
