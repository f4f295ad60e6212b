"""The small forms of Mijn plan: plain words, and the same commands as everybody's."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from enum import StrEnum
from typing import ClassVar
from uuid import UUID

from marshmallow import RAISE, Schema, ValidationError

from domain import errors
from domain.entry import Facts, Subject
from domain.kinds import (
    Asks,
    ComplaintLaw,
    ConsentPurpose,
    Part,
    RequestKind,
    WhyWithdrawn,
    WishForm,
)
from domain.proposals import ProposalMade
from domain.representation import speaks_as
from domain.say import Stance
from projections.my_plan import name_of
from web.access import actor
from web.accounts.staff import not_staff, staff_here
from web.desk import today
from web.forms.fields import CHOOSE, Choice, Day, Question, Several, Words
from web.forms.picks import Kept, Pick, subject
from web.forms.situation import Option, Situation
from web.mine.reader import Reader

ANSWERED_WITHIN = timedelta(days=7)
Command = tuple[str, Facts]  # its name, and what it is told


class MyForm(Schema):
    """One thing the client, or who speaks for them, may do here. Its texts are said to the reader."""

    class Meta:
        """What is not asked is not taken."""

        unknown = RAISE

    TITLE: ClassVar[str]
    INTRO: ClassVar[str] = ""
    SEND: ClassVar[str] = "Send"
    DONE: ClassVar[str]
    AFTER_CLOSING: ClassVar[bool] = False
    about = Kept(key=subject)

    @property
    def questions(self) -> dict[str, Question]:
        """What is asked, in order."""
        return {name: field for name, field in self.fields.items() if isinstance(field, Question)}

    def command(self, me: Reader, asked: Facts, version: int) -> Command:
        """The command, and what it is told. Refused when it is not theirs to give."""
        raise NotImplementedError

    def concerns(self, asked: Facts) -> set[Subject]:
        """What it is about."""
        return {asked["about"]} if "about" in asked else set()


class Propose(MyForm):
    """I want something else."""

    TITLE = "I want something else"
    DONE = "Your proposal was sent. %(name)s answers before %(day)s."
    then = Words("What do you want to be different?", required=True)

    def command(self, me: Reader, asked: Facts, version: int) -> Command:  # noqa: ARG002
        about = asked.get("about")
        if isinstance(about, int) and about in me.plan.proposals:  # they come back to what they were asked
            about = me.plan.proposals[about].subject
        facts: Facts = {"subject": about, "now": name_of(me.plan, about), "then": asked["then"]}
        facts |= {"proposed_by": me.voice, "asks": Asks.ORGANISATION}
        return "make_proposal", facts | {"answer_by": today() + ANSWERED_WITHIN}

    def concerns(self, asked: Facts) -> set[Subject]:  # noqa: ARG002
        """A proposal stands beside any other change: nobody's text is lost by it."""
        return set()


class Wish(MyForm):
    """I wish for something."""

    TITLE = "I have a wish"
    INTRO = "A wish stays in your plan. Nobody takes it out."
    DONE = "Your wish is in your plan."
    words = Words("What do you wish for?", required=True)

    def command(self, me: Reader, asked: Facts, version: int) -> Command:  # noqa: ARG002
        return "voice_wish", {"words": asked["words"], "form": WishForm.SAID, "voiced_by": me.voice}


class Wrong(StrEnum):
    """What is not right: a fact, which is put right, or a view, beside which one's own is put."""

    FACT = "fact"
    VIEW = "view"


class NotRight(MyForm):
    """This is not right."""

    TITLE = "This is not right"
    INTRO = "A fact that is wrong is put right. Where you see it differently, your words are put beside it."
    DONE = "Your words are kept. %(name)s reads them."
    AFTER_CLOSING = True
    wrong = Choice("What is not right?", Wrong, required=True)
    words = Words("What is right?", hint="Write it the way you say it.", required=True)

    def command(self, me: Reader, asked: Facts, version: int) -> Command:  # noqa: ARG002
        number = entry_of(me, asked.get("about"))
        if asked["wrong"] is Wrong.VIEW:
            facts = {"entry": number, "words": asked["words"], "stated_by": me.voice}
            return "add_statement", facts
        facts = {"kind": RequestKind.CORRECTION, "asked_by": me.voice, "words": asked["words"]}
        return "receive_request", facts | {"about": number}

    def concerns(self, asked: Facts) -> set[Subject]:  # noqa: ARG002
        """It stands beside what it is about."""
        return set()


class TakeBack(MyForm):
    """I take this back."""

    TITLE = "I take this back"
    INTRO = "It stays readable that you wrote it, and that you took it back."
    SEND = "Take it back"
    DONE = "You took it back."
    AFTER_CLOSING = True
    words = Words("Do you want to say why?", otherwise="")

    def command(self, me: Reader, asked: Facts, version: int) -> Command:  # noqa: ARG002
        about = asked.get("about")
        entry = me.case.standing_entry(about if isinstance(about, int) else 0)
        if isinstance(entry, ProposalMade):
            return "take_back_proposal", {"proposal": entry.number, "reason": asked["words"]}
        facts = {"entry": entry.number, "reason": WhyWithdrawn.IN_ERROR, "words": asked["words"]}
        return "withdraw_entry", facts


def others(at: Situation) -> Iterator[Option]:
    """Whom something can be allowed: neither our own staff, nor who speaks for the client and reads this."""
    reader = str(speaks_as(at.plan, actor().user, at.on))
    return (option for option in not_staff(at) if option.value != reader)


class Allow(MyForm):
    """Somebody may see this."""

    TITLE = "Who may see what"
    INTRO = "Only what you choose here is shared. You can stop it on any day."
    SEND = "Yes, they may see this"
    DONE = "You allowed it. You can stop it on any day."
    to = Pick("Who may see something of your plan?", others, required=True)
    parts = Several("What may they see?", Part, required=True)
    until = Day("Until which day?", hint="dd-mm-yyyy. Leave it empty when there is no last day.")

    def command(self, me: Reader, asked: Facts, version: int) -> Command:
        if asked["to"] == me.person or asked["to"] in staff_here(me.plan):
            raise ValidationError(CHOOSE, "to")
        facts = {"purpose": ConsentPurpose.SHARING, "to": asked["to"], "parts": asked["parts"]}
        return "give_consent", facts | {"until": asked.get("until")} | me.deciding(Stance.AGREES, version)

    def concerns(self, asked: Facts) -> set[Subject]:  # noqa: ARG002
        """It stands beside what was allowed before."""
        return set()


class StopSharing(MyForm):
    """Somebody may not see this any longer."""

    TITLE = "Stop sharing"
    INTRO = "From now on this is not allowed any longer. What somebody read before they may still know."
    SEND = "Stop sharing"
    DONE = "It stopped at once. You can allow it again on any day."
    AFTER_CLOSING = False

    def command(self, me: Reader, asked: Facts, version: int) -> Command:
        facts: Facts = {"consent": asked.get("about", 0)}
        return "withdraw_consent", facts | me.deciding(Stance.DISAGREES, version)


class Complain(MyForm):
    """I have a complaint."""

    TITLE = "I have a complaint"
    INTRO = "You may always complain. It does not make your help less."
    DONE = "Your complaint is kept. You hear from us what happens with it."
    AFTER_CLOSING = True
    words = Words("What is your complaint?", required=True)

    def command(self, me: Reader, asked: Facts, version: int) -> Command:  # noqa: ARG002
        basis = str(me.plan.legal_basis)
        law = ComplaintLaw(basis) if basis in set(ComplaintLaw) else ComplaintLaw.WKKGZ
        facts = {"words": asked["words"], "law": law, "voiced_by": me.voice}
        return "voice_complaint", facts | {"in_writing_on": today()}


FORMS: dict[str, type[MyForm]] = {
    "propose": Propose,
    "wish": Wish,
    "not-right": NotRight,
    "take-back": TakeBack,
    "allow": Allow,
    "stop-sharing": StopSharing,
    "complain": Complain,
}


def entry_of(me: Reader, about: Subject | None) -> int:
    """The entry that something on the page comes from. What they do not read is on no page of theirs."""
    if isinstance(about, int) and any(entry.number == about for entry in me.case.entries):
        return about
    held = {**me.plan.goals, **me.plan.supports, **me.plan.wishes, **me.plan.people}
    if not isinstance(about, UUID) or about not in held:
        raise errors.NoSuchEntry("about")
    return held[about].entry
