"""A case: one client, one history, read from the first wish to today."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import suppress
from dataclasses import KW_ONLY
from datetime import UTC, date, datetime
from typing import Unpack
from uuid import UUID, uuid4

from eventsourcing.domain import Aggregate

from domain import errors
from domain.choices import Choices
from domain.closing import Closing
from domain.complaint import Complaints
from domain.consent import Consents
from domain.contacts import ContactLog, Contacts
from domain.conversation import Conversations
from domain.correcting import Correcting
from domain.days import local_day
from domain.disagreement import Disagreements
from domain.documents import Documents
from domain.emergency import Emergencies
from domain.entry import Deciding, Decision, Entry, Facts, Telling
from domain.erasing import Erasing
from domain.evaluation import Evaluations
from domain.experience import Experiences
from domain.goals import Goals
from domain.history import check_say, said
from domain.kinds import Address, LegalBasis
from domain.laying_down import LayingDown
from domain.measures import Measures
from domain.needs import Needs
from domain.noticed import Noticing
from domain.nouns import Client, Link
from domain.own_plan import OwnPlans
from domain.people import People
from domain.plan import Plan
from domain.progress import Progressing
from domain.proposals import Proposals
from domain.record import Record
from domain.refusals import Refusals
from domain.representation import Representing
from domain.restricting import Restricting
from domain.rights import Rights
from domain.safety import Safety
from domain.say import Words
from domain.signals import Signals
from domain.story import Story
from domain.support import Supports


class CaseOpened(Decision, Aggregate.Created):
    """A case was opened for a client, with their question in own words."""

    TOPIC = "case_opened"
    FACTS = ("legal_basis", "urgent")
    client_id: UUID
    legal_basis: LegalBasis
    question: Words
    _: KW_ONLY
    urgent: bool = False

    def tell(self, plan: Plan) -> None:
        plan.opened_on, plan.client.client_id = self.day, self.client_id
        plan.question, plan.legal_basis, plan.urgent = self.question, self.legal_basis, self.urgent


class ClientDescribed(Entry):
    """Who the client is on paper, and how they want to be spoken to."""

    TOPIC = "client_described"
    FACTS = ("name", "called", "birth_date", "case_number", "language", "way_of_talking", "address")
    name: str
    _: KW_ONLY
    called: str = ""
    birth_date: date | None = None
    case_number: str = ""
    language: str = ""
    way_of_talking: str = ""
    address: Address = Address.U

    @property
    def concerns(self) -> UUID:
        """There is one client in a case."""
        return self.originator_id

    def tell(self, plan: Plan) -> None:
        plan.client = Client(
            self.number,
            self.day,
            plan.client.client_id,
            self.name,
            self.called,
            self.birth_date,
            self.case_number,
            self.language,
            self.way_of_talking,
            self.address,
        )


class CareStarted(Entry):
    """From this day on there is care: plans made before it are made in time."""

    TOPIC = "care_started"

    def tell(self, plan: Plan) -> None:
        plan.care_started_on = plan.care_started_on or self.day


class CaseLinked(Entry):
    """Another case has to do with this one. Cases of one client are linked, never merged."""

    TOPIC = "case_linked"
    to: str
    why: Words

    @property
    def case_id(self) -> UUID | None:
        """The other case, when it is here."""
        with suppress(ValueError):
            return UUID(self.to)
        return None

    def tell(self, plan: Plan) -> None:
        plan.links.append(Link(self.number, self.day, self.to, self.why))


def now() -> datetime:
    """The clock of the machine, UTC."""
    return datetime.now(UTC)


class Case(
    Story,
    Conversations,
    Needs,
    Noticing,
    Experiences,
    Goals,
    LayingDown,
    Progressing,
    Proposals,
    Supports,
    Measures,
    Refusals,
    Choices,
    Safety,
    People,
    Representing,
    Consents,
    Contacts,
    Evaluations,
    Disagreements,
    Complaints,
    OwnPlans,
    Rights,
    Documents,
    Emergencies,
    Closing,
    Signals,
    Record,
    Correcting,
    Restricting,
    Erasing,
    Aggregate,
):
    """One client's case. Its commands are those of its nouns, and what is of the case as a whole."""

    @classmethod
    def open(
        cls,
        client_id: UUID,
        *,
        legal_basis: LegalBasis,
        question: str,
        urgent: bool = False,
        case_id: UUID | None = None,
        clock: Callable[[], datetime] = now,
        **how: Unpack[Deciding],
    ) -> Case:
        """Open a case for a client. The clock gives the recorded time of this entry and the next.

        `case_id` is for an import that kept a random id ready, so that it can be broken off and begun again.
        """
        moment = clock()
        if how["happened_on"] > local_day(moment):
            raise errors.NotYet
        if not how.get("source"):  # other systems do not say what was asked
            said("question", question)
        check_say(CaseOpened, {**how})
        if how.get("representative_say"):
            raise errors.NotTheRepresentative  # nobody takes part yet
        facts = {"client_id": client_id, "legal_basis": legal_basis, "question": question, "urgent": urgent}
        case = cls._create(CaseOpened, id=case_id or uuid4(), timestamp=moment, **facts, **how)
        case.clock = clock
        return case

    def __init__(self, client_id: UUID) -> None:
        self.client_id = client_id
        self.clock = now
        self.entries = []
        self._plans, self.files = {}, {}
        self.find_log = lambda: ContactLog.open(self.id, self.client_id, self.modified_on)

    def write(self, entry_type: type[Entry], facts: Facts) -> int:
        """Add the entry."""
        self.trigger_event(entry_type, timestamp=self.moment(), **facts)
        return self.version

    def describe_client(self, **facts: Unpack[Describing]) -> None:
        """Write down who the client is on paper."""
        said("name", facts["name"])
        self.record(ClientDescribed, **facts)

    def start_care(self, **how: Unpack[Telling]) -> None:
        """The first day of care."""
        if started := self.plan.care_started_on:
            raise errors.CareHasStarted(started=started)
        self.record(CareStarted, **how)

    def link_case(self, to: str, why: str, **how: Unpack[Telling]) -> None:
        """Lay another case beside this one: by its id when it is here, else by its number or name."""
        to = said("to", to).strip()
        if to.casefold() == str(self.id):
            raise errors.SameCase
        if any(link.to == to for link in self.plan_for(how).links):
            raise errors.AlreadyLinked
        self.record(CaseLinked, to=to, why=said("why", why), **how)


class Describing(Telling, total=False):
    """What goes into the description of the client."""

    name: str
    called: str
    birth_date: date | None
    case_number: str
    language: str
    way_of_talking: str
    address: Address
