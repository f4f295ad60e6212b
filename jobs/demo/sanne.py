"""The story of Sanne de Graaf, written out: a wood workshop, post and money, and too many new faces."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from uuid import UUID

from domain.entry import Initiative
from domain.kinds import (
    Asks,
    ConversationKind,
    Fit,
    LifeArea,
    Matter,
    OpensWith,
    PersonKind,
    SupportKind,
    TakenUp,
    Topic,
    Voice,
    WhyRefused,
    WhyWithdrawn,
    WishForm,
)
from domain.say import Stance
from jobs.demo import acquaintance, chapters, looking_back, themes, turns
from jobs.demo.clients import SANNE
from jobs.demo.staff import DAAN, ILSE, NOOR, NORTH, PARTNER, PETRA, Colleague
from jobs.demo.teller import Teller

COOKING, WOOD, MONEY = themes.THEMES[:3]
FRIDAY = "Ik wil niet dat er op vrijdag iemand anders komt. Als Noor er niet is, wil ik het eerder horen."


def story(today: date) -> Teller:
    """Two years and eight months, up to a question that lies open today."""
    t = Teller(SANNE, NORTH, Random(317), today - timedelta(days=700), today)  # noqa: S311 - a story
    t.worker = PETRA
    chapters.opening(t, "Ik wil op mezelf blijven wonen. Maar het wordt mij soms te veel.")
    acquaintance.rights_told(t)
    t.later(6)
    _who_she_is(t)
    cooking = chapters.goal(t, COOKING)
    with_cooking = chapters.support(t, COOKING, cooking)
    chapters.lay_down(t)
    chapters.notes(t, COOKING, cooking, 4)
    _friday_evening(t)
    t.later(70)
    _another_face(t, DAAN, told=True)
    wood = chapters.goal(t, WOOD)
    chapters.support(t, WOOD, wood)
    _foreman(t)
    looking_back.evaluation(t, Fit.TOO_HEAVY)
    money = chapters.goal(t, MONEY)
    chapters.support(t, MONEY, money)
    chapters.lay_down(t)
    t.later(100)
    turns.disagreement(t, cooking, settled=True)
    turns.mistakes(t, wood)
    t.later(150)
    _another_face(t, NOOR, told=False)
    t.later(70)
    _fewer_faces(t)
    chapters.scaled_down(t, COOKING, cooking, with_cooking)
    chapters.notes(t, WOOD, wood, 3)
    planned = [e.entry for e in t.case.plan.evaluations.values() if e.held_on is None]
    looking_back.look_back(t, planned[0])
    t.case.withdraw_entry(t.case.version, WhyWithdrawn.DOUBLE, NOOR.name, **t.by())
    chapters.lay_down(t)
    _today(t, money)
    return t


def _who_she_is(t: Teller) -> None:
    t.talk()
    t.case.hold_conversation(
        kind=ConversationKind.INTAKE,
        client_present=True,
        present=("Sanne", "Lotte", PETRA.name),
        opening_question="Wat maakt dat jij goed kunt leven?",
        opening_about=OpensWith.PERSON,
        discussed=(Topic.DAILY_ACTIVITIES, Topic.CONTACTS, Topic.MONEY),
        why_not_discussed="Over haar gezondheid wilde Sanne het nog niet hebben.",
        **t.by(),
    )
    t.people["relative"] = t.case.join_person(
        name="Lotte de Graaf", kind=PersonKind.RELATIVE, relation="zus", client_chose=True, **t.by()
    )
    t.case.say_what_matters("Rust in huis. En dat mensen doen wat ze zeggen.", Matter.LIFE, **t.by())
    t.case.say_what_matters("Niet alles tegelijk. Eén ding per week is genoeg.", Matter.PACE, **t.by())
    t.case.name_strength("Sanne ziet aan hout wat het kan worden.", Voice.NETWORK, **t.by())
    t.case.voice_wish(
        "Ooit wil ik een eigen kraampje op de markt, met dingen van hout.",
        WishForm.DREAM_CARD,
        Voice.CLIENT,
        life_area=LifeArea.DEVELOPMENT,
        **t.by(),
    )


def _friday_evening(t: Teller) -> None:
    """An offer she does not want, on an evening that is hers."""
    offered = t.case.offer_support(
        what="Begeleiding op vrijdagavond", kind=SupportKind.GUIDANCE, provider="Avondteam De Linde", **t.by()
    )
    t.later(3)
    no = "Vrijdag is van mij. Dan komt Lotte, en dat is genoeg."
    refusal = t.case.refuse_support(
        offered, WhyRefused.OTHER, no, **t.decided(Stance.DISAGREES, no, Initiative.CLIENT)
    )
    t.case.respect_refusal(
        refusal,
        stopped=True,
        door="Bellen met Ilse, ook als het maar voor één avond is.",
        alternatives="Een belletje op vrijdag om negen uur, als je dat wilt.",
        **t.by(),
    )


def _foreman(t: Teller) -> None:
    """The one she works with at the workshop. She lets the workshop see her goals and her support."""
    t.case.join_person(
        name=PARTNER.name,
        kind=PersonKind.WORKER,
        organisation=WOOD.provider,
        relation="werkmeester",
        user=PARTNER.user,
        **t.by(t.coordinator.actor),
    )


def _another_face(t: Teller, who: Colleague, *, told: bool) -> None:
    before, t.worker = t.people["worker"], who
    t.people["worker"] = chapters.joins(t, who, usual=False)
    words = (
        "Als hij eerst een keer meeloopt, is het goed."
        if told
        else "Ik wist het pas op de dag zelf. Dat wil ik niet meer."
    )
    how = t.decided(
        Stance.AGREES if told else Stance.AGREES_IN_PART, words, Initiative.ORGANISATION, ILSE.actor
    )
    heard = t.day - timedelta(days=12) if told else None
    t.case.change_worker(before, t.people["worker"], heard, handover_with_client=told, **how)
    t.case.leave_person(before, "Werkt nu in een ander team", **t.by(ILSE.actor))


def _fewer_faces(t: Teller) -> None:
    """Her own proposal, which becomes a goal in her own words."""
    proposed = t.case.make_proposal(
        then="Ik wil minder nieuwe gezichten. En het eerder horen.",
        proposed_by=Voice.CLIENT,
        asks=Asks.ORGANISATION,
        answer_by=t.day + timedelta(days=7),
        **t.by(t.themselves),
    )
    t.later(6)
    t.case.answer_proposal(
        proposed,
        TakenUp.TAKEN_UP,
        words="Bij verlof hoort Sanne een week eerder wie er komt.",
        **t.decided(Stance.AGREES, "Dat is precies wat ik bedoel.", Initiative.CLIENT),
    )
    fewer = t.case.propose_goal(
        words="Ik wil minder nieuwe gezichten", words_of=Voice.CLIENT, proposed_by=Voice.CLIENT, **t.by()
    )
    t.case.agree_goal(fewer, **t.decided(Stance.AGREES, FRIDAY, Initiative.CLIENT))
    t.case.read_back(t.case.version, right=True, **t.by(t.themselves))


def _today(t: Teller, money: UUID) -> None:
    """A conversation last week, an evaluation soon, and a question that lies with Sanne."""
    t.later(max(0, (t.today - t.day).days - 4))
    t.talk()
    t.case.take_action("Sanne koos zelf drie gerechten en schreef de lijst.", with_client=True, **t.by())
    t.case.plan_evaluation(t.today + timedelta(days=9), "Sanne, Lotte", **t.by())
    t.case.make_proposal(
        subject=money,
        now="Schuldhulp komt elke week.",
        then="Schuldhulp komt om de week, en jij opent zelf de post.",
        proposed_by=Voice.WORKER,
        asks=Asks.CLIENT,
        **t.by(),
    )
