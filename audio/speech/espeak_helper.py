"""A process of its own that owns eSpeak NG (GPL-3, one global state per process).

Nothing of ours is linked with it: texts come in on standard input, sound leaves on standard
output. It runs as a plain script, imports nothing of the house, and ends when its input ends.

    in   u32 big-endian length, JSON {"text", "voice", "rate_wpm", "volume"}
    out  u32 big-endian length, JSON {"error": str} or {"rate_hz", "bytes"}, then that many bytes
         of mono signed 16 bit PCM in the machine's byte order
"""

import contextlib
import ctypes
import json
import struct
import sys
from typing import Any, BinaryIO

_SYNCHRONOUS = 2
_NEVER_EXIT = 0x8000
_RATE, _VOLUME = 1, 2
_UTF8 = 1
"""Without the SSML and phoneme flags: an operator's text is text, never a command."""
_CHUNK_MS = 200

_ON_SOUND = ctypes.CFUNCTYPE(
    ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p
)


class Espeak:
    """The library, loaded once; `say` fills and returns one buffer."""

    def __init__(self) -> None:
        import espeakng_loader

        self._library = ctypes.CDLL(espeakng_loader.get_library_path())
        self._sound = bytearray()
        # Kept on self: ctypes does not keep a callback alive.
        self._on_sound = _ON_SOUND(self._collect)
        data_path = espeakng_loader.get_data_path().encode()
        self.rate_hz = self._library.espeak_Initialize(
            _SYNCHRONOUS, _CHUNK_MS, data_path, _NEVER_EXIT
        )
        if self.rate_hz <= 0:
            raise OSError(f"espeak_Initialize: {self.rate_hz}")
        self._library.espeak_SetSynthCallback(self._on_sound)

    def say(self, text: str, voice: str, rate_wpm: int, volume: int) -> bytes:
        """Mono 16 bit PCM at `rate_hz`. :raises ValueError: eSpeak has no such voice."""
        if self._library.espeak_SetVoiceByName(voice.encode()) != 0:
            raise ValueError(f"voice {voice}")
        self._library.espeak_SetParameter(_RATE, rate_wpm, 0)
        self._library.espeak_SetParameter(_VOLUME, volume, 0)
        self._sound.clear()
        written = text.replace("\0", " ").encode() + b"\0"
        self._library.espeak_Synth(written, len(written), 0, 1, 0, _UTF8, None, None)
        self._library.espeak_Synchronize()
        return bytes(self._sound)

    def _collect(self, samples: Any, count: int, _events: Any) -> int:
        if samples and count > 0:
            self._sound += ctypes.string_at(samples, count * ctypes.sizeof(ctypes.c_short))
        return 0


def answer(espeak: Espeak, asked: bytes) -> tuple[dict[str, object], bytes]:
    """The head and the sound for one question."""
    try:
        sound = espeak.say(**json.loads(asked))
    except ValueError as error:
        return {"error": str(error)}, b""
    return {"rate_hz": espeak.rate_hz, "bytes": len(sound)}, sound


def serve(questions: BinaryIO, answers: BinaryIO) -> None:
    espeak = Espeak()
    while len(size := questions.read(4)) == 4:
        head, sound = answer(espeak, questions.read(struct.unpack(">I", size)[0]))
        written = json.dumps(head).encode()
        answers.write(struct.pack(">I", len(written)) + written + sound)
        answers.flush()


if __name__ == "__main__":
    # The owner may go away at any time; that is an end, not an error.
    with contextlib.suppress(BrokenPipeError, KeyboardInterrupt):
        serve(sys.stdin.buffer, sys.stdout.buffer)
