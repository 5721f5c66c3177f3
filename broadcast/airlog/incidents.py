"""Sự cố: opened by a person or by the rule about lost boxes, closed with a reason."""

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import select

from broadcast.airlog.models import Incident
from broadcast.boxes.models import Box
from broadcast.desk import Desk, use_case
from broadcast.errors import InvalidInput, NotFound
from broadcast.people.rules import Right
from broadcast.people.trail import note_deed
from broadcast.stations.models import Zone

FOREIGN_CONTENT = "foreign_content"
INTERFERENCE = "interference"
FAULTY_CLUSTER = "faulty_cluster"
BOX_LOST = "box_lost"
KINDS = (FOREIGN_CONTENT, INTERFERENCE, FAULTY_CLUSTER, BOX_LOST)

LOST_AFTER = timedelta(minutes=10)
"""A mobile network that changes its mast is back sooner; a power cut is not."""


class IncidentWithoutWords(InvalidInput):
    code = "airlog.incident_without_words"
    message = "Hãy ghi vài chữ: điều gì đã xảy ra, hoặc đã xử lý thế nào."


class IncidentKindUnknown(InvalidInput):
    code = "airlog.incident_kind_unknown"
    message = "Hãy chọn loại sự cố trong danh sách."


@use_case
def open_incident(
    desk: Desk,
    kind: str,
    sentence: str,
    at: datetime,
    *,
    box_id: str | None = None,
    zone_id: str | None = None,
) -> Incident:
    """:raises IncidentKindUnknown: :raises IncidentWithoutWords:

    :raises NotFound: a box or zone of another station.
    """
    desk.actor.must(Right.WRITE)
    if kind not in KINDS:
        raise IncidentKindUnknown(kind=kind)
    if not sentence.strip():
        raise IncidentWithoutWords
    _must_be_ours(desk, Box, box_id)
    _must_be_ours(desk, Zone, zone_id)
    incident = Incident(
        id=desk.new_id(),
        station_id=desk.station_id,
        kind=kind,
        box_id=box_id or None,
        zone_id=zone_id or None,
        at=at,
        sentence=sentence.strip(),
        opened_by=desk.actor.name,
    )
    desk.session.add(incident)
    note_deed(desk, "airlog.incident_opened", "incident", incident.id, kind=kind)
    return incident


def _must_be_ours(desk: Desk, model: type[Box | Zone], row_id: str | None) -> None:
    row: Any = desk.session.get(model, row_id) if row_id else None
    if row_id and (row is None or row.station_id != desk.station_id):
        raise NotFound(row=row_id)


@use_case
def close_incident(desk: Desk, incident_id: str, reason: str) -> None:
    """Closing one that is closed changes nothing.

    :raises NotFound: :raises IncidentWithoutWords: without a reason.
    """
    desk.actor.must(Right.WRITE)
    if not reason.strip():
        raise IncidentWithoutWords
    incident = desk.session.get(Incident, incident_id, with_for_update=True)
    if incident is None or incident.station_id != desk.station_id:
        raise NotFound(incident=incident_id)
    if incident.closed_at is None:
        incident.closed_at = desk.now
        incident.closed_by, incident.close_reason = desk.actor.name, reason.strip()
        note_deed(desk, "airlog.incident_closed", "incident", incident.id)


def list_open_incidents(desk: Desk) -> list[Incident]:
    """Newest first; for the dashboard too."""
    return list(
        desk.session.scalars(
            select(Incident)
            .where(Incident.station_id == desk.station_id, Incident.closed_at.is_(None))
            .order_by(Incident.at.desc(), Incident.id.desc())
        )
    )


def list_closed_incidents(desk: Desk, most: int = 100) -> list[Incident]:
    return list(
        desk.session.scalars(
            select(Incident)
            .where(Incident.station_id == desk.station_id, Incident.closed_at.is_not(None))
            .order_by(Incident.closed_at.desc(), Incident.id.desc())
            .limit(most)
        )
    )
