"""What was removed shall be gone from the files too, not only from the tables."""

from __future__ import annotations

from django.db import OperationalError, connection

PATIENCE = 2000  # milliseconds; whoever is in the way is asked again by the keeper, see operations/keeping.py


def wipe_traces() -> bool:
    """Empty SQLite's write-ahead log into the database, whose freed pages are overwritten (secure_delete).

    False where somebody was reading just then. PostgreSQL does the same by its own vacuum.
    """
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        return connection.vendor != "sqlite"
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout")
        usual = cursor.fetchone()[0]
        cursor.execute(f"PRAGMA busy_timeout={PATIENCE}")
        try:
            cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)")
            is_busy = cursor.fetchone()[0]
        except OperationalError:
            is_busy = 1
        finally:
            cursor.execute(f"PRAGMA busy_timeout={usual}")
    return not is_busy
