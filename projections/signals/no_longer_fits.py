"""Something changed, or does not fit any more. Did somebody come back to it?"""

from __future__ import annotations

from dataclasses import dataclass

from domain.complaint import ComplaintAnswered, ComplaintVoiced
from domain.entry import Entry
from domain.evaluation import EvaluationHeld
from domain.kinds import Change, Fit
from domain.measures import FitJudged
from domain.noticed import ChangeNoticed, LifeEventHappened
from domain.support import SupportDecision
from projections.signals.signal import Noticed, Observed, Weight, limit, signal
from projections.signals.waiting import came_back, noticed, waits

SIGNS = (ChangeNoticed, ComplaintVoiced, EvaluationHeld, FitJudged, LifeEventHappened)
ANSWERS = (ComplaintAnswered, SupportDecision)  # some signs answer others


@dataclass(frozen=True)
class Limits:
    """When it speaks up."""

    days: int = limit(7, "days")


@signal(Weight.THIS_WEEK, limits=Limits)
def no_longer_fits(seen: Observed, limits: Limits) -> Noticed | None:
    """Signs that the help may not fit any more, with no answer yet: %(many)s, the first %(days)s days ago.

    Somebody withdrew, was restless or is worse; there was a complaint, a change in their life, or help that
    is too heavy, too light or not right. Behind it there is often something that the help does not see. Ask
    the client what happened and what they need now, look back together, and change the help when they want.
    """
    waiting = (sign for sign in _open_signs(seen) if waits(seen, sign, limits.days))
    return noticed(seen, [sign for sign in waiting if not came_back(seen, sign.number)])


def _open_signs(seen: Observed) -> list[Entry]:
    """The signs after which nobody looked back together, and no help changed: each may be answered later."""
    signs: list[Entry] = []
    for entry in seen.of(*SIGNS, *ANSWERS):
        worrying = _is_sign(entry)
        if not worrying or isinstance(entry, EvaluationHeld):  # which answers, whatever it finds
            signs = [sign for sign in signs if not _answers(entry, sign)]
        if worrying:
            signs.append(entry)
    return signs


def _is_sign(entry: Entry) -> bool:
    match entry:
        case ComplaintVoiced() | LifeEventHappened():
            return True
        case ChangeNoticed(kind=kind):
            return kind is not Change.BETTER
        case FitJudged(fit=fit):
            return fit is not Fit.FITS
        case EvaluationHeld(client_judgement=judgement):
            return judgement not in (None, Fit.FITS)
    return False


def _answers(later: Entry, sign: Entry) -> bool:
    match later:
        case SupportDecision() | EvaluationHeld():
            return True
        case ComplaintAnswered(complaint=complaint):  # more time is no answer
            return complaint == sign.number and later.extended_until is None
        case ChangeNoticed(kind=Change.BETTER):
            return isinstance(sign, ChangeNoticed)
        case FitJudged(fit=Fit.FITS, support_id=support, judged_by=judge) if isinstance(sign, FitJudged):
            return (support, judge) == (sign.support_id, sign.judged_by)
    return False
