"""Short stories as example data: who acts, what they said, and the clients that tests start from.

A story is told on a clock that is set by hand: every entry is recorded at noon on its own day, and afterwards
it is TODAY. `case.clock` is that clock, so `given.clock_of(case).to(day)` moves it on.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from time import monotonic
from typing import TypeVar
from uuid import UUID

from domain.case import Case
from domain.entry import Actor, Entry, Facts, Initiative, Role
from domain.kinds import (
    Address,
    Asks,
    ConversationKind,
    LegalBasis,
    LifeArea,
    Matter,
    OpensWith,
    Per,
    PersonKind,
    SupportKind,
    Topic,
    Unit,
    Voice,
    WhyRefused,
    WishForm,
)
from domain.nouns import Amount
from domain.say import Say, Stance, WhyNotAsked, means_of
from domain.source import Basis, Source

K = TypeVar("K")

TODAY = date(2026, 11, 22)
OPENING = date(2026, 1, 12)
NOON = datetime(2026, 11, 22, 12, tzinfo=UTC)
BEGAN = monotonic()


def now() -> datetime:
    """The clock of a desk in these stories: it runs, from noon of TODAY, whatever day it is outside."""
    return NOON + timedelta(seconds=monotonic() - BEGAN)


@dataclass
class Clock:
    """A clock that stands still until somebody sets it."""

    moment: datetime

    def __call__(self) -> datetime:
        return self.moment

    def to(self, day: date, at: time = time(12)) -> date:
        """Set it to this day (UTC); gives the day, for the entry that is made then."""
        self.moment = datetime.combine(day, at, UTC)
        return day


def a_clock(day: date = TODAY) -> Clock:
    return Clock(datetime.combine(day, time(12), UTC))


def clock_of(case: Case) -> Clock:
    """The clock of a case from these stories, to move it."""
    assert isinstance(case.clock, Clock)
    return case.clock


# Who acts. Every role once; a second worker for the handover.
COORDINATOR = Actor(UUID(int=0xC0), Role.COORDINATOR, "Fatima de Wit", "De Brug", "Noord")
WORKER = Actor(UUID(int=0xA1), Role.WORKER, "Thomas Visser", "De Brug", "Noord")
OTHER_WORKER = Actor(UUID(int=0xA2), Role.WORKER, "Nadia Bakker", "De Brug", "Noord")
PARTNER = Actor(UUID(int=0xB0), Role.PARTNER, "Joris Smit", "Buurtteam Oost", "Oost")
CLIENT = Actor(UUID(int=0xCC), Role.CLIENT, "Sanne Mulder")
REPRESENTATIVE = Actor(UUID(int=0xCD), Role.REPRESENTATIVE, "Henk Mulder")
MANAGER = Actor(UUID(int=0xD0), Role.MANAGER, "Ingrid Vos", "De Brug")
REVIEWER = Actor(UUID(int=0xE0), Role.REVIEWER, "Ruud Maas", "Inspectie")
IMPORT = Actor(UUID(int=0xF0), Role.IMPORT, "invoer")
ELSEWHERE = Source("De Linde", "action_taken", "9c0e", "12", "00" * 32, Basis.STATED)


# What people said.
def a_say(stance: Stance, words: str = "", *, own_hand: bool = False, person: UUID | None = None) -> Say:
    """A say whose means follow from how it came."""
    return Say(stance, means_of(stance, words, own_hand=own_hand), words, person=person)


def yes(words: str = "Ja, dat wil ik.", *, own_hand: bool = False, person: UUID | None = None) -> Say:
    return a_say(Stance.AGREES, words, own_hand=own_hand, person=person)


def no(words: str = "Nee, dat hoeft niet.", *, own_hand: bool = False, person: UUID | None = None) -> Say:
    return a_say(Stance.DISAGREES, words, own_hand=own_hand, person=person)


def wants_to_talk(words: str = "Daar wil ik het eerst over hebben.") -> Say:
    return a_say(Stance.WANTS_TO_TALK, words)


def not_asked(reason: WhyNotAsked | None = WhyNotAsked.WAS_NOT_THERE, why: str = "") -> Say:
    return Say(Stance.NOT_ASKED, means_of(Stance.NOT_ASKED, ""), reason=reason, why=why)


# What goes with every command.
def telling(day: date = TODAY, by: Actor = COORDINATOR) -> Facts:
    """By whom, and when it was so."""
    return {"by": by, "happened_on": day}


def deciding(
    day: date = TODAY,
    say: Say | None = None,
    by: Actor = COORDINATOR,
    initiative: Initiative = Initiative.CLIENT,
) -> Facts:
    """The same for a decision: with the say (yes, if not given), and whose idea it was."""
    return {"by": by, "happened_on": day, "say": say or yes(), "initiative": initiative}


def hours_a_week(number: str) -> Amount:
    return Amount(Decimal(number), Unit.HOURS, Per.WEEK)


def the(held: Mapping[K, object]) -> K:
    """The only one there is: `the(case.plan.goals)` is the id of the goal."""
    (only,) = held
    return only


def person_called(case: Case, name: str) -> UUID:
    return next(key for key, person in case.plan.people.items() if person.name == name)


def a_representative(case: Case) -> UUID:
    """Somebody who represents the client from 14 January on; gives their id."""
    return case.join_person(
        name="Rita Mulder", kind=PersonKind.REPRESENTATIVE, relation="tante", **telling(date(2026, 1, 14))
    )


def as_before(case: Case, kind: type[Entry], **facts: object) -> Entry:
    """The next entry as a case could hold it from before a rule: no command makes it any more."""
    place = {"originator_id": case.id, "originator_version": case.version + 1, "timestamp": case.moment()}
    return kind(**place, **facts)  # type: ignore[arg-type]  # any facts


# The stories.
def an_opened_case(
    clock: Clock | None = None, *, day: date = OPENING, client_id: UUID | None = None, urgent: bool = False
) -> Case:
    """A case with nothing in it but its opening. The clock stands at TODAY after it."""
    clock = clock or a_clock()
    clock.to(day)
    case = Case.open(
        client_id or UUID(int=0x5A),
        legal_basis=LegalBasis.WMO,
        question="Hoe kan ik weer zelf voor mijn eten zorgen?",
        urgent=urgent,
        clock=clock,
        **deciding(day),
    )
    clock.to(TODAY)
    return case


def with_goal(clock: Clock | None = None) -> Case:
    """A goal on the table (19 January), not decided upon."""
    case = an_opened_case(clock)
    case.propose_goal(
        words="Ik kook drie keer per week zelf.",
        words_of=Voice.CLIENT,
        proposed_by=Voice.CLIENT,
        life_area=LifeArea.SELF_CARE,
        **telling(clock_of(case).to(date(2026, 1, 19))),
    )
    clock_of(case).to(TODAY)
    return case


def with_offer(clock: Clock | None = None) -> Case:
    """A goal in the plan (26 January) and help offered for it (2 February): 4 hours a week."""
    case = with_goal(clock)
    goal, clock = the(case.plan.goals), clock_of(case)
    case.agree_goal(goal, **deciding(clock.to(date(2026, 1, 26))))
    case.offer_support(
        what="Samen boodschappen doen en koken",
        kind=SupportKind.GUIDANCE,
        provider="De Brug",
        goal_id=goal,
        amount=hours_a_week("4"),
        **telling(clock.to(date(2026, 2, 2))),
    )
    clock.to(TODAY)
    return case


def with_support(clock: Clock | None = None) -> Case:
    """The same, accepted on 4 February and running since the 9th."""
    case = with_offer(clock)
    support, clock = the(case.plan.supports), clock_of(case)
    case.accept_support(support, **deciding(clock.to(date(2026, 2, 4))))
    case.start_support(support, **deciding(clock.to(date(2026, 2, 9))))
    clock.to(TODAY)
    return case


def sanne(clock: Clock | None = None) -> Case:
    """Sanne wants to cook again: from her wish to less help (7 September, to 2 hours), as she needs less."""
    case = an_opened_case(clock)
    clock = clock_of(case)
    _sanne_tells(case)
    _people_come(case)
    wish = the(case.plan.wishes)
    goal = case.propose_goal(
        words="Ik kook drie keer per week zelf.",
        words_of=Voice.CLIENT,
        proposed_by=Voice.CLIENT,
        life_area=LifeArea.SELF_CARE,
        wish_id=wish,
        **telling(clock.to(date(2026, 1, 19))),
    )
    case.agree_goal(goal, **deciding(clock.to(date(2026, 1, 26)), yes("Ja. Maar niet op dinsdag.")))
    support = case.offer_support(
        what="Samen boodschappen doen en koken",
        kind=SupportKind.GUIDANCE,
        provider="De Brug",
        goal_id=goal,
        amount=hours_a_week("4"),
        asked_for=True,
        **telling(clock.to(date(2026, 2, 2))),
    )
    case.accept_support(support, **deciding(date(2026, 2, 2)))
    case.lay_down_plan("methodisch werken", together=True, pen_held_by="Sanne", **deciding(date(2026, 2, 2)))
    case.show_plan("op papier", "Sanne", **telling(date(2026, 2, 2)))
    case.start_support(support, **deciding(clock.to(date(2026, 2, 9)), by=WORKER))
    case.make_agreement(
        "Thomas belt als hij later komt.",
        "Thomas Visser",
        support_id=support,
        **deciding(clock.to(date(2026, 3, 2)), yes("Dat vind ik fijn."), WORKER),
    )
    case.take_action("Samen soep gemaakt.", goal, with_client=True, **telling(date(2026, 3, 2), WORKER))
    case.scale_down_support(
        support,
        hours_a_week("2"),
        "Koken lukt nu ook alleen.",
        "Eén telefoontje naar Thomas, dan weer 4 uur.",
        **deciding(clock.to(date(2026, 9, 7)), yes("Twee uur is genoeg."), WORKER),
    )
    clock.to(TODAY)
    return case


def _sanne_tells(case: Case) -> None:
    how = telling(clock_of(case).to(OPENING))
    case.describe_client(
        name="Sanne Mulder",
        called="Sanne",
        birth_date=date(1987, 4, 3),
        case_number="Z-1042",
        language="nl",
        address=Address.JIJ,
        **how,
    )
    case.hold_conversation(
        kind=ConversationKind.INTAKE,
        client_present=True,
        present=("Sanne Mulder", "Fatima de Wit"),
        opening_question="Hoe ziet een goede dag er voor jou uit?",
        opening_about=OpensWith.PERSON,
        discussed=tuple(Topic),
        **how,
    )
    case.voice_wish("Ik wil weer voor mijn zus kunnen koken.", WishForm.SAID, Voice.CLIENT, **how)
    case.say_what_matters("Niet gehaast worden.", Matter.PACE, **how)
    case.name_strength("Kent alle recepten van haar oma uit het hoofd.", Voice.NETWORK, **how)


def _people_come(case: Case) -> None:
    how = telling(clock_of(case).to(date(2026, 1, 14)))
    fatima = case.join_person(
        name="Fatima de Wit",
        kind=PersonKind.WORKER,
        organisation="De Brug",
        relation="coördinator",
        user=COORDINATOR.user,
        **how,
    )
    case.join_person(
        name="Thomas Visser",
        kind=PersonKind.WORKER,
        organisation="De Brug",
        relation="begeleider",
        usual_worker=True,
        client_chose=True,
        user=WORKER.user,
        **how,
    )
    case.join_person(name="Henk Mulder", kind=PersonKind.RELATIVE, relation="broer", **how)
    case.name_lead(fatima, **deciding(date(2026, 1, 14)))


def karim(clock: Clock | None = None) -> Case:
    """Karim said no (4 February): the help stops being offered, and the door stays open."""
    case = with_offer(clock)
    support, clock = the(case.plan.supports), clock_of(case)
    words = "Vorige keer stond er elke week iemand anders."
    refusal = case.refuse_support(
        support,
        WhyRefused.EARLIER_EXPERIENCE,
        words,
        **deciding(clock.to(date(2026, 2, 4)), no(words)),
    )
    case.respect_refusal(
        refusal,
        stopped=True,
        alternatives="Alleen een kookboek geleend.",
        door="Bel Fatima, ook over een jaar.",
        **telling(clock.to(date(2026, 2, 5))),
    )
    clock.to(TODAY)
    return case


def lena(clock: Clock | None = None) -> Case:
    """Lena sees it differently: her own no stands beside a goal in the plan; a question lies open."""
    case = with_goal(clock)
    goal, clock = the(case.plan.goals), clock_of(case)
    case.agree_goal(
        goal,
        **deciding(
            clock.to(date(2026, 1, 26)),
            no("Dat is jullie doel, niet het mijne."),
            initiative=Initiative.PROFESSIONAL,
        ),
    )
    own = no("Ik wil dit niet.", own_hand=True)
    case.take_stance(goal, own, **telling(clock.to(date(2026, 1, 28)), CLIENT))
    case.voice_disagreement(
        Voice.CLIENT, "Ik wil eerst rust in huis.", subject=goal, **telling(date(2026, 1, 28), CLIENT)
    )
    case.make_proposal(
        subject=goal,
        now="Ik kook drie keer per week zelf.",
        then="Ik kook één keer per week zelf.",
        proposed_by=Voice.WORKER,
        asks=Asks.CLIENT,
        **telling(clock.to(date(2026, 2, 2)), WORKER),
    )
    clock.to(TODAY)
    return case


def bram(clock: Clock | None = None) -> Case:
    """Bram is done: his support ended on 1 June, his case closed on the 8th, and he agreed."""
    case = with_support(clock)
    support, clock = the(case.plan.supports), clock_of(case)
    case.end_support(support, "Het lukt alleen.", **deciding(clock.to(date(2026, 6, 1))))
    case.close_case(
        "De vraag is beantwoord.", **deciding(clock.to(date(2026, 6, 8)), yes("Bedankt, tot ziens."))
    )
    clock.to(TODAY)
    return case
