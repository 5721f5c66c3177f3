"""Who may do what. PURE: roles, rights and the actor that every use case is done by."""

from dataclasses import dataclass
from enum import StrEnum

from broadcast.errors import NotAllowed


class Role(StrEnum):
    VIEWER = "viewer"
    OPERATOR = "operator"
    APPROVER = "approver"
    ADMINISTRATOR = "administrator"


class Right(StrEnum):
    LOOK = "look"
    WRITE = "write"
    APPROVE = "approve"
    SCHEDULE = "schedule"
    EMERGENCY = "emergency"
    REPORT = "report"
    ADMINISTER = "administer"


RIGHTS: dict[Role, frozenset[Right]] = {
    Role.VIEWER: frozenset({Right.LOOK}),
    Role.OPERATOR: frozenset(
        {Right.LOOK, Right.WRITE, Right.SCHEDULE, Right.EMERGENCY, Right.REPORT}
    ),
    Role.APPROVER: frozenset(
        {Right.LOOK, Right.WRITE, Right.APPROVE, Right.EMERGENCY, Right.REPORT}
    ),
    Role.ADMINISTRATOR: frozenset(Right),
}


@dataclass(frozen=True, slots=True)
class Actor:
    """Who does the use case, and for which station. Only the console's people have a `user_id`."""

    station_id: str
    name: str
    rights: frozenset[Right]
    user_id: str | None = None

    @classmethod
    def person(cls, station_id: str, user_id: str, name: str, role: Role) -> "Actor":
        return cls(station_id, name, RIGHTS[role], user_id)

    @classmethod
    def machine(cls, station_id: str, name: str, *rights: Right) -> "Actor":
        """The worker, a box, the report module: a name for the trail, and only the rights given."""
        return cls(station_id, name, frozenset(rights))

    def must(self, right: Right) -> None:
        """:raises NotAllowed: when the actor does not hold `right`."""
        if right not in self.rights:
            raise NotAllowed(right=right.value, actor=self.name)
