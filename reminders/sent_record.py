"""Recording that a message has left, while the next one is on its way.

The record is one simple query of two statements, hence one transaction. It is handed to the database before the next
message is begun and its answer is awaited only after that one has left, so the two waits run side by side. What was
handed over is carried out even if this process is killed the next moment: no more than the message in flight is ever
repeated.
"""

from typing import Self

import psycopg
from django.db import connection
from django_rls_tenants.tenants.conf import rls_tenants_config
from psycopg.pq import ExecStatus

# The record need not wait for the disk. A database server that dies within the second may forget it, and the message
# goes out once more under its old Message-ID; it is never lost, for its claim was on the disk before it was sent.
# The statements go past Django's cursor, so they say for themselves that they may see every organization.
_RECORD = """
SELECT set_config(%s, 'true', true), set_config('synchronous_commit', 'off', true);
UPDATE reminders_outboxmessage
SET status = 'sent', sent_at = clock_timestamp(), leased_until = NULL, last_error = ''
WHERE id = %s
"""


class SentRecord:
    """At most one record under way on Django's own connection; nothing else may use the connection meanwhile."""

    def __init__(self) -> None:
        self._pending: psycopg.Connection | None = None

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_error: object) -> None:
        self.wait()

    def hand_over(self, message_id: int) -> None:
        """Hand the record of a sent message to the database without awaiting its answer."""
        self.wait()
        connection.ensure_connection()
        raw: psycopg.Connection = connection.connection
        query = psycopg.ClientCursor(raw).mogrify(_RECORD, [rls_tenants_config.GUC_IS_ADMIN, message_id])
        with connection.wrap_database_errors:
            raw.pgconn.send_query(query.encode())
            self._pending = raw
            while raw.pgconn.flush():
                pass

    def wait(self) -> None:
        """Await the answer of the record under way. Raises DatabaseError if it was not carried out."""
        raw, self._pending = self._pending, None
        if raw is None:
            return
        with connection.wrap_database_errors:
            error = b""
            while result := raw.pgconn.get_result():
                if result.status not in {ExecStatus.TUPLES_OK, ExecStatus.COMMAND_OK}:
                    error = result.error_message
            if error:
                raise psycopg.DatabaseError(error.decode(errors="replace"))
