from datetime import timedelta

import pytest
from sqlalchemy import select

from broadcast.boxes import tokens
from broadcast.boxes.identity import TokenNotKnown, recognise_key, recognise_token
from broadcast.boxes.models import BoxEvent, BoxPath, BoxToken, PlanDocument
from broadcast.errors import NotAllowed, NotFound
from broadcast.people.rules import Role
from tests.factories.boxes import make_box


@pytest.fixture
def admin(desk_as):
    return desk_as(Role.ADMINISTRATOR)


def comes_in(desk, token):
    return recognise_token(desk.session, f"Bearer {token}", desk.now).box_id


def test_a_new_box_has_a_token_that_is_shown_once_and_a_plan_from_the_start(admin):
    box, token = tokens.add_box(admin, "  Cụm loa thôn Đông ")
    assert box.name == "Cụm loa thôn Đông"
    assert comes_in(admin, token) == box.id
    kept = admin.session.scalars(select(BoxToken.token_hash)).all()
    assert token not in kept
    assert admin.session.get(PlanDocument, box.id).body


def test_two_tokens_hold_while_the_new_one_is_carried_to_the_pole(admin, desk_as, clock):
    box, old = tokens.add_box(admin, "Cụm 1")
    _box, new = tokens.rotate_token(admin, box.id)
    assert comes_in(admin, old) == comes_in(admin, new) == box.id
    admin.session.commit()
    clock.move(hours=24)
    later = desk_as(Role.ADMINISTRATOR)
    assert comes_in(later, new) == box.id
    with pytest.raises(TokenNotKnown):
        comes_in(later, old)


def test_revoking_ends_every_token_at_once(admin):
    box, old = tokens.add_box(admin, "Cụm 1")
    _box, new = tokens.rotate_token(admin, box.id)
    tokens.revoke_tokens(admin, box.id)
    for token in (old, new):
        with pytest.raises(TokenNotKnown):
            comes_in(admin, token)


def test_the_path_key_is_revoked_apart_from_the_tokens(admin):
    box, token = tokens.add_box(admin, "Cụm 1")
    first = tokens.new_path_key(admin, box.id)
    second = tokens.new_path_key(admin, box.id)
    assert recognise_key(admin.session, second).box_id == box.id
    with pytest.raises(NotFound):
        recognise_key(admin.session, first)
    tokens.revoke_path(admin, box.id)
    with pytest.raises(NotFound):
        recognise_key(admin.session, second)
    assert comes_in(admin, token) == box.id
    assert second not in admin.session.scalars(select(BoxPath.key_hash)).all()


def test_a_box_that_leaves_is_let_in_no_more(admin):
    box, token = tokens.add_box(admin, "Cụm 1")
    key = tokens.new_path_key(admin, box.id)
    tokens.retire_box(admin, box.id)
    with pytest.raises(TokenNotKnown):
        comes_in(admin, token)
    with pytest.raises(NotFound):
        recognise_key(admin.session, key)
    assert tokens.list_boxes(admin) == []
    assert [one.id for one in tokens.list_boxes(admin, retired=True)] == [box.id]


def test_a_change_of_volume_is_in_the_plan_and_in_the_history(admin):
    box, _token = tokens.add_box(admin, "Cụm 1")
    tokens.change_box(admin, box.id, "Cụm 1", None, volume_percent=55, trim_ms=-20)
    assert '"volume_percent":55' in admin.session.get(PlanDocument, box.id).body
    assert "80 → 55%" in admin.session.scalars(select(BoxEvent.sentence)).one()


@pytest.mark.parametrize(
    ("volume_percent", "trim_ms"), [(-1, 0), (101, 0), (50, 2001), (50, -2001)]
)
def test_settings_stay_in_their_bounds(admin, volume_percent, trim_ms):
    box, _token = tokens.add_box(admin, "Cụm 1")
    with pytest.raises(tokens.BoxSettingImpossible):
        tokens.change_box(
            admin, box.id, "Cụm 1", None, volume_percent=volume_percent, trim_ms=trim_ms
        )


def test_a_box_needs_a_name(admin):
    with pytest.raises(tokens.BoxWithoutName):
        tokens.add_box(admin, "   ")


@pytest.mark.parametrize("role", [Role.VIEWER, Role.OPERATOR, Role.APPROVER])
def test_only_administrators_give_out_tokens(desk_as, role):
    with pytest.raises(NotAllowed):
        tokens.add_box(desk_as(role), "Cụm 1")


@pytest.mark.parametrize(
    "deed",
    [
        tokens.rotate_token,
        tokens.revoke_tokens,
        tokens.new_path_key,
        tokens.revoke_path,
        tokens.retire_box,
    ],
)
def test_another_stations_box_does_not_exist(db, clock, other_station, admin, deed):
    theirs = make_box(db, clock, other_station, "9")
    with pytest.raises(NotFound):
        deed(admin, theirs.id)


def test_the_overlap_is_long_enough_for_a_ride_to_the_pole():
    assert timedelta(hours=12) <= tokens.OVERLAP <= timedelta(days=3)
