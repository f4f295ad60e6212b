"""The story of Greet Wolters: dementia, the Wlz, a daughter who is her mentor, and a door at night."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random
from uuid import UUID

from domain.entry import Deciding, Initiative
from domain.kinds import (
    Address,
    Bond,
    ComplaintLaw,
    ConversationKind,
    LegalBasis,
    LegalKind,
    LifeArea,
    Matter,
    OpensWith,
    PersonKind,
    Scope,
    SupportKind,
    Topic,
    TryoutResult,
    Voice,
    WishForm,
)
from domain.nouns import Tie
from domain.say import Say, Stance, means_of
from jobs.demo import acquaintance, chapters, looking_back, months
from jobs.demo.clients import Invented
from jobs.demo.staff import MARIJKE, ORGANISATION, SOUTH
from jobs.demo.teller import Teller, amount
from jobs.demo.themes import TIMES, WEEK

GREET = Invented("Greet Wolters", "Greet", "2025-0204", date(1941, 2, 11), LegalBasis.WLZ, Address.U)
CLIENT, REPRESENTATIVE = Initiative.CLIENT, Initiative.REPRESENTATIVE


def story(today: date) -> Teller:
    """A year and a bit: from her own kitchen to the house by the water."""
    t = Teller(GREET, SOUTH, Random(204), today - timedelta(days=400), today)  # noqa: S311 - a story
    chapters.opening(t, "Ik wil bij het water wonen, en mijn eigen stoel mee.")
    acquaintance.rights_told(t)
    t.case.start_care(**t.by())
    t.later(5)
    _who_she_is(t)
    _her_people(t)
    wish = _by_the_water(t)
    chapters.lay_down(t)
    _walking(t, wish)
    looking_back.evaluation(t)
    _complaint(t)
    months.until(t, today - timedelta(days=75))
    _the_door(t, wish)
    months.until(t, today)
    return t


def _who_she_is(t: Teller) -> None:
    t.talk()
    t.case.hold_conversation(
        kind=ConversationKind.INTAKE,
        client_present=True,
        present=("Greet", "Marijke", t.worker.name),
        opening_question="Waar wordt u blij van?",
        opening_about=OpensWith.PERSON,
        discussed=tuple(Topic),
        words="Eerst de foto’s van de boot bekeken.",
        **t.by(),
    )
    t.case.hold_introduction(
        "Ik kan zingen, alle coupletten.",
        "Het water, de wind en een warme trui.",
        "Help mij met mijn knopen. De rest doe ik zelf.",
        **t.by(),
    )
    t.case.name_strength("Greet kent van ieder lied alle coupletten.", Voice.NETWORK, **t.by())
    acquaintance.how_it_is(t)


def _her_people(t: Teller) -> None:
    """Her daughter is her mentor. About money Greet decides with her, about her day she decides herself."""
    kind = PersonKind.REPRESENTATIVE
    t.people["relative"] = t.case.join_person(
        name=MARIJKE.name, kind=kind, relation="dochter", client_chose=True, user=MARIJKE.user, **t.by()
    )
    t.case.name_representative(t.people["relative"], LegalKind.MENTOR, Scope.CARE, **t.by())
    t.case.draw_circle(
        (
            Tie("Marijke, mijn dochter", Bond.STRONG, "Zij weet hoe ik het wil."),
            Tie("Koor De Zwaluw", Bond.USUAL, "Op donderdag. Zingen kan ik nog."),
            Tie("Mijn zus in Canada", Bond.LOOSE, "We bellen met de feestdagen."),
        ),
        with_client=True,
        **t.by(),
    )
    t.case.say_what_matters("Elke dag naar buiten. Ook als het regent.", Matter.LIFE, **t.by())
    t.case.say_what_matters("Zondag is de dag van de kerk en de soep.", Matter.CULTURE, **t.by())


def _by_the_water(t: Teller) -> UUID:
    """She wished for a house in her own village. There was no place; this one has the water."""
    wish = t.case.voice_wish(
        "Ik wil elke dag het water zien, zoals vroeger op de boot.",
        WishForm.DRAWING,
        Voice.CLIENT,
        life_area=LifeArea.LIVING,
        **t.by(),
    )
    point = t.case.set_talking_point("Waar en hoe ik wil wonen", wish, **t.by())
    t.case.note_ideal_not_available(
        "Een kamer in haar eigen dorp.", "Een kamer aan de vaart, twaalf kilometer verder.", wish, **t.by()
    )
    goal = t.case.propose_goal(
        words="Ik ga elke dag naar buiten en kijk naar het water",
        words_of=Voice.CLIENT,
        proposed_by=Voice.CLIENT,
        life_area=LifeArea.LIVING,
        wish_id=wish,
        talking_point_id=point,
        success_in_own_words="Als ik met rode wangen aan tafel zit.",
        **t.by(),
    )
    t.case.agree_goal(goal, **t.decided(Stance.AGREES, "Ja. Ook als het regent.", CLIENT))
    made = t.case.offer_support(
        what="Verzorging en begeleiding in het huis aan de vaart",
        kind=SupportKind.PERSONAL_CARE,
        provider=ORGANISATION,
        goal_id=goal,
        amount=amount(("14", TIMES, WEEK)),
        asked_for=True,
        **t.by(),
    )
    t.case.accept_support(made, **t.decided(Stance.AGREES, "Als mijn stoel mee mag.", CLIENT))
    t.case.start_support(made, **t.decided(Stance.AGREES))
    return wish


def _walking(t: Teller, wish: UUID) -> None:
    """There is a risk in walking alone, and much to lose without it: first it was tried."""
    t.later(20)
    t.case.weigh_risk(
        "Greet kan de weg terug vergeten en langs het water vallen.",
        "Zonder haar rondje wordt ze onrustig en slaapt ze slecht.",
        t.today + timedelta(days=15),
        wish,
        **t.decided(Stance.AGREES, "Ik ben schippersdochter. Ik val niet in het water.", CLIENT),
    )
    tried = t.case.agree_tryout(
        "Vier weken alleen een rondje langs de vaart, met een horloge dat de weg weet.",
        t.day + timedelta(days=28),
        wish,
        **t.decided(Stance.AGREES, "Met dat horloge. Vooruit.", CLIENT),
    )
    t.later(28)
    t.case.look_back_on_tryout(
        tried,
        TryoutResult.WORKS,
        Voice.TOGETHER,
        "Overdag gaat het goed. Ze kwam elke keer zelf terug.",
        **t.by(),
    )


def _complaint(t: Teller) -> None:
    """A complaint of her daughter, and an answer within the term."""
    t.later(15)
    made = t.case.voice_complaint(
        "Mijn moeder zat om elf uur nog in haar nachtjapon.",
        ComplaintLaw.WKKGZ,
        Voice.REPRESENTATIVE,
        t.day,
        **t.by(t.coordinator.actor),
    )
    t.later(12)
    t.case.answer_complaint(
        made,
        "U heeft gelijk. Wij maakten excuses, en de ochtendronde begint nu aan haar kant van de gang.",
        **t.by(t.coordinator.actor),
    )


def _the_door(t: Teller, wish: UUID) -> None:
    """At night she went out and did not find the way. A restriction with its terms, as light as it can be."""
    restriction = _restricted(t, wish)
    planned = next(e.entry for e in t.case.plan.evaluations.values() if e.held_on is None)
    sooner = "De wet vraagt dat wij na vier weken samen kijken."
    t.case.postpone_evaluation(planned, t.day + timedelta(days=26), sooner, **t.by())
    t.later(9)
    t.case.use_restriction(
        restriction,
        still_needed=True,
        nothing_lighter=True,
        words="Samen thee gedronken en teruggelopen.",
        **t.by(),
    )
    t.later(17)
    looking_back.look_back(t, planned)
    t.later(30)
    t.case.review_restriction(
        restriction,
        "Nog nodig tussen 1 en 5 uur. Om 23 uur niet meer: dan is ze nog op.",
        t.today + timedelta(days=80),
        **_with_her_mentor(t, "Dat is tenminste iets.", "Fijn dat het korter kan."),
    )


def _restricted(t: Teller, wish: UUID) -> int:
    t.case.weigh_risk(
        "’s Nachts alleen buiten: twee keer vond ze de weg niet terug.",
        "Een open deur in de nacht.",
        t.today + timedelta(days=20),
        wish,
        **t.decided(
            Stance.WANTS_TO_TALK, "Ik wil gewoon naar huis als het donker is.", Initiative.PROFESSIONAL
        ),
    )
    t.case.judge_capacity(
        "’s Nachts alleen naar buiten gaan",
        able=False,
        judged_by="Specialist ouderengeneeskunde",
        ground="Overziet in de nacht niet waar ze is. Overdag wel.",
        subject=t.case.version,
        **t.by(),
    )
    return t.case.impose_restriction(
        what="Tussen 23 en 6 uur geeft de buitendeur een zacht geluid en komt er iemand",
        in_plan=True,
        legal_ground="Wzd, artikel 10: ernstig nadeel",
        lighter_ways_considered="Een lampje op de gang, warme melk en later naar bed hielpen niet genoeg.",
        resistance="Eerst boos op de bel. Met muziek niet meer.",
        expert="Specialist ouderengeneeskunde",
        ends_on=t.day + timedelta(days=90),
        **_with_her_mentor(
            t, "Ik vind het niet leuk. Maar een muziekje is beter dan die bel.", "Zo licht mogelijk."
        ),
    )


def _with_her_mentor(t: Teller, hers: str, mentors: str) -> Deciding:
    """What Greet says, and beside it what her daughter says."""
    how = t.decided(Stance.AGREES_IN_PART, hers, REPRESENTATIVE)
    how["representative_say"] = Say(
        Stance.AGREES, means_of(Stance.AGREES, mentors), mentors, person=t.people["relative"], present=True
    )
    return how
