"""What the library asks for its recorder: ours, on all of the conninfo, and ended in the right order."""

from __future__ import annotations

from eventsourcing.persistence import ApplicationRecorder
from eventsourcing.postgres import PostgresFactory
from eventsourcing.utils import Environment, EnvType

from domain.store.recorder import Recorder


class Factory(PostgresFactory):
    """The library's, with our recorder, and all of the conninfo: its own five settings lose those for TLS."""

    application_recorder_class = Recorder

    def __init__(self, env: Environment | EnvType | None) -> None:
        super().__init__(env)
        self.datastore.pool.conninfo = self.env["DRAAD_DSN"]
        self._recorder: ApplicationRecorder | None = None

    def application_recorder(self) -> ApplicationRecorder:
        self._recorder = super().application_recorder()
        return self._recorder

    def close(self) -> None:
        """Everybody gets an answer first: that needs the connections."""
        if isinstance(self._recorder, Recorder):
            self._recorder.group.close()
        super().close()
