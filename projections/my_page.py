"""The client's own plan as the client reads it: all of it, and nobody's judgement."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from datetime import date, timedelta
from itertools import chain
from typing import TypeVar
from uuid import UUID

from domain import nouns
from domain.consent import ConsentWithdrawn, whom
from domain.days import local_day
from domain.emergency import EmergencyAccessUsed
from domain.entry import Entry, Role, Subject
from domain.kinds import ConsentPurpose, GoalStatus, PersonKind, SupportStatus, Voice
from domain.plan import Plan, standing
from domain.proposals import ProposalAnswered, ProposalTakenBack
from domain.record import ReadBack
from domain.say import Stance
from projections.contacts import Contact
from projections.my_agreements import MyAgreements
from projections.my_parts import MyGoal, MyPerson, MyProposal, MySupport, Said
from projections.my_plan import Asking, Question, readable, turned_down
from projections.waits_for_us import talks
from projections.who_came import telling

N = TypeVar("N")
LATELY = timedelta(days=28)  # so long somebody is new, and a departure is news
TOLD = timedelta(days=90)  # so long it stands on top that somebody looked in an emergency
OWN = 10  # of what was written here with own hand


class MyPage:
    """One client's own plan today. `person` is who reads it for them, with the account `user`."""

    def __init__(
        self,
        entries: Iterable[Entry],
        today: date,
        contacts: Sequence[Contact] = (),
        person: UUID | None = None,
        user: UUID | None = None,
    ) -> None:
        self.today, self.person, self._hands = today, person, {person, user}
        self._told = readable(entries, today)
        self._stand = standing(self._told)
        asking = Asking(self._told, today, person)
        self.plan: Plan = asking.plan
        self._by = {entry.number: entry.by for entry in self._told}
        theirs = ((one, one.subject) for one in talks(self.plan) if one.person is None)
        self.talks = [(one, asking.on(about)) for one, about in theirs if about is not None]
        first = {one.subject for one, _ in self.talks if person is None}
        self.questions = [question for question in asking.waiting if question.subject not in first]
        self.answered = asking.answered
        self._asked = {question.subject: question for question in self.questions}
        self._came = telling(contacts, today)
        self.turned_down = turned_down(self.plan)
        self.agreed = MyAgreements(self.plan, today)

    @property
    def voice(self) -> Voice:
        """Whose words are those of the one who reads this."""
        return Voice.CLIENT if self.person is None else Voice.REPRESENTATIVE

    @property
    def goals(self) -> list[MyGoal]:
        """On the table or in the plan."""
        return [self._goal(key, goal) for key, goal in self.plan.goals.items() if goal.open]

    @property
    def reached(self) -> list[nouns.Goal]:
        """What was reached."""
        return [goal for goal in self.plan.goals.values() if goal.status is GoalStatus.REACHED]

    @property
    def let_go(self) -> list[tuple[UUID, nouns.Goal]]:
        """What was let go, or did not come into the plan."""
        gone = {GoalStatus.DROPPED, GoalStatus.TURNED_DOWN}
        return [(key, goal) for key, goal in self.plan.goals.items() if goal.status in gone]

    @property
    def other_support(self) -> list[MySupport]:
        """Help for no goal that is open."""
        open_goals = {key for key, goal in self.plan.goals.items() if goal.open}
        return list(self._supports(lambda support: support.goal_id not in open_goals))

    @property
    def refused(self) -> list[tuple[UUID, nouns.Support, nouns.Refusal]]:
        """Every no that stands, with the help it was about."""
        held = ((key, support, support.refused) for key, support in self.plan.supports.items())
        return [(key, support, no) for key, support, no in held if no]

    @property
    def people(self) -> list[MyPerson]:
        """Who takes part now: the usual workers first, then who helps, then the client's own people."""
        here = ((key, person) for key, person in self.plan.people.items() if person.until is None)
        return [self._person(key, person) for key, person in sorted(here, key=lambda item: _place(item[1]))]

    @property
    def left(self) -> list[nouns.Person]:
        """Who left lately."""
        return [p for p in self.plan.people.values() if p.until and self.today - p.until <= LATELY]

    @property
    def lead(self) -> nouns.Person | None:
        """Whom to turn to: who leads, or else a usual worker."""
        leads = [held.person for held in self.plan.leads.values()]
        here = [person for person in self.plan.people.values() if person.until is None]
        led = [self.plan.people[key] for key in leads if key in self.plan.people]
        return next(chain(led, (person for person in here if person.usual_worker)), None)

    @property
    def supporters(self) -> list[nouns.Person]:
        """Independent supporters and trusted persons who take part: they stand beside the client."""
        beside = {PersonKind.INDEPENDENT_SUPPORTER, PersonKind.TRUSTED_PERSON}
        return [p for p in self.plan.people.values() if p.until is None and p.kind in beside]

    @property
    def evaluations(self) -> list[nouns.Evaluation]:
        """When we look back together: what is planned, soonest first."""
        planned = (e for e in self.plan.evaluations.values() if e.planned_on and not e.held_on)
        return sorted(planned, key=lambda held: held.planned_on or self.today)

    @property
    def restrictions(self) -> list[nouns.Restriction]:
        """What the client may not do, or has to undergo, now."""
        return [held for held in self.plan.restrictions.values() if held.holds_on(self.today)]

    @property
    def disagreements(self) -> list[tuple[int, nouns.Disagreement]]:
        """What people do not see the same way, and did not settle."""
        return [(number, d) for number, d in self.plan.disagreements.items() if not d.settled_on]

    @property
    def consents(self) -> list[tuple[int, nouns.Consent, str]]:
        """What the client allows now, and to whom; what was renewed once, as it is now."""
        held = [consent for consent in self.plan.consents.values() if consent.live(self.today)]
        return [(one.entry, one, self.name(one.to)) for one in _newest(held)]

    @property
    def taken_back(self) -> list[tuple[nouns.Consent, str]]:
        """What was shared until it was taken back or its last day passed, with who reads nothing now."""
        shared = [c for c in self.plan.consents.values() if c.purpose is ConsentPurpose.SHARING]
        reads = {consent.to for consent in shared if consent.live(self.today)}
        held = [c for c in shared if c.to not in reads and c.since <= self.today]
        return [(consent, self.name(consent.to)) for consent in _newest(held)]

    @property
    def speakers(self) -> list[tuple[str, nouns.Representation]]:
        """Who speaks for the client now."""
        held = (r for r in self.plan.representations.values() if r.live(self.today))
        return [(self.name(representation.person), representation) for representation in held]

    @property
    def emergencies(self) -> list[EmergencyAccessUsed]:
        """Who looked in an emergency, not long ago."""
        used = (e for e in self._stand if isinstance(e, EmergencyAccessUsed))
        return [e for e in used if self.today - local_day(e.timestamp) <= TOLD]

    @property
    def proposals(self) -> list[MyProposal]:
        """What this reader proposed, the last first."""
        answers = {e.proposal: e.words for e in self._stand if isinstance(e, ProposalAnswered)}
        mine = ((nr, p) for nr, p in self._mine(self.plan.proposals) if p.proposed_by is self.voice)
        back = {e.proposal: e for e in self._stand if isinstance(e, ProposalTakenBack)}
        return [
            MyProposal(number, p, answers.get(number, ""), back.get(number))
            for number, p in reversed([*mine])
        ]

    @property
    def asked(self) -> list[nouns.Request]:
        """What this reader asked to see, or to be put right."""
        return [one for _, one in self._mine(self.plan.requests) if one.asked_by is self.voice]

    @property
    def complaints(self) -> list[nouns.Complaint]:
        """What this reader complained about."""
        return [one for _, one in self._mine(self.plan.complaints) if one.voiced_by is self.voice]

    @property
    def own(self) -> list[Entry]:
        """What this reader wrote here with own hand, that can be taken back; the last first.

        Not that sharing stopped: with that taken back it would be shared again, unasked.
        """
        stays = ReadBack | ConsentWithdrawn
        told = (e for _, e in self._mine({e.number: e for e in self._stand}) if not isinstance(e, stays))
        mine = [e for e in told if e.by.role.value == self.voice.value and e.withdraws is None]
        return mine[: -OWN - 1 : -1]

    def behind(self, said: Said) -> list[Entry]:
        """The entry by which they stand there, and those by which they read it back."""
        number = said.position.entry
        back = (r.entry for r in self.plan.readings.get(number, ()) if r.person == said.person)
        numbers = {number, *back}
        return [entry for entry in self._stand if entry.number in numbers]

    def _mine(self, held: Mapping[int, N]) -> Iterator[tuple[int, N]]:
        """Without what another wrote who speaks for the client too: two of them are two people."""
        for number, one in held.items():
            by = self._by[number]
            if by.role is not Role.REPRESENTATIVE or by.user in self._hands:
                yield number, one

    def name(self, key: Subject | None) -> str:
        """The name of a person or party in the plan."""
        held = whom(self.plan).get(key) if isinstance(key, UUID) else None
        return held.name if held else ""

    def said(self, subject: Subject) -> tuple[Said, ...]:
        """What people said about it as it stands, the client first."""
        held = self.plan.stances_on(subject).held
        people = [None, *(key for key in held if key is not None)]
        known = ((key, p) for key in people for p in held.get(key, ()))
        return tuple(Said(key, p) for key, p in known if p.say.stance is not Stance.UNKNOWN)

    def _goal(self, key: UUID, goal: nouns.Goal) -> MyGoal:
        supports = tuple(self._supports(lambda support: support.goal_id == key))
        asked = self._asked.get(key) or self._asked_about(key)
        return MyGoal(key, goal, self.said(key), asked, supports)

    def _asked_about(self, key: UUID) -> Question | None:
        number = self.plan.open_question(key)
        return self._asked.get(number) if number else None

    def _supports(self, wanted: Callable[[nouns.Support], bool]) -> Iterator[MySupport]:
        for key, support in self.plan.supports.items():
            if wanted(support) and support.status not in {SupportStatus.REFUSED, SupportStatus.ENDED}:
                asked = self._asked.get(key) or self._asked_about(key)
                yield MySupport(key, support, self.said(key), asked)

    def _person(self, key: UUID, person: nouns.Person) -> MyPerson:
        came = [local_day(c.started_at) for c in self._came if key in c.workers]
        leads = key in {held.person for held in self.plan.leads.values()}
        roles = tuple(role for role in self.plan.roles if role.person == key)
        return MyPerson(person, leads, self.today - person.since <= LATELY, max(came, default=None), roles)


def _place(person: nouns.Person) -> tuple[bool, bool]:
    return not person.usual_worker, person.kind is not PersonKind.WORKER


def _newest(held: list[nouns.Consent]) -> list[nouns.Consent]:
    """Without what was renewed: each thing that was allowed, once."""
    return [one for one in held if not any(map(one.within, held))]
