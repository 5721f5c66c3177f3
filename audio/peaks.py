"""Listens to PCM as it flows by: 10 ms windows, their peaks and effective values, clipping."""

import audioop
from array import array
from functools import cache

from audio.levels import FULL_SCALE, LevelProfile, decibels, waveform
from audio.types import PCM_RATE_HZ

WINDOW_SAMPLES = PCM_RATE_HZ // 100
SAMPLE_BYTES = 2
_WINDOW_BYTES = WINDOW_SAMPLES * SAMPLE_BYTES
_BUCKETS = 100
_CLIPPED_AT = 32_760
"""Converters round: a clipped sample comes back a few steps below full scale."""


class LevelMeter:
    """Feed it mono 16 bit PCM in blocks of any size; memory grows by 200 bytes a second."""

    def __init__(self) -> None:
        self.samples = 0
        self._rest = b""
        self._peaks = array("H")
        self._energy_by_peak_db = [0.0] * _BUCKETS
        self._windows_by_rms_db = [0] * _BUCKETS
        self._clipped = 0

    def add(self, pcm: bytes) -> None:
        self.samples += len(pcm) // SAMPLE_BYTES
        heard = self._rest + pcm
        whole = len(heard) - len(heard) % _WINDOW_BYTES
        for start in range(0, whole, _WINDOW_BYTES):
            self._add_window(heard[start : start + _WINDOW_BYTES])
        self._rest = heard[whole:]

    def _add_window(self, window: bytes) -> None:
        peak = audioop.max(window, SAMPLE_BYTES)
        rms = audioop.rms(window, SAMPLE_BYTES)
        self._peaks.append(peak)
        self._windows_by_rms_db[_bucket(rms)] += 1
        self._energy_by_peak_db[_bucket(peak)] += (rms / FULL_SCALE) ** 2
        if peak >= _CLIPPED_AT:
            self._clipped += sum(abs(sample) >= _CLIPPED_AT for sample in array("h", window))

    def close(self) -> None:
        """Counts the last, shorter window."""
        if self._rest:
            self._add_window(self._rest)
            self._rest = b""

    @property
    def profile(self) -> LevelProfile:
        return LevelProfile(tuple(self._energy_by_peak_db), tuple(self._windows_by_rms_db))

    @property
    def clipped_share(self) -> float:
        """Share of samples, 0..1, that stand at full scale."""
        return self._clipped / self.samples if self.samples else 0.0

    def waveform(self, points: int = 800) -> tuple[int, ...]:
        """Heights 0..100 for a drawing; see `audio.levels.waveform`."""
        return waveform(self._peaks, points)


@cache
def _bucket(amplitude: int) -> int:
    return min(_BUCKETS - 1, int(-decibels(amplitude / FULL_SCALE)))
