"""The tree of zones: what lies in what, and what may not be closed or misplaced."""

from dataclasses import dataclass

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sqlalchemy import select

from broadcast.boxes.models import Box
from broadcast.errors import NotAllowed, NotFound
from broadcast.jobs.models import JobKind
from broadcast.people.models import AuditEntry
from broadcast.people.rules import Role
from broadcast.stations.models import Zone, ZoneKind
from broadcast.stations.queries import list_sensitive_zone_ids, list_zones, zone_tree_of
from broadcast.stations.rules import ZoneMisplaced, in_tree_order, may_lie_in
from broadcast.stations.zones import (
    ZoneDraft,
    ZoneInUse,
    ZoneNameMissing,
    add_zone,
    change_zone,
    close_zone,
    get_zone,
    list_closed_zones,
    reopen_zone,
)


@dataclass(frozen=True)
class Place:
    id: str
    parent_id: str | None
    position: int = 0
    name: str = ""


@st.composite
def forests(draw):
    """Zones whose parents come before them or are not there at all."""
    count = draw(st.integers(0, 12))
    zones = []
    for number in range(count):
        parents = [None, "closed", *(zone.id for zone in zones)]
        zones.append(
            Place(
                str(number),
                draw(st.sampled_from(parents)),
                draw(st.integers(0, 3)),
                draw(st.text("abc", max_size=2)),
            )
        )
    return draw(st.permutations(zones))


@given(zones=forests())
def test_every_zone_stands_once_right_below_the_branch_it_lies_in(zones):
    order = in_tree_order(zones)
    assert sorted(branch.zone_id for branch in order) == sorted(zone.id for zone in zones)
    parent_of = {zone.id: zone.parent_id for zone in zones}
    way = []
    for branch in order:
        del way[branch.depth :]
        assert branch.depth == len(way)
        parent = parent_of[branch.zone_id]
        assert (way[-1] if way else None) == (parent if parent in parent_of else None)
        way.append(branch.zone_id)


@given(zones=forests())
def test_the_order_does_not_depend_on_the_order_of_the_rows(zones):
    same = sorted(zones, key=lambda zone: zone.id)
    if len({(zone.position, zone.name) for zone in zones}) == len(zones):
        assert in_tree_order(zones) == in_tree_order(same)


@given(kind=st.sampled_from(ZoneKind), parent=st.sampled_from(ZoneKind))
def test_ranks_fall_strictly_so_no_circle_can_be_built(kind, parent):
    assert not (may_lie_in(kind, parent) and may_lie_in(parent, kind))
    assert may_lie_in(kind, None)


@pytest.fixture
def admin(desk_as):
    return desk_as(Role.ADMINISTRATOR)


@pytest.fixture
def tree(admin):
    """Khu Bắc, in it thôn Một, in that cụm Chợ."""
    area = add_zone(admin, ZoneDraft(name="Khu Bắc", kind=ZoneKind.AREA))
    hamlet = add_zone(admin, ZoneDraft(name="Thôn Một", kind=ZoneKind.HAMLET, parent_id=area.id))
    cluster = add_zone(admin, ZoneDraft(name="Cụm Chợ", kind=ZoneKind.CLUSTER, parent_id=hamlet.id))
    return area, hamlet, cluster


def test_a_new_zone_stands_in_its_place_and_the_boxes_hear_of_it(admin, tree, jobs):
    assert list_zones(admin) == [zone for zone, _depth in zone_tree_of(admin)]
    assert [(zone.name, depth) for zone, depth in zone_tree_of(admin)] == [
        ("Khu Bắc", 0),
        ("Thôn Một", 1),
        ("Cụm Chợ", 2),
    ]
    assert {ring.task for ring in jobs.take()} >= {JobKind.FILL.value}


@pytest.mark.parametrize("name", ["", "   ", "x" * 121])
def test_a_zone_needs_a_name_of_bearable_length(admin, name):
    with pytest.raises(ZoneNameMissing):
        add_zone(admin, ZoneDraft(name=name, kind=ZoneKind.AREA))


def test_a_hamlet_does_not_lie_in_a_cluster(admin, tree):
    with pytest.raises(ZoneMisplaced):
        add_zone(admin, ZoneDraft(name="x", kind=ZoneKind.HAMLET, parent_id=tree[2].id))


def test_a_zone_does_not_become_smaller_than_what_lies_in_it(admin, tree):
    _area, hamlet, _cluster = tree
    with pytest.raises(ZoneMisplaced):
        change_zone(admin, hamlet.id, ZoneDraft(name="x", kind=ZoneKind.CLUSTER))


def test_a_zone_does_not_lie_in_itself(admin, tree):
    hamlet = tree[1]
    with pytest.raises(ZoneMisplaced):
        change_zone(
            admin, hamlet.id, ZoneDraft(name="x", kind=ZoneKind.HAMLET, parent_id=hamlet.id)
        )


def test_a_zone_is_renamed_moved_and_marked_in_one_go(admin, tree):
    cluster = tree[2]
    change_zone(
        admin,
        cluster.id,
        ZoneDraft(name=" Cụm Trường ", kind=ZoneKind.CLUSTER, sensitive="school"),
    )
    assert (cluster.name, cluster.parent_id) == ("Cụm Trường", None)
    assert list_sensitive_zone_ids(admin) == (cluster.id,)


def test_a_kind_of_quiet_nobody_knows_is_none(admin, tree):
    row = change_zone(
        admin, tree[2].id, ZoneDraft(name="x", kind=ZoneKind.CLUSTER, sensitive="pub")
    )
    assert row.sensitive == ""


def test_what_holds_open_zones_or_boxes_is_not_closed(admin, db, clock, tree):
    hamlet_id, cluster_id = tree[1].id, tree[2].id
    with pytest.raises(ZoneInUse):
        close_zone(admin, hamlet_id)
    db.add(
        Box(
            id="box",
            station_id=admin.station_id,
            name="Hộp",
            zone_id=cluster_id,
            created_at=clock(),
        )
    )
    db.commit()
    with pytest.raises(ZoneInUse):
        close_zone(admin, cluster_id)


def test_a_closed_zone_leaves_the_choices_and_may_come_back(admin, tree):
    cluster = tree[2]
    close_zone(admin, cluster.id)
    assert cluster.id not in {zone.id for zone in list_zones(admin)}
    assert [zone.id for zone in list_closed_zones(admin)] == [cluster.id]
    assert reopen_zone(admin, cluster.id).parent_id == tree[1].id


def test_a_zone_comes_back_into_the_commune_when_its_old_place_is_closed(admin, tree):
    area, hamlet, cluster = tree
    close_zone(admin, cluster.id)
    close_zone(admin, hamlet.id)
    assert reopen_zone(admin, cluster.id).parent_id is None
    assert area.closed_at is None


def test_nothing_is_put_into_a_closed_zone(admin, tree):
    close_zone(admin, tree[2].id)
    close_zone(admin, tree[1].id)
    with pytest.raises(ZoneMisplaced):
        add_zone(admin, ZoneDraft(name="x", kind=ZoneKind.CLUSTER, parent_id=tree[1].id))


def test_zones_of_another_station_do_not_exist_here(admin, db, other_station):
    db.add(Zone(id="far", station_id=other_station.id, kind=ZoneKind.AREA, name="Xa"))
    db.commit()
    with pytest.raises(NotFound):
        get_zone(admin, "far")
    with pytest.raises(NotFound):
        add_zone(admin, ZoneDraft(name="x", kind=ZoneKind.HAMLET, parent_id="far"))


@pytest.mark.parametrize("role", [Role.VIEWER, Role.OPERATOR, Role.APPROVER])
def test_only_administrators_draw_zones(desk_as, role):
    with pytest.raises(NotAllowed):
        add_zone(desk_as(role), ZoneDraft(name="x", kind=ZoneKind.AREA))


def test_every_change_of_the_tree_is_in_the_trail(admin, tree):
    close_zone(admin, tree[2].id)
    reopen_zone(admin, tree[2].id)
    deeds = admin.session.scalars(select(AuditEntry.deed).order_by(AuditEntry.id)).all()
    assert sorted(set(deeds)) == [
        "stations.zone_added",
        "stations.zone_closed",
        "stations.zone_reopened",
    ]
