"""The tables of docs/operations.md are made from the commands and the jobs, and are never out of date.

`python -m tests.code.test_operations_page` writes them anew.
"""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from click import Argument, Command, Context, Group

from domain.store.timetable import JOBS, Daily, Job
from draad import main

PAGE = Path(__file__).parents[2] / "docs/operations.md"
HOME = "home"  # every command has it: said once, below the table


def current(page: str) -> str:
    """The page as it has to be: all but the tables as it is."""
    tables = {
        "commands": ("| command | what it does | options |", (_command(*one) for one in commands(main))),
        "jobs": ("| job | when | what it does |", map(_job, JOBS)),
    }
    for name, (head, rows) in tables.items():
        before, begin, rest = page.partition(f"<!-- {name}, made by tests.code.test_operations_page -->\n")
        _, end, after = rest.partition(f"<!-- end of {name} -->\n")
        page = "".join([before, begin, *(f"{line}\n" for line in (head, "|---|---|---|", *rows)), end, after])
    return page


def commands(of: Command, name: str = "draad") -> Iterator[tuple[str, Command]]:
    """Each that does something, by all of its words."""
    if not isinstance(of, Group):
        yield name, of
        return
    for word, one in sorted(of.commands.items()):
        yield from commands(one, f"{name} {word}")


def _command(name: str, one: Command) -> str:
    context = Context(one)
    asked = [of.make_metavar(context) for of in one.params if isinstance(of, Argument)]
    options = [f"`{of.opts[-1]}`" for of in one.params if not isinstance(of, Argument) and of.name != HOME]
    does = (one.help or "").partition("\n\n")[0]
    return _row(f"`{' '.join([name, *asked])}`", " ".join(does.split()), ", ".join(options))


def _job(job: Job) -> str:
    when = f"{job.moments.at:%H:%M}" if isinstance(job.moments, Daily) else "every hour"
    return _row(f"`{job.name}`", when, job.does)


def _row(*cells: str) -> str:
    return f"| {' | '.join(cell.replace('|', chr(92) + '|') for cell in cells)} |"


def test_the_tables_of_commands_and_jobs_are_current() -> None:
    page = PAGE.read_text()
    assert page == current(page), "python -m tests.code.test_operations_page"


def test_every_command_and_every_job_is_in_them() -> None:
    page = PAGE.read_text()
    assert [name for name, _ in commands(main) if f"| `{name}" not in page] == []
    assert [job.name for job in JOBS if f"| `{job.name}` |" not in page] == []


if __name__ == "__main__":
    PAGE.write_text(current(PAGE.read_text()))
