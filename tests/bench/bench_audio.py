"""What production costs against the limits of this machine; both sides in one run.

Run as `python tests/bench/bench_audio.py`. Every line ends with the ratio or the memory, the
limit that the project promises, and whether it holds.
"""

import os
import shutil
import subprocess
import sys
import tempfile
import time
import wave
from collections.abc import Callable
from pathlib import Path
from statistics import median

sys.path.insert(0, str(Path(__file__).resolve().parents[2]))

from audio.encoder import decode_to_pcm
from audio.ffmpeg import ffmpeg_path
from audio.item import Clip, ItemOrder
from audio.mp3_frames import SILENT_FRAME, info_frame
from audio.programme import join
from audio.render import render_item
from audio.tunes import Tune, tune_wav

ROUNDS = 5
SPEECH = "Ủy ban nhân dân xã thông báo lịch tiêm phòng cho trẻ em vào sáng thứ bảy tuần này. "
RENDER_LIMIT, JOIN_LIMIT, RENDER_MB, JOIN_MB = 1.3, 3.0, 200.0, 60.0
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
CHILD = r"""
import re, resource, sys
sys.path.insert(0, {root!r})
from pathlib import Path
{work}
# VmHWM and not ru_maxrss: the latter remembers the parent that forked.
own = re.search(r"VmHWM:\s+(\d+)", Path("/proc/self/status").read_text())[1]
print(int(own) / 1024, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024)
"""
JOIN_WORK = """
from audio.programme import join
joined = join([Path({item!r}), 1_000] * {times}, Path({target!r}))
print(joined.duration_ms)
"""
RENDER_WORK = """
from audio.item import Clip, ItemOrder
from audio.render import render_item
clips = tuple(Clip(Path({clip!r}), "", 300, number) for number in range({times}))
item = render_item(ItemOrder(clips), folder=Path({folder!r}), progress=lambda *_: None,
                   cancelled=lambda: False)
print(item.duration_ms)
"""


def main() -> list[str]:
    with tempfile.TemporaryDirectory() as made:
        folder = Path(made)
        clip = _speech(folder)
        seconds = _seconds(clip)
        return [
            *_render_against_ffmpeg(folder, clip, seconds),
            *_join_against_copy(folder),
            *_memory_of_joins(folder),
            _memory_of_two_hours(folder, clip, seconds),
        ]


def _speech(folder: Path) -> Path:
    said, clip = folder / "said.wav", folder / "clip.wav"
    command = [sys.executable, "-c", ESPEAK, SPEECH * 2, str(said)]
    if subprocess.run(command, stderr=subprocess.DEVNULL).returncode:
        shutil.copy(tune_wav(Tune.BED, folder), clip)
    else:
        decode_to_pcm(said, clip)
    return clip


def _seconds(wav: Path) -> float:
    with wave.open(str(wav), "rb") as stored:
        return stored.getnframes() / stored.getframerate()


def _render_against_ffmpeg(folder: Path, clip: Path, seconds: float) -> list[str]:
    lines = []
    for minutes in (1, 5):
        clips = tuple(Clip(clip, "", 300, n) for n in range(round(minutes * 60 / seconds)))
        whole = folder / f"whole-{minutes}.wav"
        _ffmpeg("-stream_loop", str(len(clips) - 1), "-i", clip, "-c", "copy", whole)
        shelf = folder / f"shelf-{minutes}"
        shelf.mkdir()
        ours, theirs = _medians(
            lambda clips=clips, shelf=shelf: render_item(
                ItemOrder(clips), folder=shelf, progress=lambda *_: None, cancelled=lambda: False
            ),
            lambda whole=whole: _measure_and_encode(whole, folder / "theirs.mp3"),
        )
        what = f"render {minutes} min: {ours:.3f} s, ffmpeg's measure + encode {theirs:.3f} s"
        lines.append(_verdict(what, ours / theirs, RENDER_LIMIT, "x"))
    return lines


def _measure_and_encode(whole: Path, target: Path) -> None:
    _ffmpeg("-i", whole, "-af", "ebur128=peak=true:framelog=verbose", "-f", "null", "-")
    _ffmpeg(
        "-i", whole, "-c:a", "libmp3lame", "-b:a", "64k", "-compression_level", "7",
        "-reservoir", "0", "-write_xing", "0", "-id3v2_version", "0", target,
    )  # fmt: skip


def _join_against_copy(folder: Path) -> list[str]:
    lines = []
    for minutes in (30, 300):
        frames = minutes * 60_000 // 24 // 10
        items = [folder / f"item-{number}.mp3" for number in range(10)]
        for item in items:
            _write_frames(item, frames)
        plain = folder / "plain.mp3"
        _write_frames(plain, frames * 10)
        ours, theirs = _medians(
            lambda items=items: join(items, folder / "joined.mp3"),
            lambda plain=plain: _plain_copy(plain, folder / "copied.mp3"),
        )
        what = f"join {minutes} min with hash and fsync: {ours * 1000:.1f} ms, copy and fsync"
        lines.append(_verdict(f"{what} {theirs * 1000:.1f} ms", ours / theirs, JOIN_LIMIT, "x"))
    return lines


def _write_frames(target: Path, frames: int) -> None:
    with target.open("wb") as stored:
        stored.write(info_frame(frames))
        for _ in range(frames):
            stored.write(SILENT_FRAME)


def _plain_copy(source: Path, target: Path) -> None:
    shutil.copyfile(source, target)
    with target.open("rb+") as copied:
        os.fsync(copied.fileno())


def _memory_of_joins(folder: Path) -> list[str]:
    item = folder / "minute.mp3"
    _write_frames(item, 2_458)
    lines = []
    for minutes in (5, 300):
        work = JOIN_WORK.format(item=str(item), times=minutes, target=str(folder / "long.mp3"))
        duration_ms, own_mb, _ = _in_a_child(work)
        what = f"join of {duration_ms / 60_000:.0f} min, memory of the process"
        lines.append(_verdict(what, own_mb, JOIN_MB, " MB"))
    return lines


def _memory_of_two_hours(folder: Path, clip: Path, seconds: float) -> str:
    work = RENDER_WORK.format(clip=str(clip), times=round(7_200 / seconds), folder=str(folder))
    started = time.perf_counter()
    duration_ms, own_mb, child_mb = _in_a_child(work)
    took = time.perf_counter() - started
    what = (
        f"render of {duration_ms / 60_000:.0f} min in {took:.1f} s, memory: own {own_mb:.0f} MB "
        f"and twice ffmpeg's {child_mb:.0f} MB"
    )
    return _verdict(what, own_mb + 2 * child_mb, RENDER_MB, " MB")


def _in_a_child(work: str) -> tuple[int, float, float]:
    script = CHILD.format(root=str(Path(__file__).resolve().parents[2]), work=work)
    command = [sys.executable, "-W", "ignore", "-c", script]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stdout.split()
    return int(said[0]), float(said[1]), float(said[2])


def _ffmpeg(*arguments: str | Path) -> None:
    command = [ffmpeg_path(), "-nostdin", "-v", "error", "-y", *map(str, arguments)]
    subprocess.run(command, check=True)


def _medians(*works: Callable[[], object]) -> list[float]:
    """Median seconds of each work, taken in turn so that a busy moment hits all of them."""
    times: list[list[float]] = [[] for _ in works]
    for _ in range(ROUNDS):
        for work, taken in zip(works, times, strict=True):
            started = time.perf_counter()
            work()
            taken.append(time.perf_counter() - started)
    return [median(taken) for taken in times]


def _verdict(what: str, value: float, limit: float, unit: str) -> str:
    held = "holds" if value <= limit else "BROKEN"
    return f"{what}: {value:.2f}{unit} (limit {limit:g}{unit}, {held})"


if __name__ == "__main__":
    print("\n".join(main()))
