"""Reads of the bulletins' shelf; every one scoped to the desk's station."""

from collections.abc import Sequence
from dataclasses import dataclass

from sqlalchemy import Select, func, select
from sqlalchemy.orm import selectinload

from broadcast.bulletins.models import Bulletin, BulletinVersion, Decision, Rendition, Topic
from broadcast.bulletins.rules import BulletinState
from broadcast.bulletins.search import asked_for
from broadcast.desk import Desk
from broadcast.errors import NotFound

PAGE = 30


@dataclass(frozen=True, slots=True)
class Shelf:
    """One page of the library."""

    bulletins: list[Bulletin]
    total: int
    page: int

    @property
    def pages(self) -> int:
        return max(1, -(-self.total // PAGE))


def get_bulletin(desk: Desk, bulletin_id: str) -> Bulletin:
    """:raises NotFound: unknown, or another station's."""
    bulletin = desk.session.get(Bulletin, bulletin_id)
    if bulletin is None or bulletin.station_id != desk.station_id:
        raise NotFound(bulletin=bulletin_id)
    return bulletin


def current_version(desk: Desk, bulletin: Bulletin) -> BulletinVersion:
    return desk.session.scalars(
        select(BulletinVersion).where(
            BulletinVersion.bulletin_id == bulletin.id, BulletinVersion.no == bulletin.version_no
        )
    ).one()


def find_versions_of(desk: Desk, bulletins: Sequence[Bulletin]) -> dict[str, BulletinVersion]:
    """Bulletin id -> its version in work with the audio made of it, in three queries for a page."""
    versions = desk.session.scalars(
        select(BulletinVersion)
        .join(Bulletin, Bulletin.id == BulletinVersion.bulletin_id)
        .where(
            Bulletin.id.in_([bulletin.id for bulletin in bulletins]),
            BulletinVersion.no == Bulletin.version_no,
        )
        .options(selectinload(BulletinVersion.rendition).selectinload(Rendition.audio))
    )
    return {version.bulletin_id: version for version in versions}


def list_shelf(
    desk: Desk,
    *,
    words: str = "",
    state: BulletinState | None = None,
    topic_id: str = "",
    archived: bool = False,
    page: int = 1,
) -> Shelf:
    """Newest first; `words` are looked for in title and text, accents do not matter."""
    wanted = _shelf_query(desk, words, state, topic_id)
    wanted = wanted.where(
        Bulletin.archived_at.is_not(None) if archived else Bulletin.archived_at.is_(None)
    )
    total = desk.session.scalar(select(func.count()).select_from(wanted.subquery())) or 0
    rows = desk.session.scalars(
        wanted.options(selectinload(Bulletin.topic))
        .order_by(Bulletin.updated_at.desc(), Bulletin.id)
        .offset((max(1, page) - 1) * PAGE)
        .limit(PAGE)
    )
    return Shelf(list(rows), total, max(1, page))


def _shelf_query(
    desk: Desk, words: str, state: BulletinState | None, topic_id: str
) -> Select[Bulletin]:
    wanted = select(Bulletin).where(Bulletin.station_id == desk.station_id)
    for word in asked_for(words):
        wanted = wanted.where(Bulletin.search_key.contains(word, autoescape=True))
    if state is not None:
        wanted = wanted.where(Bulletin.state == state)
    if topic_id:
        wanted = wanted.where(Bulletin.topic_id == topic_id)
    return wanted


def list_waiting(desk: Desk) -> list[Bulletin]:
    """What the approver has to hear, the longest waiting first."""
    wanted = _shelf_query(desk, "", BulletinState.WAITING, "")
    return list(
        desk.session.scalars(
            wanted.where(Bulletin.archived_at.is_(None))
            .options(selectinload(Bulletin.topic))
            .order_by(Bulletin.updated_at, Bulletin.id)
        )
    )


def list_topics(desk: Desk) -> list[Topic]:
    """Those an operator may choose now."""
    return list(
        desk.session.scalars(
            select(Topic)
            .where(
                Topic.station_id == desk.station_id,
                Topic.archived_at.is_(None),
                Topic.merged_into_id.is_(None),
            )
            .order_by(Topic.hue, Topic.name)
        )
    )


def get_topic(desk: Desk, topic_id: str) -> Topic:
    topic = desk.session.get(Topic, topic_id)
    if topic is None or topic.station_id != desk.station_id:
        raise NotFound("Hãy chọn một chủ đề trong danh sách.", topic=topic_id)
    return topic


def current_topic(desk: Desk, topic_id: str) -> Topic:
    """The topic an old form still names, or the one it was merged into since."""
    topic = get_topic(desk, topic_id)
    while topic.merged_into_id is not None:
        topic = get_topic(desk, topic.merged_into_id)
    return topic


def list_decisions(desk: Desk, bulletin: Bulletin) -> list[Decision]:
    return list(
        desk.session.scalars(
            select(Decision).where(Decision.bulletin_id == bulletin.id).order_by(Decision.at.desc())
        )
    )


def list_versions(desk: Desk, bulletin: Bulletin) -> list[BulletinVersion]:
    return list(
        desk.session.scalars(
            select(BulletinVersion)
            .where(BulletinVersion.bulletin_id == bulletin.id)
            .order_by(BulletinVersion.no.desc())
        )
    )


def get_version(desk: Desk, bulletin: Bulletin, number: int) -> BulletinVersion:
    """:raises NotFound: the bulletin has no such version."""
    version = desk.session.scalar(
        select(BulletinVersion).where(
            BulletinVersion.bulletin_id == bulletin.id, BulletinVersion.no == number
        )
    )
    if version is None:
        raise NotFound(bulletin=bulletin.id, version=number)
    return version


def last_decided(
    desk: Desk, bulletin: Bulletin
) -> tuple[BulletinVersion, Decision] | tuple[None, None]:
    """The version somebody decided on last, before the one in work, and that decision."""
    found = desk.session.execute(
        select(BulletinVersion, Decision)
        .join(Decision, Decision.version_id == BulletinVersion.id)
        .where(BulletinVersion.bulletin_id == bulletin.id, BulletinVersion.no < bulletin.version_no)
        .order_by(BulletinVersion.no.desc(), Decision.at.desc())
        .limit(1)
    ).first()
    return (found[0], found[1]) if found else (None, None)
