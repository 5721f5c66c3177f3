"""Settings of the server, read once from an environment that is handed in."""

import secrets
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from urllib.parse import urlsplit

MEGABYTE = 1_000_000


class SettingInvalid(Exception):
    """A variable has a value nobody can work with; the start ends with this one sentence."""

    def __init__(self, name: str, sentence: str) -> None:
        super().__init__(f"{name}: {sentence}")
        self.name = name


@dataclass(frozen=True, slots=True)
class Settings:
    data_dir: Path
    database_url: str
    redis_url: str
    "Empty: `loa up` starts its own server on a socket in the data folder and sets it."
    secret_key: str
    host: str
    port: int
    public_url: str
    "What boxes and feeds are told; follows host and port when nothing else is set."
    secure_cookies: bool
    trusted_proxies: int
    "How many proxies in front may be believed about the caller's address."
    upload_limit_bytes: int
    "A phone records 45 minutes in 45 MB; a studio's WAV of 30 minutes is 320 MB."
    google_tts_endpoint: str
    "Empty: Google's own. Tests name a server on loopback."
    google_parts_per_second: float
    speech_command: str
    "Command plug-in: reads text on standard input, writes WAV on standard output."
    ffmpeg: str
    accel_prefix: str
    "Set behind nginx: media are answered by `X-Accel-Redirect` to this internal location."
    box_poll_seconds: int

    @property
    def media_dir(self) -> Path:
        return self.data_dir / "media"

    @property
    def speech_dir(self) -> Path:
        return self.data_dir / "speech"

    @property
    def uploads_dir(self) -> Path:
        return self.data_dir / "uploads"

    @classmethod
    def from_env(cls, environ: Mapping[str, str]) -> "Settings":
        """:raises SettingInvalid: naming the variable."""
        data_dir = Path(environ.get("LOA_DATA", "data")).resolve()
        host = environ.get("LOA_HOST", "127.0.0.1")
        port = _number(environ, "LOA_PORT", 8080, low=1, high=65535)
        public_url = environ.get("LOA_PUBLIC_URL", f"http://{host}:{port}").rstrip("/")
        if urlsplit(public_url).scheme not in {"http", "https"}:
            raise SettingInvalid("LOA_PUBLIC_URL", "cần một địa chỉ http:// hoặc https://")
        return cls(
            data_dir=data_dir,
            database_url=environ.get("DATABASE_URL", f"sqlite:///{data_dir / 'loa.db'}"),
            redis_url=environ.get("REDIS_URL", ""),
            secret_key=environ.get("LOA_SECRET_KEY", "") or _kept_secret(data_dir),
            host=host,
            port=port,
            public_url=public_url,
            secure_cookies=public_url.startswith("https://"),
            trusted_proxies=_number(environ, "LOA_TRUSTED_PROXIES", 0, low=0, high=5),
            upload_limit_bytes=_number(environ, "LOA_UPLOAD_LIMIT_MB", 500, low=1, high=20_000)
            * MEGABYTE,
            google_tts_endpoint=environ.get("LOA_GOOGLE_TTS_ENDPOINT", ""),
            google_parts_per_second=_number(environ, "LOA_GOOGLE_PARTS_PER_MINUTE", 60, 1, 6000)
            / 60,
            speech_command=environ.get("LOA_SPEECH_COMMAND", ""),
            ffmpeg=environ.get("LOA_FFMPEG", ""),
            accel_prefix=environ.get("LOA_ACCEL_PREFIX", ""),
            box_poll_seconds=_number(environ, "LOA_BOX_POLL_SECONDS", 10, low=1, high=3600),
        )


def _number(environ: Mapping[str, str], name: str, default: int, low: int, high: int) -> int:
    written = environ.get(name, str(default))
    if not written.isdecimal() or not low <= int(written) <= high:
        raise SettingInvalid(name, f"cần một số từ {low} đến {high}, đang là “{written}”")
    return int(written)


def _kept_secret(data_dir: Path) -> str:
    """The key that signs cookies, made once and kept beside the database."""
    path = data_dir / "secret.key"
    try:
        data_dir.mkdir(parents=True, exist_ok=True)
        if not path.exists():
            path.touch(mode=0o600)
            path.write_text(secrets.token_hex(32), encoding="ascii")
        return path.read_text(encoding="ascii")
    except OSError as err:
        raise SettingInvalid(
            "LOA_DATA", f"không ghi được vào thư mục {data_dir} ({err.strerror})"
        ) from err
