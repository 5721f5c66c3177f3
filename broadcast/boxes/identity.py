"""Who a box is to the station: recognised by its token, or by the key in its path."""

from dataclasses import dataclass
from datetime import datetime
from http import HTTPStatus
from typing import Any

from sqlalchemy import or_, select
from sqlalchemy.orm import Session

from broadcast.boxes.models import Box, BoxPath, BoxToken
from broadcast.errors import LoaError, NotFound
from broadcast.people.rules import Actor
from broadcast.people.secrets import secret_hash
from broadcast.stations.models import Station


class TokenNotKnown(LoaError):
    code = "boxes.token_not_known"
    message = "Mã của cụm loa không đúng hoặc đã bị thu hồi. Hãy cấp mã mới trên trang Cụm loa."
    status = HTTPStatus.UNAUTHORIZED


class PathNotKnown(NotFound):
    code = "boxes.path_not_known"
    message = "Đường dẫn này không đúng hoặc đã bị thu hồi. Hãy cấp đường dẫn mới ở trang Cụm loa."


@dataclass(frozen=True, slots=True)
class BoxIdentity:
    """What every question of a box needs to know of it; one joined read."""

    box_id: str
    station_id: str
    name: str
    demonstration: bool
    time_zone: str

    @property
    def actor(self) -> Actor:
        """A box holds no right of a person; what it may do is what its interface offers."""
        return Actor.machine(self.station_id, self.name)


def recognise_token(session: Session, authorization: str, now: datetime) -> BoxIdentity:
    """The box of an `Authorization: Bearer …` header.

    :raises TokenNotKnown: none, unknown, revoked, expired, or of a retired box.
    """
    scheme, _, token = authorization.partition(" ")
    row = None
    if scheme.lower() == "bearer" and token:
        row = session.execute(
            _identities()
            .join(BoxToken, BoxToken.box_id == Box.id)
            .where(
                BoxToken.token_hash == secret_hash(token.strip()),
                BoxToken.revoked_at.is_(None),
                or_(BoxToken.expires_at.is_(None), BoxToken.expires_at > now),
            )
        ).one_or_none()
    if row is None:
        raise TokenNotKnown
    return BoxIdentity(*row)


def recognise_key(session: Session, key: str) -> BoxIdentity:
    """The box of `/p/<key>/…`. :raises PathNotKnown: unknown, revoked, or of a retired box."""
    row = session.execute(
        _identities()
        .join(BoxPath, BoxPath.box_id == Box.id)
        .where(BoxPath.key_hash == secret_hash(key), BoxPath.revoked_at.is_(None))
    ).one_or_none()
    if row is None:
        raise PathNotKnown
    return BoxIdentity(*row)


def _identities() -> Any:
    return (
        select(Box.id, Box.station_id, Box.name, Box.demonstration, Station.time_zone)
        .join(Station, Station.id == Box.station_id)
        .where(Box.retired_at.is_(None))
    )
