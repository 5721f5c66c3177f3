"""Rows of zones and boxes."""

from broadcast.boxes.identity import BoxIdentity
from broadcast.boxes.models import Box, BoxPath, BoxToken
from broadcast.people.secrets import secret_hash
from broadcast.stations.models import Zone, ZoneKind


def make_zone(db, station, code, *, parent=None, kind=ZoneKind.HAMLET):
    row = Zone(
        id=f"zone-{code}-{station.code}",
        station_id=station.id,
        parent_id=parent.id if parent else None,
        kind=kind,
        name=f"Thôn {code}",
    )
    db.add(row)
    db.commit()
    return row


def make_box(db, clock, station, code="1", *, zone=None, demonstration=False):
    """A box with the token `token-of-<id>` and the path key `key-of-<id>`."""
    row = Box(
        id=f"box-{code}-{station.code}",
        station_id=station.id,
        name=f"Cụm {code}",
        zone_id=zone.id if zone else None,
        demonstration=demonstration,
        created_at=clock(),
    )
    db.add(row)
    db.flush()
    of_box = {"station_id": station.id, "box_id": row.id, "created_at": clock()}
    db.add_all(
        [
            BoxToken(id=f"token-{row.id}", token_hash=secret_hash(f"token-of-{row.id}"), **of_box),
            BoxPath(id=f"path-{row.id}", key_hash=secret_hash(f"key-of-{row.id}"), **of_box),
        ]
    )
    db.commit()
    return row


def bearer(box):
    return {"Authorization": f"Bearer token-of-{box.id}"}


def identity_of(box, station):
    return BoxIdentity(box.id, station.id, box.name, box.demonstration, station.time_zone)
