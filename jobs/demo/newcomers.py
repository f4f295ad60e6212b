"""People who are here for some weeks only. Each story shows how a beginning can go wrong."""

from __future__ import annotations

from datetime import date, timedelta
from random import Random

from domain.entry import Initiative
from domain.kinds import (
    Address,
    ConversationKind,
    Fit,
    LegalBasis,
    LifeArea,
    OpensWith,
    SupportKind,
    Voice,
    WhyRefused,
)
from domain.say import Stance
from jobs.demo import acquaintance, chapters, themes
from jobs.demo.clients import Invented
from jobs.demo.staff import NORTH, ORGANISATION, SOUTH
from jobs.demo.teller import Teller, amount

CLIENT = Initiative.CLIENT


def stories(today: date) -> list[Teller]:
    """All of them."""
    return [
        waits_for_a_start(today),
        waits_for_help_to_begin(today),
        began_with_our_offer(today),
        heard_as_problems(today),
    ]


def arrived(client: Invented, ago: int, today: date, team: str, question: str) -> Teller:
    """A case that was opened so many days ago. The client heard of their rights."""
    t = Teller(client, team, Random(client.number), today - timedelta(days=ago), today)  # noqa: S311 - a story
    chapters.opening(t, question)
    acquaintance.rights_told(t)
    return t


def waits_for_a_start(today: date) -> Teller:
    """What is needed is known since eighteen days, and nothing has begun."""
    jamila = Invented("Jamila Amrani", "Jamila", "2026-0911", date(1979, 3, 2), LegalBasis.WMO, Address.JIJ)
    t = arrived(jamila, 26, today, NORTH, "Sinds de scheiding krijg ik het huis niet meer op orde.")
    t.later(2)
    acquaintance.getting_to_know(t)
    t.until(18)
    need = t.case.state_need(
        "Iemand die twee keer per week naast mij begint.", Voice.TOGETHER, LifeArea.LIVING, **t.by()
    )
    t.case.confirm_need(need, Voice.CLIENT, words="Beginnen is het moeilijkste.", **t.by())
    return t


def waits_for_help_to_begin(today: date) -> Teller:
    """There is a plan, and the help in it has a waiting list."""
    hans = Invented("Hans Oosterhuis", "Hans", "2026-0842", date(1958, 9, 21), LegalBasis.WMO, Address.U)
    t = arrived(hans, 63, today, SOUTH, "Ik zit hele dagen binnen sinds ik niet meer werk.")
    t.later(3)
    acquaintance.getting_to_know(t)
    theme = themes.THEMES[1]
    goal = chapters.goal(t, theme)
    made = t.case.offer_support(
        what=theme.support,
        kind=theme.kind,
        provider=theme.provider,
        goal_id=goal,
        amount=amount(theme.much),
        asked_for=True,
        **t.by(),
    )
    t.case.accept_support(made, **t.decided(Stance.AGREES, theme.yes, CLIENT))
    chapters.lay_down(t)
    t.until(12)
    t.case.take_action("Gebeld met de werkplaats: er is nog geen plek.", goal, with_client=True, **t.by())
    return t


def began_with_our_offer(today: date) -> Teller:
    """The first question was what she would like of what we have."""
    olga = Invented("Olga Mets", "Olga", "2026-0799", date(1947, 1, 30), LegalBasis.WMO, Address.U)
    t = arrived(olga, 70, today, NORTH, "Mijn dochter heeft mij aangemeld.")
    t.later(3)
    t.talk()
    t.case.hold_conversation(
        kind=ConversationKind.INTAKE,
        client_present=True,
        present=("Olga", t.worker.name),
        opening_question="Wij hebben plek op de dagopvang. Is dat iets voor u?",
        opening_about=OpensWith.OFFER,
        words="De folder van de dagopvang doorgenomen.",
        **t.by(),
    )
    offer = themes.OFFERS[3]
    made = t.case.offer_support(
        what=offer.what, kind=offer.kind, provider=offer.provider, asked_for=False, **t.by()
    )
    how = t.decided(Stance.DISAGREES, offer.words, CLIENT)
    refusal = t.case.refuse_support(made, WhyRefused.OTHER, offer.words, **how)
    door = f"Bellen met {t.worker.name}."
    t.case.respect_refusal(refusal, stopped=True, door=door, alternatives=offer.instead, **t.by())
    t.later(6)
    acquaintance.family(t)
    theme = themes.THEMES[1]
    chapters.support(t, theme, chapters.goal(t, theme))
    chapters.lay_down(t)
    t.until(9)
    acquaintance.how_it_is(t)
    return t


def heard_as_problems(today: date) -> Teller:
    """Three conversations, and only what is wrong was written down. Help that could not wait is there."""
    frits = Invented("Frits Lammers", "Frits", "2026-0770", date(1964, 6, 8), LegalBasis.WMO, Address.JIJ)
    t = arrived(frits, 52, today, NORTH, "Het gaat niet meer, zegt mijn baas.")
    made = t.case.start_emergency_support(
        "Elke dag een belletje en een maaltijd",
        SupportKind.OTHER,
        ORGANISATION,
        "Er was geen eten in huis",
        **t.decided(Stance.AGREES, "", CLIENT),
    )
    for problem in ("Minder drinken.", "Hulp bij de schulden.", "Een gewoon dagritme."):
        t.later(12)
        t.talk()
        t.case.hold_conversation(
            kind=ConversationKind.FOLLOW_UP,
            client_present=True,
            present=("Frits", t.worker.name),
            opening_question="Wat gaat er mis?",
            opening_about=OpensWith.PROBLEM,
            **t.by(),
        )
        need = t.case.state_need(problem, Voice.WORKER, **t.by())
        t.case.confirm_need(need, Voice.CLIENT, right=False, words="Dat is niet waar het om gaat.", **t.by())
    t.case.judge_fit(Fit.FITS, Voice.CLIENT, made, "Dat belletje houd ik graag.", **t.by())
    acquaintance.how_it_is(t)
    return t
