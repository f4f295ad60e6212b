"""The client is not content: complaints and their answers."""

from __future__ import annotations

from dataclasses import KW_ONLY
from datetime import date
from typing import Unpack

from domain import errors
from domain.entry import Entry, Telling
from domain.history import History, said
from domain.kinds import ComplaintLaw, Voice
from domain.nouns import Complaint, ComplaintAnswer
from domain.plan import Plan
from domain.say import Words


class ComplaintVoiced(Entry):
    """Somebody is not content with the help, and says so. Words are enough: writing only starts the term."""

    TOPIC = "complaint_voiced"
    NAMES = ("number", "words")
    AFTER_CLOSING = True
    FACTS = ("law", "in_writing_on")
    words: Words
    law: ComplaintLaw
    _: KW_ONLY
    voiced_by: Voice = Voice.CLIENT
    in_writing_on: date | None = None

    def tell(self, plan: Plan) -> None:
        plan.complaints[self.number] = Complaint(
            self.number, self.day, self.words, self.law, self.in_writing_on, voiced_by=self.voiced_by
        )


class ComplaintAnswered(Entry):
    """A complaint got its answer; or more time was taken for it, which is no answer."""

    TOPIC = "complaint_answered"
    SUBJECT = "complaint"
    AFTER_CLOSING = True
    FACTS = ("extended_until",)
    complaint: int
    words: Words
    _: KW_ONLY
    extended_until: date | None = None

    def check(self, plan: Plan) -> None:  # noqa: ARG002  # whatever is in it
        if self.extended_until and self.extended_until <= self.day:
            raise errors.NotAhead("extended_until")

    def tell(self, plan: Plan) -> None:
        complaint = plan.found(plan.complaints, Complaint, self, self.complaint)
        complaint.answers.append(ComplaintAnswer(self.number, self.day, self.words, self.extended_until))


class Complaints(History):
    """What one may do with complaints."""

    def voice_complaint(
        self,
        words: str,
        law: ComplaintLaw,
        voiced_by: Voice = Voice.CLIENT,
        in_writing_on: date | None = None,
        **how: Unpack[Telling],
    ) -> int:
        """Write down a complaint; gives the entry number, by which it is answered."""
        facts = {"law": law, "voiced_by": voiced_by, "in_writing_on": in_writing_on}
        return self.record(ComplaintVoiced, words=said("words", words), **facts, **how)

    def answer_complaint(
        self, complaint: int, words: str, extended_until: date | None = None, **how: Unpack[Telling]
    ) -> None:
        """Answer a complaint, or say until when more time is needed and why."""
        if self.there(lambda plan: plan.complaints, complaint, how).answered_on:
            raise errors.AlreadyAnswered("complaint")
        facts = {"words": said("words", words), "extended_until": extended_until}
        self.record(ComplaintAnswered, complaint=complaint, **facts, **how)
