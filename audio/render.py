"""Clips of speech and a template -> one measured, hashed, immutable MP3 item."""

import tempfile
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

from audio.assemble import pcm_blocks, segment_blocks
from audio.encoder import RAW_PCM, SOUND_DELAY_MS, tempo_changer
from audio.ffmpeg import AudioWorkCancelled
from audio.item import (
    Clip,
    EmptyItem,
    ItemOrder,
    RenderedItem,
    SentenceTime,
    SilentClip,
    refuse_clipping,
    refuse_unfit_sound,
    refuse_unlikely_duration,
)
from audio.levels import LevelGoal
from audio.loudness import encode_at_goal
from audio.matching import matching_gains
from audio.mix import (
    Bed,
    Frame,
    MixPlan,
    Segment,
    SpokenClip,
    Stretch,
    lay_voice,
    milliseconds,
    plan_mix,
    sentence_spans,
    stretched,
)
from audio.mp3_frames import FRAME_BYTES, FRAME_MS
from audio.peaks import LevelMeter
from audio.probe import loudness_meter, parse_loudness, sounding_stretch, whole_stretch
from audio.programme import Programme, join
from audio.types import Decibels, Lufs, Millis

Progress = Callable[[int, int], None]
"""Called with (done, total) in milliseconds of sound; both halves of the work count."""
Cancelled = Callable[[], bool]


def render_item(
    order: ItemOrder, *, folder: Path, progress: Progress, cancelled: Cancelled
) -> RenderedItem:
    """Mixes, levels, encodes once, measures the MP3 and puts it into `folder` as <sha256>.mp3.

    Memory does not grow with the text. The same order gives the same file. When it is refused or
    cancelled nothing is left in `folder`.

    :raises EmptyItem, SilentClip, MostlySilence, ClippedSound, DurationUnlikely: see audio.item.
    :raises LoudnessOutOfReach: no gain brings it within 0.5 LU of the target below the ceiling.
    :raises UnsuitablePcm: a clip or tune is not mono 24 kHz 16 bit WAV.
    :raises AudioWorkCancelled: `cancelled()` became true; asked at least once a second of sound.
    """
    with tempfile.TemporaryDirectory(dir=folder, prefix=".render-") as scratch:
        workshop = _Workshop(order, Path(scratch), progress, cancelled)
        return workshop.render(folder)


class _Workshop:
    """One rendering: the order, a scratch folder, and the two lines to whoever waits."""

    def __init__(
        self, order: ItemOrder, scratch: Path, progress: Progress, cancelled: Cancelled
    ) -> None:
        self._order = order
        self._scratch = scratch
        self._progress = progress
        self._cancelled = cancelled
        self._total_ms = 0
        self._done_ms = 0

    def render(self, folder: Path) -> RenderedItem:
        order = self._order
        clips, frame = self._parts()
        voice = self._voice(clips)
        expected_ms = order.expected_ms and order.expected_ms * 100 // order.speed_percent
        refuse_unlikely_duration(milliseconds(_length(voice)), expected_ms)
        plan = plan_mix(voice, frame)
        self._total_ms = 2 * milliseconds(plan.samples)

        pcm, frames = self._scratch / "mix.pcm", self._scratch / "frames.mp3"
        loudness, meter = self._mix_down(plan, pcm)
        silence_share = meter.profile.silence_share(Decibels(order.target_lufs - loudness))
        refuse_unfit_sound(loudness, silence_share=silence_share, clipped_share=meter.clipped_share)
        goal = LevelGoal(order.target_lufs, order.ceiling_dbtp)
        heard = encode_at_goal(
            pcm, frames, (loudness, meter.profile), goal=goal, tick=self._encoded
        )
        item = _shelve(join([frames], self._scratch / "item.mp3"), folder)
        self._progress(self._total_ms, self._total_ms)
        return RenderedItem(
            path=item.path,
            sha256=item.sha256,
            bytes=item.bytes,
            duration_ms=item.duration_ms,
            loudness_lufs=heard.loudness_lufs,
            true_peak_dbtp=heard.true_peak_dbtp,
            silence_share=silence_share,
            sentences=_sentence_times(order.clips, plan),
            peaks=meter.waveform(),
        )

    def _parts(self) -> tuple[list[SpokenClip], Frame]:
        """Trimmed words in their order and what stands around them, all at one level."""
        template = self._order.template
        words = [
            _spoken(template.opening, counted=False),
            _spoken(self._order.clips, counted=True),
            _spoken(template.closing_words, counted=False),
        ]
        tunes = [_tune(path) for path in (template.signature, template.closing, template.bed)]
        gains = matching_gains(
            [[clip.stretch for clip in part] for part in words]
            + [[tune] if tune else [] for tune in tunes]
        )
        clips = [
            replace(clip, stretch=replace(clip.stretch, gain_db=gain))
            for part, gain in zip(words, gains[: len(words)], strict=True)
            for clip in part
        ]
        signature, closing, bed = (
            replace(tune, gain_db=gain) if tune else None
            for tune, gain in zip(tunes, gains[len(words) :], strict=True)
        )
        music = Bed(bed, template.bed_gain_db, template.duck_db) if bed else None
        return clips, Frame(signature, closing, music, template.pause_ms)

    def _voice(self, clips: Sequence[SpokenClip]) -> tuple[Segment, ...]:
        if not clips:
            raise EmptyItem
        voice = lay_voice(clips)
        return voice if self._order.speed_percent == 100 else self._at_speed(voice)

    def _at_speed(self, voice: Sequence[Segment]) -> tuple[Segment, ...]:
        track = self._scratch / "voice.wav"
        before = LevelMeter()
        with tempo_changer(self._order.speed_percent, track) as changer:
            for block in segment_blocks(voice):
                self._stop_if_cancelled()
                before.add(block)
                changer.write(block)
            changer.finish()
        refuse_clipping(before.clipped_share)  # the new samples no longer stand at full scale
        return stretched(voice, whole_stretch(track))

    def _mix_down(self, plan: MixPlan, pcm: Path) -> tuple[Lufs, LevelMeter]:
        meter = LevelMeter()
        with loudness_meter(RAW_PCM, true_peak=False) as listener, pcm.open("wb") as mixed:
            for block in pcm_blocks(plan):
                listener.write(block)
                mixed.write(block)
                meter.add(block)
                self._tick(milliseconds(meter.samples))
            heard = parse_loudness(listener.finish())
        meter.close()
        return heard.loudness_lufs, meter

    def _encoded(self, size_bytes: int) -> None:
        self._tick(self._total_ms // 2 + size_bytes // FRAME_BYTES * FRAME_MS)

    def _stop_if_cancelled(self) -> None:
        if self._cancelled():
            raise AudioWorkCancelled

    def _tick(self, done_ms: int) -> None:
        self._stop_if_cancelled()
        # A second encoding must not make the bar go back.
        self._done_ms = max(self._done_ms, min(done_ms, self._total_ms))
        self._progress(self._done_ms, self._total_ms)


def _spoken(clips: Sequence[Clip], *, counted: bool) -> list[SpokenClip]:
    spoken = []
    for clip in clips:
        stretch = sounding_stretch(clip.path)
        if not stretch.samples:
            raise SilentClip(sentence=clip.sentence, text=clip.text)
        number = clip.sentence if counted else None
        spoken.append(SpokenClip(stretch, clip.pause_after_ms, number))
    return spoken


def _tune(path: Path | None) -> Stretch | None:
    return whole_stretch(path) if path else None


def _length(voice: Sequence[Segment]) -> int:
    return voice[-1].ends_at if voice else 0


def _sentence_times(clips: Sequence[Clip], plan: MixPlan) -> tuple[SentenceTime, ...]:
    texts: dict[int, list[str]] = {}
    for clip in clips:
        texts.setdefault(clip.sentence, []).append(clip.text)
    return tuple(
        SentenceTime(
            " ".join(texts[number]),
            Millis(milliseconds(start) + SOUND_DELAY_MS),
            Millis(milliseconds(end) + SOUND_DELAY_MS),
        )
        for number, (start, end) in sentence_spans(plan).items()
    )


def _shelve(item: Programme, folder: Path) -> Programme:
    shelved = folder / f"{item.sha256}.mp3"
    item.path.replace(shelved)
    return replace(item, path=shelved)
