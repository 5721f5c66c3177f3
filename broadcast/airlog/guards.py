"""The database itself refuses to change or delete a row of the as-run log.

The same sentences serve `create_all` (tests) and the migration.
"""

from sqlalchemy import DDL, event

from broadcast.airlog.models import LogEntry

SQLITE_GUARDS = (
    (
        "CREATE TRIGGER log_entry_never_changes BEFORE UPDATE ON log_entry "
        "BEGIN SELECT RAISE(ABORT, 'log_entry is evidence: add a correction instead'); END"
    ),
    (
        "CREATE TRIGGER log_entry_never_leaves BEFORE DELETE ON log_entry "
        "BEGIN SELECT RAISE(ABORT, 'log_entry is evidence: add a correction instead'); END"
    ),
)

POSTGRESQL_GUARDS = (
    (
        "CREATE OR REPLACE FUNCTION log_entry_stays() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN RAISE EXCEPTION 'log_entry is evidence: add a correction instead'; END $$"
    ),
    (
        "CREATE TRIGGER log_entry_stays BEFORE UPDATE OR DELETE ON log_entry "
        "FOR EACH ROW EXECUTE FUNCTION log_entry_stays()"
    ),
)


def guards_for(dialect: str) -> tuple[str, ...]:
    """The statements that put the guards up; run once, after the table is made."""
    return {"sqlite": SQLITE_GUARDS, "postgresql": POSTGRESQL_GUARDS}[dialect]


for _dialect in ("sqlite", "postgresql"):
    for _sentence in guards_for(_dialect):
        event.listen(
            LogEntry.__table__,
            "after_create",
            DDL(_sentence.replace("%", "%%")).execute_if(dialect=_dialect),
        )
