"""What the client waits for: proposals, requests, complaints, and talks they want to have first."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date
from uuid import UUID

from domain.case import Case
from domain.casework import Casework
from domain.kinds import (
    Asks,
    ComplaintLaw,
    ConversationKind,
    LegalKind,
    OpensWith,
    RequestAnswerKind,
    RequestKind,
    Scope,
    SupportKind,
    TakenUp,
    Voice,
    WhyRefused,
)
from domain.store.database import Database
from jobs.following import FOLLOWED
from projections import caseload
from projections.caseload import CASELOAD, Filters, Sort, Who
from projections.read_model import Db
from projections.rebuild import rebuild
from projections.waits_for_us import What, waits_for_us
from tests import given
from tests.projections.conftest import Follow, kept, rows_of
from tests.web.following import a_case_of

ALL = Who(UUID(int=1), None, sees_all=True)
NOVEMBER = date(2026, 11, 1)


def kinds(case: Case) -> list[What]:
    return [one.what for one in waits_for_us(case.plan, case.entries)]


def test_a_yes_of_their_own_hand_waits_until_somebody_writes_what_came_of_it() -> None:
    case = given.sanne()
    support = given.the(case.plan.supports)
    then = {"then": "Om de week.", "proposed_by": Voice.WORKER, "asks": Asks.CLIENT, "subject": support}
    asked = case.make_proposal(**then, **given.telling())  # type: ignore[arg-type]
    own = given.deciding(by=given.CLIENT, say=given.yes("Prima.", own_hand=True))
    case.answer_proposal(asked, TakenUp.TAKEN_UP, **own)
    (one,) = waits_for_us(case.plan, case.entries)
    assert (one.what, one.entry, one.words) == (What.YES, case.version, "Prima.")
    assert one.about == case.plan.supports[support].what
    case.scale_down_support(support, given.hours_a_week("1"), "Gaat goed.", "Bellen.", **given.deciding())
    assert waits_for_us(case.plan, case.entries) == []


def test_a_no_of_their_own_hand_and_a_yes_that_a_worker_wrote_down_wait_for_nothing() -> None:
    case = given.sanne()
    then = {"then": "Om de week.", "proposed_by": Voice.WORKER, "asks": Asks.CLIENT}
    asked = case.make_proposal(**then, **given.telling())  # type: ignore[arg-type]
    case.answer_proposal(asked, TakenUp.TAKEN_UP, **given.deciding())
    other = case.make_proposal(**then, **given.telling())  # type: ignore[arg-type]
    own = given.deciding(by=given.CLIENT, say=given.no("Nee.", own_hand=True))
    case.answer_proposal(other, TakenUp.NOT, **own)
    assert waits_for_us(case.plan, case.entries) == []


def proposes(case: Case, day: date = given.TODAY, by: Voice = Voice.CLIENT) -> int:
    how = {"then": "Ik wil liever zwemmen.", "proposed_by": by, "asks": Asks.ORGANISATION}
    return case.make_proposal(**how, **given.telling(given.clock_of(case).to(day)))  # type: ignore[arg-type]


def complains(case: Case, day: date = given.TODAY) -> int:
    given.clock_of(case).to(day)
    return case.voice_complaint("Er kwam niemand.", ComplaintLaw.WMO, **given.telling(day))


def talks(case: Case, *, present: bool = True) -> None:
    case.hold_conversation(
        kind=ConversationKind.FOLLOW_UP,
        client_present=present,
        why_absent="" if present else "Ziek.",
        present=("Sanne",),
        opening_question="Hoe gaat het?",
        opening_about=OpensWith.PERSON,
        **given.telling(),
    )


def test_a_proposal_waits_until_it_has_an_answer() -> None:
    case = given.with_goal()
    number = proposes(case)
    assert kinds(case) == [What.PROPOSAL]
    case.answer_proposal(number, TakenUp.NOT, **given.deciding(say=given.not_asked()))
    assert kinds(case) == []


def test_what_we_ask_the_client_waits_for_them_and_not_for_us() -> None:
    assert kinds(given.lena()) == []


def test_a_request_and_a_complaint_wait_and_more_time_is_no_answer() -> None:
    case = given.with_goal()
    request = case.receive_request(RequestKind.CORRECTION, Voice.CLIENT, "Dat was in mei.", **given.telling())
    complaint = complains(case)
    case.answer_complaint(complaint, "Wij zoeken het uit.", date(2026, 12, 20), **given.telling())
    assert kinds(case) == [What.REQUEST, What.COMPLAINT]
    case.answer_complaint(complaint, "Het spijt ons.", **given.telling())
    how = given.deciding(say=given.not_asked())
    case.answer_request(request, RequestAnswerKind.GRANTED, **how)
    assert kinds(case) == []


def test_who_speaks_for_the_client_waits_too_and_a_worker_does_not() -> None:
    case = given.with_goal()
    proposes(case, by=Voice.WORKER)
    case.voice_complaint("Te laat.", ComplaintLaw.WMO, Voice.NETWORK, **given.telling())
    assert kinds(case) == []
    proposes(case, by=Voice.REPRESENTATIVE)
    assert kinds(case) == [What.PROPOSAL]


def test_wanting_to_talk_first_waits_for_that_talk() -> None:
    case = given.with_offer()
    support = given.the(case.plan.supports)
    case.take_stance(support, given.wants_to_talk(), **given.telling(by=given.CLIENT))
    (one,) = waits_for_us(case.plan, case.entries)
    assert (one.what, one.about, one.since) == (What.TALK, "Samen boodschappen doen en koken", given.TODAY)
    talks(case, present=False)  # about the client, not with them
    assert kinds(case) == [What.TALK]
    talks(case)
    assert kinds(case) == []


def test_a_newer_answer_needs_no_talk_any_more() -> None:
    case = given.with_offer()
    support = given.the(case.plan.supports)
    case.take_stance(support, given.wants_to_talk(), **given.telling())
    case.accept_support(support, **given.deciding())
    assert kinds(case) == []


def test_a_worker_who_wants_to_talk_is_not_the_client() -> None:
    case = given.with_offer()
    support, person = given.the(case.plan.supports), given.a_representative(case)
    say = given.a_say(given.wants_to_talk().stance, "Eerst praten.", person=person)
    case.take_stance(support, say, **given.telling())
    assert kinds(case) == []
    case.name_representative(person, LegalKind.CURATOR, Scope.ALL, **given.telling())
    assert kinds(case) == [What.TALK]


def test_words_that_were_not_right_wait_from_the_day_the_client_said_so() -> None:
    case = given.with_offer()
    support, day = given.the(case.plan.supports), date(2026, 2, 4)
    how = given.deciding(given.clock_of(case).to(day), given.no())
    case.refuse_support(support, WhyRefused.OTHER, "Nee.", **how)
    refused = case.version
    given.clock_of(case).to(given.TODAY)
    talks(case)
    case.read_back(refused, right=False, words="Ik zei: nog niet.", **given.telling(by=given.CLIENT))
    (one,) = waits_for_us(case.plan, case.entries)
    assert (one.what, one.since, one.words) == (What.TALK, given.TODAY, "Ik zei: nog niet.")


def test_the_caseload_counts_them_with_their_age_and_puts_the_longest_waiting_on_top(
    casework: Casework, follow: Follow, db: Db
) -> None:
    lately, long, calm = (a_case_of(name) for name in ("Lately", "Long", "Calm"))
    proposes(lately, date(2026, 11, 20))
    complains(long, NOVEMBER)
    how = given.telling(date(2026, 11, 20))
    # refused and nobody did anything: more urgent, but not longer waiting
    support = lately.offer_support(what="Hulp", kind=SupportKind.GUIDANCE, provider="De Brug", **how)
    lately.refuse_support(
        support, WhyRefused.OTHER, "Nee.", **given.deciding(date(2026, 11, 20), given.no("Nee."))
    )
    kept(casework, lately, long, calm)
    follow()
    page: Callable[..., caseload.Page] = caseload.page
    found = page(db, ALL, Filters(waiting=True), Sort.URGENCY, today=given.TODAY)
    assert [row.name for row in found.rows] == ["Long", "Lately"]
    assert (found.counts.waiting, found.counts.total) == (2, 3)
    assert (found.rows[0].complaints, found.rows[0].complaints_since) == (1, NOVEMBER)
    everything = page(db, ALL, Filters(), Sort.URGENCY, today=given.TODAY)
    assert [row.name for row in everything.rows] == ["Lately", "Long", "Calm"]


def test_a_rebuild_makes_the_same_rows(fresh: Database, casework: Casework, follow: Follow, db: Db) -> None:
    case = a_case_of("Jan")
    complains(case)
    case.receive_request(RequestKind.COPY, Voice.CLIENT, "Alles.", **given.telling())
    kept(casework, case)
    follow()
    before = rows_of(db, CASELOAD)
    db.execute("UPDATE shown.caseload SET complaints = 7, requests_since = NULL")
    rebuild(fresh, casework, FOLLOWED)
    assert rows_of(db, CASELOAD) == before
