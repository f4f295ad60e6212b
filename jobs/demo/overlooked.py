"""What people overlook: somebody new, a no, an answer that stays away. Told as it was, to be seen."""

from __future__ import annotations

from datetime import timedelta

from domain.entry import Initiative
from domain.kinds import (
    ComplaintLaw,
    ConsentPurpose,
    ConversationKind,
    LifeEvent,
    OpensWith,
    Part,
    PartyKind,
    Voice,
    WhyRefused,
)
from domain.say import Stance
from jobs.demo import themes, turns
from jobs.demo.staff import JURRE
from jobs.demo.teller import Teller

CLIENT, OURS = Initiative.CLIENT, Initiative.ORGANISATION
HOURS, WEEK = themes.HOURS, themes.WEEK


def two_new_faces(t: Teller) -> None:
    turns.other_worker(t, told=False)
    t.later(60)
    turns.other_worker(t, told=True)


def many_parties(t: Teller) -> None:
    """Everybody means well, and together they are a lot."""
    for name, purpose in (
        ("Wijkteam Noord", "Meedenken over de buurt"),
        ("Thuiszorg De Meent", "Medicijnen aanreiken"),
        ("Bewindvoering Vast", "Geld en post"),
        ("FACT-team Oever", "Behandeling aan huis"),
        ("Schuldhulp Stad", "Afspraken met schuldeisers"),
    ):
        t.case.join_party(name, PartyKind.FORMAL, purpose, **t.decided(Stance.AGREES, "Als het moet."))


def night_call(t: Teller) -> None:
    """Somebody of the other team opened the file, because it could not wait."""
    reason = "Om half drie ’s nachts belden de buren, en van het team was niemand te bereiken."
    t.case.use_emergency_access(reason, **t.by(JURRE.actor))


def talked_without(t: Teller) -> None:
    """A team meeting at which the client was not, and something was decided."""
    t.talk()
    t.case.hold_conversation(
        kind=ConversationKind.TEAM,
        client_present=False,
        present=(t.coordinator.name, t.worker.name),
        absent=(t.client.called,),
        why_absent="Het overleg was op kantoor, buiten de afspraken om.",
        opening_about=OpensWith.PROBLEM,
        words="Besproken hoe het rooster er in december uitziet.",
        **t.by(t.coordinator.actor),
    )
    t.case.make_agreement(
        "In december komt de hulp op maandag.",
        t.worker.name,
        until=t.today + timedelta(days=40),
        **t.not_asked("Zat niet aan tafel.", t.coordinator.actor),
    )


def lead_left(t: Teller) -> None:
    t.case.leave_person(t.people["lead"], "Met verlof", t.day, **t.by(t.coordinator.actor))


def new_face_against(t: Teller) -> None:
    turns.other_worker(t, told=False, heard_late=Stance.DISAGREES)


def offered_again(t: Teller) -> None:
    """A no, and two weeks later the same once more."""
    offer = themes.OFFERS[2]
    turns.refusal(t, offer)
    t.later(14)
    turns.offered(t, offer, "De maaltijden zijn nu goedkoper.")


def consent_ends(t: Teller) -> None:
    """The client lets the day activities see the plan, for half a year."""
    party = t.case.join_party(
        "Moestuin De Akker",
        PartyKind.INFORMAL,
        "Meewerken in de tuin",
        **t.decided(Stance.AGREES, "Ja!", CLIENT),
    )
    t.case.give_consent(
        ConsentPurpose.SHARING,
        party,
        (Part.STORY,),
        until=t.today + timedelta(days=12),
        words="Een half jaar, dan kijken we opnieuw.",
        **t.decided(Stance.AGREES, "", CLIENT),
    )


def loss(t: Teller) -> None:
    words = f"Een broer van {t.client.called} is onverwacht overleden. Er nu over praten hoeft niet."
    t.case.note_life_event(LifeEvent.LOSS, words, **t.by())


def complaint(t: Teller) -> None:
    """A complaint on paper, of seven weeks ago."""
    words = "Er is drie keer niemand gekomen, en niemand belde. Ik wil weten hoe dat kan."
    t.case.voice_complaint(words, ComplaintLaw.WKKGZ, Voice.CLIENT, t.day, **t.by(t.coordinator.actor))


def no_without_a_way_back(t: Teller) -> None:
    """A no, and nothing after it."""
    offer = themes.OFFERS[0]
    made = turns.offered(t, offer)
    how = t.decided(Stance.DISAGREES, offer.words, CLIENT)
    t.case.refuse_support(made, WhyRefused.NOT_ASKED, offer.words, **how)


def question(t: Teller) -> None:
    key, goal = next((key, goal) for key, goal in t.case.plan.goals.items() if goal.open)
    turns.question(t, goal.words, "Dit doel bekijken we over drie maanden opnieuw", key)


def evaluation_missed(t: Teller) -> None:
    t.case.plan_evaluation(t.today - timedelta(days=9), t.client.called, **t.by())


def unanswered(t: Teller) -> None:
    turns.clients_proposal(t, None, answered=False)


def differs(t: Teller) -> None:
    goal = next(iter(t.case.plan.goals))
    turns.disagreement(t, goal, settled=False)
