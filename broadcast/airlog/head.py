"""Where a station's chain stands, locked while rows are added to it."""

from typing import Any

from sqlalchemy import select, update
from sqlalchemy.dialects import postgresql, sqlite

from broadcast.airlog.chain import genesis_hash
from broadcast.airlog.models import LogHead
from broadcast.desk import Desk

_INSERTS: dict[str, Any] = {"sqlite": sqlite.insert, "postgresql": postgresql.insert}


def lock_head(desk: Desk) -> tuple[int, str]:
    """Number and hash of the last row. Nobody else adds a row until this transaction ends."""
    locked = (
        select(LogHead.number, LogHead.row_hash)
        .where(LogHead.station_id == desk.station_id)
        .with_for_update()
    )
    found = desk.session.execute(locked).one_or_none()
    if found is None:
        _begin_chain(desk)
        found = desk.session.execute(locked).one()
    return found.number, found.row_hash


def move_head(desk: Desk, number: int, row_hash: str) -> None:
    """`row_hash` is that of the row `number`, added in this same transaction."""
    desk.session.execute(
        update(LogHead)
        .where(LogHead.station_id == desk.station_id)
        .values(number=number, row_hash=row_hash)
        .execution_options(synchronize_session=False)
    )


def get_head(desk: Desk) -> tuple[int, str]:
    """Number and hash of the last row, without a lock; 0 and the genesis hash of an empty log."""
    found = desk.session.execute(
        select(LogHead.number, LogHead.row_hash).where(LogHead.station_id == desk.station_id)
    ).one_or_none()
    return (found.number, found.row_hash) if found else (0, genesis_hash(desk.station_id))


def _begin_chain(desk: Desk) -> None:
    """Two first batches may come at once; the second finds the head of the first."""
    make = _INSERTS[desk.session.get_bind().dialect.name]
    desk.session.execute(
        make(LogHead.__table__)
        .values(station_id=desk.station_id, number=0, row_hash=genesis_hash(desk.station_id))
        .on_conflict_do_nothing()
    )
