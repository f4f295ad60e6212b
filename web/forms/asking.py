"""What every form asks: when it was so, and for a decision the client's say."""

from __future__ import annotations

import re
from collections.abc import Mapping
from typing import Any, ClassVar

from marshmallow import RAISE, Schema, ValidationError, validates_schema

from domain.case import Case
from domain.days import Precision
from domain.entry import Actor, Facts, Initiative, Role
from domain.kinds import Voice
from domain.say import Say, Stance, WhyNotAsked, means_of
from web.forms.fields import CHOOSE, Choice, Day, Question, Tick, Words, YesNo
from web.forms.pickers import evaluations_held, people
from web.forms.picks import Kept, Pick, noun, number
from web.forms.saying import (
    BESIDE,
    HOW,
    ShownVersion,
    half_said,
    representatives,
    take_more,
    take_representative,
)
from web.forms.situation import Situation


class EntryForm(Schema):
    """What every entry asks: when it was so. The class is named after its command."""

    class Meta:
        """What is not asked is not taken."""

        unknown = RAISE

    OFTEN: ClassVar[int] = 0  # the higher, the more often it is used
    STEPS: ClassVar[tuple[str, ...]] = ()  # to be chosen before the rest can be asked
    OWN_PAGE: ClassVar[bool] = False  # asked on a page of its own: not among the forms of a case
    LAST: ClassVar[tuple[str, ...]] = ()  # of its own facts, those that are asked after the say
    LAST_TITLE: ClassVar[str] = ""  # what they are called together; without it they are folded
    FOR_EVER: ClassVar[bool] = False  # nothing brings back what it does
    VOICE: ClassVar[str] = ""  # what asks in whose voice it is: who works elsewhere has only their own
    happened_on = Day("Date", required=True)
    precision = Choice("How exactly is the date known?", Precision)
    conversation_id = Kept(key=noun)
    about = Kept(key=number)

    @validates_schema
    def words_or_none(self, facts: Facts, **_: Any) -> None:
        if facts.get("seen") and facts.get("client_words", "").strip():
            raise ValidationError("Here are words of the client. Take the words out, or this tick.", "seen")

    @classmethod
    def command(cls) -> str:
        """The command of Case that this form is for."""
        return re.sub(r"(?<!^)(?=[A-Z])", "_", cls.__name__).lower()

    @property
    def questions(self) -> dict[str, Question]:
        """What is asked, in order."""
        return {name: field for name, field in self.fields.items() if isinstance(field, Question)}

    @property
    def names(self) -> set[str]:
        """What the fields are called on a page; an amount has one for each of its parts."""
        parts = {f"{name}.{part}" for name, asked in self.questions.items() for part in asked.parts}
        return {*self.questions} | parts

    @property
    def own(self) -> list[str]:
        """The facts of this command alone."""
        of_the_say = DecisionForm().fields if "client_words" in self.fields else {}
        shared = {*EntryForm().fields, *of_the_say}
        return [name for name in self.fields if name not in shared]

    @property
    def in_order(self) -> list[str]:
        """What is asked, as it stands on a page."""
        first = [*self.STEPS, *(name for name in self.own if name not in self.LAST)]
        folded = [name for names in self.folded.values() for name in names]
        return list(dict.fromkeys([*first, *self.of_the_say, *folded, *self.LAST, *self.fields]))

    @property
    def of_the_say(self) -> list[str]:
        """What is asked about the say, in this form."""
        return [name for name in ASKED if name in self.fields and name not in self.own]

    @property
    def folded(self) -> dict[str, list[str]]:
        """What more can be told about the say: how it came, and what a representative said beside it."""
        folds = {"how": HOW, "beside": BESIDE}
        asked = {fold: [name for name in names if name in self.fields] for fold, names in folds.items()}
        return {fold: names for fold, names in asked.items() if names}

    def is_possible(self, at: Situation) -> bool:
        """Whether there is something to choose wherever something has to be chosen."""
        return all(q.options(at) for q in self.questions.values() if isinstance(q, Pick) and q.required)

    def suit(self, at: Situation, values: Mapping[str, Any]) -> None:
        """What is asked can depend on what was chosen before."""

    def asks_of(self, role: Role) -> None:
        """What is asked can depend on who fills it in."""
        voice = self.fields.get(self.VOICE)
        if role is Role.PARTNER and isinstance(voice, Choice):
            voice.choices = [Voice.WORKER]

    def facts(self, values: Mapping[str, Any], by: Actor) -> Facts:
        """The facts for the command, from what was typed or sent. ValidationError names the fields."""
        facts: Facts = self.load(values)
        return {**facts, "by": by}

    def known(self, case: Case) -> dict[str, str]:  # noqa: ARG002  # most forms open empty
        """What the case holds already of what is asked, as it is typed. Never an answer of the client."""
        return {}

    def tell(self, case: Case, facts: Facts) -> None:
        """Tell the case."""
        getattr(case, self.command())(**facts)

    def standing(self, case: Case, values: Mapping[str, Any]) -> dict[str, Any]:  # noqa: ARG002
        """What stands now where something is put right, as it is typed."""
        return {}

    def concerns(self, facts: Facts, case: Case) -> set[Any]:  # noqa: ARG002  # most name it themselves
        """What the entry is about: whatever had to be picked."""
        return {
            facts[n] for n, f in self.fields.items() if isinstance(f, Pick) and f.required and facts.get(n)
        }


class AnswerForm(EntryForm):
    """A decision that is itself the client's answer: it is not asked twice."""

    ANSWERS: ClassVar[Stance]
    initiative = Choice("Whose idea was this?", Initiative, required=True)
    client_words = Words("In the client's own words", hint="May stay empty. Write it down as it was said.")
    seen = Tick("There were no words: the client showed it")
    was_present = YesNo("Was the client there?")
    shown_version = ShownVersion("The text was shown to the client")
    read_alike_by = Pick(
        "Who else saw it, and read it in the same way?",
        people,
        hint="Somebody you do not work with. A yes that was only shown counts when two saw it.",
    )
    representative = Pick("Who was it?", representatives)
    representative_stance = Choice("What did the representative say?", Stance, without=[Stance.NOT_ASKED])
    representative_words = Words("In the representative's own words")
    from_on = Day("Counts from", hint="dd-mm-yyyy. Leave empty when it counts from the date itself.")
    evaluation = Pick("Decided in an evaluation", evaluations_held, key=number)

    @validates_schema
    def said_in_full(self, facts: Facts, **_: Any) -> None:
        if lacking := half_said(facts):
            raise ValidationError(*lacking)

    def facts(self, values: Mapping[str, Any], by: Actor) -> Facts:
        facts = super().facts(values, by)
        facts.setdefault("stance", getattr(self, "ANSWERS", None))
        facts["say"] = take_say(facts, by)
        return facts | take_representative(facts)


class ConsentForm(AnswerForm):
    """The client's own answer; where a representative gives it, what the client says is asked beside it."""

    stance = Choice(
        "What did the client say?",
        Stance,
        without=[Stance.NOT_ASKED],
        hint="Only when a representative answers. Else this form is the client's own answer.",
    )

    @validates_schema
    def the_client_is_heard(self, facts: Facts, **_: Any) -> None:
        if facts.get("representative") and not facts.get("stance"):
            raise ValidationError(CHOOSE, "stance")

    def suit(self, at: Situation, values: Mapping[str, Any]) -> None:  # noqa: ARG002
        """Without a representative there is nothing more to ask."""
        if not list(representatives(at)):
            self.fields.pop("stance", None)

    def facts(self, values: Mapping[str, Any], by: Actor) -> Facts:
        """What the client said about it is kept with it."""
        facts = super().facts(values, by)
        return {**facts, "words": facts["say"].words}


class DecisionForm(AnswerForm):
    """A decision: whose idea it was, and what the client said. Nothing is chosen beforehand."""

    stance = Choice("What did the client say?", Stance, required=True)
    reason_not_asked = Choice("Why was this not asked?", WhyNotAsked, spread=True)
    why = Words("Explanation", hint="Danger, a court or a law: write down which.")

    @validates_schema
    def words_mean_it_was_asked(self, facts: Facts, **_: Any) -> None:
        if facts.get("stance") is Stance.NOT_ASKED and facts.get("client_words", "").strip():
            raise ValidationError("Here are words of the client. Then choose what the client said.", "stance")


ASKED = ("initiative", "stance", "reason_not_asked", "why", "client_words", "seen")
SAY = (*ASKED, *HOW, *BESIDE)  # what is never chosen beforehand


def take_say(facts: Facts, by: Actor) -> Say:
    """Takes what was asked about the say out of the facts and makes it a say; its means are derived."""
    stance, words = facts.pop("stance"), facts.pop("client_words", "")
    reason, why, seen = facts.pop("reason_not_asked", None), facts.pop("why", ""), facts.pop("seen", False)
    means = means_of(stance, words, own_hand=by.role is Role.CLIENT, seen=seen)
    if stance is not Stance.NOT_ASKED:
        reason, why = None, ""
    return Say(stance, means, words, reason=reason, why=why, **take_more(facts))
