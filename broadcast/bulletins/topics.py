"""The station's topics: two are there from the start, the others it names, renames and merges."""

from sqlalchemy import func, select, update

from broadcast.bulletins.drafts import clean_line
from broadcast.bulletins.models import Bulletin, Topic
from broadcast.bulletins.queries import current_topic, get_bulletin, get_topic
from broadcast.bulletins.search import fold
from broadcast.desk import Desk, use_case
from broadcast.errors import InvalidInput, LoaError
from broadcast.people.rules import Right
from broadcast.people.trail import note_deed

LONGEST_NAME = 120
FREE_HUES = (2, 3, 4, 5, 6)
"""0 and 1 belong to CCHC and chuyển đổi số everywhere, 7 is what has no colour."""


class TopicNameInvalid(InvalidInput):
    code = "bulletins.topic_name_invalid"
    message = f"Hãy đặt tên chủ đề, không quá {LONGEST_NAME} ký tự."


class TopicNameTaken(InvalidInput):
    code = "bulletins.topic_name_taken"
    message = "Đã có chủ đề tên này. Hãy dùng chủ đề đó, hoặc đặt tên khác."


class TopicMergedIntoItself(InvalidInput):
    code = "bulletins.topic_merged_into_itself"
    message = "Hãy chọn một chủ đề khác để gộp vào."


class LastTopic(LoaError):
    code = "bulletins.last_topic"
    message = "Đài cần ít nhất một chủ đề đang dùng. Hãy thêm chủ đề mới trước."


def list_all_topics(desk: Desk) -> list[tuple[Topic, int]]:
    """Every topic with the number of its bulletins, those in use first."""
    rows = desk.session.execute(
        select(Topic, func.count(Bulletin.id))
        .outerjoin(Bulletin, Bulletin.topic_id == Topic.id)
        .where(Topic.station_id == desk.station_id)
        .group_by(Topic.id)
        .order_by(Topic.archived_at.is_not(None), Topic.hue, Topic.name)
    )
    return [(row[0], row[1]) for row in rows]


@use_case
def add_topic(desk: Desk, name: str) -> Topic:
    """:raises TopicNameInvalid, TopicNameTaken: accents and capitals make no other name."""
    desk.actor.must(Right.WRITE)
    name = _free_name(desk, name)
    rows = list(desk.session.scalars(select(Topic).where(Topic.station_id == desk.station_id)))
    topic = Topic(
        id=desk.new_id(),
        station_id=desk.station_id,
        code=_free_code(name, {row.code for row in rows}),
        name=name,
        hue=FREE_HUES[len(rows) % len(FREE_HUES)],
    )
    desk.session.add(topic)
    note_deed(desk, "bulletins.topic_added", "topic", topic.id, name=name)
    return topic


@use_case
def rename_topic(desk: Desk, topic_id: str, name: str) -> Topic:
    """Bulletins of today and tomorrow show the new name; what was logged keeps the old one.

    :raises TopicNameInvalid, TopicNameTaken: as for a new one.
    """
    desk.actor.must(Right.WRITE)
    topic = get_topic(desk, topic_id)
    old, topic.name = topic.name, _free_name(desk, name, but=topic.id)
    note_deed(desk, "bulletins.topic_renamed", "topic", topic.id, old=old, new=topic.name)
    return topic


@use_case
def merge_topic(desk: Desk, topic_id: str, into_id: str) -> int:
    """All bulletins of one topic go over to another; says how many. No approval is touched by it.

    :raises TopicMergedIntoItself: also by a detour.
    """
    desk.actor.must(Right.WRITE)
    topic, into = get_topic(desk, topic_id), get_topic(desk, into_id)
    if topic.id == into.id or into.archived_at is not None:
        raise TopicMergedIntoItself(topic=topic_id, into=into_id)
    moved = desk.session.execute(
        update(Bulletin)
        .where(Bulletin.station_id == desk.station_id, Bulletin.topic_id == topic.id)
        .values(topic_id=into.id)
    )
    topic.merged_into_id, topic.archived_at = into.id, topic.archived_at or desk.now
    note_deed(desk, "bulletins.topic_merged", "topic", topic.id, into=into.name)
    return int(getattr(moved, "rowcount", 0))


@use_case
def move_bulletin(desk: Desk, bulletin_id: str, topic_id: str) -> str:
    """The bulletin goes over to another topic; says which one it had. Its approval stays: a topic
    does not sound.

    :raises NotFound: no such bulletin or topic at this station.
    """
    desk.actor.must(Right.WRITE)
    bulletin, topic = get_bulletin(desk, bulletin_id), current_topic(desk, topic_id)
    old, bulletin.topic_id = bulletin.topic_id, topic.id
    note_deed(desk, "bulletins.topic_changed", "bulletin", bulletin.id, topic=topic.name)
    return old


@use_case
def archive_topic(desk: Desk, topic_id: str, *, archived: bool) -> Topic:
    """No longer offered, or offered again. Its bulletins and figures stay.

    :raises LastTopic: a bulletin could have none.
    """
    desk.actor.must(Right.WRITE)
    topic = get_topic(desk, topic_id)
    others = select(func.count()).where(
        Topic.station_id == desk.station_id, Topic.archived_at.is_(None), Topic.id != topic.id
    )
    if archived and not desk.session.scalar(others):
        raise LastTopic(topic=topic_id)
    topic.archived_at = desk.now if archived else None
    if not archived:
        topic.merged_into_id = None
    note_deed(desk, "bulletins.topic_archived", "topic", topic.id, archived=archived)
    return topic


def problem_of_name(desk: Desk, typed: str, but: str = "") -> InvalidInput | None:
    """Why a topic (other than `but`) cannot be named so; None when it can."""
    name = clean_line(typed)
    if not 0 < len(name) <= LONGEST_NAME:
        return TopicNameInvalid()
    rows = desk.session.execute(
        select(Topic.id, Topic.name).where(Topic.station_id == desk.station_id)
    )
    if any(fold(taken) == fold(name) and topic_id != but for topic_id, taken in rows):
        return TopicNameTaken(name=name)
    return None


def _free_name(desk: Desk, typed: str, but: str = "") -> str:
    problem = problem_of_name(desk, typed, but)
    if problem is not None:
        raise problem
    return clean_line(typed)


def _free_code(name: str, taken: set[str]) -> str:
    """`Y tế thôn` -> `y-te-thon`, numbered when somebody has it."""
    bare = "-".join("".join(c if c.isalnum() else " " for c in fold(name)).split())[:30]
    code, number = bare or "chu-de", 2
    while code in taken:
        code, number = f"{bare or 'chu-de'}-{number}", number + 1
    return code
