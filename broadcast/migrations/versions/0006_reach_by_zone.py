"""what a zone's own boxes have of the reach; airings remember where their boxes stood"""

from collections.abc import Mapping
from typing import Any

import sqlalchemy as sa
from alembic import op

from broadcast.clock import wall_clock
from broadcast.db import UtcDateTime
from broadcast.ids import new_id

revision = "0006"
down_revision = "0005"
branch_labels = None
depends_on = None

BATCH = 1000
airing = sa.table(
    "airing",
    sa.column("key", sa.String),
    sa.column("station_id", sa.String),
    sa.column("local_day", sa.Date),
    sa.column("boxes", sa.JSON),
)
fact = sa.table(
    "daily_item_fact", sa.column("station_id", sa.String), sa.column("local_day", sa.Date)
)
zone = sa.table("zone", sa.column("id", sa.String), sa.column("parent_id", sa.String))
box = sa.table("box", sa.column("id", sa.String), sa.column("zone_id", sa.String))
job = sa.table(
    "job",
    *(sa.column(name, sa.String) for name in ("id", "station_id", "kind", "subject", "state")),
    *(sa.column(name, sa.Integer) for name in ("attempts", "done_count", "total_count")),
    *(sa.column(name, sa.Text) for name in ("step", "error_code", "error_message")),
    sa.column("created_at", UtcDateTime()),
)


def upgrade() -> None:
    op.add_column("daily_item_fact", sa.Column("zone_reach", sa.JSON(), nullable=True))
    _note_where_boxes_stand()
    _want_every_day()


def downgrade() -> None:
    op.drop_column("daily_item_fact", "zone_reach")


def _note_where_boxes_stand() -> None:
    """Where they stand today is all that is known of the days before."""
    database = op.get_bind()
    parents = dict(database.execute(sa.select(zone.c.id, zone.c.parent_id)).all())
    stands = {
        row.id: _chain(row.zone_id, parents)
        for row in database.execute(sa.select(box.c.id, box.c.zone_id))
    }
    write = (
        sa.update(airing)
        .where(airing.c.key == sa.bindparam("of"))
        .values(boxes=sa.bindparam("parts", type_=sa.JSON))
    )
    last = ""
    while True:
        rows = database.execute(
            sa.select(airing.c.key, airing.c.boxes)
            .where(airing.c.key > last)
            .order_by(airing.c.key)
            .limit(BATCH)
        ).all()
        if not rows:
            return
        last = rows[-1].key
        told = [
            {"of": row.key, "parts": [_standing(part, stands) for part in row.boxes]}
            for row in rows
            if row.boxes
        ]
        if told:
            database.execute(write, told)


def _standing(part: dict[str, Any], stands: Mapping[str, list[str]]) -> dict[str, Any]:
    return {"zones": stands.get(part.get("box", ""), [])} | part


def _chain(zone_id: str | None, parents: Mapping[str, str | None]) -> list[str]:
    found: list[str] = []
    while zone_id is not None and zone_id not in found:
        found.append(zone_id)
        zone_id = parents.get(zone_id)
    return found


def _want_every_day() -> None:
    """The sweep finds the jobs; until then a zone is shown what it was shown so far."""
    now = wall_clock()
    days = sa.union(*(sa.select(table.c.station_id, table.c.local_day) for table in (airing, fact)))
    wanted = [
        {
            "id": new_id(now), "station_id": row.station_id, "kind": "reports.roll_up_day",
            "subject": row.local_day.isoformat(), "state": "queued", "attempts": 0,
            "done_count": 0, "total_count": 0, "step": "", "error_code": "",
            "error_message": "", "created_at": now,
        }
        for row in op.get_bind().execute(days)
    ]  # fmt: skip
    if wanted:
        op.get_bind().execute(sa.insert(job), wanted)
