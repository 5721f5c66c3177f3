"""The audit trail: written in the transaction of the deed, so that neither stands alone."""

from broadcast.desk import Desk
from broadcast.people.models import AuditEntry


def note_deed(
    desk: Desk, deed: str, subject_kind: str = "", subject_id: str = "", **facts: object
) -> None:
    """`deed` is stable and dotted (`bulletins.approved`); `facts` never hold secrets or texts."""
    desk.session.add(
        AuditEntry(
            id=desk.new_id(),
            station_id=desk.station_id,
            at=desk.now,
            user_id=desk.actor.user_id,
            actor_name=desk.actor.name,
            deed=deed,
            subject_kind=subject_kind,
            subject_id=subject_id,
            facts=facts,
        )
    )
