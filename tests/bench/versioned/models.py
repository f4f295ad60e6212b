"""What the Django peers keep: the facts of one of our entries, as columns; and a plan in one row."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pghistory
from django.db import models
from simple_history.models import HistoricalRecords

from jobs.demo.themes import THEMES

DAY, GOAL, WORKER = date(2026, 11, 22), UUID(int=1), UUID(int=7)


def texts(about: str) -> str:
    """What the clients of the demo say about this, one after the other: 400 characters."""
    return " ".join(getattr(theme, about) for theme in THEMES)[:400]


class Facts(models.Model):  # type: ignore[misc] # untyped
    """What one writes down: the facts of our entry, as columns."""

    client = models.TextField()
    kind = models.TextField(default="action_taken")
    words = models.TextField()
    goal = models.UUIDField(default=GOAL)
    done_by = models.TextField(default="Thomas Visser")
    by = models.UUIDField(default=WORKER)
    role = models.TextField(default="worker")
    name = models.TextField(default="Thomas Visser")
    organisation = models.TextField(default="De Brug")
    team = models.TextField(default="Noord")
    happened_on = models.DateField(default=DAY)
    recorded_at = models.DateTimeField()

    class Meta:
        abstract = True


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent())
class Tracked(Facts):  # noqa: DJ008 - nobody prints it
    """Versioned by a trigger."""


class Simple(Facts):  # noqa: DJ008
    """Versioned after each save."""

    history = HistoricalRecords()


@pghistory.track(pghistory.InsertEvent(), pghistory.UpdateEvent())
class Plan(Facts):  # noqa: DJ008
    """The same, with the texts of a plan in one row: some 2 kB, of which one field changes at a time."""

    wishes = models.TextField(default=texts("wish"))
    goals = models.TextField(default=texts("goal"))
    support = models.TextField(default=texts("support"))
    agreements = models.TextField(default=texts("yes"))
    how_it_goes = models.TextField(default=texts("well"))
