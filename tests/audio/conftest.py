"""Small sounds made on the spot by the real ffmpeg, with the facts that are known of them."""

import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

import pytest

from audio.ffmpeg import ffmpeg_path
from audio.item import Clip

SPEECH = (
    "Ủy ban nhân dân xã thông báo lịch tiêm phòng cho trẻ em vào sáng thứ bảy tuần này "
    "tại trạm y tế xã. Đề nghị các gia đình đưa con em đến đúng giờ."
)
# eSpeak NG is GPL-3 and is loaded by a child process only.
ESPEAK = """
import ctypes, sys, wave
import espeakng_loader as e
lib = ctypes.CDLL(e.get_library_path())
rate = lib.espeak_Initialize(2, 200, e.get_data_path().encode(), 0x8000)
said = bytearray()
@ctypes.CFUNCTYPE(ctypes.c_int, ctypes.POINTER(ctypes.c_short), ctypes.c_int, ctypes.c_void_p)
def hear(samples, count, events):
    if samples and count:
        said.extend(ctypes.string_at(samples, 2 * count))
    return 0
lib.espeak_SetSynthCallback(hear)
lib.espeak_SetVoiceByName(b"vi")
text = sys.argv[1].encode()
lib.espeak_Synth(text, len(text), 0, 1, 0, 0x1001, None, None)
with wave.open(sys.argv[2], "wb") as out:
    out.setparams((1, 2, rate, 0, "NONE", ""))
    out.writeframes(bytes(said))
"""


@dataclass(frozen=True)
class Sample:
    """A generated sound; `source` is a lavfi graph, or a filter for the speech sample."""

    source: str
    duration_ms: int
    loudness_lufs: float
    silence_share: float
    of_speech: bool = False


TONE = "sine=frequency=1000:sample_rate=24000"
MUSIC = "aevalsrc='0.3*sin(2*PI*220*t)*(1+sin(4*PI*t))/2+0.2*sin(2*PI*660*t)*exp(-3*mod(t,0.5))':s=24000"
# A 1 kHz sine of 0 dBFS is -3 LUFS by ITU-R BS.1770-4; ffmpeg's `sine` has -18.06 dBFS.
SAMPLES = {
    "tone": Sample(f"{TONE}:d=4,volume=6.06dB", 4_000, -15.0, 0.0),
    "quiet_tone": Sample(f"{TONE}:d=4,volume=-21.94dB", 4_000, -43.0, 0.0),
    "half_silent": Sample(f"{TONE}:d=2,apad=whole_dur=4", 4_000, -21.1, 0.5),
    "music": Sample(f"{MUSIC}:d=6", 6_000, -16.7, 0.0),
    "noise": Sample("anoisesrc=d=4:c=pink:a=0.3:r=24000:seed=7", 4_000, -25.9, 0.0),
    "silence": Sample("anullsrc=r=24000:cl=mono,atrim=duration=3", 3_000, -70.0, 1.0),
    "speech": Sample("anull", 8_700, -18.0, 0.16, of_speech=True),
    "phone": Sample("highpass=300,lowpass=3400,volume=-24dB", 8_700, -43.8, 0.51, of_speech=True),
    "loud": Sample("volume=4dB", 8_700, -14.3, 0.15, of_speech=True),
    "rasping": Sample("volume=16dB", 8_700, -6.9, 0.15, of_speech=True),
}


@dataclass(frozen=True)
class SoundMaker:
    """Makes sound files in one folder; asking twice for a sample gives the same file."""

    folder: Path

    def ffmpeg(self, *arguments: str | Path) -> None:
        command = [ffmpeg_path(), "-nostdin", "-v", "error", "-y", *map(str, arguments)]
        subprocess.run(command, check=True)

    def file(self, name: str, *arguments: str | Path) -> Path:
        made = self.folder / name
        self.ffmpeg(*arguments, made)
        return made

    def sample(self, name: str) -> Path:
        made = self.folder / f"{name}.wav"
        if not made.exists():
            sample = SAMPLES[name]
            pcm = ("-ac", "1", "-ar", "24000", "-c:a", "pcm_s16le", "-bitexact")
            if sample.of_speech:
                self.file(made.name, "-i", self.spoken(SPEECH), "-af", sample.source, *pcm)
            else:
                self.file(made.name, "-f", "lavfi", "-i", sample.source, *pcm)
        return made

    def spoken(self, text: str) -> Path:
        said = self.folder / f"said-{len(text)}.wav"
        if not said.exists():
            pytest.importorskip("espeakng_loader")
            subprocess.run([sys.executable, "-c", ESPEAK, text, str(said)], check=True)
        return said

    def station_mp3(self, name: str) -> Path:
        """The sample as bare station frames, by ffmpeg alone: what our code must cope with."""
        return self.file(
            f"{name}-bare.mp3", "-i", self.sample(name), "-c:a", "libmp3lame", "-b:a", "64k",
            "-reservoir", "0", "-write_xing", "0", "-id3v2_version", "0",
        )  # fmt: skip

    def complaints(self, path: Path) -> str:
        """What ffmpeg says at level warning while it decodes the whole of `path`."""
        command = [ffmpeg_path(), "-nostdin", "-v", "warning", "-i", str(path), "-f", "null", "-"]
        return subprocess.run(command, capture_output=True, text=True, check=True).stderr


@pytest.fixture(scope="session")
def sounds(tmp_path_factory: pytest.TempPathFactory) -> SoundMaker:
    return SoundMaker(tmp_path_factory.mktemp("sounds"))


@pytest.fixture(params=sorted(SAMPLES))
def sample(request: pytest.FixtureRequest, sounds: SoundMaker) -> tuple[Path, Sample]:
    return sounds.sample(request.param), SAMPLES[request.param]


@pytest.fixture
def clip(sounds: SoundMaker) -> Callable[..., Clip]:
    def make(name: str, sentence: int = 0, pause_after_ms: int = 300, text: str = "câu") -> Clip:
        return Clip(sounds.sample(name), text, pause_after_ms, sentence)

    return make
