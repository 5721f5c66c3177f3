"""What the station has on paper: its regulation of hours, and its names by date."""

from dataclasses import dataclass
from datetime import date, time

from sqlalchemy import select

from broadcast.boxes.plans import mark_plans_stale
from broadcast.desk import Desk, use_case
from broadcast.errors import InvalidInput
from broadcast.jobs.models import JobKind
from broadcast.jobs.service import want
from broadcast.people.rules import Right
from broadcast.people.trail import note_deed
from broadcast.stations.models import RegulationRow, UnitName
from broadcast.stations.zones import get_zone

EVERY_DAY = tuple(range(7))


class RegulationIncomplete(InvalidInput):
    code = "stations.regulation_incomplete"
    message = "Cần số quyết định và ít nhất một khung giờ được phát, giờ kết thúc sau giờ bắt đầu."


class UnitNameIncomplete(InvalidInput):
    code = "stations.unit_name_incomplete"
    message = "Cần tên cơ quan ban hành và địa danh, như in ở đầu văn bản."


@dataclass(frozen=True, slots=True)
class Hours:
    """Local and half-open; no zones are all zones. `until` at midnight is the end of the day."""

    from_time: time
    until_time: time
    weekdays: tuple[int, ...] = EVERY_DAY
    zone_ids: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class RegulationDraft:
    valid_from: date
    decision_number: str
    decision_date: date | None
    hours: tuple[Hours, ...]


@use_case
def add_regulation(desk: Desk, draft: RegulationDraft) -> RegulationRow:
    """The hours of broadcast from `valid_from` on; earlier decisions stay for earlier days.

    :raises RegulationIncomplete: :raises NotFound: for a zone of another station.
    """
    desk.actor.must(Right.ADMINISTER)
    if not draft.decision_number.strip() or not draft.hours:
        raise RegulationIncomplete
    row = RegulationRow(
        id=desk.new_id(),
        station_id=desk.station_id,
        valid_from=draft.valid_from,
        decision_number=draft.decision_number.strip(),
        decision_date=draft.decision_date,
        hours=[_kept(desk, hours) for hours in draft.hours],
        created_at=desk.now,
    )
    desk.session.add(row)
    note_deed(desk, "stations.regulation_added", "regulation", row.id, number=row.decision_number)
    mark_plans_stale(desk)
    want(desk, JobKind.FILL, desk.station_id)
    return row


def _kept(desk: Desk, hours: Hours) -> dict[str, object]:
    ends_at_midnight = hours.until_time == time.min
    if not ends_at_midnight and hours.until_time <= hours.from_time:
        raise RegulationIncomplete
    zones = [get_zone(desk, zone_id).id for zone_id in hours.zone_ids]
    return {
        "weekdays": sorted(set(hours.weekdays)) or list(EVERY_DAY),
        "from": f"{hours.from_time:%H:%M}",
        "to": "24:00" if ends_at_midnight else f"{hours.until_time:%H:%M}",
        "zones": zones or None,
    }


def list_regulations(desk: Desk) -> list[RegulationRow]:
    """Newest first."""
    return list(
        desk.session.scalars(
            select(RegulationRow)
            .where(RegulationRow.station_id == desk.station_id)
            .order_by(RegulationRow.valid_from.desc(), RegulationRow.id.desc())
        )
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class UnitNameDraft:
    valid_from: date
    issuing_body: str
    place_name: str
    superior: str = ""
    addressee: str = ""
    recipients: tuple[str, ...] = ()
    signing_authority: str = ""
    signing_position: str = ""
    signer_name: str = ""


@use_case
def add_unit_name(desk: Desk, draft: UnitNameDraft) -> UnitName:
    """The names on documents from `valid_from` on; reports of earlier days keep the earlier ones.

    A second entry for the same day corrects the first.

    :raises UnitNameIncomplete: no issuing body or no place.
    """
    desk.actor.must(Right.ADMINISTER)
    if not draft.issuing_body.strip() or not draft.place_name.strip():
        raise UnitNameIncomplete
    row = desk.session.scalar(
        select(UnitName).where(
            UnitName.station_id == desk.station_id, UnitName.valid_from == draft.valid_from
        )
    )
    if row is None:
        row = UnitName(id=desk.new_id(), station_id=desk.station_id, valid_from=draft.valid_from)
        desk.session.add(row)
    for name in (
        "issuing_body", "place_name", "superior", "addressee",
        "signing_authority", "signing_position", "signer_name",
    ):  # fmt: skip
        setattr(row, name, str(getattr(draft, name)).strip())
    row.recipients = [line.strip() for line in draft.recipients if line.strip()]
    note_deed(desk, "stations.unit_name_set", "unit_name", row.id, body=row.issuing_body)
    return row


def list_unit_names(desk: Desk) -> list[UnitName]:
    """Newest first."""
    return list(
        desk.session.scalars(
            select(UnitName)
            .where(UnitName.station_id == desk.station_id)
            .order_by(UnitName.valid_from.desc())
        )
    )
