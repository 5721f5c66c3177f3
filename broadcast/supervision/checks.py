"""What `loa doctor` looks at: each check answers what was found, or what is missing and the way
to get it. Nothing is changed.
"""

import shutil
import subprocess
import urllib.error
import urllib.request
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path

from redis import Redis
from redis.exceptions import RedisError
from sqlalchemy import inspect
from sqlalchemy.exc import SQLAlchemyError

from audio.errors import AudioError
from audio.ffmpeg import ffmpeg_path
from audio.speech.cache import SentenceCache
from audio.speech.espeak_speech import VOICES
from broadcast.config import Settings
from broadcast.db import make_engine
from broadcast.supervision.pulse import URGENT_WORKER, WORKER, pulse_file
from broadcast.supervision.redis_server import find_redis, running_redis_url

PULSE_FRESH_S = 90
LOW_DISK_BYTES = 2_000_000_000
GOOGLE = "https://translate.google.com/"


@dataclass(frozen=True, slots=True)
class Finding:
    """`sentence` says what was found; when `ok` is false, also what to do. `needed` parts that
    fail make doctor end with exit code 1.
    """

    name: str
    ok: bool
    sentence: str
    needed: bool = True


def folder(settings: Settings, _now: datetime) -> Finding:
    try:
        free = shutil.disk_usage(settings.data_dir).free
    except OSError:
        return Finding("folder", ok=False, sentence=f"Chưa có thư mục {settings.data_dir}: make up")
    words = f"{settings.data_dir}, còn trống {free // 1_000_000_000} GB"
    if free < LOW_DISK_BYTES:
        return Finding("folder", ok=False, sentence=f"{words}. Hãy xóa bớt, cần ít nhất 2 GB")
    return Finding("folder", ok=True, sentence=words)


def database(settings: Settings, _now: datetime) -> Finding:
    engine = make_engine(settings.database_url)
    kind = engine.dialect.name
    file = engine.url.database if kind == "sqlite" else None
    if file and not Path(file).exists():
        # Connecting would make it.
        return Finding("database", ok=False, sentence=f"{kind}: chưa có tệp {file}. Chạy make up")
    try:
        made = inspect(engine).has_table("station")
    except SQLAlchemyError as err:
        reason = str(err.__cause__ or err).splitlines()[0]
        words = f"{kind} không trả lời ({reason}). Kiểm tra DATABASE_URL"
        return Finding("database", ok=False, sentence=words)
    finally:
        engine.dispose()
    return Finding("database", ok=made, sentence=kind if made else f"{kind} trống: loa migrate")


def redis(settings: Settings, _now: datetime) -> Finding:
    url = settings.redis_url or running_redis_url(settings.data_dir)
    if not url:
        binary = find_redis()
        words = f"chưa chạy; có sẵn {binary}" if binary else "không có: apt install redis-server"
        return Finding("redis", ok=binary is not None, sentence=words)
    try:
        Redis.from_url(url, socket_connect_timeout=2, socket_timeout=2).ping()
    except (RedisError, OSError) as err:
        words = f"không trả lời ({type(err).__name__}). Chạy make up, hoặc kiểm tra REDIS_URL"
        return Finding("redis", ok=False, sentence=words)
    return Finding("redis", ok=True, sentence="trả lời")


def worker(settings: Settings, now: datetime) -> Finding:
    return _pulse_of(WORKER, settings, now)


def urgent_worker(settings: Settings, now: datetime) -> Finding:
    return _pulse_of(URGENT_WORKER, settings, now)


def _pulse_of(name: str, settings: Settings, now: datetime) -> Finding:
    pulse = pulse_file(settings.data_dir, name)
    if not pulse.exists():
        return Finding(name, ok=False, sentence="chưa chạy lần nào: make up")
    seen = datetime.fromtimestamp(pulse.stat().st_mtime, UTC)
    age_s = int((now - seen).total_seconds())
    if age_s > PULSE_FRESH_S:
        words = f"im lặng {age_s} giây. Xem {settings.data_dir}/logs/{name}.log"
        return Finding(name, ok=False, sentence=words)
    return Finding(name, ok=True, sentence=f"làm việc, {age_s} giây trước")


def web(settings: Settings, _now: datetime) -> Finding:
    url = f"http://127.0.0.1:{settings.port}/dang-nhap"
    try:
        with urllib.request.urlopen(url, timeout=5) as answer:
            return Finding("web", ok=answer.status == 200, sentence=f"trả lời ở {url}")
    except (urllib.error.URLError, OSError) as err:
        words = f"không trả lời ở {url} ({err}). Chạy make up"
        return Finding("web", ok=False, sentence=words)


def ffmpeg(_settings: Settings, _now: datetime) -> Finding:
    try:
        path = ffmpeg_path()
    except AudioError as err:
        return Finding("ffmpeg", ok=False, sentence=err.message)
    said = subprocess.run([path, "-version"], capture_output=True, text=True, check=False)
    first = said.stdout.splitlines()[0] if said.stdout else path
    return Finding("ffmpeg", ok=said.returncode == 0, sentence=first[:70])


def offline_voice(_settings: Settings, _now: datetime) -> Finding:
    names = ", ".join(voice.name for voice in VOICES)
    return Finding("espeak", ok=True, sentence=f"giọng máy: {names}")


def google_voice(settings: Settings, _now: datetime) -> Finding:
    url = settings.google_tts_endpoint or GOOGLE
    try:
        with urllib.request.urlopen(url, timeout=3):  # noqa: S310 -- the voice's own address
            return Finding("google", ok=True, sentence="tới được", needed=False)
    except urllib.error.HTTPError:
        return Finding("google", ok=True, sentence="tới được", needed=False)
    except (urllib.error.URLError, OSError):
        words = "không tới được; bài sẽ đọc bằng giọng máy cho đến khi có mạng"
        return Finding("google", ok=False, sentence=words, needed=False)


def sentences(settings: Settings, _now: datetime) -> Finding:
    if not settings.speech_dir.exists():
        return Finding("sentences", ok=True, sentence="kho câu: chưa có", needed=False)
    stats = SentenceCache(settings.speech_dir).stats()
    words = (
        f"kho câu: {stats.clips} câu, {stats.total_bytes // 1_000_000} MB, "
        f"{stats.hit_rate:.0%} số lần đọc lấy từ kho"
    )
    return Finding("sentences", ok=True, sentence=words, needed=False)


def player(_settings: Settings, _now: datetime) -> Finding:
    found = shutil.which("mpv")
    words = found or "không có mpv: máy phát tại đài chạy không tiếng. apt install mpv"
    return Finding("mpv", ok=found is not None, sentence=words, needed=False)


CHECKS: dict[str, Callable[[Settings, datetime], Finding]] = {
    "folder": folder,
    "database": database,
    "redis": redis,
    WORKER: worker,
    URGENT_WORKER: urgent_worker,
    "web": web,
    "ffmpeg": ffmpeg,
    "espeak": offline_voice,
    "google": google_voice,
    "sentences": sentences,
    "mpv": player,
}
