"""Who the client is, in own words: wishes, what matters, strengths, and the people around them."""

from __future__ import annotations

from dataclasses import KW_ONLY
from typing import Unpack
from uuid import UUID, uuid4

from domain import errors
from domain.entry import Deciding, Decision, Entry, Telling
from domain.history import History, said
from domain.kinds import Doing, LifeArea, Matter, Voice, WishForm
from domain.nouns import Ability, Circle, Introduction, Released, Tie, Told
from domain.plan import Plan
from domain.representation import enough
from domain.say import Words


class IntroductionHeld(Entry):
    """Getting to know each other: strong sides, what matters, and what care is for in it."""

    TOPIC = "introduction_held"
    CLIENT_TOLD = True
    _: KW_ONLY
    strengths: Words = ""
    what_matters: Words = ""
    role_of_care: Words = ""

    def tell(self, plan: Plan) -> None:
        plan.introductions.append(
            Introduction(self.number, self.day, self.strengths, self.what_matters, self.role_of_care)
        )


class WishVoiced(Entry):
    """The client said what they wish for. A wish is never deleted."""

    TOPIC = "wish_voiced"
    SUBJECT = "wish_id"
    NAMES = ("wish_id", "words")
    FACTS = ("heard_by", "life_area")
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
    FACTS = ("subject",)
    words: Words
    subject: Matter

    def tell(self, plan: Plan) -> None:
        plan.matters.append(Told(self.number, self.day, self.words, Voice.CLIENT, None, self.subject))


class StrengthNamed(Entry):
    """Somebody named what the client is good at."""

    TOPIC = "strength_named"
    FACTS = ("life_area",)
    words: Words
    named_by: Voice
    _: KW_ONLY
    life_area: LifeArea | None = None

    def tell(self, plan: Plan) -> None:
        plan.strengths.append(Told(self.number, self.day, self.words, self.named_by, self.life_area))


class SuccessMarked(Entry):
    """Something went well, according to somebody."""

    TOPIC = "success_marked"
    words: Words
    named_by: Voice

    def tell(self, plan: Plan) -> None:
        plan.successes.append(Told(self.number, self.day, self.words, self.named_by))


class AbilityDescribed(Entry):
    """What the client does alone, with help, or leaves to somebody else. The newest of a task stands."""

    TOPIC = "ability_described"
    FACTS = ("task",)
    task: str
    doing: Doing
    _: KW_ONLY
    words: Words = ""

    def tell(self, plan: Plan) -> None:
        now = Ability(self.number, self.day, self.task, self.doing, self.words)
        plan.abilities = [*(other for other in plan.abilities if not other.same_task(now)), now]


class CircleDrawn(Entry):
    """The people in the client's life, and how close they are, as drawn on this day."""

    TOPIC = "circle_drawn"
    FACTS = ("with_client",)
    ties: tuple[Tie, ...]
    with_client: bool

    def tell(self, plan: Plan) -> None:
        plan.circles.append(Circle(self.number, self.day, tuple(self.ties), self.with_client))


class StoryReleased(Decision):
    """The client lets a story of theirs be told, for a purpose, until they take that back."""

    TOPIC = "story_released"
    NAMES = ("number", "words")
    words: Words
    purpose: Words

    def tell(self, plan: Plan) -> None:
        plan.released[self.number] = Released(self.number, self.counts_from, self.words, self.purpose)


class Story(History):
    """What one may add to the client's story."""

    def hold_introduction(
        self, strengths: str = "", what_matters: str = "", role_of_care: str = "", **how: Unpack[Telling]
    ) -> None:
        """Write down what was told in getting to know each other: at least one of the three."""
        if not (strengths + what_matters + role_of_care).strip():
            raise errors.NothingFilledIn("strengths")
        facts = {"strengths": strengths, "what_matters": what_matters, "role_of_care": role_of_care}
        self.record(IntroductionHeld, **facts, **how)

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

    def mark_success(self, words: str, named_by: Voice, **how: Unpack[Telling]) -> None:
        """Write down what went well."""
        self.record(SuccessMarked, words=said("words", words), named_by=named_by, **how)

    def describe_ability(self, task: str, doing: Doing, words: str = "", **how: Unpack[Telling]) -> None:
        """Write down who does a task. It takes the place of what was described of that task before."""
        self.record(AbilityDescribed, task=said("task", task), doing=doing, words=words, **how)

    def draw_circle(self, ties: tuple[Tie, ...], *, with_client: bool, **how: Unpack[Telling]) -> None:
        """Draw who is in the client's life: at least one person, each with a name."""
        for name in [tie.person for tie in ties] or [""]:
            said("ties", name)
        self.record(CircleDrawn, ties=tuple(ties), with_client=with_client, **how)

    def release_story(self, words: str, purpose: str, **how: Unpack[Deciding]) -> int:
        """Let a story be told; gives the entry number, by which it is taken back. Only the client can."""
        other, whole = how.get("representative_say"), self.entries[0].originator_id
        person, own = other.person if other and other.agrees else None, how["say"].agrees
        if not own or not enough(self.plan_for(how), whole, self.day_of(how), own=own, other=person):
            raise errors.NotReleased
        facts = {"words": said("words", words), "purpose": said("purpose", purpose)}
        return self.record(StoryReleased, **facts, **how)
