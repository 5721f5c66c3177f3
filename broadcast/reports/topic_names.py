"""Renamed and merged topics under the names of today."""

from typing import Any

from sqlalchemy import ColumnElement, case, select

from broadcast.bulletins.models import Topic
from broadcast.desk import Desk


def topic_today(desk: Desk, topic_id: Any, as_aired: Any) -> ColumnElement[str]:
    """Today's name of the topic in column `topic_id`; successors are followed to their end.

    What has no topic of the register keeps the name in `as_aired`.
    """
    topics = {
        row.id: row
        for row in desk.session.execute(
            select(Topic.id, Topic.name, Topic.merged_into_id).where(
                Topic.station_id == desk.station_id
            )
        )
    }
    names = {}
    for first in topics:
        last, seen = first, {first}
        while (following := topics[last].merged_into_id) in topics and following not in seen:
            last = following
            seen.add(last)
        names[first] = topics[last].name
    return case(names, value=topic_id, else_=as_aired) if names else as_aired
