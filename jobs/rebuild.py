"""Making read models anew by name, while everybody works on."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from contextlib import closing

from domain.casework import Casework
from domain.store.database import Database, settings_for
from jobs.worker import FOLLOWED
from projections.rebuild import rebuild


class NoSuchReadModel(Exception):
    """There is no read model of this name."""


def rebuild_models(database: Database, names: Sequence[str], progress: Callable[[int, int], None]) -> None:
    """Make these read models anew; all of them when none is named. NoSuchReadModel."""
    if unknown := set(names) - {model.name for model in FOLLOWED}:
        raise NoSuchReadModel(", ".join(sorted(unknown)))
    models = [model for model in FOLLOWED if model.name in names or not names]
    with closing(Casework(settings_for(database))) as casework:
        rebuild(database, casework, models, progress)
