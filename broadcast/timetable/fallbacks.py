"""What a relay plays while its stream fails: a tune, or an approved bulletin, read or recorded.

Kept with the relay as `tune:<name>` or `bulletin:<id>`; nothing is silence.
"""

from collections.abc import Iterable, Mapping

from sqlalchemy import select

from broadcast.bulletins.decisions import airable_versions
from broadcast.bulletins.models import AudioFile, Bulletin
from broadcast.desk import Desk
from broadcast.timetable.models import SlotRow

TUNE = "tune:"
BULLETIN = "bulletin:"


def of_tune(name: str) -> str:
    return f"{TUNE}{name}"


def of_bulletin(bulletin_id: str) -> str:
    return f"{BULLETIN}{bulletin_id}"


def fallback_of(relay: Mapping[str, object]) -> str:
    return str(relay.get("fallback") or "")


def tunes_wished(slots: Iterable[SlotRow]) -> set[str]:
    """Names of the tunes that relays of these slots fall back to."""
    return {kept.removeprefix(TUNE) for kept in _kept(slots) if kept.startswith(TUNE)}


def fallback_audio(
    desk: Desk, slots: Iterable[SlotRow], tunes: Mapping[str, AudioFile]
) -> dict[str, str]:
    """The audio id of everything that slots fall back to. Neither a tune that has not been made
    yet nor a bulletin that may not be heard now is in it: the relay then waits in silence.
    """
    kept = _kept(slots)
    ids = {one.removeprefix(BULLETIN) for one in kept if one.startswith(BULLETIN)}
    bulletins = desk.session.scalars(
        select(Bulletin).where(Bulletin.station_id == desk.station_id, Bulletin.id.in_(ids))
    ).all()
    found = {of_tune(name): audio.id for name, audio in tunes.items() if of_tune(name) in kept}
    for bulletin_id, version in airable_versions(desk, bulletins).items():
        if version.rendition is not None:
            found[of_bulletin(bulletin_id)] = version.rendition.audio_id
    return found


def _kept(slots: Iterable[SlotRow]) -> set[str]:
    return {fallback_of(relay) for slot in slots for relay in slot.relays} - {""}
