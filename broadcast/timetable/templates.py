"""What frames a session: its signature tune, its opening and closing words, relays."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import timedelta

from sqlalchemy import select

from broadcast.bulletins.models import AudioFile
from broadcast.desk import Desk
from broadcast.timetable.fallbacks import fallback_audio, fallback_of
from broadcast.timetable.models import SessionRow, SlotRow
from scheduler.timetable.loads import Overhead
from scheduler.timetable.running_order import Part, Relay, Template

WORDS_ESTIMATE = timedelta(seconds=8)
"""Reserved for opening and for closing words of a coming day that have not been spoken yet."""


@dataclass(frozen=True, slots=True)
class Stream:
    """What a relay joins, and the audio that is heard while it fails."""

    address: str
    name: str
    fallback_id: str | None


@dataclass(frozen=True, slots=True)
class Templates:
    """Templates by session id; `streams` gives what is behind a relay's `ref`."""

    by_session: dict[str, Template]
    overhead: Overhead
    streams: dict[str, Stream]

    def of(self, session_id: str) -> Template:
        return self.by_session.get(session_id, Template())


def read_templates(desk: Desk, sessions: Iterable[SessionRow]) -> Templates:
    slots = {
        row.id: row
        for row in desk.session.scalars(
            select(SlotRow).where(SlotRow.station_id == desk.station_id)
        )
    }
    tunes = _tunes(desk)
    by_session: dict[str, Template] = {}
    by_slot: dict[str, timedelta] = {}
    streams = _streams(desk, slots.values(), tunes)
    for session in sessions:
        slot = slots.get(session.slot_id or "")
        if slot is None:
            continue
        template = _template(desk, session, slot, tunes)
        by_session[session.id] = template
        unspoken = (
            slot.opening_words and not template.opening,
            slot.closing_words and not template.closing,
        )
        spare = WORDS_ESTIMATE * sum(map(bool, unspoken))
        by_slot[slot.id] = max(by_slot.get(slot.id, timedelta(0)), template.overhead + spare)
    gap = max((timedelta(milliseconds=row.gap_ms) for row in slots.values()), default=timedelta(0))
    return Templates(by_session, Overhead(gap=gap, by_slot=by_slot), streams)


def _tunes(desk: Desk) -> dict[str, AudioFile]:
    """Signature tunes that have been made into the station's format, by name."""
    rows = desk.session.scalars(
        select(AudioFile).where(
            AudioFile.station_id == desk.station_id, AudioFile.purpose.startswith("tune:")
        )
    )
    return {row.purpose.removeprefix("tune:"): row for row in rows}


def _streams(
    desk: Desk, slots: Iterable[SlotRow], tunes: dict[str, AudioFile]
) -> dict[str, Stream]:
    slots = list(slots)
    audio = fallback_audio(desk, slots, tunes)
    return {
        _ref(slot, number): Stream(
            str(relay["stream"]), str(relay.get("name", "")), audio.get(fallback_of(relay))
        )
        for slot in slots
        for number, relay in enumerate(slot.relays)
    }


def _ref(slot: SlotRow, number: int) -> str:
    return f"relay:{slot.id}:{number}"


def _template(
    desk: Desk,
    session: SessionRow,
    slot: SlotRow,
    tunes: dict[str, AudioFile],
) -> Template:
    relays = [
        Relay(_ref(slot, number), _span(relay["offset_ms"]), _span(relay["duration_ms"]))
        for number, relay in enumerate(slot.relays)
    ]
    tune = tunes.get(slot.signature_tune)
    return Template(
        signature=_part(tune),
        opening=_part(_spoken(desk, session.opening_audio_id)),
        closing=_part(_spoken(desk, session.closing_audio_id)),
        gap=timedelta(milliseconds=slot.gap_ms),
        relays=tuple(relays),
    )


def _spoken(desk: Desk, audio_id: str | None) -> AudioFile | None:
    return desk.session.get(AudioFile, audio_id) if audio_id else None


def _part(audio: AudioFile | None) -> Part | None:
    return Part(audio.id, timedelta(milliseconds=audio.duration_ms)) if audio else None


def _span(kept: object) -> timedelta:
    return timedelta(milliseconds=int(str(kept)))
