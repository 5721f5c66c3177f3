"""Reads of stations and zones."""

from sqlalchemy import select

from broadcast.desk import Desk
from broadcast.stations.models import CountingRuleVersion, Station, Zone


def list_station_ids(desk: Desk) -> list[str]:
    """Every station of the deployment; for the machine's own rounds."""
    return list(desk.session.scalars(select(Station.id).order_by(Station.id)))


def list_zones(desk: Desk) -> list[Zone]:
    """Open zones, parents before children of the same area, as the station orders them."""
    return list(
        desk.session.scalars(
            select(Zone)
            .where(Zone.station_id == desk.station_id, Zone.closed_at.is_(None))
            .order_by(Zone.position, Zone.name)
        )
    )


def rule_in_force(desk: Desk) -> CountingRuleVersion:
    """The newest version of the counting rule."""
    return desk.session.scalars(
        select(CountingRuleVersion)
        .where(CountingRuleVersion.station_id == desk.station_id)
        .order_by(CountingRuleVersion.version.desc())
        .limit(1)
    ).one()
