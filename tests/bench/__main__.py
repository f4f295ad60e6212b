"""`make bench`: the product beside what people would pick instead. It prints a table and writes bench.json.

Nothing fails when a target is missed: what a machine reaches is no property of the code alone.
"""

from __future__ import annotations

import argparse
import json
import sys
from collections.abc import Iterable, Iterator
from contextlib import ExitStack
from dataclasses import asdict, replace
from pathlib import Path
from types import ModuleType
from typing import Any

from tests.bench import append, changing, following, one_case
from tests.bench.measure import Outcome, held
from tests.bench.place import TINY, Place, Size, a_place, machine, settings
from tests.bench.table import table, with_table

BENCHES = {
    following: ("follow", "rebuild", "verify", "read_your_write"),
    one_case: ("read_case_1000", "plan_on_a_day", "seal"),
    changing: ("audited_update", "bytes_per_change", "bytes_per_change_of_a_plan"),
    append: ("append_1", "append_8", "append_32"),  # the last: it leaves a record that nobody can read
}


def main() -> None:
    ask = argparse.ArgumentParser(prog="python -m tests.bench", description=__doc__)
    ask.add_argument("--tiny", action="store_true", help="only to see that it works")
    ask.add_argument("--slices", type=int, default=3)
    ask.add_argument("--only", nargs="*", default=[], help="names of rows")
    ask.add_argument("-o", dest="to", type=Path, default=Path("bench.json"))
    ask.add_argument("--page", type=Path, help="put the table in this page, where the last one stands")
    told = ask.parse_args()
    size = TINY if told.tiny else Size(slices=told.slices)
    outcomes, found = run(size, told.only)
    told.to.write_text(json.dumps(found, indent=1, ensure_ascii=False) + "\n")
    sys.stdout.write(table(outcomes))
    if told.page:
        told.page.write_text(with_table(told.page.read_text(), table(outcomes)))


def run(size: Size, only: Iterable[str] = ()) -> tuple[list[Outcome], dict[str, Any]]:
    """Everything, or the rows of these names: the outcomes, and what goes in bench.json."""
    names = set(only) or {name for names in BENCHES.values() for name in names}
    with a_place(size) as place:
        outcomes = [outcome for bench in BENCHES for outcome in _measured(bench, place, names)]
        return outcomes, {
            "machine": machine(),
            "settings": settings(place),
            "size": asdict(size),
            "rows": [asdict(outcome.row) for outcome in outcomes],
        }


def _measured(bench: ModuleType, place: Place, names: set[str]) -> Iterator[Outcome]:
    if names.isdisjoint(BENCHES[bench]):
        return
    with ExitStack() as until:
        for contest in bench.contests(replace(place, until=until)):
            if contest.name in names:
                sys.stderr.write(f"{contest.name} …\n")
                yield held(contest, place.size.slices)


if __name__ == "__main__":
    main()
