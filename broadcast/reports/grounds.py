"""The register of plans and decisions that reports cite as their grounds (căn cứ)."""

from dataclasses import dataclass
from datetime import date

from sqlalchemy import select

from broadcast.desk import Desk, use_case
from broadcast.errors import NotFound
from broadcast.people.rules import Right
from broadcast.people.trail import note_deed
from broadcast.reports.errors import GroundRefused
from broadcast.reports.models import Ground


@dataclass(frozen=True, slots=True)
class GroundDraft:
    number: str
    issued_on: date
    sentence: str
    year: int


@use_case
def add_ground(desk: Desk, draft: GroundDraft) -> Ground:
    """:raises GroundRefused: something is empty, or the same document is registered already."""
    desk.actor.must(Right.REPORT)
    number, sentence = " ".join(draft.number.split()), " ".join(draft.sentence.split())
    known = select(Ground.id).where(
        Ground.station_id == desk.station_id,
        Ground.number == number,
        Ground.issued_on == draft.issued_on,
    )
    if not number or not sentence or len(number) > 60 or desk.session.scalar(known):
        raise GroundRefused(number=number)
    row = Ground(
        id=desk.new_id(),
        station_id=desk.station_id,
        number=number,
        issued_on=draft.issued_on,
        sentence=sentence,
        year=draft.year,
    )
    desk.session.add(row)
    note_deed(desk, "reports.ground_added", "ground", row.id, number=number)
    return row


@use_case
def remove_ground(desk: Desk, ground_id: str) -> None:
    """Issued reports keep the sentence they cite. :raises NotFound:"""
    desk.actor.must(Right.REPORT)
    row = desk.session.get(Ground, ground_id)
    if row is None or row.station_id != desk.station_id:
        raise NotFound(ground=ground_id)
    note_deed(desk, "reports.ground_removed", "ground", row.id, number=row.number)
    desk.session.delete(row)
