"""One row of every table at a station, and the addresses that name them."""

from datetime import UTC, date, datetime, time

from sqlalchemy import JSON, Boolean, Date, Float, Integer, LargeBinary, String, Text, Time
from werkzeug.routing import Rule

from broadcast.db import EnumText, UtcDateTime
from broadcast.tables import Base

TABLE_OF = {
    "user_id": "account",
    "key_id": "api_key",
    "fact_id": "channel_fact",
    "row_id": "quarantined_play",
    "entry_id": "log_entry",
    "word_id": "dictionary_word",
    "template_id": "office_template",
}
PLAIN = {"day": "2026-11-23", "year": 2026, "number": 1, "form": "csv", "sha256": "a" * 64}
PARTLY_OWN = {
    "daily_item_fact": {"threshold_percent": 80, "month": "2026-11", "zones": []},
    "daily_session_fact": {"month": "2026-11", "zones": []},
    "slot": {"recurrence": {"version": 1, "frequency": "daily", "anchor": "2026-11-01"}},
    "counting_rule": {"version": 7},
    "occurrence_change": {"kind": "cancelled"},
    "airing": {"planned_start": datetime(2026, 11, 23, 10, tzinfo=UTC)},
}


def furnish(db, clock, station, *, said: str = "") -> dict[str, object]:
    """One row of every table at `station`; table name -> its id. Where a person or a box may write
    what they like, the row says `said`.
    """
    made: dict[str, object] = {"station": station.id}
    for table in Base.metadata.sorted_tables:
        if table.name == "station":
            continue
        values = {
            column.name: value_for(column, clock, station, made)
            for column in table.columns
            if column.autoincrement is not True
        }
        values = {name: value for name, value in values.items() if value is not LEFT_OUT}
        if said:
            free = [column for column in table.columns if is_free(column)]
            values |= {column.name: said[: column.type.length or 999] for column in free}
        result = db.execute(table.insert().values(**(values | PARTLY_OWN.get(table.name, {}))))
        made[table.name] = result.inserted_primary_key[0]
    db.commit()
    return made


LEFT_OUT = object()
FREE_TEXTS = {
    "name", "commune_name", "display_name", "slot_name", "title", "topic", "author", "author_name",
    "reason", "written", "spoken", "sentence", "step", "error_message", "file_name", "text", "why",
    "decision_number", "opening_words", "closing_words", "quiet_reason", "superior", "topic_name",
    "issuing_body", "place_name", "addressee", "signer_name", "signing_position", "actor_name",
    "user_name", "opened_by", "closed_by", "close_reason", "ended_by", "evidence", "form",
    "measure", "agent", "cancel_reason", "fallback_reason", "unmet", "voice", "authority",
}  # fmt: skip


def is_free(column) -> bool:
    return (
        isinstance(column.type, String)
        and not isinstance(column.type, EnumText)
        and not column.primary_key
        and not column.foreign_keys
        and not column.unique
        and column.name in FREE_TEXTS
    )


def value_for(column, clock, station, made):
    for foreign in column.foreign_keys:
        parent = made.get(foreign.column.table.name)
        return LEFT_OUT if column.nullable and column.name != "bulletin_id" else parent
    if column.nullable or (column.default is not None and not column.primary_key):
        return LEFT_OUT
    if isinstance(column.type, EnumText):
        return next(iter(column.type.kind))
    if isinstance(column.type, UtcDateTime):
        return clock()
    plain = (
        (Boolean, False),
        (Integer, 1),
        (Float, 0.0),
        (Date, date(2026, 11, 23)),
        (Time, time(5)),
        (JSON, {}),
        (LargeBinary, b""),
    )
    for kind, value in plain:
        if isinstance(column.type, kind):
            return value
    assert isinstance(column.type, String | Text), column
    return f"{column.table.name}-{station.code}"[: column.type.length or 36]


def routes(app) -> list[Rule]:
    return [rule for rule in app.url_map.iter_rules() if rule.endpoint != "static"]


def methods(rule: Rule) -> list[str]:
    return sorted(rule.methods - {"HEAD", "OPTIONS"})


def address(app, rule: Rule, rows: dict[str, object]) -> str:
    values = {argument: value_of(argument, rows) for argument in rule.arguments}
    with app.test_request_context():
        return app.url_map.bind("localhost").build(rule.endpoint, values, method=methods(rule)[0])


def value_of(argument: str, rows: dict[str, object]) -> object:
    if argument in PLAIN:
        return PLAIN[argument]
    if argument == "key":
        return rows.get("airing", "x")
    name = TABLE_OF.get(argument, argument.removesuffix("_id"))
    return rows.get(name, "no-such")
