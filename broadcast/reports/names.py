"""Names for the keys of zones and slots, for people who read the figures."""

from collections.abc import Callable

from sqlalchemy import select

from broadcast.desk import Desk
from broadcast.reports.facts import GroupBy
from broadcast.reports.sheet import key_in_words
from broadcast.stations.models import Zone
from broadcast.timetable.models import SlotRow

ALL_ZONES = "Toàn đài"
NameOf = Callable[[GroupBy, str], str]


def names_of(desk: Desk) -> NameOf:
    """Closed zones and archived slots keep their names: figures of the past speak of them."""
    known: dict[GroupBy, dict[str, str]] = {GroupBy.ZONE: {"": ALL_ZONES}, GroupBy.SLOT: {}}
    for group, table in ((GroupBy.ZONE, Zone), (GroupBy.SLOT, SlotRow)):
        rows = select(table.id, table.name).where(table.station_id == desk.station_id)
        known[group] |= {row.id: row.name for row in desk.session.execute(rows)}

    def name_of(by: GroupBy, part: str) -> str:
        return known.get(by, {}).get(part) or key_in_words(by, part)

    return name_of
