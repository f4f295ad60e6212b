"""Which PostgreSQL: the one that comes with us, or the one that DRAAD_DATABASE_URL names."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

from psycopg.conninfo import conninfo_to_dict, make_conninfo

from domain.store.embedded import Embedded
from domain.store.secret import Secrets

OWNER, APP, READER = ROLES = ("draad_owner", "draad_app", "draad_reader")
EVENTS, KEYS = "draad", "draad_keys"
SUPERUSER = "postgres"  # only `draad migrate` is given this secret


@dataclass(frozen=True)
class Database:
    """Where the record is kept, and how each role gets in."""

    server: str = field(repr=False)  # conninfo of a role that may make roles and databases
    secrets: Secrets
    socket: Path | None = None  # of the embedded server

    def dsn(self, role: str, database: str = EVENTS) -> str:
        return make_conninfo(self.server, user=role, password=self.secrets.read(role), dbname=database)

    def admin(self, database: str | None = None) -> str:
        """As the one in the address, else as `postgres` with the password among the given secrets."""
        who = {}
        if "user" not in conninfo_to_dict(self.server) and self.secrets.given and self.secrets.has(SUPERUSER):
            who = {"user": SUPERUSER, "password": self.secrets.read(SUPERUSER)}
        return make_conninfo(self.server, **who, **({"dbname": database} if database else {}))


@contextmanager
def open_database(home: Path) -> Iterator[Database]:
    """The database of this home, for as long as you stay. Call it once a process that uses it."""
    named, folder = os.environ.get("DRAAD_DATABASE_URL"), os.environ.get("DRAAD_SECRETS_DIR")
    secrets = Secrets(Path(folder), given=True) if folder else Secrets(home / "secrets")
    if named:
        yield Database(named, secrets)
    else:
        with Embedded(home) as server:
            yield Database(server.admin, secrets, server.socket)


def settings_for(database: Database, pool: int = 2) -> dict[str, str]:
    """What an eventsourcing Application asks of its environment, to stand on our recorder as the app role."""
    dsn = database.dsn(APP)
    server = conninfo_to_dict(dsn)
    return {
        "PERSISTENCE_MODULE": "domain.store.factory:Factory",
        "POSTGRES_DBNAME": EVENTS,
        "POSTGRES_SCHEMA": "draad",
        "POSTGRES_HOST": str(server.get("host") or ""),
        "POSTGRES_PORT": str(server.get("port") or ""),
        "POSTGRES_USER": APP,
        "POSTGRES_PASSWORD": database.secrets.read(APP),
        "POSTGRES_POOL_SIZE": str(pool),
        "POSTGRES_MAX_OVERFLOW": "4",
        "POSTGRES_CONNECT_TIMEOUT": "10",  # seconds to wait for a connection of the pool
        "CREATE_TABLE": "no",
        "DRAAD_DSN": dsn,
        "DRAAD_KEYS": database.dsn(APP, KEYS),
        "DRAAD_MASTER": database.secrets.read("master"),
        "DRAAD_LOG": database.secrets.read("log") if database.secrets.has("log") else "",  # not in the web
        "DRAAD_NAMES": database.secrets.names().hex(),
    }
