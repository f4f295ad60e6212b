"""What happened lately to some clients that somebody should look at: each shows one signal, and why.

A turn happens so many days before today. After it the months go on, unless what happened waits for an answer.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from domain.entry import Initiative
from domain.kinds import (
    Change,
    LifeArea,
    LimitKind,
    PersonKind,
    Voice,
    WishForm,
)
from domain.nouns import Amount
from domain.say import Stance
from jobs.demo import chapters, months, overlooked, themes
from jobs.demo.acquaintance import how_it_is
from jobs.demo.staff import ORGANISATION
from jobs.demo.teller import Teller

CLIENT, OURS = Initiative.CLIENT, Initiative.ORGANISATION
HOURS, WEEK = themes.HOURS, themes.WEEK


@dataclass(frozen=True)
class Turn:
    """What happens, and how many days before today."""

    ago: int
    happens: Callable[[Teller], object]
    goes_on: bool = True


def less_without_asking(t: Teller) -> None:
    """The roster decides, and nobody asks. It is written down as it was."""
    key, now = _running(t)
    less = Amount(now.number / 2, now.unit, now.per)
    how = t.not_asked("Het rooster moest rond.", t.coordinator.actor)
    t.case.scale_down_support(key, less, "Rooster", "Later weer bespreken.", **how)


def our_goals(t: Teller) -> None:
    """Goals that the client never asked for, in our words."""
    for words in ("Cliënt houdt het huis schoon", "Cliënt komt op tijd op afspraken", "Cliënt leeft gezond"):
        goal = t.case.propose_goal(
            words=words,
            words_of=Voice.WORKER,
            proposed_by=Voice.WORKER,
            wish_id=next(iter(t.case.plan.wishes)),
            **t.by(),
        )
        t.case.agree_goal(goal, **t.decided(Stance.AGREES_IN_PART))


def better(t: Teller) -> None:
    t.case.notice_change(
        Change.BETTER, "Doet de boodschappen alweer drie weken alleen.", Voice.WORKER, **t.by()
    )


def more_help(t: Teller) -> None:
    """More help, twice in a year; nobody asked what could be less."""
    for _ in range(2):
        key, now = _running(t)
        more = Amount(now.number + 1, now.unit, now.per)
        t.case.scale_up_support(key, more, "Er blijft te veel liggen", **t.decided(Stance.AGREES, "", OURS))
        t.later(70)
        months.looked_back_early(t)


def agreement_passed(t: Teller) -> None:
    t.case.make_agreement(
        "De sleutel ligt elke avond bij de bovenbuurman.",
        f"{t.client.called} en {t.worker.name}",
        until=t.today - timedelta(days=20),
        **t.decided(Stance.AGREES, "Dat is goed.", CLIENT),
    )


def not_safe(t: Teller) -> None:
    """A wish was called unsafe, and that was that."""
    wish = t.case.voice_wish("Ik wil weer alleen fietsen.", WishForm.SAID, Voice.CLIENT, **t.by())
    t.case.explain_limit(LimitKind.SAFETY, "Fietsen is te gevaarlijk na de val.", wish, **t.by())


def need_of_ours(t: Teller) -> None:
    t.case.state_need("Meer structuur in de week.", Voice.WORKER, LifeArea.DAILY_ACTIVITIES, **t.by())


def _spoken_only(t: Teller) -> None:
    """A goal in other words, by word of mouth."""
    theme = themes.THEMES[2]
    goal = chapters.proposed(t, theme)
    t.case.agree_goal(goal, **t.decided(Stance.AGREES, theme.yes, CLIENT))


def much_written(t: Teller) -> None:
    """Everything three times: the note, the team, the manager. And a yes by word of mouth only."""
    _spoken_only(t)
    while t.later(3):
        for words in ("Zie rapportage van vanochtend.", "Overgezet uit het schrift.", "Urenregel nagekeken."):
            t.case.take_action(words, with_client=False, **t.by())


def nothing_told(t: Teller) -> None:
    """Somebody comes, and nobody writes how it goes with the goals."""
    t.later(60)
    how_it_is(t)


def one_after_another(t: Teller) -> None:
    """Who is free comes: seven people of the pool."""
    for name in ("Bo", "Cees", "Dunya", "Evert", "Floor", "Gaby", "Hidde"):
        t.case.join_person(
            name=f"{name} (flexteam)", kind=PersonKind.WORKER, organisation=ORGANISATION, **t.by()
        )


def nobody_came(t: Teller) -> None:
    """From this day on no contact was written down."""
    t.seen_until = t.day


def _running(t: Teller) -> tuple[UUID, Amount]:
    """The first help that comes, and how much of it."""
    supports = t.case.plan.supports.items()
    return next((key, held.amount) for key, held in supports if held.running and held.amount)


LATELY = {
    2: Turn(6, overlooked.night_call),
    40: Turn(45, one_after_another),
    14: Turn(41, nobody_came, goes_on=False),
    4: Turn(200, overlooked.two_new_faces),
    5: Turn(50, overlooked.many_parties),
    6: Turn(9, overlooked.talked_without),
    7: Turn(20, overlooked.evaluation_missed, goes_on=False),
    11: Turn(12, overlooked.lead_left),
    12: Turn(15, less_without_asking, goes_on=False),
    13: Turn(12, overlooked.unanswered, goes_on=False),
    15: Turn(30, our_goals),
    16: Turn(96, nothing_told, goes_on=False),
    20: Turn(31, overlooked.new_face_against),
    21: Turn(40, overlooked.offered_again),
    22: Turn(35, better, goes_on=False),
    23: Turn(160, more_help),
    24: Turn(80, agreement_passed, goes_on=False),
    27: Turn(30, not_safe),
    29: Turn(45, need_of_ours),
    30: Turn(170, overlooked.consent_ends),
    31: Turn(10, overlooked.loss, goes_on=False),
    32: Turn(60, much_written, goes_on=False),
    33: Turn(50, overlooked.complaint, goes_on=False),
    37: Turn(10, overlooked.no_without_a_way_back, goes_on=False),
    39: Turn(50, overlooked.differs),
    41: Turn(20, overlooked.question, goes_on=False),
}
NOT_TOLD_OF_RIGHTS = 34
