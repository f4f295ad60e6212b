"""What people ask of the record itself: to see, correct, erase, restrict, or keep it."""

from __future__ import annotations

from dataclasses import KW_ONLY
from typing import Unpack

from domain import errors
from domain.entry import Deciding, Decision, Entry, Telling
from domain.history import History, said
from domain.kinds import RequestAnswerKind, RequestKind, Voice
from domain.nouns import Hold, Request, RequestAnswer
from domain.plan import Plan
from domain.say import Words


class HoldPlaced(Entry):
    """Nothing of this case may be destroyed as long as there is this ground: a lawsuit, for one."""

    TOPIC = "hold_placed"
    AFTER_CLOSING = True
    NAMES = ("number", "ground")
    ground: Words

    def tell(self, plan: Plan) -> None:
        plan.holds[self.number] = Hold(self.number, self.day, self.ground)


class HoldLifted(Entry):
    """The ground to keep everything is gone."""

    TOPIC = "hold_lifted"
    SUBJECT = "hold"
    AFTER_CLOSING = True
    hold: int

    def tell(self, plan: Plan) -> None:
        plan.found(plan.holds, Hold, self, self.hold).lifted_on = self.day


class RequestReceived(Entry):
    """Somebody asks to see, correct, erase, restrict, stop or copy what is kept (AVG art. 15-21)."""

    TOPIC = "request_received"
    AFTER_CLOSING = True
    NAMES = ("number", "words")
    FACTS = ("kind",)
    kind: RequestKind
    asked_by: Voice
    words: Words

    def tell(self, plan: Plan) -> None:
        plan.requests[self.number] = Request(self.number, self.day, self.kind, self.asked_by, self.words)


class RequestAnswered(Decision):
    """The request was granted, in part, or refused on a ground (AVG art. 12)."""

    TOPIC = "request_answered"
    SUBJECT = "request"
    AFTER_CLOSING = True
    request: int
    answer: RequestAnswerKind
    _: KW_ONLY
    ground: Words = ""

    def tell(self, plan: Plan) -> None:
        answer = RequestAnswer(self.number, self.counts_from, self.answer, self.ground)
        plan.found(plan.requests, Request, self, self.request).answers.append(answer)


class Rights(History):
    """What one may do about what is asked of the record."""

    def place_hold(self, ground: str, **how: Unpack[Telling]) -> int:
        """Keep everything, for a reason; gives its number."""
        return self.record(HoldPlaced, ground=said("ground", ground), **how)

    def lift_hold(self, hold: int, **how: Unpack[Telling]) -> None:
        """The reason to keep everything is gone."""
        self.there(lambda plan: plan.holds, hold, how)
        if lifted := self.plan.holds[hold].lifted_on:
            raise errors.AlreadyLifted(lifted=lifted)
        self.record(HoldLifted, hold=hold, **how)

    def receive_request(self, kind: RequestKind, asked_by: Voice, words: str, **how: Unpack[Telling]) -> int:
        """Somebody asks something of the record; gives its number."""
        facts = {"kind": kind, "asked_by": asked_by, "words": said("words", words)}
        return self.record(RequestReceived, **facts, **how)

    def answer_request(
        self, request: int, answer: RequestAnswerKind, ground: str = "", **how: Unpack[Deciding]
    ) -> None:
        """Answer a request, once; with a ground unless it is granted."""
        self.there(lambda plan: plan.requests, request, how)
        if not self.plan.requests[request].open:
            raise errors.AlreadyAnswered("request")
        if answer is not RequestAnswerKind.GRANTED:
            said("ground", ground)
        self.record(RequestAnswered, request=request, answer=answer, ground=ground, **how)
