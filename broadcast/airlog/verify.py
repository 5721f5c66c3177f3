"""Walks a station's chain from its first row to its head."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from sqlalchemy import select

from broadcast.airlog.chain import Break, Fault, Row, first_broken, genesis_hash
from broadcast.airlog.head import get_head
from broadcast.airlog.models import LogEntry
from broadcast.desk import Desk

ROWS_AT_ONCE = 2000


@dataclass(frozen=True, slots=True)
class Verdict:
    """`rows` were read; `broken` is None when every one of them and the head fit together."""

    rows: int
    head_number: int
    head_hash: str
    broken: Break | None


@dataclass(frozen=True, slots=True)
class Printed:
    """The head of a day as a signed day log shows it: who rewrote rows and head in the database
    cannot rewrite the paper. `hash_begins` is its mark, or the first characters of it.
    """

    number: int
    hash_begins: str


def verify_log(desk: Desk, printed: Printed | None = None) -> Verdict:
    """Reads every row once; memory stays flat. A chain shorter than its head lost its last rows;
    a chain made anew as a whole no longer fits a paper that was printed before.
    """
    head_number, head_hash = get_head(desk)
    walk = _Walk(desk, printed)
    broken = first_broken(walk, genesis_hash(desk.station_id))
    if broken is None and walk.last != (head_number, head_hash):
        broken = Break(walk.rows + 1, Fault.GAP)
    if broken is None and printed and not walk.has_printed:
        lost = walk.rows < printed.number
        broken = Break(walk.rows + 1, Fault.GAP) if lost else Break(printed.number, Fault.CHANGED)
    return Verdict(walk.rows, head_number, head_hash, broken)


class _Walk:
    """The rows in the order of their numbers, with an eye on the last one."""

    def __init__(self, desk: Desk, printed: Printed | None) -> None:
        self.desk = desk
        self.printed = printed
        self.has_printed = False
        self.rows = 0
        self.last = (0, genesis_hash(desk.station_id))

    def __iter__(self) -> Iterator[Row]:
        after = 0
        while page := self._page(after):
            for row in page:
                self.rows += 1
                self.last = (row["number"], row["row_hash"])
                self.has_printed |= self._is_printed(*self.last)
                yield row
            after = self.last[0]

    def _is_printed(self, number: int, row_hash: str) -> bool:
        paper = self.printed
        return bool(
            paper and paper.number == number and row_hash.startswith(paper.hash_begins.lower())
        )

    def _page(self, after: int) -> Sequence[Any]:
        mine = select(LogEntry.__table__).where(
            LogEntry.station_id == self.desk.station_id, LogEntry.number > after
        )
        return (
            self.desk.session.execute(mine.order_by(LogEntry.number).limit(ROWS_AT_ONCE))
            .mappings()
            .all()
        )
