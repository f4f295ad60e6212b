"""A case in which every question of an inspector has something to find, and an answer in plain English."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time
from enum import Enum
from uuid import UUID

from domain.access import Ground
from domain.case import Case
from domain.entry import Actor, Initiative, Role
from domain.kinds import (
    Change,
    ConsentPurpose,
    ContactKind,
    ConversationKind,
    Fit,
    OwnPlanAnswer,
    OwnPlanKind,
    PointedOutTo,
    SupportKind,
    Voice,
    WhyRefused,
    WhyWithdrawn,
)
from projections.contacts import Contact
from projections.questions.answer import Answer, Phrase, Sentence, When
from projections.questions.looked import Looker
from tests import given
from tests.given import deciding, no, not_asked, person_called, telling, the, yes

CALLED = "Sanne"


def inspected() -> Case:
    """Sanne's story (entries 1 to 20) with what an inspector asks about: 21 and on."""
    case = given.sanne()
    support, henk = the(case.plan.supports), person_called(case, "Henk Mulder")
    goal, clock = the(case.plan.goals), given.clock_of(case)
    clock.to(given.TODAY)
    case.offer_own_plan(OwnPlanKind.PERSONAL_PLAN, CALLED, OwnPlanAnswer.WANTS, **telling(date(2026, 1, 12)))
    case.hand_in_personal_plan("Sanne en Henk", **telling(date(2026, 1, 17)))
    case.point_out_supporter(PointedOutTo.CLIENT, wanted=False, **telling(date(2026, 1, 12)))
    case.hold_conversation(
        kind=ConversationKind.TEAM,
        client_present=False,
        why_absent="Ze was ziek.",
        **telling(date(2026, 3, 9)),
    )
    evening = case.offer_support(
        what="Begeleiding op vrijdagavond",
        kind=SupportKind.GUIDANCE,
        provider="Avondteam",
        **telling(date(2026, 4, 1)),
    )
    words = "Vrijdag is van mij."
    refusal = case.refuse_support(evening, WhyRefused.OTHER, words, **deciding(date(2026, 4, 2), no(words)))
    case.respect_refusal(
        refusal,
        stopped=True,
        door="Bellen met Fatima.",
        alternatives="Een belletje op vrijdag.",
        **telling(date(2026, 4, 3)),
    )
    case.note_ideal_not_available(
        "Altijd dezelfde begeleider",
        "Een vast team van drie",
        the(case.plan.wishes),
        **telling(date(2026, 4, 6)),
    )
    case.notice_change(Change.WITHDRAWN, "Ze zegt weinig.", Voice.WORKER, **telling(date(2026, 5, 1)))
    case.handle_signal(
        "no_longer_fits",
        (case.version,),
        "Samen gewandeld en gepraat.",
        **telling(date(2026, 5, 4), given.WORKER),
    )
    case.judge_fit(Fit.TOO_HEAVY, Voice.CLIENT, support, "Vier uur is veel.", **telling(date(2026, 6, 1)))
    evaluation = case.hold_evaluation(
        conclusions="Minder uren.",
        client_judgement=Fit.TOO_HEAVY,
        worker_judgement=Fit.FITS,
        present="Sanne, Thomas Visser",
        **deciding(date(2026, 6, 8)),
    )
    case.adjust_goal(
        goal,
        "Ik kook vier keer per week zelf.",
        "Het gaat goed.",
        evaluation=evaluation,
        **deciding(date(2026, 6, 8), replace(yes("Vier keer."), shown_version=20)),
    )
    case.take_stance(goal, no("Dat is te veel voor haar.", person=henk), **telling(date(2026, 6, 9)))
    case.give_consent(ConsentPurpose.ASKING, henk, **deciding(date(2026, 6, 9)))
    case.hear_network_view(henk, "Ze wordt er moe van.", **telling(date(2026, 6, 10)))
    _restricted(case)
    case.take_action("Soep gemaakt.", goal, done_by="Thomas", **telling(date(2026, 8, 3), given.WORKER))
    note = case.version
    case.correct_entry(
        note, "done_by", "Nadia", "Verkeerde naam.", "Nadia Bakker", **telling(date(2026, 8, 4))
    )
    case.take_action("Soep gemaakt.", goal, **telling(date(2026, 8, 3), given.WORKER))
    case.withdraw_entry(case.version, WhyWithdrawn.DOUBLE, "Thomas Visser", **telling(date(2026, 8, 4)))
    return case


def _restricted(case: Case) -> None:
    """A door that is locked at night: decided without her, looked at again after five months, then lifted."""
    door = case.impose_restriction(
        what="De voordeur is 's nachts op slot.",
        in_plan=True,
        legal_ground="Wzd artikel 10",
        lighter_ways_considered="Een belletje aan de deur.",
        ends_on=date(2026, 9, 30),
        **deciding(date(2026, 7, 1), not_asked(), initiative=Initiative.PROFESSIONAL),
    )
    case.use_restriction(door, still_needed=True, nothing_lighter=True, **telling(date(2026, 7, 2)))
    case.review_restriction(door, "Niet meer nodig.", **deciding(date(2026, 7, 20)))
    case.lift_restriction(door, "Ze slaapt door.", **deciding(date(2026, 7, 21)))


def visits(case: Case) -> list[Contact]:
    """Thomas twice and Nadia, who is on no file, once; a group; and one of before the last four weeks."""
    thomas, nadia = person_called(case, "Thomas Visser"), UUID(int=9)
    came = [
        (date(2026, 10, 1), (thomas,), ContactKind.PERSONAL),
        (date(2026, 11, 2), (thomas,), ContactKind.PERSONAL),
        (date(2026, 11, 9), (nadia,), ContactKind.PERSONAL),
        (date(2026, 11, 12), (thomas,), ContactKind.GROUP),
        (date(2026, 11, 16), (thomas,), ContactKind.PERSONAL),
    ]
    return [
        Contact(case.id, number, UUID(int=number), list(who), "De Brug", noon, 30, kind, noon, None)
        for number, (day, who, kind) in enumerate(came, 2)
        for noon in [datetime.combine(day, time(12), UTC)]
    ]


def looks() -> list[Looker]:
    """Fatima opened the record three times, and it stood on a list of Ingrid."""
    first, last = datetime(2026, 11, 2, 9, tzinfo=UTC), datetime(2026, 11, 20, 9, tzinfo=UTC)
    return [
        Looker("Fatima de Wit", Role.COORDINATOR, "De Brug", Ground.TEAM, False, 3, first, last),
        Looker("Ingrid Vos", Role.MANAGER, "De Brug", "role", True, 1, last, last),
    ]


def plain(answer: Answer) -> list[str]:
    """Each sentence in English, with its words, entries, and whether the law was looked up."""
    return [_plain(sentence) for sentence in answer.sentences]


def _plain(sentence: Sentence) -> str:
    text = sentence.says % {name: _fact(fact) for name, fact in sentence.facts.items()}
    words = f" “{sentence.words}”" if sentence.words else ""
    numbers = f" {list(sentence.entries)}" if sentence.entries else ""
    return f"{text}{words}{' (not checked)' if sentence.unchecked else ''}{numbers}"


def _fact(fact: object) -> str:  # noqa: PLR0911  # one line for each kind of fact
    match fact:
        case Phrase(text, _, facts):
            return text % {name: _fact(one) for name, one in facts.items()} if facts else text
        case When(day):
            return f"{day:%d-%m-%Y}"
        case date():
            return f"{fact:%d-%m-%Y}"
        case Actor():
            return fact.name
        case Enum():
            return str(fact.value).replace("_", " ")
        case tuple():
            return ", ".join(map(_fact, fact))
    return str(fact)
