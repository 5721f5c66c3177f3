"""The station's own settings: who it is, how it sounds, how it reads."""

from dataclasses import asdict, dataclass, field
from zoneinfo import available_timezones

from broadcast.boxes.plans import mark_plans_stale
from broadcast.desk import Desk, use_case
from broadcast.errors import EditConflict, InvalidInput
from broadcast.jobs.models import JobKind
from broadcast.jobs.service import want
from broadcast.people.rules import Right
from broadcast.people.trail import note_deed
from broadcast.stations.models import Station
from broadcast.stations.rules import LOUDNESS_LUFS, SPEED_PERCENT


class StationValueRefused(InvalidInput):
    code = "stations.value_refused"


@dataclass(frozen=True, slots=True, kw_only=True)
class StationDraft:
    """Everything the settings page holds. `reading_style` keeps differences from the region's."""

    name: str
    commune_name: str
    time_zone: str
    one_person: bool
    loudness_lufs: float
    speech_engine: str
    speech_voice: str
    speech_speed_percent: int
    signature_tune: str
    music_bed: bool
    opening_words: str
    closing_words: str
    reading_style: dict[str, object] = field(default_factory=dict)


@use_case
def change_station(desk: Desk, draft: StationDraft, *, row_version: int) -> Station:
    """The station as `draft` says; audio made before keeps its voice until it is made again.

    :raises EditConflict: somebody saved since `row_version` was shown.
    :raises StationValueRefused: a name is missing, or a number lies outside its bounds.
    """
    desk.actor.must(Right.ADMINISTER)
    station = desk.session.get_one(Station, desk.station_id, with_for_update=True)
    if station.row_version != row_version:
        raise EditConflict(station=station.id)
    _refuse_impossible(draft)
    before = {name: getattr(station, name) for name in asdict(draft)}
    changed = {name: value for name, value in asdict(draft).items() if before[name] != value}
    if not changed:
        return station
    for name, value in changed.items():
        setattr(station, name, value)
    _note_change(desk, station, changed)
    return station


def _refuse_impossible(draft: StationDraft) -> None:
    if not draft.name.strip() or not draft.commune_name.strip():
        raise StationValueRefused("Cần tên đài và tên xã, phường hoặc đặc khu.")
    if draft.time_zone not in available_timezones():
        raise StationValueRefused("Không có múi giờ này. Việt Nam là Asia/Ho_Chi_Minh.")
    quietest, loudest = LOUDNESS_LUFS
    if not quietest <= draft.loudness_lufs <= loudest:
        raise StationValueRefused(f"Độ to cần từ {quietest:g} đến {loudest:g} LUFS.")
    slowest, fastest = SPEED_PERCENT
    if not slowest <= draft.speech_speed_percent <= fastest:
        raise StationValueRefused(f"Tốc độ đọc cần từ {slowest} đến {fastest} phần trăm.")


def _note_change(desk: Desk, station: Station, changed: dict[str, object]) -> None:
    """The trail names the fields; the waiver and the time zone, which change rights and times, in
    full.
    """
    telling = {name: changed[name] for name in ("one_person", "time_zone") if name in changed}
    note_deed(desk, "stations.changed", "station", station.id, fields=sorted(changed), **telling)
    if "time_zone" in changed:
        want(desk, JobKind.FILL, desk.station_id)
    if changed.keys() & {"time_zone", "name"}:
        mark_plans_stale(desk)
