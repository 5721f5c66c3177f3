"""Accounts: who may be added, changed and closed, and that somebody is always left to let people in."""

import pytest
from sqlalchemy import select

from broadcast.errors import NotAllowed, NotFound
from broadcast.people.keys import KeyRefused, actor_of_key, add_key, list_keys, revoke_key
from broadcast.people.models import AuditEntry, SignIn
from broadcast.people.passwords import LONGEST, PasswordTooWeak, hash_password, is_password
from broadcast.people.rules import RIGHTS, Actor, Right, Role
from broadcast.people.service import (
    LastAdministrator,
    LoginTaken,
    add_account,
    change_account,
    change_password,
    choose_language,
    find_account,
    get_account,
    list_accounts,
    list_trail,
    set_password,
)
from broadcast.people.signing_in import WrongPassword

NEW = ("moi.nguoi", "Người Mới", "một mật khẩu đủ dài")


def test_an_account_belongs_to_the_station_of_whoever_adds_it(desk_as, station):
    user = add_account(desk_as(Role.ADMINISTRATOR), *NEW, Role.VIEWER)
    assert user.station_id == station.id
    assert is_password(NEW[2], user.password_hash)
    admin = desk_as(Role.ADMINISTRATOR)
    assert find_account(admin, "  MOI.nguoi ").id == user.id
    assert [one.login for one in list_accounts(admin) if one.id == user.id] == ["moi.nguoi"]


@pytest.mark.parametrize("role", [Role.VIEWER, Role.OPERATOR, Role.APPROVER])
def test_only_administrators_add_accounts(desk_as, role):
    with pytest.raises(NotAllowed):
        add_account(desk_as(role), *NEW, Role.VIEWER)


def test_a_login_is_taken_once_in_the_whole_deployment(desk_as, people_of):
    with pytest.raises(LoginTaken):
        add_account(
            desk_as(Role.ADMINISTRATOR),
            people_of[Role.VIEWER].login.upper(),
            "x",
            NEW[2],
            Role.VIEWER,
        )


@pytest.mark.parametrize("password", ["", "chín chữ!"[:9], "x" * (LONGEST + 1)])
def test_a_password_outside_its_bounds_is_refused(password):
    with pytest.raises(PasswordTooWeak):
        hash_password(password)


def test_a_password_is_kept_as_argon2id_with_a_salt_of_its_own():
    one, two = hash_password(NEW[2]), hash_password(NEW[2])
    assert one.startswith("$argon2id$")
    assert one != two


def test_a_broken_hash_opens_to_nobody():
    assert not is_password("!", "!")
    assert not is_password("nobody has this password", None)


def test_a_new_password_ends_every_other_browser_and_keeps_the_one_that_asked(
    desk_as, db, person, password, signed_in
):
    signed_in(Role.OPERATOR)
    signed_in(Role.OPERATOR)
    mine, other = db.scalars(select(SignIn).order_by(SignIn.id)).all()
    db.commit()
    change_password(
        desk_as(Role.OPERATOR), password, "mật khẩu hoàn toàn mới", keep_sign_in=mine.id
    )
    db.expire_all()
    assert mine.revoked_at is None
    assert other.revoked_at is not None


def test_the_old_password_must_be_known_to_change_it(desk_as, person):
    with pytest.raises(WrongPassword):
        change_password(
            desk_as(Role.OPERATOR), "không phải", "mật khẩu hoàn toàn mới", keep_sign_in=""
        )


def test_a_password_set_by_an_administrator_ends_all_browsers(desk_as, db, people_of, signed_in):
    signed_in(Role.OPERATOR)
    set_password(desk_as(Role.ADMINISTRATOR), people_of[Role.OPERATOR].id, "mật khẩu hoàn toàn mới")
    assert db.scalars(select(SignIn.revoked_at)).one() is not None


@pytest.mark.parametrize(
    ("role", "disabled"), [(Role.OPERATOR, False), (Role.ADMINISTRATOR, True)], ids=str
)
def test_the_last_administrator_stays_one(desk_as, people_of, role, disabled):
    with pytest.raises(LastAdministrator):
        change_account(
            desk_as(Role.ADMINISTRATOR),
            people_of[Role.ADMINISTRATOR].id,
            role=role,
            disabled=disabled,
        )


def test_with_a_second_administrator_the_first_may_go(desk_as, people_of):
    admin = desk_as(Role.ADMINISTRATOR)
    change_account(admin, people_of[Role.APPROVER].id, role=Role.ADMINISTRATOR, disabled=False)
    gone = change_account(admin, people_of[Role.ADMINISTRATOR].id, role=Role.VIEWER, disabled=False)
    assert gone.role is Role.VIEWER


def test_a_closed_account_is_out_at_once_and_may_come_back(desk_as, people_of, signed_in):
    browser = signed_in(Role.OPERATOR)
    admin = desk_as(Role.ADMINISTRATOR)
    user_id = people_of[Role.OPERATOR].id
    change_account(admin, user_id, role=Role.OPERATOR, disabled=True)
    assert browser.get("/tai-khoan").status_code == 302
    assert change_account(admin, user_id, role=Role.OPERATOR, disabled=False).disabled_at is None


def test_accounts_of_another_station_do_not_exist_here(
    desk_as, db, clock, other_station, make_person
):
    stranger = make_person(db, clock, other_station, Role.OPERATOR)
    admin = desk_as(Role.ADMINISTRATOR)
    with pytest.raises(NotFound):
        get_account(admin, stranger.id)
    with pytest.raises(NotFound):
        find_account(admin, stranger.login)


def test_a_language_nobody_speaks_here_is_vietnamese(desk_as, db, people_of):
    kept = []
    for wanted in ("en", "xx"):
        choose_language(desk_as(Role.VIEWER), wanted)
        db.refresh(people_of[Role.VIEWER])
        kept.append(people_of[Role.VIEWER].language)
        db.commit()
    assert kept == ["en", "vi"]


def test_every_deed_leaves_a_line_without_secrets(desk_as, db, people_of):
    add_account(desk_as(Role.ADMINISTRATOR), *NEW, Role.VIEWER)
    entry = db.scalars(select(AuditEntry)).one()
    assert (entry.deed, entry.user_id) == ("people.account_added", people_of[Role.ADMINISTRATOR].id)
    assert NEW[2] not in str(entry.facts)


def test_the_trail_is_read_newest_first_and_page_by_page(desk_as, clock):
    admin = desk_as(Role.ADMINISTRATOR)
    for number in range(3):
        admin.now = clock.move(seconds=1)
        add_key(admin, f"khóa {number}")
    newest, middle = list_trail(admin, most=2)
    assert newest.at > middle.at
    assert len(list_trail(admin, before=middle.id)) == 1


def test_a_role_may_do_what_its_word_says():
    assert RIGHTS[Role.VIEWER] == {Right.LOOK}
    assert Right.APPROVE not in RIGHTS[Role.OPERATOR]
    assert Right.SCHEDULE not in RIGHTS[Role.APPROVER]
    assert RIGHTS[Role.ADMINISTRATOR] == set(Right)
    assert all(Right.LOOK in rights for rights in RIGHTS.values())


def test_a_machine_has_only_the_rights_it_was_given():
    box = Actor.machine("station", "hộp", Right.LOOK)
    box.must(Right.LOOK)
    with pytest.raises(NotAllowed):
        box.must(Right.WRITE)


def test_a_report_key_reads_and_does_nothing_else(desk_as, door, station):
    _row, secret = add_key(desk_as(Role.ADMINISTRATOR), "Bảng CCHC")
    actor = actor_of_key(door(), secret)
    assert actor.station_id == station.id
    assert actor.rights == {Right.LOOK}


def test_a_revoked_key_and_a_made_up_one_get_the_same_answer(desk_as, door):
    admin = desk_as(Role.ADMINISTRATOR)
    row, secret = add_key(admin, "cũ")
    revoke_key(admin, row.id)
    nobody = door()
    for key in (secret, "loa_report_made-up"):
        with pytest.raises(KeyRefused):
            actor_of_key(nobody, key)
    nobody.session.rollback()
    assert [key.name for key in list_keys(admin)] == ["cũ"]


def test_only_administrators_make_keys(desk_as):
    with pytest.raises(NotAllowed):
        add_key(desk_as(Role.OPERATOR), "x")
