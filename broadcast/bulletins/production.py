"""Producing a version's audio: read, speak, mix, measure, keep. Long work outside transactions."""

import tempfile
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass, replace
from pathlib import Path

from sqlalchemy import select

from audio.item import Clip, ItemOrder, ItemTemplate, RenderedItem
from audio.reading import SpeechPart, estimate_ms, split_for_speech
from audio.render import render_item
from audio.speech.base import Voice
from audio.speech.spoken import SpokenText
from audio.tunes import tune_wav
from audio.types import Lufs
from broadcast.bulletins.models import AudioFile, BulletinVersion, Rendition
from broadcast.bulletins.service import RECORDING
from broadcast.bulletins.sheet import Sheet, still_asks_for, take_sheet
from broadcast.bulletins.storage import keep_media
from broadcast.bulletins.studio import Studio
from broadcast.bulletins.versions import is_decided
from broadcast.desk import Desk, use_case
from broadcast.jobs.models import Job
from broadcast.jobs.service import report_progress
from broadcast.people.trail import note_deed

OpenDesk = Callable[[], AbstractContextManager[Desk]]
SYLLABLES_PER_MINUTE = 210
"""Google's voice at 100 %: 3.5 syllables a second, measured over the demonstration texts."""


@dataclass(frozen=True, slots=True)
class Spoken:
    """What the voice made of a sheet: the words' clips and those around them."""

    body: tuple[Clip, ...]
    opening: tuple[Clip, ...] = ()
    closing: tuple[Clip, ...] = ()
    text: SpokenText | None = None


def produce(open_desk: OpenDesk, studio: Studio, job: Job) -> None:
    """Make the audio of the version `job.subject`; a version that has it already costs nothing.

    Shows progress by sentence, stops between two sentences when the job was cancelled. A second
    run finds the sentences in the cache and writes the same file again.

    :raises TextEmpty: nothing to say. :raises AudioError: it cannot be said or must not be aired.
    """
    with open_desk() as desk:
        sheet = take_sheet(desk, job.subject)
    if sheet is None:
        return
    follow = _Follower(open_desk, job.id)
    spoken = _speak(studio, sheet, follow)
    with tempfile.TemporaryDirectory(dir=studio.work_dir) as scratch:
        item = render_item(
            _order(studio, sheet, spoken),
            folder=Path(scratch),
            progress=follow.mixing,
            cancelled=follow.cancelled,
        )
        keep_media(studio.media_dir, item.path, item.sha256)
    with open_desk() as desk:
        keep_rendition(desk, sheet, item, spoken.text)


class _Follower:
    """Writes progress where the page reads it, and learns there that somebody cancelled."""

    def __init__(self, open_desk: OpenDesk, job_id: str) -> None:
        self.open_desk = open_desk
        self.job_id = job_id
        self.stopped = False
        self.sentences = 0
        self.mixed_percent = -1

    def speaking(self, done: int, total: int) -> None:
        self.sentences = total
        self._report(done, total, "câu")

    def mixing(self, done: int, total: int) -> None:
        percent = 100 * done // total if total else 100
        if percent // 10 != self.mixed_percent // 10:
            self._report(percent, 100, "phần trăm hòa âm")
        self.mixed_percent = percent

    def cancelled(self) -> bool:
        return self.stopped

    def _report(self, done: int, total: int, step: str) -> None:
        with self.open_desk() as desk:
            self.stopped = not report_progress(desk, self.job_id, done, total, step)


def _speak(studio: Studio, sheet: Sheet, follow: _Follower) -> Spoken:
    if sheet.engine == RECORDING:
        return Spoken((Clip(studio.uploads_dir / sheet.upload, "", 0, 0),))
    parts = [split_for_speech(text) for text in (sheet.opening, sheet.spoken, sheet.closing)]
    said = studio.speech_of(sheet.region).speak(
        [part for group in parts for part in group],
        voice=studio.find_voice(sheet.engine, sheet.voice),
        speed_percent=sheet.speed_percent,
        progress=follow.speaking,
        cancelled=follow.cancelled,
        urgent=sheet.urgent,
    )
    return _sorted_out(said, *parts[:2])


def _sorted_out(
    said: SpokenText, before: Sequence[SpeechPart], body: Sequence[SpeechPart]
) -> Spoken:
    """Gives each clip back to the words it belongs to; a part without sound has no clip."""
    first_of_body, first_of_closing = len(before), len(before) + len(body)
    opening: list[Clip] = []
    words: list[Clip] = []
    closing: list[Clip] = []
    for one in said.clips:
        clip = Clip(one.path, one.text, one.pause_after_ms, one.part)
        if one.part < first_of_body:
            opening.append(clip)
        elif one.part < first_of_closing:
            words.append(replace(clip, sentence=body[one.part - first_of_body].sentence))
        else:
            closing.append(clip)
    return Spoken(tuple(words), tuple(opening), tuple(closing), said)


def _order(studio: Studio, sheet: Sheet, spoken: Spoken) -> ItemOrder:
    signature = tune_wav(sheet.signature, studio.tunes_dir) if sheet.signature else None
    said = spoken.text
    return ItemOrder(
        clips=spoken.body,
        template=ItemTemplate(
            signature,
            spoken.opening,
            spoken.closing,
            bed=tune_wav("nen", studio.tunes_dir) if sheet.bed else None,
        ),
        target_lufs=Lufs(sheet.loudness_lufs),
        speed_percent=said.tempo_percent if said else 100,
        expected_ms=estimate_ms(sheet.spoken, syllables_per_minute=SYLLABLES_PER_MINUTE)
        if said
        else None,
    )


@use_case
def keep_rendition(
    desk: Desk, sheet: Sheet, item: RenderedItem, said: SpokenText | None
) -> Rendition:
    """The finished audio becomes the version's, unless its text changed meanwhile."""
    version = desk.session.get_one(BulletinVersion, sheet.version_id, with_for_update=True)
    audio = ensure_audio(desk, sheet.station_id, item)
    voice: Voice | None = said.voice if said else None
    rendition = Rendition(
        id=desk.new_id(),
        station_id=sheet.station_id,
        version_id=version.id,
        audio_id=audio.id,
        made_from=sheet.made_from,
        spoken=sheet.spoken,
        engine=voice.engine.value if voice else RECORDING,
        voice=voice.name if voice else RECORDING,
        wished_engine=sheet.engine,
        fallback_reason=(said.fallback_reason or "") if said else "",
        cache_hits=said.hits if said else 0,
        cache_misses=said.misses if said else 0,
        sentences=[
            {"text": one.text, "starts_ms": one.starts_ms, "ends_ms": one.ends_ms}
            for one in item.sentences
        ],
        peaks=list(item.peaks),
        created_at=desk.now,
    )
    desk.session.add(rendition)
    desk.session.flush()
    if still_asks_for(version, sheet) and not is_decided(desk, version):
        version.rendition_id = rendition.id
    note_deed(desk, "bulletins.produced", "version", version.id, engine=rendition.engine)
    return rendition


def ensure_audio(
    desk: Desk, station_id: str, item: RenderedItem, purpose: str = "item"
) -> AudioFile:
    """The row of these bytes at this station; the same bytes have one row."""
    known = desk.session.scalar(
        select(AudioFile).where(AudioFile.station_id == station_id, AudioFile.sha256 == item.sha256)
    )
    if known is not None:
        return known
    audio = AudioFile(
        id=desk.new_id(),
        station_id=station_id,
        sha256=item.sha256,
        bytes=item.bytes,
        duration_ms=item.duration_ms,
        loudness_lufs=item.loudness_lufs,
        true_peak_dbtp=item.true_peak_dbtp,
        silence_share=item.silence_share,
        purpose=purpose,
        created_at=desk.now,
    )
    desk.session.add(audio)
    desk.session.flush()
    return audio
