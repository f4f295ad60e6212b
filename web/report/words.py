"""How the figures of a report read: title, what counts above the line, and below it."""

from __future__ import annotations

from collections.abc import Callable
from enum import StrEnum

from flask_babel import format_decimal, gettext, pgettext

from domain.entry import Initiative
from domain.kinds import Fit
from domain.say import Means, Stance
from projections.report.figures import Figure
from projections.report.months import Grain, Period, start_of
from projections.report.report import Number
from web.words import word

# By figure: title, what is counted, and what of it counts.
FIGURES: dict[str, tuple[str, str, str]] = {
    "say": ("Decisions with the client's say", "decisions", "with what the client said of it"),
    "said_no": ("The client said no", "decisions", "to which the client said no, or not now"),
    "started": ("Started by the client", "decisions", "that were the client's own idea"),
    "stances": ("What the client said", "decisions", ""),
    "ladder": ("How the say reached the record", "decisions", ""),
    "own_words": ("Goals in the client's own words", "goals", "in the client's own words"),
    "present": ("Conversations with the client", "conversations", "with the client there"),
    "seen": ("Texts seen before they counted", "texts of the plan", "that the client was shown first"),
    "reason_heard": ("Refusals: reason heard", "refusals", "of which the reason was asked"),
    "alternative": ("Refusals: an alternative", "refusals", "with an alternative written down"),
    "open_door": ("Refusals: an open door", "refusals", "with how the client can come back"),
    "scaled_down": ("Less support, on whose initiative", "times less support", ""),
    "answered": ("Answers to the client's proposals", "proposals of the client", "that got an answer"),
    "in_time": ("Evaluations in time", "planned evaluations", "held on or before the day"),
    "fit_client": ("Does it fit, according to the client", "evaluations", ""),
    "fit_worker": ("Does it fit, according to the worker", "evaluations", ""),
    "settled": ("Disagreements settled", "disagreements that are visible", "that were settled"),
    "load": ("Entries per contact", "contacts", "entries"),
    "steady": ("Steady faces", "contacts", "with one of the two people who came to that client most often"),
    "own_screen": ("Clients with their own screen", "clients, today", "with an account of their own"),
}
KINDS: dict[str, type[StrEnum]] = {
    "stances": Stance,
    "ladder": Means,
    "scaled_down": Initiative,
    "fit_client": Fit,
    "fit_worker": Fit,
}
CHECKLISTS = {
    "pillars": "Three pillars",
    "elements": "Four elements",
    "house": "House of Person-centred Care",
    "characteristics": "Nine characteristics",
}
ITEMS = {
    "autonomy": "Autonomy: the client decides",
    "working_together": "Working together as partners",
    "tailored": "Tailored to the client's goals",
    "compassion": "Compassion: closeness, trust, understanding, attention",
    "being_unique": "Being unique: who somebody is",
    "care_goals": "Care goals: every client has a say in them",
    "person_centred_care": "Person-centred care",
    "well_informed": "Well-informed clients and informal carers",
    "coaching_professional": "The professional as a coach",
    "purchasing_and_surroundings": "Purchasing of care, and surroundings",
    "supporting_organisation": "An organisation that supports it",
    "a_bond": "A bond: few changes of worker",
    "own_say": "Own say: no taking over",
    "sincere_attention": "Sincere attention, also for happiness",
    "room_to_try": "Room to try things",
    "the_whole_person": "The whole person: talents, dreams, growth",
    "safety_that_does_not_smother": "Safety that does not smother",
    "not_too_many_people": "Not too often, and not by too many people",
    "the_good_conversation": "The good conversation: not about me without me",
    "equality": "Equality: standing beside somebody",
}


def figure_title(figure: Figure | str) -> str:
    """Goals in the client's own words."""
    return str(gettext(FIGURES[figure if isinstance(figure, str) else figure.name][0]))


def figure_counts(figure: Figure) -> tuple[str, str]:
    """What stands below the line, and above it."""
    _, below, above = FIGURES[figure.name]
    return str(gettext(below)), str(gettext(above)) if above else ""


def figure_kind(figure: Figure, kind: str) -> str:
    """One of the kinds into which a figure is split."""
    choices = KINDS[figure.name]
    if choices is Fit and kind not in set(Fit):
        return str(gettext("not written down"))
    return word(choices(kind))


def percent(number: Number) -> str:
    """84%, in whole numbers; nothing when there was nothing to count. Nearly all is not 100%, nor is nearly
    none 0%.
    """
    if number.share is None:
        return ""
    whole = round(100 * number.share)
    return f"{whole if number.share in (0, 1) else min(99, max(1, whole))}%"


def each(number: Number) -> str:
    """How many above the line for each below it: 1,7."""
    return str(format_decimal(round(number.share, 2))) if number.share is not None else ""


def period_text(period: Period) -> str:
    """07-2026 up to and including 09-2026; one month; a quarter; a year."""
    first, last = f"{period.first:%m-%Y}", f"{period.last:%m-%Y}"
    if period.length == 1:
        return first
    if period.length == Grain.YEAR and period.made_of(Grain.YEAR):
        return str(period.first.year)
    if period.length == Grain.QUARTER and start_of(period.first, Grain.QUARTER) == period.first:
        nr = period.first.month // Grain.QUARTER + 1
        return str(gettext("quarter %(nr)s of %(year)s", nr=nr, year=period.first.year))
    return str(gettext("%(first)s up to and including %(last)s", first=first, last=last))


def why_not(number: Number) -> str:
    """Why a figure is not shown over this period."""
    if not number.known:
        return str(gettext("Only known of the whole organisation."))
    if number.instead:
        return str(
            gettext("Not shown over this period. Choose %(period)s.", period=period_text(number.instead))
        )
    return str(gettext("Not shown: too few clients."))


def event_word(name: str) -> str:
    """An event by its name in the record."""
    return str(pgettext("event", name.replace("_", " ")))


SPOKEN: dict[str, Callable[..., object]] = {
    "figure_title": figure_title,
    "figure_counts": figure_counts,
    "figure_kind": figure_kind,
    "percent": percent,
    "each": each,
    "period_text": period_text,
    "why_not": why_not,
    "event_word": event_word,
    "checklist_title": lambda name: gettext(CHECKLISTS[name]),
    "item_title": lambda name: gettext(ITEMS[name]),
}
