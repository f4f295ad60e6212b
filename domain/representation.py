"""Who speaks for the client, about what, and when the client could not decide.

What a representative says is always kept beside what the client says. Whether their yes counts is never
written down: it is read here, from what held on the day of the decision.
"""

from __future__ import annotations

from dataclasses import KW_ONLY
from datetime import date
from enum import Enum, auto
from typing import Unpack
from uuid import UUID

from domain import errors
from domain.days import age_on
from domain.entry import Decider, Decision, Entry, Subject, Telling
from domain.history import History, said
from domain.kinds import LegalKind, LifeArea, PersonKind, Scope, SupportKind
from domain.nouns import Capacity, Person, Representation
from domain.plan import Plan
from domain.say import Say, Words
from domain.settings import ADULT_FROM, ALONE_FROM, TOGETHER_FROM

SCOPES = {LifeArea.MONEY: Scope.MONEY, LifeArea.LIVING: Scope.RESIDENCE}  # all else is care
FITS = {  # about what somebody can speak on each ground; a client who signs for it chooses
    LegalKind.MENTOR: (Scope.CARE, Scope.RESIDENCE),
    LegalKind.PARTNER_OR_RELATIVE: (Scope.CARE, Scope.RESIDENCE),
    LegalKind.ADMINISTRATOR_OF_MONEY: (Scope.MONEY,),
    LegalKind.CURATOR: (Scope.ALL,),
    LegalKind.PARENT: (Scope.ALL,),
    LegalKind.GUARDIAN: (Scope.ALL,),
    LegalKind.AUTHORISED_IN_WRITING: tuple(Scope),
}


class RepresentativeNamed(Entry):
    """Somebody speaks for the client: on what ground, about what, until when."""

    TOPIC = "representative_named"
    SUBJECT = "person"
    FACTS = ("legal_kind", "scope", "until")
    person: UUID
    legal_kind: LegalKind
    scope: Scope
    _: KW_ONLY
    until: date | None = None

    def check(self, plan: Plan) -> None:
        person = plan.people.get(self.person)
        if person and person.kind is PersonKind.WORKER:
            raise errors.CaresForThem
        if self.scope not in FITS[self.legal_kind]:
            raise errors.OtherScope(fits=FITS[self.legal_kind])
        if any(held.covers(self.scope) for held in spoken_for_by(plan, self.person, self.day)):
            raise errors.SpeaksAlready

    def tell(self, plan: Plan) -> None:
        plan.found(plan.people, Person, self, self.person)
        plan.representations[self.number] = Representation(
            self.number, self.day, self.person, self.legal_kind, self.scope, self.until
        )


class RepresentationEnded(Entry):
    """Somebody speaks for the client no more, about anything."""

    TOPIC = "representation_ended"
    SUBJECT = "person"
    person: UUID
    reason: Words

    def tell(self, plan: Plan) -> None:
        plan.found(plan.people, Person, self, self.person)
        end_representations(plan, self.person, self.day)


class CapacityJudged(Entry):
    """Somebody judged whether the client could decide about one subject, on what ground. Never about all."""

    TOPIC = "capacity_judged"
    SUBJECT = "subject"
    FACTS = ("judged_by",)
    what: Words
    able: bool
    judged_by: str
    ground: Words
    _: KW_ONLY
    subject: Subject | None = None

    def tell(self, plan: Plan) -> None:
        plan.capacities.append(
            Capacity(self.number, self.day, self.what, self.subject, self.able, self.judged_by, self.ground)
        )


class Representing(History):
    """What one may do with representation."""

    def name_representative(
        self,
        person: UUID,
        legal_kind: LegalKind,
        scope: Scope,
        until: date | None = None,
        **how: Unpack[Telling],
    ) -> None:
        """Somebody speaks for the client from now on."""
        self.person_here(person, how)
        facts = {"person": person, "legal_kind": legal_kind, "scope": scope, "until": until}
        self.record(RepresentativeNamed, **facts, **how)

    def end_representation(self, person: UUID, reason: str, **how: Unpack[Telling]) -> None:
        """Somebody speaks for the client no more."""
        self.there(lambda plan: plan.people, person, how)
        if not spoken_for_by(self.plan_for(how), person, self.day_of(how)):
            raise errors.SpeaksForNobody
        self.record(RepresentationEnded, person=person, reason=said("reason", reason), **how)

    def judge_capacity(
        self,
        what: str,
        *,
        able: bool,
        judged_by: str,
        ground: str,
        subject: Subject | None = None,
        **how: Unpack[Telling],
    ) -> None:
        """Write down whether the client could decide about this, according to whom, and why."""
        facts = {"judged_by": said("judged_by", judged_by), "ground": said("ground", ground)}
        self.record(CapacityJudged, what=said("what", what), able=able, subject=subject, **facts, **how)


class Minor(Enum):
    """How far a child has a say of its own under the law."""

    HEARD = auto()  # the parents with authority decide
    DECIDES_TOGETHER = auto()  # both
    DECIDES_ALONE = auto()


def minor_on(born: date | None, day: date) -> Minor | None:
    """Of a child: how far it decides itself. None: of age, or no birth date is known."""
    if born is None or (age := age_on(born, day)) >= ADULT_FROM:
        return None
    if age >= ALONE_FROM:
        return Minor.DECIDES_ALONE
    return Minor.DECIDES_TOGETHER if age >= TOGETHER_FROM else Minor.HEARD


def spoken_for_by(plan: Plan, person: UUID, day: date) -> list[Representation]:
    """On what grounds, and about what, this person speaks for the client on that day."""
    return [held for held in plan.representations.values() if held.person == person and held.live(day)]


def speakers(plan: Plan, day: date) -> dict[UUID, Person]:
    """Everybody who speaks for the client on that day."""
    return {key: person for key, person in plan.people.items() if spoken_for_by(plan, key, day)}


def speaks_as(plan: Plan, user: UUID, day: date) -> UUID | None:
    """Who of them an account belongs to: it has the id of that person, or was named with them."""
    return next((key for key, one in speakers(plan, day).items() if user in (key, one.user)), None)


def end_representations(plan: Plan, person: UUID, day: date) -> None:
    """Whoever spoke for the client does so no more."""
    for held in spoken_for_by(plan, person, day):
        held.ended_on = day


def decides_for(plan: Plan, person: UUID, subject: Subject, day: date) -> bool:
    """Whether the yes of this person counts about this subject on that day: within the scope and dates for
    which they were named, and where the client could not decide this.
    """
    child, able = minor_on(plan.client.birth_date, day), could_decide(plan, subject, day)
    held_for_this = (h for h in spoken_for_by(plan, person, day) if h.covers(scope_of(plan, subject)))
    return any(_counts(held, child, able=able) for held in held_for_this)


def _counts(held: Representation, child: Minor | None, *, able: bool) -> bool:
    """A parent decides for a child that is heard. Nobody else decides what the client could decide."""
    if held.of_parent and (child is None or child is Minor.HEARD):
        return child is Minor.HEARD
    return not able


def decides_alone(plan: Plan, subject: Subject, day: date) -> bool:
    """Whether the client's own yes is enough: from 16 on, and where they could decide this."""
    child = minor_on(plan.client.birth_date, day)
    return child in (None, Minor.DECIDES_ALONE) and could_decide(plan, subject, day)


def decides_along(plan: Plan, person: UUID, subject: Subject, day: date) -> bool:
    """Whether a yes is theirs to give beside that of a child that decides together with them: a parent's."""
    together = minor_on(plan.client.birth_date, day) is Minor.DECIDES_TOGETHER
    named = (held for held in spoken_for_by(plan, person, day) if held.of_parent)
    return together and any(held.covers(scope_of(plan, subject)) for held in named)


def enough(plan: Plan, subject: Subject, day: date, *, own: bool, other: UUID | None) -> bool:
    """Whether their yes is enough: the client's own, that of who decides for them, or of both."""
    if own and decides_alone(plan, subject, day):
        return True
    if other is None:
        return False
    return decides_for(plan, other, subject, day) or (own and decides_along(plan, other, subject, day))


def could_decide(plan: Plan, subject: Subject, day: date) -> bool:
    """Whether the client could decide about this: yes, unless it was last judged that they could not."""
    judged = [held for held in plan.capacities if held.about == subject and held.since <= day]
    return not judged or judged[-1].able


def scope_of(plan: Plan, subject: Subject) -> Scope:
    """What a decision about this is about, read from the kind of support and the goal's part of life."""
    support = plan.supports.get(subject) if isinstance(subject, UUID) else None
    if support and support.kind is SupportKind.MONEY:
        return Scope.MONEY
    goal_id = support.goal_id if support else subject
    goal = plan.goals.get(goal_id) if isinstance(goal_id, UUID) else None
    return SCOPES.get(goal.life_area, Scope.CARE) if goal and goal.life_area else Scope.CARE


def matter(plan: Plan, about: Subject | None, whole: UUID) -> Subject:
    """What is decided about, and so who may: a noun by its id, what a proposal is about, an entry of which it
    was judged apart whether the client could decide it; else the plan as a whole.
    """
    proposal = plan.proposals.get(about) if isinstance(about, int) else None
    about = proposal.subject if proposal else about
    if isinstance(about, UUID) or about in {held.about for held in plan.capacities if held.about}:
        return about or whole
    return whole


def decided_by(decision: Decision, plan: Plan, say: Say, other: Say | None) -> Decider:
    """Who decided, by what was said as it stands now; the representative only where their answer counts.

    `plan` may be of any day from the decision's own on.
    """
    about, day = matter(plan, decision.decides, decision.originator_id), decision.day
    counts = other and other.person and decides_for(plan, other.person, about, day)
    return decision.decided_by(say, other if counts else None, plan)
