"""Asked as PostgreSQL itself talks, in binary and without ceremony: where that is most of the work."""

from __future__ import annotations

from typing import Any

import psycopg
from psycopg.errors import error_from_result
from psycopg.pq import ConnStatus, DiagnosticField, ExecStatus
from psycopg.pq.abc import PGresult

BIGINT, BYTEA, TEXT, UUID = 20, 17, 25, 2950  # the numbers of types, the same in every PostgreSQL
BIGINTS, BYTEAS, TEXTS, UUIDS = 1016, 1001, 1009, 2951  # and of their arrays


def answered(db: psycopg.Connection[Any], result: PGresult) -> PGresult:
    """The same, when it is no error; else that, as psycopg would raise it."""
    if result.status in (ExecStatus.COMMAND_OK, ExecStatus.TUPLES_OK):
        return result
    if db.pgconn.status == ConnStatus.BAD and not result.error_field(DiagnosticField.SQLSTATE):
        raise psycopg.OperationalError(result.get_error_message())
    raise error_from_result(result)
