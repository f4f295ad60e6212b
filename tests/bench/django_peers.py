"""django-pghistory and django-simple-history, set up as their own pages say."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from itertools import cycle

import django
from django.conf import settings
from django.core.management import call_command
from django.db import connection, transaction

from tests.bench.place import Place

PGHISTORY, PLANS = ("versioned_trackedevent",), ("versioned_planevent",)
WORDS = "Samen gewandeld, en daarna koffie gedronken."
DAY = date(2026, 11, 22)

settings.configure(
    INSTALLED_APPS=[
        *("django.contrib.contenttypes", "django.contrib.auth", "pgtrigger", "pghistory", "simple_history"),
        "tests.bench.versioned",
    ],
    DEFAULT_AUTO_FIELD="django.db.models.BigAutoField",
    DATABASES={"default": {"ENGINE": "django.db.backends.postgresql", "CONN_MAX_AGE": None}},
    USE_TZ=True,
)
django.setup()

import pgtrigger  # noqa: E402 - it asks for settings when it is imported

from tests.bench.versioned.models import Facts, Plan, Simple, Tracked  # noqa: E402


class Peer:
    """Both, with their tables in the others' database."""

    def __init__(self, place: Place) -> None:
        at = place.peers
        connection.settings_dict.update(
            NAME=at["dbname"], USER=at["user"], PASSWORD=at["password"], HOST=at["host"], PORT=at["port"]
        )
        place.until.callback(connection.close)
        if "versioned_tracked" in connection.introspection.table_names():
            return
        call_command("migrate", verbosity=0)
        versions = Tracked.pgh_event_model, Plan.pgh_event_model, Simple.history.model
        with connection.schema_editor() as editor:
            for model in (Tracked, Plan, Simple, *versions):
                editor.create_model(model)
        pgtrigger.install()

    def pghistory(self, rows: int) -> Callable[[], int]:
        return _changes(Tracked, rows)

    def plans(self, rows: int) -> Callable[[], int]:
        return _changes(Plan, rows)

    def simple_history(self, rows: int) -> Callable[[], int]:
        return _changes(Simple, rows)

    def a_long_case(self, entries: int) -> int:
        row = Tracked.objects.create(client="client", words="", recorded_at=datetime.now(UTC))
        for nr in range(1, entries):
            row.words, row.happened_on = WORDS, DAY + timedelta(nr)
            row.save()
        self.half_way = DAY + timedelta(entries // 2)
        return int(row.pk)

    def whole_history(self, row: int) -> object:
        """All versions, as one needs them to tell what changed; and the one of that day."""
        found = list(Tracked.pgh_event_model.objects.filter(pgh_obj_id=row).order_by("pgh_id"))
        return [one for one in found if one.happened_on <= self.half_way][-1]

    def one_row(self, row: int) -> object:
        events = Tracked.pgh_event_model.objects.filter(pgh_obj_id=row, happened_on__lte=self.half_way)
        return events.order_by("-pgh_id").first()


def _changes(model: type[Facts], rows: int) -> Callable[[], int]:
    made = [
        model.objects.create(client="client", words="", recorded_at=datetime.now(UTC)) for _ in range(rows)
    ]
    turn = cycle(row.pk for row in made)

    def change() -> int:
        with transaction.atomic():
            row = model.objects.get(pk=next(turn))
            row.words, row.recorded_at = WORDS, datetime.now(UTC)
            row.save()
        return 1

    return change
