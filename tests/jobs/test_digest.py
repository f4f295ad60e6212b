"""The mail of the morning: only when something is new, once a day at most, and without a name."""

from __future__ import annotations

import signal
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime
from email import message_from_bytes, policy
from email.message import EmailMessage
from pathlib import Path
from typing import Any
from uuid import uuid4

import pytest

from domain.case import Case
from domain.casework import Casework
from domain.entry import Role
from domain.kinds import Asks, ComplaintLaw, RequestKind, Voice
from domain.review import Review
from domain.store import jobs
from domain.store.accounts import Account, add_account, write_to
from domain.store.database import APP, Database
from domain.store.pool import Connection
from domain.store.timetable import JOBS
from jobs.following import FOLLOWED
from jobs.schedule import AGAIN, take_up
from jobs.work import Means
from projections.follower import Follower
from projections.signals import looking
from tests import given
from tests.disabling import disable_account
from tests.jobs.conftest import Clock
from tests.jobs.test_mail import Server, serving
from tests.jobs.test_schedule import eventually
from tests.ports import free_port
from tests.web.following import a_case_of, joins

HERE = "http://127.0.0.1:8000"
DIGEST = JOBS[1]
Morning = Callable[..., list[EmailMessage]]


@pytest.fixture
def ilse(db: Connection) -> Account:
    return a_coordinator(db)


def a_coordinator(db: Connection, team: str = "Noord", role: Role = Role.COORDINATOR) -> Account:
    name = f"ilse-{uuid4()}"
    how: Any = {
        "name": f"Ilse Kramer {name[-6:]}",
        "role": role,
        "team": team,
        "email": f"{name}@delinde.example",
    }
    return add_account(db, name, "zes paarden lopen", **how)


@pytest.fixture
def morning(fresh: Database, casework: Casework, db: Connection, means: Means, clock: Clock) -> Morning:
    """What was mailed on the morning of a day of November, after all that was recorded is shown."""

    def come(day: int) -> list[EmailMessage]:
        clock.to(day, 6, 1)
        follow(fresh, casework, db)
        looking.put_all(db)
        looking.drain(db, means.decode, clock())
        before = set(mails(means.home))
        take_up(fresh, DIGEST, means, clock)
        return [read(file) for file in mails(means.home) if file not in before]

    return come


def follow(database: Database, casework: Casework, db: Connection) -> None:
    follower = Follower(database.dsn(APP), casework.mapper.to_domain_event, FOLLOWED)
    while follower.step(db):
        pass
    looking.drain(db, casework.mapper.to_domain_event, datetime(2026, 11, 22, 6, tzinfo=UTC))


def mails(home: Path) -> list[Path]:
    return sorted((home / "mail").glob("*"))


def read(file: Path) -> EmailMessage:
    return message_from_bytes(file.read_bytes(), policy=policy.default)


def a_case(*joined: Account, proposes: bool = True, evaluation: date | None = None) -> Case:
    """Jan Jansen's case, in which the client proposed something on 16 November."""
    case = a_case_of("Jan Jansen", "Z-1042")
    for account in joined:
        joins(case, account)
    if proposes:
        propose(case, date(2026, 11, 16))
    if evaluation:
        given.clock_of(case).to(given.TODAY)
        case.plan_evaluation(evaluation, **given.telling())
    return case


def propose(case: Case, day: date) -> None:
    given.clock_of(case).to(day)
    how = {"now": "Drie keer per week.", "then": "Ik wil liever zwemmen.", "proposed_by": Voice.CLIENT}
    case.make_proposal(**how, asks=Asks.ORGANISATION, **given.telling(day))  # type: ignore[arg-type]


def test_it_counts_and_links_and_names_nobody(casework: Casework, ilse: Account, morning: Morning) -> None:
    case = a_case(ilse, evaluation=date(2026, 11, 25))
    casework.open(case)
    (mail,) = morning(22)
    text = mail.get_content()
    assert mail["To"].endswith("@delinde.example")
    assert "1 voorstel van een cliënt wacht op antwoord, het oudste 6 dagen:" in text
    assert "1 keer samen terugkijken, gepland in de komende zeven dagen:" in text
    assert f"{HERE}/cases/{case.id}\n" in text
    whole = str(mail) + text
    assert not [word for word in ("Jan", "Jansen", "Z-1042", "zwemmen", "Ilse Kramer") if word in whole]


def test_the_subject_is_a_count(casework: Casework, ilse: Account, morning: Morning) -> None:
    casework.open(a_case(ilse, evaluation=date(2026, 11, 25)))
    (mail,) = morning(22)
    subject = str(mail["Subject"])
    assert subject.startswith("Draad: ")
    assert subject.endswith(" dingen wachten op u")
    assert subject.split()[1].isdecimal()


def test_new_signals_are_counted_and_known_ones_do_not_come_again(
    casework: Casework, db: Connection, ilse: Account, morning: Morning
) -> None:
    case = a_case(ilse, proposes=False)
    propose(case, date(2026, 10, 1))
    casework.open(case)
    (first,) = morning(22)
    assert noticed(db, "unanswered_proposal")  # told by itself, with how long it waits
    row = db.execute(
        """
        SELECT count(*) FROM shown.signals
         WHERE state = 'new' AND NOT for_managers AND signal <> 'unanswered_proposal'"""
    ).fetchone()
    assert row
    assert row[0] > 1
    assert f"{row[0]} nieuwe signalen:\n  {HERE}/cases/{case.id}/signals" in first.get_content()
    assert morning(23) == []
    propose(case, date(2026, 11, 22))
    casework.keep(case)
    (second,) = morning(24)
    assert "2 voorstellen van cliënten wachten op antwoord, het oudste 54 dagen:" in second.get_content()
    assert "nieuwe signalen" not in second.get_content()


def noticed(db: Connection, signal: str) -> bool:
    found = db.execute("SELECT FROM shown.signals WHERE signal = %(signal)s", {"signal": signal})
    return found.fetchone() is not None


def test_what_only_managers_see_is_not_in_it(
    fresh: Database, casework: Casework, db: Connection, means: Means, clock: Clock
) -> None:
    casework.open(a_case(a_coordinator(db)))
    follow(fresh, casework, db)
    db.execute("UPDATE shown.signals SET for_managers = true")
    take_up(fresh, DIGEST, means, clock)
    (mail,) = mails(means.home)
    assert "signa" not in read(mail).get_content()


def test_there_is_no_mail_when_there_is_nothing(
    db: Connection, ilse: Account, morning: Morning, clock: Clock
) -> None:
    assert morning(22) == []
    assert jobs.last(db, clock())["digest"].counts == {"sent": 0, "turned_down": 0}


def test_there_is_one_mail_a_day_however_often_the_job_runs(
    fresh: Database, casework: Casework, db: Connection, ilse: Account, morning: Morning
) -> None:
    casework.open(case := a_case(ilse))
    assert len(morning(22)) == 1
    propose(case, date(2026, 11, 22))
    casework.keep(case)
    db.execute("DELETE FROM draad.job")  # as if it never ran
    assert morning(22) == []
    assert len(morning(23)) == 1


def test_it_comes_to_who_takes_part_and_of_a_case_nobody_leads_to_the_team(
    casework: Casework, db: Connection, morning: Morning
) -> None:
    joined, of_the_team, elsewhere = (a_coordinator(db, team) for team in ("Zuid", "Noord", "Oost"))
    casework.open(a_case(joined))
    casework.open(led := a_case(joined))
    lead = given.person_called(led, joined.name)
    led.name_lead(lead, **given.deciding(given.clock_of(led).to(given.TODAY)))
    casework.keep(led)
    came = {mail["To"].partition("@")[0]: mail.get_content() for mail in morning(22)}
    assert "2 voorstellen" in came.pop(joined.user_name)
    assert "1 voorstel " in came.pop(of_the_team.user_name)
    assert not came, elsewhere


@pytest.mark.parametrize("why", ["no address", "disabled", "no coordinator"])
def test_nobody_else_gets_one(casework: Casework, db: Connection, morning: Morning, why: str) -> None:
    reader = a_coordinator(db, role=Role.WORKER if why == "no coordinator" else Role.COORDINATOR)
    if why == "no address":
        assert write_to(db, reader.user_name, "")
    elif why == "disabled":
        disable_account(db, reader.user_name)
    casework.open(a_case(reader))
    assert morning(22) == []


def test_a_closed_case_waits_for_nobody(casework: Casework, ilse: Account, morning: Morning) -> None:
    case = a_case(ilse)
    case.close_case("De vraag is beantwoord.", **given.deciding(given.clock_of(case).to(date(2026, 11, 20))))
    casework.open(case)
    assert morning(22) == []


KILLED = """
import os, signal, sys
from contextlib import contextmanager
from pathlib import Path
from domain.store.database import open_database
from domain.store.timetable import JOBS
from jobs import work
from jobs.schedule import take_up
from tests.jobs.conftest import Clock

real = work.post_office

@contextmanager
def dies_after_a_mail(home, environ):
    with real(home, environ) as send:
        yield lambda mail: (send(mail), os.kill(os.getpid(), signal.SIGKILL))

work.post_office = dies_after_a_mail
clock = Clock()
clock.to(22, 6, 1)
with open_database(Path(sys.argv[1])) as database:
    take_up(database, JOBS[1], work.Means(None, Path(sys.argv[2]), {}), clock)
"""


def test_killed_halfway_the_next_sends_the_rest_and_nobody_gets_two(
    fresh: Database, casework: Casework, db: Connection, means: Means, clock: Clock
) -> None:
    readers = [a_coordinator(db) for _ in range(3)]
    casework.open(a_case(*readers))
    follow(fresh, casework, db)
    home = str(fresh.secrets.folder.parent)
    killed = subprocess.run([sys.executable, "-c", KILLED, home, str(means.home)], check=False)
    assert killed.returncode == -signal.SIGKILL
    assert len(mails(means.home)) == 1
    clock.to(22, 6, 5)
    eventually(lambda: taken_up(fresh, db, clock, means))
    assert sorted(str(read(file)["To"]).partition("@")[0] for file in mails(means.home)) == sorted(
        reader.user_name for reader in readers
    )


def taken_up(database: Database, db: Connection, clock: Clock, means: Means) -> bool:
    take_up(database, DIGEST, means, clock)
    return jobs.last(db, clock())["digest"].outcome == "ok"


def test_while_the_lists_are_behind_the_mail_waits_for_them(
    fresh: Database, casework: Casework, db: Connection, means: Means, clock: Clock
) -> None:
    casework.open(a_case(a_coordinator(db)))
    clock.to(24, 6, 1)
    take_up(fresh, DIGEST, means, clock)
    assert jobs.last(db, clock())["digest"].outcome is None
    follow(fresh, casework, db)
    take_up(fresh, DIGEST, means, clock)
    assert jobs.last(db, clock())["digest"].counts == {"sent": 1, "turned_down": 0}


def test_what_was_turned_down_is_told_the_next_day(
    fresh: Database, casework: Casework, db: Connection, means: Means, clock: Clock
) -> None:
    with serving(Server()) as server:
        by_mail = replace(means, environ=server.settings)
        casework.open(a_case(a_coordinator(db), a_coordinator(db)))
        follow(fresh, casework, db)
        clock.to(22, 6, 1)
        server.refused = "ilse-"
        take_up(fresh, DIGEST, by_mail, clock)
        assert jobs.last(db, clock())["digest"].counts == {"sent": 0, "turned_down": 2}
        server.refused = "nobody@"
        clock.to(23, 6, 1)
        take_up(fresh, DIGEST, by_mail, clock)
        assert len(server.heard) == 2


def test_a_mail_server_that_is_away_is_asked_again_and_nobody_misses_a_mail(
    fresh: Database, casework: Casework, db: Connection, means: Means, clock: Clock
) -> None:
    with serving(Server()) as server:
        casework.open(a_case(a_coordinator(db)))
        follow(fresh, casework, db)
        away = server.settings | {"DRAAD_SMTP_URL": f"smtp://127.0.0.1:{free_port()}"}
        take_up(fresh, DIGEST, replace(means, environ=away), clock)
        assert jobs.last(db, clock())["digest"].outcome == "failed"
        clock.moment += AGAIN
        take_up(fresh, DIGEST, replace(means, environ=server.settings), clock)
        assert len(server.heard) == 1


def test_many_cases_are_ten_links_and_a_count(casework: Casework, ilse: Account, morning: Morning) -> None:
    for _ in range(12):
        casework.open(a_case(ilse))
    (mail,) = morning(22)
    proposals = mail.get_content().partition("12 voorstellen")[2]
    assert proposals.count("/cases/") == 10
    assert "en nog 2 in Draad" in proposals


def test_whatever_the_client_waits_for_is_told_with_its_age(
    casework: Casework, ilse: Account, morning: Morning
) -> None:
    case, day = a_case(ilse, proposes=False), date(2026, 11, 20)
    given.clock_of(case).to(day)
    how = given.telling(day)
    case.receive_request(RequestKind.CORRECTION, Voice.CLIENT, "Dat was in mei.", **how)
    case.voice_complaint("Er kwam niemand.", ComplaintLaw.WMO, **how)
    goal = case.propose_goal(words="Rust", words_of=Voice.WORKER, proposed_by=Voice.WORKER, **how)
    case.take_stance(goal, given.wants_to_talk(), **how)
    casework.open(case)
    (mail,) = morning(22)
    text = mail.get_content()
    assert "1 verzoek van een cliënt wacht op antwoord, het oudste 2 dagen:" in text
    assert "1 klacht van een cliënt wacht op antwoord, het oudste 2 dagen:" in text
    assert "1 cliënt wil eerst praten en wacht, het oudste 2 dagen:" in text
    assert not [word for word in ("mei", "niemand", "Rust") if word in text]


def test_a_question_of_a_reviewer_is_told_while_the_mandate_holds(
    casework: Casework, ilse: Account, morning: Morning
) -> None:
    asked, over = (a_case(ilse, proposes=False) for _ in range(2))
    for case, until in ((asked, date(2026, 11, 30)), (over, date(2026, 11, 21))):
        casework.open(case)
        casework.keep(a_question_about(case, until))
    (mail,) = morning(22)
    text = mail.get_content()
    assert "1 vraag van een toetser wacht op antwoord, het oudste 2 dagen:" in text
    assert f"{HERE}/cases/{asked.id}/reviews" in text
    assert f"{over.id}/reviews" not in text
    assert "middagen" not in text


def a_question_about(case: Case, until: date) -> Review:
    """A reviewer asked something on 20 November."""
    how: Any = {"now": datetime(2026, 11, 20, 12, tzinfo=UTC)}
    why = "Hoe er met een nee is omgegaan.", "Wmo 2015, artikel 6.1"
    (review,) = Review.give_mandate(
        [case], given.REVIEWER, *why, until, by=given.MANAGER, posted=uuid4(), **how
    )
    review.ask_question("Wie koos de middagen?", case, by=given.REVIEWER, posted=uuid4(), **how)
    return review
