"""What the Django peers keep: the facts of one of our entries, as columns."""

from __future__ import annotations

from datetime import date
from uuid import UUID

import pghistory
from django.db import models
from simple_history.models import HistoricalRecords

DAY, GOAL, WORKER = date(2026, 11, 22), UUID(int=1), UUID(int=7)


class Facts(models.Model):  # type: ignore[misc] # untyped
    """What one writes down: the facts of our entry, as columns."""

    client = models.TextField()
    words = models.TextField()
    goal = models.UUIDField(default=GOAL)
    by = models.UUIDField(default=WORKER)
    role = models.TextField(default="worker")
    organisation = models.TextField(default="De Brug")
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
