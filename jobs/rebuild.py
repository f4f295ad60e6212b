"""Making read models anew by name, while everybody works on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import closing

from domain.casework import Casework
from domain.store.database import Database, settings_for
from domain.store.pool import connect
from jobs.following import FOLLOWED
from projections.rebuild import rebuild
from projections.signals import looking


class NoSuchReadModel(Exception):
    """There is no read model of this name."""


def rebuild_models(
    database: Database, names: Sequence[str], progress: Callable[[int, int], None], processes: int = 1
) -> None:
    """Make these read models anew; all of them when none is named. NoSuchReadModel.

    Of signals the worker looks at every case again, after this.
    """
    if unknown := set(names) - {model.name for model in FOLLOWED} - {looking.WHO}:
        raise NoSuchReadModel(", ".join(sorted(unknown)))
    models = [model for model in FOLLOWED if model.name in names or not names]
    if models:
        with closing(Casework(settings_for(database))) as casework:
            rebuild(database, casework, models, progress, processes)
    if looking.WHO in names or not names:
        with connect(database) as db:
            looking.put_all(db)
