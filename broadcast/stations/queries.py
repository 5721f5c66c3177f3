"""Reads of stations and zones."""

from sqlalchemy import select

from broadcast.desk import Desk
from broadcast.stations.models import CountingRuleVersion, Station, Zone
from broadcast.stations.rules import in_tree_order


def list_station_ids(desk: Desk) -> list[str]:
    """Every station of the deployment; for the machine's own rounds."""
    return list(desk.session.scalars(select(Station.id).order_by(Station.id)))


def list_zones(desk: Desk) -> list[Zone]:
    """Open zones in the order of the tree: a parent before its children."""
    return [zone for zone, _depth in zone_tree_of(desk)]


def rule_in_force(desk: Desk) -> CountingRuleVersion:
    """The newest version of the counting rule."""
    return desk.session.scalars(
        select(CountingRuleVersion)
        .where(CountingRuleVersion.station_id == desk.station_id)
        .order_by(CountingRuleVersion.version.desc())
        .limit(1)
    ).one()


def zone_tree_of(desk: Desk) -> list[tuple[Zone, int]]:
    """Open zones in the order of the tree, each with its depth, 0 for the outermost.
    Siblings stand as the station orders them, then by name.
    """
    zones = desk.session.scalars(
        select(Zone).where(Zone.station_id == desk.station_id, Zone.closed_at.is_(None))
    ).all()
    known = {zone.id: zone for zone in zones}
    return [(known[branch.zone_id], branch.depth) for branch in in_tree_order(zones)]


def list_sensitive_zone_ids(desk: Desk) -> tuple[str, ...]:
    """Open zones near a school or a hospital."""
    return tuple(zone.id for zone in list_zones(desk) if zone.sensitive)
