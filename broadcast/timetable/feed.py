"""The calendar feed (RFC 5545) of one zone, and the unguessable key of its address."""

from datetime import UTC, datetime, timedelta

from sqlalchemy import select

from broadcast.desk import Desk, use_case
from broadcast.errors import NotFound
from broadcast.people.rules import Actor, Right
from broadcast.people.secrets import new_secret
from broadcast.stations.models import Station
from broadcast.timetable.calendar import zone_tree
from broadcast.timetable.cards import Card, read_cards
from broadcast.timetable.models import FeedKey
from broadcast.timetable.queries import today

DAYS_BACK, DAYS_AHEAD = 7, 21
LINE_BYTES = 75
"""RFC 5545, 3.1: longer lines are folded, and the break counts no letter in two."""


class FeedNotKnown(NotFound):
    code = "timetable.feed_not_known"
    message = "Địa chỉ lịch này không còn dùng được. Hãy xin địa chỉ mới của đài."


def actor_of_feed(desk: Desk, key: str) -> Actor:
    """Who reads with this address. :raises FeedNotKnown: no such key."""
    row = desk.session.scalar(select(FeedKey).where(FeedKey.key == key))
    if row is None:
        raise FeedNotKnown
    return Actor.machine(row.station_id, "lịch ngoài", Right.LOOK)


def find_feed_key(desk: Desk) -> str | None:
    row = desk.session.get(FeedKey, desk.station_id)
    return row.key if row else None


@use_case
def renew_feed_key(desk: Desk) -> str:
    """A new address; whoever knew the old one sees nothing any more."""
    desk.actor.must(Right.SCHEDULE)
    row = desk.session.get(FeedKey, desk.station_id)
    if row is None:
        row = FeedKey(station_id=desk.station_id)
        desk.session.add(row)
    row.key, row.created_at = new_secret("lich"), desk.now
    return row.key


def write_feed(desk: Desk, zone_id: str | None) -> str:
    """The sessions heard in a zone (None: in any), from a week ago to the horizon.

    :raises NotFound: no such zone at this station.
    """
    station = desk.session.get_one(Station, desk.station_id)
    tree = zone_tree(desk)
    if zone_id is not None and zone_id not in tree.every:
        raise NotFound(zone=zone_id)
    day = today(desk)
    cards = read_cards(
        desk, station, tree, day - timedelta(days=DAYS_BACK), day + timedelta(days=DAYS_AHEAD)
    )
    where = tree.names[zone_id] if zone_id else station.commune_name
    lines = [
        "BEGIN:VCALENDAR",
        "VERSION:2.0",
        "PRODID:-//Loa//Lich phat//VI",
        "CALSCALE:GREGORIAN",
        "METHOD:PUBLISH",
        f"X-WR-CALNAME:{_text(f'Lịch phát {where}')}",
        f"X-WR-TIMEZONE:{station.time_zone}",
        "REFRESH-INTERVAL;VALUE=DURATION:PT1H",
    ]
    for card in cards:
        if zone_id is None or not card.row.zone_ids or zone_id in card.row.zone_ids:
            lines += _event(card, desk.now)
    lines.append("END:VCALENDAR")
    return "".join(f"{fold(line)}\r\n" for line in lines)


def _event(card: Card, now: datetime) -> list[str]:
    row = card.row
    titles = [f"{number}. {line.title}" for number, line in enumerate(card.items, 1)]
    event = [
        "BEGIN:VEVENT",
        f"UID:{row.id}@loa",
        f"DTSTAMP:{_stamp(now)}",
        f"DTSTART:{_stamp(row.starts_at)}",
        f"DTEND:{_stamp(row.ends_at)}",
        f"SEQUENCE:{row.row_version}",
        f"SUMMARY:{_text(row.name)}",
        f"LOCATION:{_text(card.zones)}",
        f"STATUS:{'CANCELLED' if row.cancelled_at else 'CONFIRMED'}",
        "END:VEVENT",
    ]
    if titles:
        event.insert(-1, f"DESCRIPTION:{_text(chr(10).join(titles))}")
    return event


def _stamp(instant: datetime) -> str:
    return f"{instant.astimezone(UTC):%Y%m%dT%H%M%SZ}"


def _text(words: str) -> str:
    for letter, escaped in (("\\", "\\\\"), (";", "\\;"), (",", "\\,"), ("\n", "\\n")):
        words = words.replace(letter, escaped)
    return words.replace("\r", "")


def fold(line: str) -> str:
    """A content line as it goes over the wire; `LINE_BYTES` with the blank that begins a rest."""
    parts: list[str] = [""]
    for letter in line:
        room = LINE_BYTES - (len(parts) > 1)
        if len((parts[-1] + letter).encode()) > room:
            parts.append("")
        parts[-1] += letter
    return "\r\n ".join(parts)
