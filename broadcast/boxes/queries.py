"""What pages and players read of boxes."""

from sqlalchemy import select
from sqlalchemy.orm import Session

from broadcast.bulletins.models import AudioFile


def find_audio(session: Session, station_id: str, sha256: str) -> AudioFile | None:
    """The audio of this station whose bytes have not been cleared."""
    return session.scalar(
        select(AudioFile).where(
            AudioFile.station_id == station_id,
            AudioFile.sha256 == sha256,
            AudioFile.removed_at.is_(None),
        )
    )
