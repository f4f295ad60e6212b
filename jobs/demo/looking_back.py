"""Looking back together, twice a year: does it fit, how is it, and was it written down as it was meant?"""

from __future__ import annotations

from datetime import timedelta

from domain.entry import Decision, Initiative
from domain.kinds import CheckResult, Fit, GoalStatus, Voice
from domain.plan import standing
from domain.say import Means, Stance
from jobs.demo import words
from jobs.demo.acquaintance import how_it_is
from jobs.demo.teller import Teller

HALF_A_YEAR = timedelta(days=168)
PROGRESS = ("Het gaat vooruit, met kleine stappen.", "Dit wil ik zo houden.", "Soms lukt het, soms niet.")


def evaluation(t: Teller, judgement: Fit = Fit.FITS) -> None:
    """Planned, held, and the next one planned."""
    planned = t.case.plan_evaluation(t.day + timedelta(days=28), t.client.called, **t.by())
    if t.later(28):
        look_back(t, planned, judgement)
        t.case.make_agreement(
            "Bij ziekte hoor ik voor tien uur wie er komt.",
            f"{t.client.called} en {t.worker.name}",
            until=t.day + timedelta(days=180),
            **t.decided(Stance.AGREES, "Ja, dat wil ik.", Initiative.CLIENT),
        )


def look_back(t: Teller, planned: int, judgement: Fit = Fit.FITS) -> None:
    """An evaluation is held, and the next one planned."""
    t.talk()
    whose = t.random.choice((Initiative.CLIENT, Initiative.PROFESSIONAL))
    t.case.hold_evaluation(
        planned=planned,
        present=f"{t.client.called}, {t.worker.name}",
        client_judgement=judgement,
        worker_judgement=Fit.FITS,
        client_score=7,
        worker_score=8,
        conclusions="Doorgaan zoals het gaat, over een half jaar weer kijken.",
        **t.decided(Stance.AGREES, "Dat vind ik ook.", whose),
    )
    how_it_is(t)
    subject, said, score = t.random.choice(words.EXPERIENCES)
    t.case.judge_experience(subject, Voice.CLIENT, said, score, **t.by())
    how_goals_go(t)
    agreements_checked(t)
    read_back(t)
    t.case.plan_evaluation(t.day + HALF_A_YEAR, t.client.called, **t.by())


def how_goals_go(t: Teller) -> None:
    """Of every goal in the plan: how it goes, with a mark of the client and of the worker."""
    for key, goal in t.case.plan.goals.items():
        if goal.status is GoalStatus.IN_PLAN:
            said, mark = t.random.choice(PROGRESS), t.random.randrange(5, 9)
            t.case.tell_progress(key, Voice.CLIENT, said, mark, mark + t.random.randrange(2), **t.by())


def agreements_checked(t: Teller) -> None:
    """Every agreement that nobody looked at yet."""
    for number, agreement in t.case.plan.agreements.items():
        if not agreement.checks:
            t.case.check_agreement(number, CheckResult.KEPT, "", Voice.CLIENT, **t.by())


def read_back(t: Teller) -> None:
    """The client reads what was written down of their words, and says by their own hand that it is so."""
    readings = t.case.plan.readings
    decided = (e for e in standing(t.case.entries) if isinstance(e, Decision) and e.number not in readings)
    for entry in [e for e in decided if e.TOPIC in WEIGHTY and e.say.means is Means.SPOKEN]:
        t.case.read_back(entry.number, right=True, **t.by(t.themselves))


WEIGHTY = (
    "goal_agreed",
    "goal_adjusted",
    "support_started",
    "support_scaled_down",
    "support_scaled_up",
    "restriction_imposed",
)
