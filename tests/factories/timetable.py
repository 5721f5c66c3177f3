"""Approved bulletins with their audio, slots and wishes, as rows."""

from datetime import date, time
from hashlib import sha256

from broadcast.bulletins.decisions import hash_of
from broadcast.bulletins.models import AudioFile, Bulletin, BulletinVersion, Decision, Rendition
from broadcast.bulletins.rules import BulletinKind, BulletinState, Verdict
from broadcast.timetable.models import SlotRow, WishRow

MONDAY = date(2026, 11, 23)
DAILY = {"version": 1, "frequency": "daily", "anchor": MONDAY.isoformat()}


def make_approved(db, clock, station, author, code="1", *, minutes=2.0, topic="cchc"):
    """A bulletin that may be heard: version 1, its audio, and the approval bound to both."""
    name = f"{code}-{station.code}"
    of = {"station_id": station.id, "created_at": clock()}
    bulletin = Bulletin(
        id=f"bulletin-{name}"[:36],
        title=f"Tin {code}",
        kind=BulletinKind.NEWS,
        topic_id=f"topic-{topic}-{station.code}",
        state=BulletinState.APPROVED,
        author_id=author.id,
        updated_at=clock(),
        **of,
    )
    db.add(bulletin)
    db.flush()
    version = _version(db, of, name, bulletin, author)
    rendition = _rendition(db, of, name, version, duration_ms=int(minutes * 60_000))
    version.rendition_id = rendition.id
    db.flush()
    db.refresh(version)
    db.add(_approval(of, name, version, author))
    db.commit()
    return bulletin


def _version(db, of, name, bulletin, author):
    row = BulletinVersion(
        id=f"version-{name}"[:36],
        bulletin_id=bulletin.id,
        no=1,
        title=bulletin.title,
        text="Kính mời bà con.",
        spoken="Kính mời bà con.",
        author_name=author.display_name,
        **of,
    )
    db.add(row)
    db.flush()
    return row


def _rendition(db, of, name, version, *, duration_ms):
    audio = AudioFile(
        id=f"audio-{name}"[:36],
        sha256=sha256(name.encode()).hexdigest(),
        bytes=1_000,
        duration_ms=duration_ms,
        loudness_lufs=-16.0,
        true_peak_dbtp=-1.5,
        **of,
    )
    row = Rendition(
        id=f"rendition-{name}"[:36],
        version_id=version.id,
        audio_id=audio.id,
        made_from=name[:64],
        spoken=version.spoken,
        engine="espeak",
        voice="vi",
        wished_engine="espeak",
        **of,
    )
    for each in (audio, row):
        db.add(each)
        db.flush()
    return row


def _approval(of, name, version, author):
    return Decision(
        id=f"decision-{name}"[:36],
        station_id=of["station_id"],
        bulletin_id=version.bulletin_id,
        version_id=version.id,
        rendition_id=version.rendition_id,
        verdict=Verdict.APPROVED,
        content_hash=hash_of(version),
        user_id=author.id,
        user_name="Lãnh đạo",
        at=of["created_at"],
    )


def make_slot(db, clock, station, code="sang", *, at=time(17, 0), minutes=15, **facts):
    """A daily slot of 15 minutes without tune, words or gap; `facts` replace any column."""
    values = {
        "name": f"Buổi {code}",
        "local_time": at,
        "planned_ms": minutes * 60_000,
        "longest_ms": minutes * 60_000,
        "recurrence": DAILY,
        "valid_from": MONDAY,
        "gap_ms": 0,
        "lock_minutes": 0,
    } | facts
    row = SlotRow(
        id=f"slot-{code}-{station.code}", station_id=station.id, created_at=clock(), **values
    )
    db.add(row)
    db.commit()
    return row


def make_wish(db, clock, bulletin, code="1", *, airings=1, until_day=date(2026, 11, 30), **facts):
    values = {"from_day": MONDAY, "author_name": "Hạnh"} | facts
    row = WishRow(
        id=f"wish-{code}-{bulletin.id}"[:36],
        station_id=bulletin.station_id,
        bulletin_id=bulletin.id,
        airings=airings,
        until_day=until_day,
        created_at=clock(),
        **values,
    )
    db.add(row)
    db.commit()
    return row
