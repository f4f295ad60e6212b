"""What the report counts beside decisions: a row for each goal, talk, refusal, … that stands, and each entry.

A row has a kind and a day, and nobody's words. It counts in the team that wrote its entry. What was so on no
exact day counts for no term.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from domain.case import CaseOpened
from domain.days import Precision
from domain.disagreement import DisagreementSettled
from domain.entry import Entry
from domain.evaluation import EvaluationHeld, EvaluationPostponed
from domain.imported import StateImported
from domain.kinds import Asks, Voice, WhyRefused
from domain.nouns import Evaluation, Proposal, Refusal
from domain.plan import Plan
from domain.proposals import ProposalAnswered, ProposalTakenBack
from domain.refusals import RefusalRespected
from projections.read_model import ReadModel, Told, reaching

reach = reaching(
    DisagreementSettled,
    EvaluationHeld,
    EvaluationPostponed,
    ProposalAnswered,
    ProposalTakenBack,
    RefusalRespected,
    StateImported,
)
ENTRY, RETOLD = "entry", "retold"  # written here, or elsewhere and taken over: no work of ours
YES, NO = "yes", "no"
OPEN, UNKNOWN = "open", "unknown"
Found = tuple[int, str, date, str]  # the entry that brought it, what it is, the day it counts on, its kind


@dataclass(frozen=True)
class Counted:
    """One thing that counts. `kind` is what is asked about it: yes or no, whose words, how many days."""

    case_id: UUID
    entry: int
    what: str
    day: date
    team: str
    client_id: UUID
    kind: str


def rows(told: Told) -> Iterator[Counted]:
    """What counts, as far as the new entries reach."""
    again, team = reach(told), told.teams
    opening: Any = told.events[0]
    for entry, what, day, kind in (*_entries(told), *of_plan(told.plan, _inexact(told.entries))):
        if entry in again:
            yield Counted(told.case_id, entry, what, day, team.get(entry, ""), opening.client_id, kind)


def of_plan(plan: Plan, inexact: Container[int | None]) -> Iterator[Found]:
    """What the nouns of a plan say; `inexact` are the entries, and answered proposals, of no exact day."""
    for goal in plan.goals.values():
        yield goal.entry, "goal", goal.since, goal.words_of
    for talk in plan.talks:
        yield talk.entry, "talk", talk.since, _yes(talk.client_present)
    for refusal in plan.refusals.values():
        yield from _of_refusal(refusal)
    for proposal in plan.proposals.values():
        if (
            proposal.proposed_by is Voice.CLIENT
            and proposal.asks is not Asks.CLIENT
            and not proposal.taken_back
        ):
            days = _days(proposal, known=proposal.entry not in inexact)
            yield proposal.entry, "proposal", proposal.since, days
    for evaluation in plan.evaluations.values():
        yield from _of_evaluation(evaluation, known=evaluation.held_in not in inexact)
    for voiced in plan.disagreements.values():
        yield voiced.entry, "disagreement", voiced.since, _yes(voiced.settled_on)


def _entries(told: Told) -> Iterator[Found]:
    """The case itself, with its opening; and every entry, by its name: apart what was told again here."""
    for entry in told.entries:
        if isinstance(entry, CaseOpened):
            yield entry.number, "case", entry.day, OPEN
        yield entry.number, RETOLD if entry.source else ENTRY, entry.day, entry.TOPIC


def _of_refusal(refusal: Refusal) -> Iterator[Found]:
    """Three questions about one refusal."""
    done = refusal.respected
    heard = refusal.reason is not WhyRefused.NOT_ASKED
    for what, is_so in (
        ("refusal_heard", heard),
        ("refusal_alternative", done and done.alternatives.strip()),
        ("refusal_door", done and done.door.strip()),
    ):
        yield refusal.entry, what, refusal.since, _yes(is_so)


def _of_evaluation(evaluation: Evaluation, *, known: bool) -> Iterator[Found]:
    """In time is on or before the planned day; left out when nobody knows. What was thought of the help
    counts on the day it was said.
    """
    planned, held = evaluation.planned_on, evaluation.held_on
    if planned and known:
        yield evaluation.entry, "evaluation_due", planned, _yes(held and held <= planned)
    if held:
        by_client, by_worker = evaluation.client_judgement, evaluation.worker_judgement
        yield evaluation.entry, "fit_client", held, by_client or UNKNOWN
        yield evaluation.entry, "fit_worker", held, by_worker or UNKNOWN


def _days(proposal: Proposal, *, known: bool) -> str:
    """From the proposal to its answer; `open` while there is none."""
    answered = proposal.answered_on
    if answered is None:
        return OPEN
    return str(max(0, (answered - proposal.since).days)) if known else UNKNOWN


def _inexact(entries: Iterable[Entry]) -> set[int]:
    """The numbers of entries of no exact day, and of the proposals that they answer."""
    found = [entry for entry in entries if entry.precision is not Precision.DAY]
    answered = {entry.proposal for entry in found if isinstance(entry, ProposalAnswered)}
    return {entry.number for entry in found} | answered


def _yes(is_so: object) -> str:
    return YES if is_so else NO


COUNTED = ReadModel("counted", Counted, CaseOpened, rows, reach)
