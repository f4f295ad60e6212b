"""Getting to know each other: the client's rights, their story, their people, and what is needed."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

from domain.entry import Initiative
from domain.kinds import (
    Bond,
    ConsentPurpose,
    ConversationKind,
    LegalBasis,
    Matter,
    OpensWith,
    OwnPlanAnswer,
    OwnPlanKind,
    Part,
    PersonKind,
    PointedOutTo,
    Topic,
    Voice,
)
from domain.nouns import Tie
from domain.say import Stance
from jobs.demo import themes, words
from jobs.demo.teller import Teller
from jobs.demo.themes import Theme

NO, YES = OwnPlanAnswer.DOES_NOT_WANT, OwnPlanAnswer.WANTS


def rights_told(t: Teller) -> None:
    """The client hears that they may make a plan of their own, and that somebody independent is free."""
    youth, by = t.client.law is LegalBasis.JEUGDWET, t.by(t.coordinator.actor)
    kind = OwnPlanKind.FAMILY_GROUP_PLAN if youth else OwnPlanKind.PERSONAL_PLAN
    wants = t.random.random() < 0.2
    t.case.offer_own_plan(kind, t.client.called, YES if wants else NO, **by)
    t.case.point_out_supporter(PointedOutTo.CLIENT, wanted=wants, **by)
    if wants and t.later(5):
        t.case.hand_in_personal_plan(f"{t.client.called}, met hulp van familie", kind, **t.by())


def getting_to_know(t: Teller) -> None:
    """A first conversation: about the person first."""
    t.talk()
    t.case.hold_conversation(
        kind=ConversationKind.INTAKE,
        client_present=True,
        present=(t.client.called, t.worker.name),
        opening_question=f"Wat is belangrijk voor {'jou' if t.client.address == 'jij' else 'u'}?",
        opening_about=OpensWith.PERSON,
        discussed=tuple(Topic),
        words="Kennisgemaakt aan de keukentafel.",
        **t.by(),
    )
    told = (t.random.choice(of) for of in (words.I_CAN, words.I_LIKE, words.ROLES_OF_CARE))
    t.case.hold_introduction(*told, **t.by())
    t.case.say_what_matters(t.random.choice(themes.MATTERS), Matter.LIFE, **t.by())
    t.case.name_strength(t.random.choice(themes.STRENGTHS), Voice.WORKER, **t.by())
    how_it_is(t)
    for task, doing, said in t.random.sample(words.ABILITIES, 2):
        t.case.describe_ability(task, doing, said, **t.by())


def needed(t: Teller, theme: Theme, wish: UUID) -> UUID:
    """What is needed according to the client, and what is to be talked about; gives the talking point."""
    need = t.case.state_need(words.NEEDS[theme.area], Voice.TOGETHER, theme.area, **t.by())
    t.case.confirm_need(need, Voice.CLIENT, **t.by())
    return t.case.set_talking_point(words.TALKING_POINTS[theme.area], wish, **t.by())


def family(t: Teller) -> None:
    """A relative takes part, and the client draws who is in their life."""
    name, relation = t.random.choice(
        [("Lotte", "zus"), ("Mark", "zoon"), ("Ria", "buurvrouw"), ("Anneke", "vriendin"), ("Karim", "broer")]
    )
    t.people["relative"] = t.case.join_person(
        name=f"{name} {t.client.name.split(maxsplit=1)[1]}",
        kind=PersonKind.RELATIVE,
        relation=relation,
        client_chose=True,
        **t.by(),
    )
    near = Tie(f"{name}, mijn {relation}", Bond.STRONG, "Die bel ik als eerste.")
    t.case.draw_circle((near, *t.random.sample(words.TIES, 2)), with_client=True, **t.by())
    t.case.give_consent(
        ConsentPurpose.ASKING,
        t.people["relative"],
        words="Je mag het vragen, als ik erbij ben.",
        **t.decided(Stance.AGREES, "", Initiative.CLIENT),
    )


def may_know(t: Teller, party: str) -> None:
    """The client allows a party to see what it needs, for two years and a half."""
    to = next(key for key, here in t.case.plan.parties.items() if here.name == party and here.until is None)
    t.case.give_consent(
        ConsentPurpose.SHARING,
        to,
        (Part.GOALS, Part.SUPPORT),
        until=t.day + timedelta(days=910),
        words="Alleen wat ze nodig hebben.",
        **t.decided(Stance.AGREES, "", Initiative.CLIENT),
    )


def how_it_is(t: Teller) -> None:
    """The client is asked how they are."""
    score, said = t.random.choice(words.HOW_I_AM)
    t.case.ask_wellbeing(said, score, **t.by())
