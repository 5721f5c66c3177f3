"""The settings of a box, read once from a passed-in environment. Knows no other module's work."""

import shlex
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from playout.errors import BadSetting

PLAYERS = ("auto", "mpv", "silent")


@dataclass(frozen=True, slots=True)
class BoxConfig:
    station_url: str
    token: str = field(repr=False)
    """A secret: it goes into one header and nowhere else."""
    data: Path = Path("data/box")
    player: str = "auto"
    audio_device: str = "auto"
    """As mpv names it: `auto`, `null`, `alsa/plughw:1,0`, `pipewire`, `pulse`, `pcm:FILE`."""
    trim_ms: int = 0
    """How much earlier this box must start, because its amplifier or line is slower."""
    disk_budget_bytes: int = 2048 * 2**20
    """Room for audio. 2 GB hold 70 hours at 64 kbit/s, twenty times what a commune's week needs."""
    amp_on_command: tuple[str, ...] = ()
    amp_off_command: tuple[str, ...] = ()
    status_command: tuple[str, ...] = ()
    """Called with one more word: on_air, idle, offline or fault."""

    @classmethod
    def from_env(cls, environ: Mapping[str, str]) -> "BoxConfig":
        """:raises BadSetting: names the variable, never the token's value."""
        return cls(
            station_url=_station_url(environ),
            token=_token(environ),
            data=Path(environ.get("LOA_BOX_DATA", "data/box")),
            player=_one_of(environ, "LOA_BOX_PLAYER", PLAYERS),
            audio_device=environ.get("LOA_BOX_AUDIO_DEVICE", "auto"),
            trim_ms=_whole_number(environ, "LOA_BOX_TRIM_MS", 0, range(-2000, 2001)),
            disk_budget_bytes=2**20
            * _whole_number(environ, "LOA_BOX_DISK_BUDGET_MB", 2048, range(16, 2**20)),
            amp_on_command=_command(environ, "LOA_BOX_AMP_ON_COMMAND"),
            amp_off_command=_command(environ, "LOA_BOX_AMP_OFF_COMMAND"),
            status_command=_command(environ, "LOA_BOX_STATUS_COMMAND"),
        )


def _station_url(environ: Mapping[str, str]) -> str:
    url = environ.get("LOA_STATION_URL", "").rstrip("/")
    try:
        parts = urlsplit(url)
        port_is_fine = parts.port is None or parts.port > 0
    except ValueError:
        port_is_fine = False
    if not port_is_fine or parts.scheme not in {"http", "https"} or not parts.hostname:
        raise BadSetting("LOA_STATION_URL phải là địa chỉ đài, ví dụ https://loa.xa.example")
    if parts.username or parts.query or parts.fragment:
        raise BadSetting("LOA_STATION_URL không được chứa mật khẩu, dấu ? hoặc #")
    return url


def _token(environ: Mapping[str, str]) -> str:
    token = environ.get("LOA_BOX_TOKEN", "").strip()
    if not token:
        raise BadSetting("LOA_BOX_TOKEN trống: hãy lấy mã của loa ở trang Loa")
    if not token.isascii() or not token.isprintable() or " " in token:
        raise BadSetting("LOA_BOX_TOKEN chứa ký tự lạ: hãy chép lại mã của loa")
    return token


def _one_of(environ: Mapping[str, str], name: str, allowed: tuple[str, ...]) -> str:
    value = environ.get(name, allowed[0])
    if value not in allowed:
        raise BadSetting(f"{name} phải là một trong: {', '.join(allowed)}")
    return value


def _whole_number(environ: Mapping[str, str], name: str, default: int, allowed: range) -> int:
    raw = environ.get(name, str(default))
    try:
        value = int(raw)
    except ValueError:
        value = None
    if value is None or value not in allowed:
        raise BadSetting(f"{name} phải là số nguyên từ {allowed.start} đến {allowed.stop - 1}")
    return value


def _command(environ: Mapping[str, str], name: str) -> tuple[str, ...]:
    try:
        return tuple(shlex.split(environ.get(name, "")))
    except ValueError as err:
        raise BadSetting(f"{name} không phải một dòng lệnh đúng (thiếu dấu nháy?)") from err
