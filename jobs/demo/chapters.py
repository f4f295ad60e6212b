"""What can happen in a trajectory, each a short chapter that ends early when it would lie in the future."""

from __future__ import annotations

from uuid import UUID

from domain.case import Case
from domain.entry import Initiative
from domain.kinds import (
    PartyKind,
    PersonKind,
    Voice,
    WishForm,
)
from domain.say import Stance
from jobs.demo.acquaintance import may_know, needed
from jobs.demo.looking_back import read_back
from jobs.demo.staff import ORGANISATION, Colleague
from jobs.demo.teller import Teller, amount
from jobs.demo.themes import Theme

CLIENT = Initiative.CLIENT


def opening(t: Teller, question: str) -> None:
    """The case is opened, the client described, and somebody has the lead."""
    how = t.decided(Stance.AGREES, "Dat is goed.", CLIENT, t.coordinator.actor)
    chance = UUID(int=t.random.getrandbits(128), version=4)
    t.case = Case.open(
        t.client.id or chance,
        legal_basis=t.client.law,
        question=question,
        clock=t.clock,
        **how,
    )
    c = t.client
    t.case.describe_client(
        name=c.name,
        called=c.called,
        birth_date=c.born,
        case_number=c.number,
        language="Nederlands",
        address=c.address,
        **t.by(t.coordinator.actor),
    )
    t.people["lead"] = joins(t, t.coordinator, usual=False)
    t.case.name_lead(t.people["lead"], **t.decided(Stance.AGREES, "", who=t.coordinator.actor))
    t.people["worker"] = joins(t, t.worker, usual=True)


def joins(t: Teller, who: Colleague, *, usual: bool) -> UUID:
    """A colleague takes part."""
    return t.case.join_person(
        name=who.name,
        kind=PersonKind.WORKER,
        organisation=ORGANISATION,
        usual_worker=usual,
        user=who.user,
        **t.by(t.coordinator.actor),
    )


def goal(t: Teller, theme: Theme) -> UUID:
    """From a wish to a goal in the plan."""
    made = proposed(t, theme)
    if t.later(5):
        t.case.agree_goal(made, **t.decided(Stance.AGREES, theme.yes, CLIENT))
    return made


def proposed(t: Teller, theme: Theme) -> UUID:
    """From a wish to a goal that the client proposes."""
    t.talk()
    wish = t.case.voice_wish(theme.wish, WishForm.SAID, Voice.CLIENT, life_area=theme.area, **t.by())
    point = needed(t, theme, wish)
    return t.case.propose_goal(
        words=theme.goal,
        words_of=Voice.CLIENT,
        proposed_by=Voice.CLIENT,
        life_area=theme.area,
        wish_id=wish,
        talking_point_id=point,
        success_in_own_words=theme.well,
        **t.by(),
    )


def support(t: Teller, theme: Theme, goal_id: UUID) -> UUID:
    """Support is offered, accepted and starts; a party from outside joins for it."""
    t.later(3)
    made = t.case.offer_support(
        what=theme.support,
        kind=theme.kind,
        provider=theme.provider,
        goal_id=goal_id,
        amount=amount(theme.much),
        asked_for=True,
        **t.by(),
    )
    if not t.later(4):
        return made
    t.case.accept_support(made, **t.decided(Stance.AGREES, theme.yes, CLIENT))
    here = {party.name for party in t.case.plan.parties.values()}
    if theme.provider not in here | {ORGANISATION}:
        t.case.join_party(theme.provider, PartyKind.FORMAL, theme.support, **t.decided(Stance.AGREES))
        may_know(t, theme.provider)
    if t.later(6):
        t.case.start_support(made, **t.decided(Stance.AGREES))
    return made


def lay_down(t: Teller) -> None:
    """The plan is laid down together."""
    t.case.show_plan("op papier, voorgelezen", t.client.called, **t.by())
    how = t.decided(Stance.AGREES, "Zo is het goed.", Initiative.PROFESSIONAL)
    how["say"] = type(how["say"])(
        how["say"].stance, how["say"].means, how["say"].words, shown_version=t.case.version, present=True
    )
    t.case.lay_down_plan("Mijn Plan", together=True, pen_held_by=t.worker.name, **how)
    read_back(t)


def notes(t: Teller, theme: Theme, goal_id: UUID, times: int) -> None:
    """Daily notes over the weeks."""
    for _ in range(times):
        if not t.later(t.random.randrange(5, 16)):
            return
        t.case.take_action(theme.note, goal_id, with_client=True, **t.by())


def scaled_down(t: Teller, theme: Theme, goal_id: UUID, support_id: UUID) -> None:
    """It goes well: the goal gets other words and the support becomes less, with a way back."""
    if not t.later(40):
        return
    t.talk()
    t.case.adjust_goal(goal_id, theme.later, "Het gaat goed.", **t.decided(Stance.AGREES, theme.well, CLIENT))
    if can_be_less(t, theme, support_id):
        how = t.decided(Stance.AGREES, theme.well, CLIENT)
        t.case.scale_down_support(support_id, amount(theme.less), "Gaat vooruit", theme.way_back, **how)


def reached_and_closed(t: Teller, goal_id: UUID) -> None:
    """The goal is reached, the support stops, and the case is closed with the client."""
    if not t.later(30):
        return
    t.case.reach_goal(goal_id, Voice.CLIENT, **t.decided(Stance.AGREES, "Het is gelukt!", CLIENT))
    for key, held in t.case.plan.supports.items():
        if held.running:
            t.case.end_support(
                key, "Niet meer nodig", **t.decided(Stance.AGREES, "Ik red het nu zelf.", CLIENT)
            )
    t.case.close_case("Doelen bereikt", **t.decided(Stance.AGREES, "Bedankt voor alles.", CLIENT))


def can_be_less(t: Teller, theme: Theme, support_id: UUID) -> bool:
    support = t.case.plan.supports.get(support_id)
    return bool(support and support.running and amount(theme.less).compared_to(support.amount) == -1)
