"""Keys of the report module: scoped, shown once, revocable."""

from sqlalchemy import select

from broadcast.desk import Desk, use_case
from broadcast.errors import NotFound, NotSignedIn
from broadcast.people.models import ApiKey
from broadcast.people.rules import Actor, Right
from broadcast.people.secrets import new_secret, secret_hash
from broadcast.people.trail import note_deed

REPORT_READ = "report:read"


class KeyRefused(NotSignedIn):
    code = "people.key_refused"
    message = "Khóa truy cập không đúng hoặc đã bị thu hồi. Hãy xin khóa mới ở trang Cài đặt."


@use_case
def add_key(desk: Desk, name: str) -> tuple[ApiKey, str]:
    """The row and the key itself, which nobody will see again."""
    desk.actor.must(Right.ADMINISTER)
    secret = new_secret("loa_report")
    row = ApiKey(
        id=desk.new_id(),
        station_id=desk.station_id,
        name=name.strip() or "report",
        key_hash=secret_hash(secret),
        scope=REPORT_READ,
        created_at=desk.now,
    )
    desk.session.add(row)
    note_deed(desk, "people.key_added", "api_key", row.id)
    return row, secret


@use_case
def revoke_key(desk: Desk, key_id: str) -> None:
    desk.actor.must(Right.ADMINISTER)
    row = desk.session.get(ApiKey, key_id)
    if row is None or row.station_id != desk.station_id:
        raise NotFound(key=key_id)
    row.revoked_at = row.revoked_at or desk.now
    note_deed(desk, "people.key_revoked", "api_key", row.id)


def list_keys(desk: Desk) -> list[ApiKey]:
    return list(
        desk.session.scalars(
            select(ApiKey)
            .where(ApiKey.station_id == desk.station_id)
            .order_by(ApiKey.created_at.desc())
        )
    )


def actor_of_key(desk: Desk, secret: str) -> Actor:
    """Who comes with this key.

    :raises KeyRefused: unknown or revoked; which of the two is not said.
    """
    row = desk.session.scalar(
        select(ApiKey).where(
            ApiKey.key_hash == secret_hash(secret),
            ApiKey.scope == REPORT_READ,
            ApiKey.revoked_at.is_(None),
        )
    )
    if row is None:
        raise KeyRefused
    return Actor.machine(row.station_id, f"khóa {row.name}", Right.LOOK)
