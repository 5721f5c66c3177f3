"""Rows of bulletins with finished audio, sessions and their running orders."""

from datetime import timedelta
from hashlib import sha256

from broadcast.bulletins.models import AudioFile, Bulletin
from broadcast.bulletins.rules import BulletinKind, BulletinState
from broadcast.bulletins.storage import media_path
from broadcast.timetable.models import LineKind, OrderLine, Priority, SessionRow


def make_audio(db, clock, station, code="1", *, content=None, media_dir=None, duration_ms=60_000):
    """An audio row; with `content` and `media_dir` its bytes lie there too."""
    content = content or f"audio {code}".encode()
    digest = sha256(content).hexdigest()
    if media_dir is not None:
        path = media_path(media_dir, digest)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
    row = AudioFile(
        id=f"audio-{code}-{station.code}",
        station_id=station.id,
        sha256=digest,
        bytes=len(content),
        duration_ms=duration_ms,
        loudness_lufs=-16.0,
        true_peak_dbtp=-1.5,
        created_at=clock(),
    )
    db.add(row)
    db.commit()
    return row


def make_bulletin(db, clock, station, code="1", *, author, state=BulletinState.APPROVED):
    row = Bulletin(
        id=f"bulletin-{code}-{station.code}",
        station_id=station.id,
        title=f"Tin {code}",
        kind=BulletinKind.NEWS,
        topic_id=f"topic-cds-{station.code}",
        state=state,
        author_id=author.id,
        created_at=clock(),
        updated_at=clock(),
    )
    db.add(row)
    db.commit()
    return row


def make_session(db, station, starts_at, code="1", *, zone_ids=(), **facts):
    """A session of 15 minutes; `facts` replace any column."""
    values = {
        "name": f"Buổi {code}",
        "local_day": (starts_at + timedelta(hours=7)).date(),
        "ends_at": starts_at + timedelta(minutes=15),
        "latest_end": starts_at + timedelta(minutes=20),
        "zone_ids": list(zone_ids),
        "priority": Priority.NORMAL,
    }
    row = SessionRow(
        id=f"session-{code}-{station.code}",
        station_id=station.id,
        starts_at=starts_at,
        **values | facts,
    )
    db.add(row)
    db.commit()
    return row


def make_line(db, session, code="1", *, audio=None, bulletin=None, offset_ms=0, **facts):
    """A line of one minute; its id is the airing's."""
    values = {
        "kind": LineKind.BULLETIN,
        "duration_ms": audio.duration_ms if audio else 60_000,
        "title": bulletin.title if bulletin else f"Tin {code}",
        "topic_name": "Chuyển đổi số",
    }
    row = OrderLine(
        id=f"line-{code}-{session.id}"[:36],
        station_id=session.station_id,
        session_id=session.id,
        offset_ms=offset_ms,
        planned_start=session.starts_at + timedelta(milliseconds=offset_ms),
        audio_id=audio.id if audio else None,
        bulletin_id=bulletin.id if bulletin else None,
        topic_id=bulletin.topic_id if bulletin else None,
        **values | facts,
    )
    db.add(row)
    db.commit()
    return row
