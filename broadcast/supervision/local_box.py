"""The box that `loa up` runs on the station's own machine: its row, its token, its environment."""

from collections.abc import Mapping
from pathlib import Path

from sqlalchemy import select

from broadcast.boxes.models import Box, BoxToken
from broadcast.boxes.tokens import add_box, rotate_token
from broadcast.desk import Desk
from broadcast.people.secrets import secret_hash
from broadcast.stations.models import Station

LOCAL_NAME = "Máy phát tại đài"


def only_station(desk: Desk) -> Station | None:
    """The station this machine works for; None before set-up, or where many share one database."""
    found = list(desk.session.scalars(select(Station).limit(2)))
    return found[0] if len(found) == 1 else None


def ensure_token(desk: Desk, token_file: Path) -> str:
    """The local box's token: kept in a file that only the owner reads, made when it is missing."""
    box = desk.session.scalar(
        select(Box).where(
            Box.station_id == desk.station_id, Box.name == LOCAL_NAME, Box.retired_at.is_(None)
        )
    )
    kept = token_file.read_text(encoding="ascii").strip() if token_file.exists() else ""
    if box is not None and kept and _still_good(desk, box, kept):
        return kept
    token = rotate_token(desk, box.id)[1] if box is not None else add_box(desk, LOCAL_NAME)[1]
    token_file.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
    token_file.touch(mode=0o600)
    token_file.write_text(token, encoding="ascii")
    return token


def _still_good(desk: Desk, box: Box, token: str) -> bool:
    row = desk.session.scalar(select(BoxToken).where(BoxToken.token_hash == secret_hash(token)))
    return bool(row and row.box_id == box.id and row.revoked_at is None)


def box_environment(base: Mapping[str, str], url: str, token: str, folder: Path) -> dict[str, str]:
    """What `python -m playout run` reads; nothing of the station's own secrets is handed on."""
    kept = {key: base[key] for key in ("PATH", "HOME", "LANG", "PYTHONPATH") if key in base}
    audio = {
        key: value
        for key, value in base.items()
        if key.startswith(("LOA_BOX_", "PULSE_", "XDG_", "PIPEWIRE_", "ALSA_"))
    }
    if not has_sound(base):
        audio.setdefault("LOA_BOX_PLAYER", "silent")
    return (
        kept
        | audio
        | {
            "LOA_STATION_URL": url,
            "LOA_BOX_TOKEN": token,
            "LOA_BOX_DATA": str(folder),
        }
    )


def has_sound(environ: Mapping[str, str], cards: Path = Path("/proc/asound/cards")) -> bool:
    """Whether this machine can be heard: a sound card, or a sound server of the desktop."""
    if cards.exists() and "no soundcards" not in cards.read_text(encoding="utf-8"):
        return True
    run = Path(environ.get("XDG_RUNTIME_DIR", "/nonexistent"))
    servers = (run / "pulse" / "native", run / "pipewire-0")
    return bool(environ.get("PULSE_SERVER")) or any(server.exists() for server in servers)
