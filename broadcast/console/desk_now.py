"""Today's page as one value: what is heard, what comes, what needs me, how the clusters are."""

from dataclasses import dataclass

from broadcast.boxes.site_plan import SitePlan, draw_plan
from broadcast.console.boxes_now import BoxNow, list_boxes_now
from broadcast.console.day import Today, today
from broadcast.console.needs import Need, list_needs
from broadcast.console.on_air import OnAir, on_air_now
from broadcast.desk import Desk


@dataclass(frozen=True, slots=True)
class DeskNow:
    """Equal values look the same on the screen; nothing in it changes faster than a minute
    unless something happened.
    """

    on_air: OnAir
    today: Today
    needs: list[Need]
    boxes: list[BoxNow]

    @property
    def plan(self) -> SitePlan:
        """The boxes as they stand."""
        return draw_plan([box.spot for box in self.boxes])


def desk_now(desk: Desk) -> DeskNow:
    boxes = list_boxes_now(desk)
    playing = frozenset(box.playing.session_id for box in boxes if box.playing)
    return DeskNow(
        on_air=on_air_now(desk, boxes),
        today=today(desk, playing),
        needs=list_needs(desk, boxes),
        boxes=boxes,
    )
