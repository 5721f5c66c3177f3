"""Units of sound as types, and the one MP3 format of a station. Knows no file and no tool."""

from dataclasses import dataclass
from typing import NewType

Millis = NewType("Millis", int)
Decibels = NewType("Decibels", float)
Lufs = NewType("Lufs", float)


@dataclass(frozen=True, slots=True)
class Mp3Format:
    """MPEG-2 Layer III, mono, constant bit rate.

    At 24 kHz a frame holds 576 samples, which is 24 ms to the sample, and at 64 kbit/s it is
    192 bytes without padding: time and bytes convert into each other without a remainder. Horn
    loudspeakers end below 6 kHz, and Google's voice is 24 kHz itself.
    """

    sample_rate_hz: int = 24_000
    bit_rate_kbps: int = 64
    samples_per_frame: int = 576

    @property
    def frame_bytes(self) -> int:
        return self.samples_per_frame // 8 * self.bit_rate_kbps * 1000 // self.sample_rate_hz

    @property
    def frame_ms(self) -> int:
        return self.samples_per_frame * 1000 // self.sample_rate_hz


STATION_MP3 = Mp3Format()
PCM_RATE_HZ = STATION_MP3.sample_rate_hz
"""Speech, tunes and uploads are mono signed 16 bit little endian at this rate inside the house."""
