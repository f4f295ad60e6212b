"""Turns in a trajectory: a no, another face, a disagreement, a proposal, a mistake put right."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from domain.days import Precision
from domain.entry import Initiative
from domain.kinds import (
    Asks,
    ByWhom,
    TakenUp,
    Voice,
    WhyRefused,
    WhyWithdrawn,
)
from domain.say import Say, Stance, means_of
from jobs.demo import chapters, themes
from jobs.demo.staff import WORKERS
from jobs.demo.teller import Teller
from jobs.demo.themes import OtherOffer

CLIENT = Initiative.CLIENT


def refusal(t: Teller, offer: OtherOffer, *, respected: bool = True) -> None:
    """Something else is offered; the client says no, and that is that."""
    if not t.later(1 if not respected else 12):
        return
    made = offered(t, offer)
    if not t.later(2):
        return
    why = t.random.choice(list(WhyRefused)[:4])
    no = t.case.refuse_support(made, why, offer.words, **t.decided(Stance.DISAGREES, offer.words, CLIENT))
    if respected:
        door = f"Bellen met {t.worker.name}, ook later nog."
        t.case.respect_refusal(no, stopped=True, door=door, alternatives=offer.instead, **t.by())


def offered(t: Teller, offer: OtherOffer, because: str = "") -> UUID:
    """Something else, for the client's first goal."""
    goal = next(iter(t.case.plan.goals), None)
    return t.case.offer_support(
        what=offer.what,
        kind=offer.kind,
        provider=offer.provider,
        goal_id=goal,
        again_because=because,
        **t.by(),
    )


def other_worker(t: Teller, *, told: bool, heard_late: Stance = Stance.AGREES_IN_PART) -> None:
    """Another usual worker; sometimes the client hears it too late, and says so."""
    others = [w for w in WORKERS[t.team] if w is not t.worker and w.name not in _here(t)]
    if not others or not t.later(20):
        return
    before, t.worker = t.people["worker"], t.random.choice(others)
    t.people["worker"] = chapters.joins(t, t.worker, usual=False)
    stance, words = (Stance.AGREES, "Ik ken hem al een beetje.") if told else (heard_late, themes.FACES)
    t.case.change_worker(
        before,
        t.people["worker"],
        t.day - timedelta(days=10) if told else None,
        handover_with_client=told,
        **t.decided(stance, words, Initiative.ORGANISATION, t.coordinator.actor),
    )
    t.case.leave_person(before, "Andere taak in het team", **t.by(t.coordinator.actor))


def _here(t: Teller) -> set[str]:
    return {p.name for p in t.case.plan.people.values() if p.until is None}


def disagreement(t: Teller, goal_id: UUID, *, settled: bool) -> None:
    """The family sees it differently. Both stand side by side, until they find a way, alone or with help."""
    if not t.later(9) or "relative" not in t.people:
        return
    words = "Ik maak mij zorgen. Volgens mij gaat dit te snel."
    person = t.people["relative"]
    made = t.case.voice_disagreement(Voice.NETWORK, words, person, goal_id, **t.by())
    if settled and t.later(21):
        t.case.find_common_ground("Dat het thuis veilig en gezellig blijft.", "de familie", **t.by())
        how = t.decided(Stance.AGREES, "Als ze belt voor ze komt, is het goed.")
        t.case.settle_disagreement(made, "We bellen elkaar op maandag.", **how)


def with_a_mediator(t: Teller, goal_id: UUID) -> None:
    """The family sees it differently, and somebody from outside helps them to talk."""
    disagreement(t, goal_id, settled=False)
    open_ones = [number for number, held in t.case.plan.disagreements.items() if not held.settled_on]
    if open_ones and t.later(10):
        offered = t.case.offer_mediator(open_ones[0], "Iemand die van niemand is.", **t.by())
        how = t.decided(Stance.AGREES, "Als het maar bij mij thuis is.", CLIENT)
        t.case.involve_mediator(offered, "Bemiddelaar van Zorgbelang", **how)


def clients_proposal(t: Teller, goal_id: UUID | None, *, answered: bool) -> None:
    """The client proposes a change, in their own words."""
    if not t.later(8 if answered else 1):
        return
    made = t.case.make_proposal(
        then="Ik wil het eerder horen als er iemand anders komt.",
        proposed_by=Voice.CLIENT,
        asks=Asks.ORGANISATION,
        subject=goal_id,
        answer_by=t.day + timedelta(days=7),
        **t.by(t.themselves),
    )
    if answered and t.later(6):
        t.case.answer_proposal(
            made,
            TakenUp.TAKEN_UP,
            words="Bij verlof hoort u het een week eerder.",
            **t.decided(Stance.AGREES, "Fijn.", CLIENT),
        )


def another_mind(t: Teller, goal_id: UUID, stance: Stance) -> None:
    """The client looks at it otherwise now. What was agreed before stays readable."""
    if t.later(10):
        words = "Het gaat mij te snel. Ik wil er eerst over praten."
        t.case.take_stance(goal_id, Say(stance, means_of(stance, words), words, present=True), **t.by())
    if t.later(25):
        words = "Nu wil ik wel. Eén ding tegelijk."
        say = Say(Stance.AGREES, means_of(Stance.AGREES, words), words, present=True)
        t.case.take_stance(goal_id, say, **t.by())


def question(t: Teller, now: str, then: str, goal_id: UUID) -> None:
    """We ask the client something and wait. Silence changes nothing."""
    if t.later(1):
        t.case.make_proposal(
            then=then, now=now, proposed_by=Voice.WORKER, asks=Asks.CLIENT, subject=goal_id, **t.by()
        )


def mistakes(t: Teller, goal_id: UUID) -> None:
    """A wrong day is put right, a double note is withdrawn, and something is written down late."""
    if not t.later(7):
        return
    t.case.take_action("Samen naar de markt geweest.", goal_id, with_client=True, **t.by())
    t.case.correct_entry(
        t.case.version,
        "happened_on",
        (t.day - timedelta(days=1)).isoformat(),
        "Verkeerde dag gekozen",
        **t.by(),
    )
    t.case.take_action("Samen naar de markt geweest.", goal_id, with_client=True, **t.by())
    t.case.withdraw_entry(t.case.version, WhyWithdrawn.DOUBLE, t.worker.name, **t.by())
    t.late(9)
    t.case.take_action("Telefoongesprek over de kleinkinderen.", goal_id, with_client=True, **t.by())
    how = t.by()
    how["precision"] = Precision.MONTH
    t.case.name_strength("Heeft deze maand de tuin zelf gedaan.", Voice.NETWORK, **how)


def turned_down(t: Teller) -> None:
    """A goal of ours that the client does not want."""
    if not t.later(5):
        return
    made = t.case.propose_goal(
        words="Elke dag een uur wandelen", words_of=Voice.WORKER, proposed_by=Voice.WORKER, **t.by()
    )
    no = t.decided(Stance.DISAGREES, "Dat is úw doel, niet het mijne.", CLIENT)
    t.case.turn_down_goal(made, ByWhom.CLIENT, "Dat is úw doel, niet het mijne.", "Fietsen mag wel.", **no)
