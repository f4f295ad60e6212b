"""The PostgreSQL that comes with us: there when needed, gone with its last user, closed to others."""

from __future__ import annotations

import fcntl
import os
import shutil
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg
import pytest
from psycopg.conninfo import make_conninfo

from domain.store.embedded import PORT, DidNotStart, Embedded
from domain.store.programs import SHARED
from tests.homes import a_home

USER = """
import sys, time
from pathlib import Path
from domain.store.embedded import Embedded
with Embedded(Path(sys.argv[1])):
    print("in", flush=True)
    sys.stdin.readline()
"""
as_root = pytest.mark.skipif(os.geteuid() != 0, reason="only root can become another user")


@pytest.fixture
def home() -> Iterator[Path]:
    with a_home() as home:
        yield home


@contextmanager
def a_user(home: Path) -> Iterator[subprocess.Popen[str]]:
    """Another process that uses the server, until its input ends or it is killed."""
    command = [sys.executable, "-c", USER, str(home)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as user:
        try:
            yield user
        finally:
            user.kill()


def is_in(user: subprocess.Popen[str]) -> bool:
    assert user.stdout
    return user.stdout.readline() == "in\n"


def postmaster(server: Embedded) -> int:
    return int((server.data / "postmaster.pid").read_text().split()[0])


def wait_for_the_end(home: Path) -> None:
    """Until the keeper has stopped the server."""
    with (home / "keeper").open("a") as keeper:
        fcntl.flock(keeper, fcntl.LOCK_EX)


def answers(server: Embedded) -> bool:
    with suppress(psycopg.OperationalError), psycopg.connect(server.admin):
        return True
    return False


def test_the_server_goes_when_its_last_user_leaves_and_comes_again_with_the_data(home: Path) -> None:
    with Embedded(home) as server, psycopg.connect(server.admin) as db:
        db.execute("CREATE TABLE kept AS SELECT 1 AS one")
    wait_for_the_end(home)
    assert not answers(server)
    with Embedded(home) as server, psycopg.connect(server.admin) as db:
        assert db.execute("SELECT one FROM kept").fetchone() == (1,)


def test_a_killed_user_leaves_no_server_behind(home: Path) -> None:
    with a_user(home) as user:
        assert is_in(user)
        server = Embedded(home)
        assert answers(server)
        user.send_signal(signal.SIGKILL)
        wait_for_the_end(home)
        assert not answers(server)
    with Embedded(home):
        assert answers(server)


def test_two_at_once_share_one_server_that_stays_for_the_second(home: Path) -> None:
    server = Embedded(home)
    with a_user(home) as one, a_user(home) as two:
        assert is_in(one)
        assert is_in(two)
        number = postmaster(server)
        one.communicate("\n")
        time.sleep(1)
        assert answers(server)
        assert postmaster(server) == number
        two.communicate("\n")
        wait_for_the_end(home)
        assert not answers(server)


def test_a_server_that_is_killed_comes_back_while_it_is_used(home: Path) -> None:
    with Embedded(home) as server:
        with psycopg.connect(server.admin) as db:
            db.execute("CREATE TABLE kept AS SELECT 1 AS one")
        killed = postmaster(server)
        os.kill(killed, signal.SIGKILL)
        until = time.monotonic() + 30
        while not answers(server):
            assert time.monotonic() < until
            time.sleep(0.1)
        assert postmaster(server) != killed
        with psycopg.connect(server.admin) as db:
            assert db.execute("SELECT one FROM kept").fetchone() == (1,)


def test_a_killed_keeper_is_replaced_by_the_next_user(home: Path) -> None:
    with Embedded(home) as server:
        number = postmaster(server)
        os.kill(keeper_of(home), signal.SIGKILL)
        with Embedded(home):
            assert postmaster(server) == number
    wait_for_the_end(home)
    assert not answers(server)


def keeper_of(home: Path) -> int:
    (found,) = [
        int(line.parent.name)
        for line in Path("/proc").glob("[0-9]*/cmdline")
        if f"domain.store.embedded\0{home}".encode() in _read(line)
    ]
    return found


def _read(file: Path) -> bytes:
    try:
        return file.read_bytes()
    except OSError:  # ended meanwhile
        return b""


def test_a_stale_pid_of_somebody_elses_process_does_not_stop_a_start(home: Path) -> None:
    """After a reboot or in a new container another process has the number of the server that died."""
    with Embedded(home) as server:
        old = (server.data / "postmaster.pid").read_text()
    wait_for_the_end(home)
    pid = server.data / "postmaster.pid"
    pid.write_text("\n".join(["1", *old.splitlines()[1:]]))
    shutil.chown(pid, server.programs.uid)
    with Embedded(home):
        assert answers(server)


def test_an_initdb_that_was_killed_is_done_again(home: Path) -> None:
    server = Embedded(home)
    for half in ("data", "data.new"):
        (server.base / half / "base").mkdir(parents=True)
        (server.base / "password").touch()
    for path in (server.base, *server.base.rglob("*")):
        shutil.chown(path, server.programs.uid)
    server.base.chmod(0o700)
    with server:
        assert answers(server)
    assert not (server.base / "password").exists()


@pytest.mark.parametrize("name", ["long" * 40, "with a space, a comma and 'quotes'"])
def test_a_home_may_have_any_name(home: Path, name: str) -> None:
    with Embedded(home / name) as server:
        assert answers(server)
        assert server.socket.stat().st_mode & 0o777 == 0o700
    wait_for_the_end(home / name)
    server.socket.rmdir()
    home.chmod(0o711)


def test_a_home_may_move(home: Path) -> None:
    with Embedded(home) as server, psycopg.connect(server.admin) as db:
        db.execute("CREATE TABLE kept AS SELECT 1 AS one")
    wait_for_the_end(home)
    home.rename(home.with_name("moved"))
    with Embedded(home.with_name("moved")) as server, psycopg.connect(server.admin) as db:
        assert db.execute("SELECT one FROM kept").fetchone() == (1,)
    wait_for_the_end(home.with_name("moved"))
    home.mkdir()


def test_a_place_for_the_socket_that_others_can_enter_is_refused(home: Path) -> None:
    """In /tmp anybody may have made it first, to listen to our passwords."""
    server = Embedded(home / ("long" * 40))
    server.socket.mkdir()
    server.socket.chmod(0o777)
    try:
        with pytest.raises(DidNotStart):
            server.__enter__()
        assert "NotOursAlone" in (server.home / "keeper.log").read_text()
    finally:
        server.socket.rmdir()


@pytest.mark.parametrize("password", ["wrong", ""])
def test_nobody_comes_in_without_the_right_password(home: Path, password: str) -> None:
    with Embedded(home) as server, pytest.raises(psycopg.OperationalError, match="password"):
        psycopg.connect(make_conninfo(server.admin, password=password))


def test_it_listens_in_its_own_directory_only(home: Path) -> None:
    with Embedded(home) as server, psycopg.connect(server.admin) as db:
        assert db.execute("SHOW listen_addresses").fetchone() == ("",)
        assert db.execute("SHOW unix_socket_directories").fetchone() == (str(server.socket),)
        assert db.execute("SHOW password_encryption").fetchone() == ("scram-sha-256",)
        modes = {p.name: p.stat().st_mode & 0o777 for p in (server.socket, server.data, home / "secrets")}
    assert modes == {"run": 0o700, "data": 0o700, "secrets": 0o700}
    assert [f.stat().st_mode & 0o777 for f in (home / "secrets").iterdir()] == [0o600]


@as_root
def test_another_user_of_the_machine_does_not_even_reach_the_door(home: Path) -> None:
    with Embedded(home) as server:
        door = server.socket / f".s.PGSQL.{PORT}"
        assert door.exists()
        assert nobody_may("-x", home)
        assert not nobody_may("-e", door)
        assert not nobody_may("-x", server.data)
        assert not nobody_may("-r", home / "secrets" / "postgres")


def nobody_may(how: str, path: Path) -> bool:
    return subprocess.run(["/usr/bin/test", how, path], user="nobody", check=False, cwd="/").returncode == 0


@as_root
def test_the_data_goes_elsewhere_when_roots_home_hides_it_from_the_server(home: Path) -> None:
    private = home / "private"
    private.mkdir(parents=True)
    home.chmod(0o711)
    private.chmod(0o700)
    server = Embedded(private / "home")
    try:
        with server:
            assert answers(server)
            assert server.data.is_relative_to(SHARED)
            private.chmod(0o711)
            assert Embedded(private / "home").data == server.data, "once there, it stays there"
        wait_for_the_end(private / "home")
    finally:
        shutil.rmtree(server.base)
