"""The station's own signals, composed and synthesised here: no third party holds a right in them.

The melodies use the five notes hò xự xang xê cống (C D F G A) between 500 and 1800 Hz, where
horn loudspeakers are clear and the ear is not yet sharp.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from functools import cache
from pathlib import Path
from typing import Any

from audio.encoder import silence, tone, write_wav
from audio.types import Decibels

VERSION = 1
"""Part of the file name: a changed melody is a new file, and rendered items keep the old one."""
TEST_TONE_HZ = 1_000.0
TEST_TONE_DB = Decibels(-18.0)
"""Alignment level after EBU R 68."""
_CONCERT_PITCH = 69
_BELL = ((1.0, -12.0, 1.0), (2.0, -22.0, 0.6), (2.76, -30.0, 0.3))
"""Partials of a struck bar: (multiple of the pitch, level in dB, share of the ringing time)."""
_PAD = ((1.0, -20.0, 1.0), (1.003, -22.0, 1.0), (2.0, -32.0, 1.0))
"""Two partials almost in unison beat slowly, which keeps a held note alive."""
_SILENCED_DB = -60.0


class Tune(StrEnum):
    """Signature tunes for morning, noon and afternoon, and signals; values are file names."""

    MORNING = "sang"
    NOON = "trua"
    AFTERNOON = "chieu"
    STING = "diem"
    ALERT = "khan"
    TEST_TONE = "thu"
    BED = "nen"


@dataclass(frozen=True, slots=True)
class Note:
    """A bell struck at `at_ms`, by MIDI number (69 is A4, 440 Hz)."""

    at_ms: int
    pitch: int
    rings_ms: int = 1_600


_MELODIES: Mapping[Tune, tuple[Note, ...]] = {
    Tune.MORNING: (
        Note(0, 72), Note(350, 74), Note(700, 77), Note(1050, 79), Note(1400, 81),
        Note(1950, 79), Note(2300, 81), Note(2650, 84, 2600),
    ),
    Tune.NOON: (
        Note(0, 79), Note(400, 77), Note(800, 79), Note(1400, 74), Note(1800, 77),
        Note(2200, 72, 2400),
    ),
    Tune.AFTERNOON: (
        Note(0, 84), Note(450, 81), Note(900, 79), Note(1350, 77), Note(1950, 79),
        Note(2400, 74), Note(2850, 72, 2600),
    ),
    Tune.STING: (Note(0, 79, 900), Note(180, 84, 1300)),
}  # fmt: skip
_BED_CHORDS = ((60, 67, 72), (62, 69, 74), (65, 69, 72), (67, 74, 79))
_BED_CHORD_MS = 6_000
_BED_OVERLAP_MS = 1_500


def tune_wav(name: str, folder: Path) -> Path:
    """The tune as mono 24 kHz 16 bit WAV in `folder`, synthesised the first time it is asked for.

    :raises ValueError: no tune of this name, see `Tune`.
    """
    tune = Tune(name)
    stored = folder / f"{tune}-{VERSION}.wav"
    if not stored.exists():
        write_wav(_compose(tune), stored)
    return stored


def _compose(tune: Tune) -> Any:
    if tune is Tune.ALERT:
        return _alert()
    if tune is Tune.TEST_TONE:
        return tone(TEST_TONE_HZ, 5_000, TEST_TONE_DB).fade_in(20).fade_out(20)
    if tune is Tune.BED:
        return _bed()
    return _melody(_MELODIES[tune])


def _melody(notes: tuple[Note, ...]) -> Any:
    length_ms = max(note.at_ms + note.rings_ms for note in notes)
    melody = silence(length_ms)
    for note in notes:
        melody = melody.overlay(_bell(note.pitch, note.rings_ms), position=note.at_ms)
    return melody.fade_out(200)


@cache
def _bell(pitch: int, rings_ms: int) -> Any:
    struck = silence(rings_ms)
    for multiple, level_db, share in _BELL:
        ringing_ms = int(rings_ms * share)
        partial = tone(_hertz(pitch) * multiple, ringing_ms, Decibels(level_db))
        # pydub fades along decibels, which is how a bell dies away.
        struck = struck.overlay(partial.fade(to_gain=_SILENCED_DB, start=0, duration=ringing_ms))
    return struck.fade_in(4)


def _alert() -> Any:
    """Two tones in turn, three times, loud: unlike any tune, so that it is never taken for one."""
    pulse = tone(880.0, 250, Decibels(-6.0)) + tone(1_175.0, 250, Decibels(-6.0))
    call = (pulse * 3).fade_in(10).fade_out(10)
    return call + silence(300) + call + silence(300) + call


def _bed() -> Any:
    """Four held chords that fade into each other and, at the end, into the beginning."""
    whole = silence(len(_BED_CHORDS) * _BED_CHORD_MS)
    for number, chord in enumerate(_BED_CHORDS):
        held = _chord(chord)
        start = number * _BED_CHORD_MS
        whole = whole.overlay(held, position=start)
        beyond_ms = start + len(held) - len(whole)
        if beyond_ms > 0:
            whole = whole.overlay(held[-beyond_ms:], position=0)
    return whole


def _chord(pitches: tuple[int, ...]) -> Any:
    length_ms = _BED_CHORD_MS + _BED_OVERLAP_MS
    held = silence(length_ms)
    for pitch in pitches:
        for multiple, level_db, _ in _PAD:
            held = held.overlay(tone(_hertz(pitch) * multiple, length_ms, Decibels(level_db)))
    return held.fade_in(_BED_OVERLAP_MS).fade_out(_BED_OVERLAP_MS)


def _hertz(pitch: int) -> float:
    return float(440.0 * 2 ** ((pitch - _CONCERT_PITCH) / 12))
