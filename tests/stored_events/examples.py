"""One event of every topic, from the stories of tests/given.py, and how one lies in its file."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from domain.case import Case
from domain.contacts import ContactLog
from domain.erasing import Erased
from domain.imported import KeptBehind, StateImported
from domain.kinds import (
    Asks,
    Bond,
    ByWhom,
    Change,
    CheckResult,
    ChoiceSize,
    ChoiceSubject,
    ComplaintLaw,
    ConsentPurpose,
    DocumentKind,
    Doing,
    Experience,
    Fit,
    LegalKind,
    LifeArea,
    LifeEvent,
    LimitKind,
    Noun,
    OwnPlanAnswer,
    OwnPlanKind,
    Part,
    PartyKind,
    PersonKind,
    PointedOutTo,
    RequestAnswerKind,
    RequestKind,
    Scope,
    SupportKind,
    TakenUp,
    TryoutResult,
    Voice,
    WhyErased,
    WhyRestricted,
    WhyWithdrawn,
)
from domain.nouns import Tie
from domain.review import Review
from domain.say import WhyNotAsked
from domain.store import mapper
from tests import given
from tests.given import clock_of, deciding, hours_a_week, person_called, telling, the

FOLDER = Path(__file__).parent
TODAY = given.TODAY


def file_of(topic: str, version: int) -> Path:
    return FOLDER / f"{topic}.v{version}.json"


def as_file(event: Any) -> str:
    """Its place, and its facts as the mapper writes them before it seals them."""
    stored = {
        "stream": str(event.originator_id),
        "version": event.originator_version,
        "topic": event.TOPIC,
        "facts": json.loads(mapper.written(event)),
    }
    return json.dumps(stored, indent=2, ensure_ascii=False) + "\n"


def from_file(path: Path) -> Any:
    """The event, read as the mapper reads it once unsealed."""
    stored = json.loads(path.read_text())
    text, number = json.dumps(stored["facts"]).encode(), int(path.stem.rsplit(".v")[1])
    layout = mapper.layout_of(stored["topic"])
    return layout.event(UUID(stored["stream"]), stored["version"], layout.facts(text, number, {}))


def stories() -> tuple[Case, ...]:
    """Cases in which every kind of entry is told."""
    return (
        given.sanne(),
        _told(),
        _needed(),
        _going(),
        _measured(),
        _chosen(),
        _restricted(),
        _goals(),
        _around(),
        _represented(),
        _record(),
        given.karim(),
        given.lena(),
        _reopened(),
        _looked_back(),
        _around_the_record(),
        _forgotten(),
    )


def examples() -> Iterator[Any]:
    """The events of all stories, and of the rest of Sanne's."""
    cases = stories()
    for case in cases:
        yield from case.entries
    log = ContactLog.open(cases[0].id, cases[0].client_id, cases[0].created_on)
    log.hold_contact(
        by=given.WORKER,
        workers=(person_called(cases[0], "Thomas Visser"),),
        organisation="De Brug",
        started_at=clock_of(cases[0]).moment,
        minutes=45,
        recorded=clock_of(cases[0]).moment,
    )
    contact, moment = log.held[0].contact_id, clock_of(cases[0]).moment
    log.cancel_contact(
        by=given.WORKER, contact_id=contact, by_whom=ByWhom.CLIENT, told_when=TODAY, recorded=moment
    )
    yield from log.collect_events()
    yield from _reviewed(cases[0])
    yield _erased(cases[0])


def _forgotten() -> Case:
    """One entry; and that all of it goes is proposed, and refused."""
    case = given.sanne()
    one = case.propose_erasure(WhyErased.WRONG_CLIENT, "Dit ging over iemand anders.", 5, **telling())
    case.approve_erasure(one, **telling(by=given.MANAGER))
    whole = case.propose_erasure(WhyErased.TERM_IS_OVER, "De termijn is om.", **telling())
    case.refuse_erasure(whole, "Sanne komt misschien terug.", **telling(by=given.MANAGER))
    return case


def _erased(case: Case) -> Erased:
    how = {"proposed_by": given.COORDINATOR.user, "approved_by": given.MANAGER.user}
    facts = {"ground": WhyErased.REQUEST, "accounts": (case.client_id,), **how}
    return Erased.after(case.id, case.version, clock_of(case).moment, **facts)


def _reviewed(case: Case) -> Iterator[Any]:
    moment = clock_of(case).moment
    manager: Any = {"by": given.MANAGER, "now": moment}
    reviewer: Any = {"by": given.REVIEWER, "now": moment}
    why = "Hoe er met een nee is omgegaan.", "Wmo 2015, artikel 6.1", date(2026, 12, 31)
    (review,) = Review.give_mandate([case], given.REVIEWER, *why, posted=UUID(int=0x3A1), **manager)
    review.note_finding("Het nee stond er in eigen woorden.", case, 4, posted=UUID(int=0x3A2), **reviewer)
    review.ask_question("Wat is er daarna gedaan?", case, 4, posted=UUID(int=0x3A3), **reviewer)
    review.answer_question(3, "Wij zijn ermee gestopt.", posted=UUID(int=0x3A4), **manager)
    review.end_mandate("Het onderzoek is klaar.", posted=UUID(int=0x3A5), **manager)
    yield from review.collect_events()


def _told() -> Case:
    case = given.sanne()
    henk, how = person_called(case, "Henk Mulder"), telling()
    case.hold_introduction("Ik kan goed koken.", "Mijn zus.", "Dat ik het zelf weer leer.", **how)
    case.mark_success("Soep voor acht mensen!", Voice.CLIENT, **how)
    case.describe_ability("Boodschappen", Doing.WITH_HELP, "De weg vinden lukt zelf.", **how)
    ties = (Tie("Mijn zus Els", Bond.STRONG, "Zij belt elke dag."), Tie("De buurman", Bond.LOOSE))
    case.draw_circle(ties, with_client=True, **how)
    case.release_story("Hoe ik weer leerde koken.", "Het blad van de buurt", **deciding())
    case.give_information("Rechten", "op papier", "Sanne", understood=True, words="Duidelijk.", **how)
    case.hear_network_view(henk, "Ze lacht weer.", unasked=True, **how)
    case.give_professional_view("Twee uur is genoeg.", "Zij kookt alleen.", "Zo laten.", **how)
    return case


def _needed() -> Case:
    case = given.sanne()
    wish, how = the(case.plan.wishes), telling()
    case.set_talking_point("Hoe vaak komt Els eten?", wish, **how)
    need = case.state_need("Iemand die meedenkt over het menu.", Voice.WORKER, LifeArea.SELF_CARE, **how)
    case.confirm_need(need, Voice.CLIENT, right=False, words="Meedenken hoeft niet, meeproeven wel.", **how)
    case.weigh_circumstances(
        person="Sanne wordt snel moe.",
        means="Een keuken met gas.",
        surroundings="De markt is om de hoek.",
        culture="Op vrijdag eet zij vis, zegt zij.",
        feasibility="Els woont ver weg.",
        **how,
    )
    case.make_observation("De pannen stonden op het fornuis, de tafel was gedekt voor twee.", **how)
    case.notice_change(Change.BETTER, "Ze zingt weer bij het koken.", Voice.NETWORK, **how)
    case.note_life_event(LifeEvent.BIRTH, "Els heeft een dochter gekregen.", **how)
    return case


def _going() -> Case:
    case = given.sanne()
    goal, how = the(case.plan.goals), telling()
    case.ask_wellbeing("Best goed, alleen moe.", 7, **how)
    case.judge_experience(Experience.HEARD, Voice.CLIENT, "Thomas laat mij uitpraten.", 9, **how)
    questions, answers = ("Slaapt u goed?", "Eet u elke dag warm?"), ("Ja", "Nee")
    case.fill_questionnaire(
        "Vijf vragen", "2026-1", questions, answers, filled_by=Voice.CLIENT, helped_by="Thomas", **how
    )
    case.tell_progress(goal, Voice.CLIENT, "Twee keer gekookt deze week.", 8, 7, **how)
    case.explain_limit(LimitKind.MEANS, "Voor een vierde uur is geen geld.", goal, **how)
    case.pause_goal(goal, "Eerst de verhuizing.", **deciding())
    case.resume_goal(goal, "De keuken staat.", **deciding())
    case.split_goal(goal, ("Ik maak een lijst.", "Ik doe de boodschappen."), **deciding())
    return case


def _measured() -> Case:
    case = given.sanne()
    support = the(case.plan.supports)
    case.adjust_support(support, "Samen koken", "Boodschappen doet zij zelf.", **deciding())
    case.pause_support(support, "Sanne is bij haar zus.", date(2026, 12, 6), **deciding())
    case.resume_support(support, **deciding())
    case.judge_fit(Fit.FITS, Voice.CLIENT, support, "Zo is het goed.", **telling())
    how = deciding(say=given.not_asked(WhyNotAsked.COULD_NOT_WAIT, "Het was nacht."))
    case.start_emergency_support(
        "Een bed voor vannacht", SupportKind.RESPITE, "De Brug", "Er was brand.", hours_a_week("12"), **how
    )
    return case


def _chosen() -> Case:
    case = given.sanne()
    wish, how = the(case.plan.wishes), telling()
    soups = ("Linzensoep", "Pompoensoep")
    offered = case.offer_choice(ChoiceSubject.ACTIVITY, soups, ChoiceSize.SMALL, **how)
    case.make_choice("Linzensoep", offered, "Die van oma.", **deciding())
    case.note_ideal_not_available("Koken bij mijn zus thuis", "Koken in de buurtkamer", wish, **how)
    tryout = case.agree_tryout("Een week zonder lijstje koken", TODAY, wish, **deciding())
    words = "Ik wist alles nog."
    case.look_back_on_tryout(tryout, TryoutResult.WORKS, Voice.CLIENT, words, **how)
    return case


def _restricted() -> Case:
    case = given.sanne()
    wish, how = the(case.plan.wishes), telling()
    case.weigh_risk(
        "Zij kan zich branden.", "Alleen koken met hulp erbij.", date(2026, 12, 20), wish, **deciding()
    )
    restriction = case.impose_restriction(
        what="Het gas is 's nachts dicht.",
        in_plan=True,
        legal_ground="Wzd artikel 10",
        lighter_ways_considered="Een melder was te laat.",
        ends_on=date(2026, 12, 20),
        written_on=TODAY,
        resistance="Sanne schudde haar hoofd.",
        expert="Wzd-functionaris De Brug",
        **deciding(say=given.no("Dat is mijn gas.")),
    )
    words = "Het gas ging om elf uur dicht."
    case.use_restriction(restriction, still_needed=True, nothing_lighter=True, words=words, **how)
    case.review_restriction(restriction, "Een nieuw fornuis helpt.", date(2026, 12, 1), **deciding())
    case.lift_restriction(restriction, "Het nieuwe fornuis staat er.", **deciding())
    return case


def _goals() -> Case:
    case = given.lena()
    goal = the(case.plan.goals)
    case.answer_proposal(the(case.plan.proposals), TakenUp.TAKEN_UP, words="Eén keer is goed.", **deciding())
    case.adjust_goal(goal, "Ik kook één keer per week zelf.", "Lena koos dit.", **deciding())
    case.reach_goal(goal, Voice.CLIENT, **deciding())
    case.settle_disagreement(the(case.plan.disagreements), "Eerst rust, toen koken.", **deciding())
    for words in ("Ik ga elke dag naar buiten.", "Ik ga weer werken."):
        case.propose_goal(words=words, words_of=Voice.CLIENT, proposed_by=Voice.CLIENT, **telling())
    _, outside, work = case.plan.goals
    case.drop_goal(outside, "Ik wil eerst herstellen.", **deciding())
    case.turn_down_goal(work, ByWhom.CLIENT, "Toch niet.", "Vrijwilligerswerk", **deciding(say=given.no()))
    proposal = case.make_proposal(
        then="Op zaterdag.", proposed_by=Voice.CLIENT, asks=Asks.ORGANISATION, **telling()
    )
    case.take_back_proposal(proposal, "Zaterdag kan ik zelf niet.", **telling())
    return case


def _around() -> Case:
    case = given.sanne()
    nadia = case.join_person(name="Nadia Bakker", kind=PersonKind.WORKER, organisation="De Brug", **telling())
    thomas = person_called(case, "Thomas Visser")
    case.change_worker(thomas, nadia, date(2026, 11, 1), handover_with_client=True, **deciding())
    case.leave_person(thomas, "Andere baan", date(2026, 11, 1), **telling())
    party = case.join_party("Kookclub Oost", PartyKind.INFORMAL, "Samen koken", **deciding())
    case.leave_party(party, "De club is gestopt.", **telling())
    case.scale_up_support(the(case.plan.supports), hours_a_week("3"), "Sanne vroeg erom.", **deciding())
    planned = case.plan_evaluation(TODAY, "Sanne, Nadia", **telling())
    facts: Any = {"worker_judgement": Fit.FITS, "conclusions": "Drie uur past.", "planned": planned}
    case.hold_evaluation(client_score=8, worker_score=7, present="Sanne, Nadia", **facts, **deciding())
    return case


def _represented() -> Case:
    case = given.sanne()
    henk, rita = person_called(case, "Henk Mulder"), given.a_representative(case)
    case.end_lead(person_called(case, "Fatima de Wit"), "Fatima is met verlof.", **telling())
    case.agree_role(henk, "Elke zondag samen koken.", date(2027, 1, 1), **telling())
    case.name_representative(rita, LegalKind.MENTOR, Scope.CARE, date(2028, 1, 14), **telling())
    facts: dict[str, Any] = {
        "judged_by": "Huisarts",
        "ground": "Een delier.",
        "subject": the(case.plan.supports),
    }
    case.judge_capacity("Hoeveel hulp er komt", able=False, **facts, **telling())
    case.end_representation(rita, "Sanne beslist weer zelf.", **telling())
    shared = (Part.GOALS, Part.SUPPORT)
    consent = case.give_consent(
        ConsentPurpose.SHARING, henk, shared, date(2027, 1, 1), "Hij mag het weten.", **deciding()
    )
    case.withdraw_consent(consent, "Toch liever niet.", **deciding(say=given.no("Toch liever niet.")))
    return case


def _record() -> Case:
    case = given.sanne()
    case.correct_entry(2, "birth_date", "1987-04-13", "Tikfout", "Sanne", **telling())
    case.read_back(4, right=True, **telling(by=given.CLIENT))
    case.add_statement(3, "Ik vond het gesprek te lang.", **telling(by=given.CLIENT))
    case.withdraw_entry(6, WhyWithdrawn.DOUBLE, **telling())
    case.record(
        StateImported,
        noun=Noun.GOAL,
        id=UUID(int=0x60A1),
        words="Zelf reizen",
        said="active",
        state="in_plan",
        **telling(by=given.IMPORT),
    )
    case.write(KeptBehind, telling(by=given.IMPORT))
    return case


def _looked_back() -> Case:
    case = given.lena()
    how, disagreement = telling(), the(case.plan.disagreements)
    planned = case.plan_evaluation(TODAY, "Lena, Thomas", **how)
    case.postpone_evaluation(planned, date(2026, 12, 1), "Lena is ziek.", **how)
    agreement = case.make_agreement("Thomas belt eerst.", "Thomas Visser", **deciding())
    case.check_agreement(agreement, CheckResult.NOT_KEPT, "Hij belde niet.", Voice.CLIENT, **how)
    case.find_common_ground("Rust in huis gaat voor.", "Lena en Thomas", **how)
    offered = case.offer_mediator(disagreement, "Aan Lena en Thomas.", **how)
    case.involve_mediator(offered, "Anna de Boer", **deciding())
    case.end_mediation(offered, "Zij praten weer.", **how)
    written = date(2026, 11, 20)
    complaint = case.voice_complaint(
        "Niemand luistert.", ComplaintLaw.WMO, Voice.CLIENT, written, **telling(by=given.CLIENT)
    )
    case.answer_complaint(complaint, "Wij zoeken het uit.", date(2026, 12, 20), **how)
    case.restrict_entry(2, WhyRestricted.ACCURACY_CONTESTED, "Lena", **how)
    case.lift_restriction_of_entry(2, TODAY, **how)
    case.handle_signal("open_disagreement", (4, 5), "Bemiddelaar.", discussed_with_client=True, **how)
    case.postpone_signal("stuck_goal", (2,), date(2026, 12, 20), "Eerst de bemiddeling.", **how)
    return case


def _reopened() -> Case:
    case = given.bram()
    case.reopen_case("Er is weer een vraag.", **deciding())
    return case


def _around_the_record() -> Case:
    case = given.sanne()
    case.point_out_supporter(PointedOutTo.CLIENT, wanted=True, **telling())
    case.offer_own_plan(OwnPlanKind.PERSONAL_PLAN, "Sanne", OwnPlanAnswer.WANTS, **telling())
    case.hand_in_personal_plan("Sanne en Henk", **telling())
    case.start_care(**telling())
    case.link_case("Z-77", "Haar zus woont hier ook.", **telling())
    wish = the(case.plan.wishes)
    case.add_document("Droomkaart.png", DocumentKind.DRAWING, b"een tekening", wish, **telling())
    case.lift_hold(case.place_hold("Er loopt een klacht.", **telling()), **telling())
    request = case.receive_request(RequestKind.ERASURE, Voice.CLIENT, "Haal dat weg.", **telling())
    case.answer_request(request, RequestAnswerKind.PARTLY, "Wettelijke bewaarplicht.", **deciding())
    case.use_emergency_access("Zij belde dat er brand was.", **telling(by=given.OTHER_WORKER))
    case.transfer_case("Buurtteam Oost", **deciding())
    return case
