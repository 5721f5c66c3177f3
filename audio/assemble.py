"""Plays a mix plan into PCM blocks: copies stretches, writes pauses, lays the bed beneath."""

import audioop
import wave
from collections.abc import Iterable, Iterator

from audio.levels import ratio
from audio.mix import BED_OFF_DB, BedCurve, MixPlan, Segment, Stretch, bed_curve, level_at
from audio.peaks import SAMPLE_BYTES, WINDOW_SAMPLES
from audio.types import Decibels

_BLOCK_SAMPLES = 24_000
_WINDOW_BYTES = WINDOW_SAMPLES * SAMPLE_BYTES


def pcm_blocks(plan: MixPlan) -> Iterator[bytes]:
    """The item as PCM in blocks of at most one second; exactly `plan.samples` samples in all."""
    voice = segment_blocks(plan.segments)
    curve = bed_curve(plan)
    return _with_bed(voice, plan.bed.stretch, curve) if plan.bed and curve else voice


def segment_blocks(segments: Iterable[Segment]) -> Iterator[bytes]:
    """The segments one behind the other, without the bed."""
    for segment in segments:
        if segment.stretch is None:
            yield from _silence(segment.samples)
        else:
            yield from stretch_blocks(segment.stretch)


def _silence(samples: int) -> Iterator[bytes]:
    for left in range(samples, 0, -_BLOCK_SAMPLES):
        yield bytes(min(left, _BLOCK_SAMPLES) * SAMPLE_BYTES)


def stretch_blocks(stretch: Stretch) -> Iterator[bytes]:
    """The samples of `stretch` at its gain, in blocks of at most one second."""
    factor = ratio(stretch.gain_db)
    with wave.open(str(stretch.path), "rb") as source:
        source.setpos(stretch.start)
        left = stretch.samples
        while left > 0:
            block = source.readframes(min(left, _BLOCK_SAMPLES))
            if not block:  # the file shrank since it was measured: keep the plan's time
                yield from _silence(left)
                return
            left -= len(block) // SAMPLE_BYTES
            yield block if factor == 1 else audioop.mul(block, SAMPLE_BYTES, factor)


class _Loop:
    """A stretch that begins again when it ends."""

    def __init__(self, stretch: Stretch) -> None:
        self._stretch = stretch
        self._blocks: Iterator[bytes] = iter(())
        self._ready = b""

    def read(self, size: int) -> bytes:
        while len(self._ready) < size:
            block = next(self._blocks, b"")
            if block:
                self._ready += block
            else:
                self._blocks = stretch_blocks(self._stretch)
        taken, self._ready = self._ready[:size], self._ready[size:]
        return taken


def _with_bed(voice: Iterator[bytes], bed: Stretch, curve: BedCurve) -> Iterator[bytes]:
    music = _Loop(bed)
    at = 0
    for block in voice:
        mixed = []
        for start in range(0, len(block), _WINDOW_BYTES):
            window = block[start : start + _WINDOW_BYTES]
            mixed.append(_add_bed(window, music, level_at(curve, at)))
            at += len(window) // SAMPLE_BYTES
        yield b"".join(mixed)


def _add_bed(window: bytes, music: _Loop, gain_db: Decibels) -> bytes:
    if gain_db <= BED_OFF_DB:
        return window
    under = audioop.mul(music.read(len(window)), SAMPLE_BYTES, ratio(gain_db))
    return audioop.add(window, under, SAMPLE_BYTES)
