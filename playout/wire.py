"""PURE: the JSON contract with the station, both ways. Unknown fields pass, an unknown schema not.

One session that cannot be understood is left out and named in `Plan.faults`: it must not keep an
emergency, or a whole day, from the air.
"""

import json
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urljoin, urlsplit

from playout.errors import AnswerNotUnderstood, PlanNotUnderstood
from playout.plan import (
    Audio,
    Item,
    Kind,
    LateMode,
    LatePolicy,
    Plan,
    Priority,
    Repeat,
    Session,
    Stream,
)
from playout.plays import PlayRow

SCHEMA = 1
DAY_MS = 24 * 3600 * 1000
LEAST_REPEAT_MS = 10_000
_SHA256 = re.compile(r"[0-9a-f]{64}")


@dataclass(frozen=True, slots=True)
class RowAnswer:
    id: str
    status: str
    """`accepted`, `duplicate` or `rejected`; anything else counts as no answer."""
    reason: str


def parse_plan(text: str | bytes, station_url: str) -> Plan:
    """The plan in a document; media addresses come back absolute.

    :raises PlanNotUnderstood: not JSON, another schema, or a frame that does not hold.
    """
    try:
        doc = json.loads(text)
        if doc.get("schema") != SCHEMA:
            raise PlanNotUnderstood(schema=doc.get("schema"))
        sessions, faults = _sessions(doc["sessions"], station_url)
        box = doc.get("box", {})
        return Plan(
            version=str(doc["plan"]),
            generated_at=parse_instant(doc["generated_at"]),
            valid_until=parse_instant(doc["valid_until"]),
            poll_s=min(300.0, max(1.0, float(doc.get("poll_s", 10)))),
            box_name=str(box.get("name", "")),
            station_name=str(doc.get("station", {}).get("name", "")),
            volume_percent=_within(box.get("volume_percent", 100), 0, 100),
            sessions=sessions,
            faults=faults,
        )
    except (ValueError, TypeError, KeyError, AttributeError, OverflowError) as err:
        raise PlanNotUnderstood(detail=repr(err)) from err


def parse_instant(value: object) -> datetime:
    """An RFC 3339 instant as aware UTC. :raises ValueError: naive, or no instant at all."""
    if not isinstance(value, str):
        raise TypeError(f"not an instant: {value!r}")
    moment = datetime.fromisoformat(value)
    if moment.tzinfo is None:
        raise ValueError(f"an instant without zone: {value}")
    return moment.astimezone(UTC)


def instant(moment: datetime) -> str:
    """RFC 3339 in UTC with milliseconds, as the contract writes every instant."""
    return moment.astimezone(UTC).isoformat(timespec="milliseconds").replace("+00:00", "Z")


def dump_plays(boot: str, sent_at: datetime, rows: Iterable[PlayRow]) -> bytes:
    """The body of POST /plays for rows of one boot."""
    return _body({"boot": boot, "sent_at": instant(sent_at), "plays": [_play(r) for r in rows]})


def parse_plays_answer(text: bytes) -> tuple[RowAnswer, ...]:
    """:raises AnswerNotUnderstood: then nothing counts as acknowledged."""
    try:
        return tuple(
            RowAnswer(str(r["id"]), str(r["status"]), str(r.get("reason") or ""))
            for r in json.loads(text)["results"]
        )
    except (ValueError, TypeError, KeyError, AttributeError) as err:
        raise AnswerNotUnderstood(detail=repr(err)) from err


def dump_heartbeat(facts: Mapping[str, Any]) -> bytes:
    return _body(facts)


def parse_server_time(text: bytes) -> datetime:
    """The station's clock in an answer. :raises AnswerNotUnderstood:"""
    try:
        return parse_instant(json.loads(text)["server_time"])
    except (ValueError, TypeError, KeyError, AttributeError) as err:
        raise AnswerNotUnderstood(detail=repr(err)) from err


def _body(value: object) -> bytes:
    return json.dumps(value, ensure_ascii=False).encode()


def _play(row: PlayRow) -> dict[str, Any]:
    return {
        "id": row.id,
        "seq": row.seq,
        "airing": row.airing,
        "session": row.session,
        "kind": row.kind,
        "sha256": row.sha256,
        "title": row.title,
        "topic": row.topic,
        "planned_start": instant(row.planned_start),
        "started_at": instant(row.started_at) if row.started_at else None,
        "ended_at": instant(row.ended_at) if row.ended_at else None,
        "played_ms": row.played_ms,
        "planned_ms": row.planned_ms,
        "outcome": row.outcome,
        "reason": row.reason,
        "clock": {"trusted": row.clock_trusted, "offset_ms": row.clock_offset_ms},
    }


def _sessions(found: list[Any], station_url: str) -> tuple[tuple[Session, ...], tuple[str, ...]]:
    sessions: list[Session] = []
    faults: list[str] = []
    for number, raw in enumerate(found):
        try:
            sessions.append(_session(raw, station_url))
        except (ValueError, TypeError, KeyError, AttributeError, OverflowError) as err:
            name = raw.get("id") if isinstance(raw, dict) else None
            faults.append(f"{name or number}: {err!r}"[:200])
    return tuple(sessions), tuple(faults)


def _session(raw: Mapping[str, Any], station_url: str) -> Session:
    late, repeat = raw["late"], raw.get("repeat")
    return Session(
        id=str(raw["id"]),
        priority=Priority(raw["priority"]),
        starts_at=parse_instant(raw["starts_at"]),
        late=LatePolicy(LateMode(late["mode"]), _span(late["grace_ms"], 0)),
        repeat=Repeat(_span(repeat["every_ms"], LEAST_REPEAT_MS), parse_instant(repeat["until"]))
        if repeat
        else None,
        running_order=tuple(_item(i, station_url) for i in raw["running_order"]),
    )


def _item(raw: Mapping[str, Any], station_url: str) -> Item:
    kind, bulletin = Kind(raw["kind"]), raw.get("bulletin") or {}
    found = raw.get("audio") or {}
    stream = _stream(found, station_url) if "stream" in found else None
    audio = _audio(found, station_url) if found and not stream else None
    if kind is not Kind.SILENCE and not (audio or stream):
        raise ValueError(f"a {kind} without audio")
    airing = raw.get("airing")
    return Item(
        airing=None if airing is None else str(airing),
        kind=kind,
        offset_ms=_within(raw["offset_ms"], 0, DAY_MS),
        duration_ms=_within(raw["duration_ms"], 1, DAY_MS),
        title=bulletin.get("title"),
        topic=bulletin.get("topic"),
        audio=audio,
        stream=stream,
        gain_db=min(24.0, max(-60.0, float(raw.get("gain_db") or 0.0))),
    )


def _stream(raw: Mapping[str, Any], station_url: str) -> Stream:
    url, fallback = str(raw["stream"]), raw.get("fallback")
    if urlsplit(url).scheme not in {"http", "https"} or not urlsplit(url).hostname:
        raise ValueError("a stream must be http or https")
    return Stream(url, _audio(fallback, station_url) if fallback else None)


def _audio(raw: Mapping[str, Any], station_url: str) -> Audio:
    """Refuses another origin (the token would travel there) and a hash that is no hash (it
    becomes a file name).
    """
    url, sha256 = urljoin(station_url.rstrip("/") + "/", str(raw["url"])), str(raw["sha256"])
    there, home = urlsplit(url), urlsplit(station_url)
    if (there.scheme, there.netloc) != (home.scheme, home.netloc):
        raise ValueError("audio from a foreign origin")
    if not _SHA256.fullmatch(sha256):
        raise ValueError("sha256 is not 64 hexadecimal digits")
    size = _within(raw["bytes"], 1, 2**31)
    return Audio(url, sha256, size, _within(raw["duration_ms"], 1, DAY_MS))


def _span(value: object, least_ms: int) -> timedelta:
    return timedelta(milliseconds=_within(value, least_ms, 366 * DAY_MS))


def _within(value: object, least: int, most: int) -> int:
    if not isinstance(value, int) or isinstance(value, bool) or not least <= value <= most:
        raise ValueError(f"{value!r} is not a number from {least} to {most}")
    return value
