"""The story of Noa Verbeek, fifteen: the Jeugdwet, a family group plan, and a birthday that matters."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from uuid import UUID

from domain.entry import Deciding, Initiative
from domain.kinds import (
    Address,
    Bond,
    ChoiceSize,
    ChoiceSubject,
    Experience,
    LegalBasis,
    LegalKind,
    LifeArea,
    Matter,
    OwnPlanAnswer,
    OwnPlanKind,
    PersonKind,
    PointedOutTo,
    Scope,
    SupportKind,
    Voice,
    WishForm,
)
from domain.nouns import Tie
from domain.say import Say, Stance, means_of
from jobs.demo import chapters, looking_back, months
from jobs.demo.acquaintance import how_it_is
from jobs.demo.clients import Invented
from jobs.demo.staff import NORTH, ORGANISATION
from jobs.demo.teller import Teller, amount
from jobs.demo.themes import HOURS, WEEK

CLIENT = Initiative.CLIENT


def noa(today: date) -> Invented:
    """In twelve days she is sixteen."""
    birthday = today + timedelta(days=12)
    born = birthday.replace(year=birthday.year - 16, day=min(birthday.day, 28))
    return Invented("Noa Verbeek", "Noa", "2026-0533", born, LegalBasis.JEUGDWET, Address.JIJ)


def story(today: date) -> Teller:
    """Half a year: from a closed door to two mornings at school."""
    t = Teller(noa(today), NORTH, Random(533), today - timedelta(days=190), today)  # noqa: S311 - a story
    chapters.opening(t, "Ik wil dat iedereen stopt met boos zijn over school.")
    _the_family_first(t)
    t.later(9)
    _who_she_is(t)
    goal = _school(t)
    chapters.lay_down(t)
    t.later(20)
    t.case.offer_choice(
        ChoiceSubject.PERSON,
        ("iemand van school", "iemand van de hulp", "allebei niet"),
        ChoiceSize.LARGE,
        **t.by(),
    )
    made = t.case.version
    t.case.make_choice("iemand van de hulp", made, **t.decided(Stance.AGREES, "", CLIENT))
    looking_back.evaluation(t)
    t.case.tell_progress(goal, Voice.CLIENT, "Twee ochtenden gehaald. Vrijdag niet.", 6, 7, **t.by())
    t.case.mark_success("Ik heb in de pauze met Sem zitten kletsen.", Voice.CLIENT, **t.by())
    t.case.judge_experience(
        Experience.UNDERSTANDING, Voice.CLIENT, "Hij vraagt eerst of ik wil praten.", 8, **t.by()
    )
    months.until(t, today)
    t.until(4)
    how_it_is(t)
    return t


def _the_family_first(t: Teller) -> None:
    """Her mother and her aunt make a plan first, with Noa."""
    t.people["relative"] = t.case.join_person(
        name="Esra Verbeek", kind=PersonKind.REPRESENTATIVE, relation="moeder", **t.by()
    )
    t.case.name_representative(t.people["relative"], LegalKind.PARENT, Scope.ALL, **t.by())
    plan = OwnPlanKind.FAMILY_GROUP_PLAN
    t.case.offer_own_plan(plan, "Noa en haar moeder", OwnPlanAnswer.WANTS, **t.by(t.coordinator.actor))
    t.case.point_out_supporter(PointedOutTo.CLIENT, wanted=True, **t.by(t.coordinator.actor))
    t.later(16)
    t.case.hand_in_personal_plan("Noa, haar moeder en tante Lien", plan, **t.by())
    t.case.join_person(
        name="Jasper van Zijl",
        kind=PersonKind.INDEPENDENT_SUPPORTER,
        organisation="Jeugdstem",
        client_chose=True,
        **t.by(),
    )


def _who_she_is(t: Teller) -> None:
    t.talk()
    t.case.hold_introduction(
        "Ik teken strips. En ik zorg voor mijn broertje.",
        "Dat ik niet hoef te praten als ik niet wil.",
        "Iemand die meeloopt en niet duwt.",
        **t.by(),
    )
    t.case.say_what_matters("Eerst weten wie er komt. Dan pas komen.", Matter.PACE, **t.by())
    t.case.name_strength("Noa ziet meteen hoe iemand zich voelt.", Voice.NETWORK, **t.by())
    t.case.draw_circle(
        (
            Tie("Tante Lien", Bond.STRONG, "Bij haar kan ik slapen."),
            Tie("Mama", Bond.USUAL, "We hebben vaak ruzie over school."),
            Tie("Sem", Bond.LOOSE, "Uit de tweede."),
        ),
        with_client=True,
        **t.by(),
    )
    how_it_is(t)


def _school(t: Teller) -> UUID:
    """Her wish, her goal, and help that walks along."""
    wish = t.case.voice_wish(
        "Ik wil weer naar school, maar niet de hele dag.",
        WishForm.DRAWING,
        Voice.CLIENT,
        life_area=LifeArea.DEVELOPMENT,
        **t.by(),
    )
    need = t.case.state_need("Een rustige plek op school.", Voice.CLIENT, LifeArea.DEVELOPMENT, **t.by())
    t.case.confirm_need(need, Voice.CLIENT, **t.by())
    goal = t.case.propose_goal(
        words="Ik ga twee ochtenden naar school",
        words_of=Voice.CLIENT,
        proposed_by=Voice.CLIENT,
        life_area=LifeArea.DEVELOPMENT,
        wish_id=wish,
        talking_point_id=t.case.set_talking_point("Wat er wel kan op school", wish, **t.by()),
        **t.by(),
    )
    t.case.agree_goal(goal, **_with_her_mother(t, "Niet op vrijdag.", "Als het maar rustig opbouwt."))
    made = t.case.offer_support(
        what="Meelopen naar school en thuis",
        kind=SupportKind.GUIDANCE,
        provider=ORGANISATION,
        goal_id=goal,
        need_id=need,
        amount=amount(("3", HOURS, WEEK)),
        asked_for=True,
        **t.by(),
    )
    t.case.accept_support(made, **_with_her_mother(t, "Oké. Eerst kijken.", "Graag."))
    t.later(6)
    t.case.start_support(made, **_with_her_mother(t, "", ""))
    return goal


def _with_her_mother(t: Teller, hers: str, mothers: str) -> Deciding:
    """From twelve to sixteen both decide; what they say stands side by side."""
    how = t.decided(Stance.AGREES, hers, CLIENT)
    how["representative_say"] = Say(
        Stance.AGREES, means_of(Stance.AGREES, mothers), mothers, person=t.people["relative"], present=True
    )
    return how
