"""RFC 5545 read as its grammar stands, by code that knows nothing of ours: raises at every slip."""

import re
from datetime import UTC, datetime

NAME = re.compile(r"[A-Z0-9-]+")
ONCE = ("UID", "DTSTAMP", "DTSTART")
TEXTS = {"SUMMARY", "DESCRIPTION", "LOCATION", "X-WR-CALNAME"}
STATES = {"TENTATIVE", "CONFIRMED", "CANCELLED"}
LINE_OCTETS = 75


def read_calendar(body: bytes) -> list[dict[str, str]]:
    """The events, texts unescaped. :raises ValueError: the first sentence that is broken."""
    lines = [_property(line) for line in _unfolded(body)]
    if lines[0] != ("BEGIN", "VCALENDAR") or lines[-1] != ("END", "VCALENDAR"):
        raise ValueError("3.4: one VCALENDAR around everything")
    head = dict(lines[1 : _first_event(lines)])
    if head.get("VERSION") != "2.0" or not head.get("PRODID"):
        raise ValueError("3.6: VERSION:2.0 and PRODID are needed")
    events = _events(lines[_first_event(lines) : -1])
    if len({event["UID"] for event in events}) != len(events):
        raise ValueError("3.8.4.7: a UID is of one event")
    return events


def _unfolded(body: bytes) -> list[str]:
    if not body.endswith(b"\r\n") or b"\n" in body.replace(b"\r\n", b""):
        raise ValueError("3.1: lines end with CRLF")
    if b"\r" in body.replace(b"\r\n", b""):
        raise ValueError("3.1: no CR of its own")
    for line in body.split(b"\r\n"):
        if len(line) > LINE_OCTETS:
            raise ValueError(f"3.1: {len(line)} octets in {line!r}")
        line.decode()  # A fold within a letter is allowed, but many programs break on it.
    return body.decode().replace("\r\n ", "").removesuffix("\r\n").split("\r\n")


def _property(line: str) -> tuple[str, str]:
    head, colon, value = line.partition(":")
    name, *parameters = head.split(";")
    if not colon or not NAME.fullmatch(name) or any("=" not in one for one in parameters):
        raise ValueError(f"3.1: not a content line: {line!r}")
    if any(ord(letter) < ord(" ") and letter != "\t" for letter in value):
        raise ValueError(f"3.1: a control character in {line!r}")
    return name, _unescaped(value) if name in TEXTS else value


def _unescaped(value: str) -> str:
    if re.search(r"(?<!\\)(?:\\\\)*[;,]", value) or re.search(
        r"(?<!\\)(?:\\\\)*\\[^\\;,nN]", value
    ):
        raise ValueError(f"3.3.11: not escaped: {value!r}")
    return re.sub(r"\\(.)", lambda found: "\n" if found[1] in "nN" else found[1], value)


def _first_event(lines: list[tuple[str, str]]) -> int:
    return next((n for n, line in enumerate(lines) if line == ("BEGIN", "VEVENT")), len(lines) - 1)


def _events(lines: list[tuple[str, str]]) -> list[dict[str, str]]:
    events: list[dict[str, str]] = []
    inside: dict[str, str] | None = None
    for name, value in lines:
        if (name, value) == ("BEGIN", "VEVENT") and inside is None:
            inside = {}
        elif (name, value) == ("END", "VEVENT") and inside is not None:
            events.append(_checked(inside))
            inside = None
        elif inside is None or name in inside or name in {"BEGIN", "END"}:
            raise ValueError(f"3.6.1: {name}:{value} does not stand here")
        else:
            inside[name] = value
    if inside is not None:
        raise ValueError("3.6.1: an event without its end")
    return events


def _checked(event: dict[str, str]) -> dict[str, str]:
    if missing := [name for name in ONCE if not event.get(name)]:
        raise ValueError(f"3.6.1: {missing} are needed")
    stamp(event["DTSTAMP"])
    if "DTEND" in event and stamp(event["DTEND"]) <= stamp(event["DTSTART"]):
        raise ValueError("3.8.2.2: DTEND is later than DTSTART")
    if event.get("STATUS", "CONFIRMED") not in STATES or int(event.get("SEQUENCE", "0")) < 0:
        raise ValueError(f"3.8.1.11: {event}")
    return event


def stamp(value: str) -> datetime:
    """UTC, as a feed without VTIMEZONE has to write it."""
    if not value.endswith("Z"):
        raise ValueError(f"3.3.5: {value} is not UTC, and no VTIMEZONE is there")
    return datetime.strptime(value, "%Y%m%dT%H%M%SZ").replace(tzinfo=UTC)
