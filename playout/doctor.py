"""The box examined for a technician on the phone: short lines in Vietnamese, worst news in plain.

Runs beside a working box: it takes no lock and changes nothing of the plan, audio or journal.
"""

import math
import shutil
import sqlite3
import struct
import subprocess
import tempfile
import wave
from collections.abc import Callable, Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

from playout.client import StationClient
from playout.clock import MachineReader, Standing, StationClock
from playout.config import BoxConfig
from playout.decide import list_needed
from playout.errors import BoxError, StationRefused, StationUnreachable
from playout.mpv_ipc import device_options
from playout.occurrences import next_due
from playout.plan import Plan
from playout.plan_store import PlanStore

LEAST_FREE_BYTES = 200 * 2**20
LARGEST_CLOCK_ERROR_MS = 500
TONE_S = 2
TONE_HZ = 1000


@dataclass(frozen=True, slots=True)
class Finding:
    is_good: bool
    subject: str
    detail: str


def examine(config: BoxConfig, write: Callable[[str], object]) -> int:
    """Prints every finding; 0 when all are good, else 1."""
    findings = []
    for finding in _examine_all(config):
        findings.append(finding)
        write(f"[{'TỐT' if finding.is_good else 'LỖI'}] {finding.subject}: {finding.detail}\n")
    return 0 if all(finding.is_good for finding in findings) else 1


def _examine_all(config: BoxConfig) -> Iterator[Finding]:
    clock = StationClock(MachineReader(), config.data / "clock.json")
    yield from _examine_station(config, clock)
    yield _examine_clock(clock)
    yield _examine_disk(config)
    yield _examine_sound(config)
    plan = PlanStore(config.data, config.station_url).load()
    yield from _examine_plan(config, plan, clock)
    yield _examine_journal(config)


def _examine_station(config: BoxConfig, clock: StationClock) -> Iterator[Finding]:
    client = StationClient(config.station_url, config.token, clock.steady_ns, clock.observe)
    try:
        client.get_plan(None)
    except StationUnreachable as err:
        yield Finding(False, "Mạng", f"{err.message} ({config.station_url})")
    except StationRefused as err:
        yield Finding(True, "Mạng", f"tới được {config.station_url}")
        yield Finding(False, "Mã loa", f"{err.message} (trả lời {err.facts.get('status')})")
    except BoxError as err:
        yield Finding(False, "Mạng", err.message)
    else:
        yield Finding(True, "Mạng", f"tới được {config.station_url}")
        yield Finding(True, "Mã loa", "đài chấp nhận")
    finally:
        client.close()


def _examine_clock(clock: StationClock) -> Finding:
    if clock.standing is not Standing.STATION:
        return Finding(False, "Đồng hồ", "chưa hỏi được giờ của đài; giờ máy có thể sai")
    offset_ms = clock.wall_offset_ms
    detail = f"giờ máy lệch giờ đài {offset_ms} ms (sai số {clock.error_ms} ms)"
    if abs(offset_ms) > LARGEST_CLOCK_ERROR_MS + (clock.error_ms or 0):
        detail += "; loa vẫn phát theo giờ đài"
    return Finding(True, "Đồng hồ", detail)


def _examine_disk(config: BoxConfig) -> Finding:
    try:
        config.data.mkdir(parents=True, exist_ok=True)
        with tempfile.TemporaryFile(dir=config.data) as probe:
            probe.write(b"loa")
        free = shutil.disk_usage(config.data).free
    except OSError as err:
        return Finding(False, "Thẻ nhớ", f"không ghi được vào {config.data} ({err.strerror})")
    detail = f"còn trống {free // 2**20} MB"
    return Finding(free >= LEAST_FREE_BYTES, "Thẻ nhớ", detail)


def _examine_sound(config: BoxConfig) -> Finding:
    """Plays a tone through the same output as the box; a person has to say whether it is heard."""
    if config.player == "silent" or not shutil.which("mpv"):
        is_meant = config.player == "silent"
        return Finding(is_meant, "Âm thanh", "trình phát câm, không có tiếng ra loa")
    with tempfile.TemporaryDirectory() as folder:
        tone = Path(folder) / "tone.wav"
        _write_tone(tone)
        command = ["mpv", "--no-config", "--no-video", "--really-quiet", str(tone)]
        try:
            done = subprocess.run(
                [*command, *device_options(config.audio_device)],
                check=False, capture_output=True, timeout=TONE_S + 10,
            )  # fmt: skip
        except (OSError, subprocess.TimeoutExpired):
            return Finding(False, "Âm thanh", f"mpv bị treo với thiết bị {config.audio_device}")
    if done.returncode:
        return Finding(False, "Âm thanh", f"không mở được thiết bị {config.audio_device}")
    return Finding(True, "Âm thanh", f"đã phát tiếng thử {TONE_S} giây; hãy hỏi có nghe thấy không")


def _examine_plan(config: BoxConfig, plan: Plan | None, clock: StationClock) -> Iterator[Finding]:
    if plan is None:
        yield Finding(False, "Lịch phát", "chưa có lịch nào trên loa")
        return
    now = clock.now()
    is_valid = now < plan.valid_until
    until = plan.valid_until.astimezone().strftime("%H:%M %d/%m/%Y")
    yield Finding(is_valid, "Lịch phát", f"bản {plan.version}, dùng được đến {until}")
    due_at = next_due(plan, now)
    when = due_at.astimezone().strftime("%H:%M:%S %d/%m/%Y") if due_at else "không có"
    yield Finding(True, "Buổi phát tới", when)
    needed = list_needed(plan, frozenset(), now)
    media = config.data / "media"
    missing = sum(not (media / f"{audio.sha256}.mp3").exists() for audio, _, _ in needed)
    detail = f"{len(needed) - missing}/{len(needed)} tệp âm thanh đã về"
    yield Finding(missing == 0, "Âm thanh đã tải", detail)


def _examine_journal(config: BoxConfig) -> Finding:
    path = config.data / "journal.db"
    if not path.exists():
        return Finding(True, "Nhật ký", "chưa có dòng nào")
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as db:
            counts = dict(db.execute("SELECT state, count(*) FROM plays GROUP BY state"))
    except sqlite3.Error as err:
        return Finding(False, "Nhật ký", f"không đọc được ({err})")
    rejected = counts.get("rejected", 0)
    detail = f"{counts.get('closed', 0)} dòng chờ gửi, {rejected} dòng đài từ chối"
    return Finding(rejected == 0, "Nhật ký", detail)


def _write_tone(path: Path) -> None:
    rate_hz = 24_000
    wanted = range(TONE_S * rate_hz)
    samples = (round(8000 * math.sin(2 * math.pi * TONE_HZ * n / rate_hz)) for n in wanted)
    with wave.open(str(path), "wb") as out:
        out.setnchannels(1)
        out.setsampwidth(2)
        out.setframerate(rate_hz)
        out.writeframes(b"".join(struct.pack("<h", sample) for sample in samples))
