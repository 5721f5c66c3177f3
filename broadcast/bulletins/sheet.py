"""What one production is made from, read in one short transaction and then let go."""

import hashlib
import json
from dataclasses import dataclass

from broadcast.bulletins.models import Bulletin, BulletinVersion
from broadcast.bulletins.reading import read_for, region_of
from broadcast.bulletins.service import RECORDING, TITLE_MARK, TextEmpty
from broadcast.bulletins.versions import is_decided
from broadcast.desk import Desk, use_case
from broadcast.stations.models import Station


@dataclass(frozen=True, slots=True)
class Sheet:
    """Everything that goes into one production; `region` chooses the voice that steps in."""

    station_id: str
    version_id: str
    spoken: str
    opening: str
    closing: str
    engine: str
    voice: str
    speed_percent: int
    signature: str
    loudness_lufs: float
    urgent: bool
    upload: str
    region: str
    bed: bool = False

    @property
    def made_from(self) -> str:
        """Equal sheets make equal audio."""
        parts = [
            self.spoken, self.opening, self.closing, self.engine, self.voice,
            self.speed_percent, self.signature, self.loudness_lufs,
        ]  # fmt: skip
        if self.engine == RECORDING:
            parts.append(self.upload)
        if self.bed:
            parts.append("bed")
        return hashlib.sha256(json.dumps(parts, ensure_ascii=False).encode()).hexdigest()


@use_case
def take_sheet(desk: Desk, version_id: str) -> Sheet | None:
    """None when there is nothing to do: the audio is there, or somebody has decided on the version
    and its audio may never change again.

    :raises TextEmpty: nothing to say.
    """
    version = desk.session.get_one(BulletinVersion, version_id)
    if is_decided(desk, version):
        return None
    station = desk.session.get_one(Station, version.station_id)
    bulletin = desk.session.get_one(Bulletin, version.bulletin_id)
    if version.engine != RECORDING:
        if not version.text.strip():
            raise TextEmpty(version=version_id)
        # The dictionary may have learned a word since the text was saved.
        version.spoken = read_for(desk, version.text).spoken
    plain = bulletin.emergency
    sheet = Sheet(
        station_id=station.id,
        version_id=version.id,
        spoken=version.spoken,
        opening="" if plain else _words(desk, station.opening_words, station, bulletin),
        closing="" if plain else _words(desk, station.closing_words, station, bulletin),
        engine=version.engine,
        voice=version.voice,
        speed_percent=version.speed_percent,
        signature="khan" if plain else station.signature_tune,
        bed=station.music_bed and not plain,
        loudness_lufs=station.loudness_lufs,
        urgent=plain,
        upload=version.upload_path,
        region=region_of(station),
    )
    made = version.rendition.made_from if version.rendition else ""
    return None if made == sheet.made_from else sheet


def still_asks_for(version: BulletinVersion, sheet: Sheet) -> bool:
    """Nobody has edited or decided on the version since the sheet was taken."""
    return (version.spoken, version.engine, version.voice, version.speed_percent) == (
        sheet.spoken, sheet.engine, sheet.voice, sheet.speed_percent,
    ) and version.upload_path == sheet.upload  # fmt: skip


def _words(desk: Desk, pattern: str, station: Station, bulletin: Bulletin) -> str:
    """Opening or closing words with `{ten_dai}`, `{xa}` and `{tieu_de}` filled in, as spoken."""
    written = pattern
    for mark, value in (
        ("{ten_dai}", station.name),
        ("{xa}", station.commune_name),
        (TITLE_MARK, bulletin.title),
    ):
        written = written.replace(mark, value)
    return read_for(desk, written).spoken if written.strip() else ""
