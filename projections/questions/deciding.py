"""Who decided, whether the client was there, and whether they saw the text: questions 3, 4 and 5."""

from __future__ import annotations

from collections.abc import Iterator

from domain.conversation import ConversationHeld
from domain.entry import Decision
from domain.goals import GoalAgreed
from domain.laying_down import PlanLaidDown, PlanShown
from domain.representation import decided_by
from domain.say import Stance, settled
from domain.support import SupportAccepted
from projections.questions.answer import Asked, Sentence, question, tell

TEXTS = (GoalAgreed, SupportAccepted, PlanLaidDown)  # and whatever changes a text


@question(3)
def who_decided(asked: Asked) -> Iterator[Sentence]:
    """Who decided this?"""
    for made in asked.decisions:
        readings = asked.seen.plan.readings.get(made.number, ())
        say, other = settled(made.say, readings), made.representative_say
        decider = decided_by(made, asked.seen.plan, say, other and settled(other, readings))
        facts = {"decider": decider, "initiative": made.initiative, "what": asked.what(made)}
        if made.counts_from > asked.on:
            says = (
                "On %(day)s: %(what)s. Decided by: %(decider)s. Whose idea: %(initiative)s. "
                "Counts from %(counts)s."
            )
            yield tell(says, made, counts=made.counts_from, words=say.words, **facts)
        else:
            says = "On %(day)s: %(what)s. Decided by: %(decider)s. Whose idea: %(initiative)s."
            yield tell(says, made, words=say.words, **facts)


@question(4)
def was_the_client_there(asked: Asked) -> Iterator[Sentence]:
    """Was the client there? If not, why?"""
    talks = list(asked.seen.of(ConversationHeld))
    there = [talk for talk in talks if talk.client_present]
    if talks:
        says = "Conversations: %(many)s. With the client there: %(there)s."
        yield tell(says, *(talk.number for talk in there), many=len(talks), there=len(there))
    for talk in talks:
        if not talk.client_present:
            why = talk.why_absent.strip()
            says = "On %(day)s (%(kind)s) the client was not there. Why:"
            silent = "On %(day)s (%(kind)s) the client was not there. Why is not written down."
            yield tell(says if why else silent, talk, kind=talk.kind, words=why)
    for made in asked.decisions:
        yield from _decided_without(asked, made)


def _decided_without(asked: Asked, made: Decision) -> Iterator[Sentence]:
    what = {"what": asked.what(made)}
    if made.say.stance is Stance.NOT_ASKED:
        if made.say.reason:
            says = "On %(day)s: %(what)s. The client was not asked, because: %(reason)s."
            yield tell(says, made, reason=made.say.reason, words=made.say.why, **what)
        else:
            says = "On %(day)s: %(what)s. The client was not asked. Why is not written down."
            yield tell(says, made, words=made.say.why, **what)
    elif made.say.present is False:
        yield tell("On %(day)s: %(what)s. The client was not there.", made, **what)


@question(5)
def seen_before_it_counted(asked: Asked) -> Iterator[Sentence]:
    """Did the client see this text before it counted?"""
    texts = [made for made in asked.decisions if isinstance(made, TEXTS) or made.CHANGES_TEXT]
    for made in texts:
        yield _text(asked, made, texts)
    for shown in asked.seen.of(PlanShown):
        since = [made.number for made in asked.decisions if made.CHANGES_TEXT and made.number > shown.version]
        says = (
            "On %(day)s the plan was shown to %(to)s: %(form)s, up to entry %(version)s. "
            "Texts that changed since: %(since)s."
        )
        yield tell(says, shown, *since, to=shown.to, form=shown.form, version=shown.version, since=len(since))


def _text(asked: Asked, made: Decision, texts: list[Decision]) -> Sentence:
    """Up to where it was shown, and what changed in it between that and now."""
    what, version = {"what": asked.what(made)}, made.say.shown_version
    if version is None:
        says = (
            "On %(day)s: %(what)s. It counts from %(counts)s. "
            "That the client saw the text before that is not written down."
        )
        return tell(says, made, counts=made.counts_from, **what)
    later = [t for t in texts if t.CHANGES_TEXT and t.number > version and t.number != made.number]
    whole = made.concerns == asked.case_id  # the plan as a whole holds every text
    since = [t.number for t in later if whole or t.concerns == made.concerns]
    says = (
        "On %(day)s: %(what)s. It counts from %(counts)s. The client saw the text up to entry %(version)s. "
        "Changes in this text since: %(since)s."
    )
    return tell(
        says, made, version, *since, version=version, counts=made.counts_from, since=len(since), **what
    )
