"""The pages at the door: where they lead, what they refuse, what their cookies carry."""

import pytest

from broadcast.config import Settings
from broadcast.people.rules import Role

ELSEWHERE = [
    "//evil.example",
    "/\\evil.example",
    "https://evil.example/",
    "javascript:alert(1)",
    "\\\\evil.example",
    "/\t/evil.example",
    "evil.example",
    "/\n/evil.example",
]


def test_signing_in_leads_to_where_one_was_going(app, person, password):
    browser = app.test_client()
    asked = browser.get("/tai-khoan?x=1")
    assert asked.headers["Location"].startswith("/dang-nhap?next=")
    answer = browser.post(
        asked.headers["Location"], data={"login": person.login, "password": password}
    )
    assert answer.headers["Location"] == "/tai-khoan?x=1"


@pytest.mark.parametrize("target", ELSEWHERE)
def test_signing_in_never_leads_to_another_host(app, person, password, target):
    answer = app.test_client().post(
        "/dang-nhap",
        data={"login": person.login, "password": password, "next": target},
    )
    assert answer.headers["Location"] == "/"


def test_a_fragment_of_a_lost_session_sends_the_whole_page_to_the_door(app):
    answer = app.test_client().get("/tren-song", headers={"HX-Request": "true"})
    assert answer.status_code == 204
    assert answer.headers["HX-Redirect"].startswith("/dang-nhap")


def test_the_typed_login_stays_after_a_wrong_password_and_the_password_does_not(app, person):
    page = app.test_client().post(
        "/dang-nhap", data={"login": person.login, "password": "sai-mat-khau-roi"}
    )
    assert person.login in page.text
    assert "sai-mat-khau-roi" not in page.text
    assert "chưa đúng" in page.text


def test_a_form_without_its_token_is_refused_when_the_guard_is_on(app, person, password, signed_in):
    app.config["WTF_CSRF_ENABLED"] = True
    browser = signed_in(Role.ADMINISTRATOR)
    for address in ("/dang-xuat", "/tai-khoan/ngon-ngu", "/cai-dat/khu-vuc", "/nguoi-dung"):
        assert browser.post(address, data={"language": "en"}).status_code == 400
    assert browser.get("/tai-khoan").status_code == 200


def test_cookies_are_out_of_reach_of_scripts_and_of_other_sites(app, person, password):
    answer = app.test_client().post(
        "/dang-nhap", data={"login": person.login, "password": password}
    )
    flags = {part.strip() for part in answer.headers["Set-Cookie"].split(";")}
    assert {"HttpOnly", "SameSite=Lax", "Path=/"} <= flags


def test_behind_https_cookies_travel_by_nothing_else(tmp_path, make_app, database_url):
    settings = Settings.from_env(
        {
            "LOA_DATA": str(tmp_path),
            "DATABASE_URL": database_url,
            "LOA_SECRET_KEY": "t" * 32,
            "LOA_PUBLIC_URL": "https://loa.example",
        }
    )
    answer = make_app(settings).test_client().get("/dang-nhap", base_url="https://loa.example")
    assert "Secure" in answer.headers["Set-Cookie"]
    assert "max-age" in answer.headers["Strict-Transport-Security"]


def test_a_signed_in_person_is_not_asked_again(signed_in):
    assert signed_in(Role.VIEWER).get("/dang-nhap").headers["Location"] == "/"


def test_ending_another_browser_from_the_account_page(signed_in, db, people_of):
    mine, other = signed_in(Role.OPERATOR), signed_in(Role.OPERATOR)
    from sqlalchemy import select

    from broadcast.people.models import SignIn
    from broadcast.people.secrets import secret_hash

    with other.session_transaction() as cookie:
        token = cookie["sign_in"]
    row = db.scalars(select(SignIn).where(SignIn.token_hash == secret_hash(token))).one()
    db.commit()
    mine.post(f"/tai-khoan/phien/{row.id}/dang-xuat")
    assert other.get("/tai-khoan").status_code == 302
    assert mine.get("/tai-khoan").status_code == 200


def test_a_password_is_changed_in_the_application(signed_in, person, password):
    browser = signed_in(Role.OPERATOR)
    new = "mật khẩu hoàn toàn mới"
    wrong = browser.post("/tai-khoan", data={"old": "không phải", "new": new, "again": new})
    assert wrong.status_code == 422
    done = browser.post("/tai-khoan", data={"old": password, "new": new, "again": new})
    assert done.status_code == 302


def test_a_login_that_is_taken_is_said_beside_what_was_typed(signed_in, people_of):
    page = signed_in(Role.ADMINISTRATOR).post(
        "/nguoi-dung",
        data={
            "display_name": "Người Mới Hoàn Toàn",
            "login": people_of[Role.VIEWER].login,
            "role": "viewer",
            "password": "một mật khẩu đủ dài",
        },
    )
    assert page.status_code == 422
    assert "đã có người dùng" in page.text
    assert "Người Mới Hoàn Toàn" in page.text


def test_names_with_markup_are_shown_as_text(signed_in, db, people_of):
    people_of[Role.VIEWER].display_name = "<script>alert(1)</script>"
    db.commit()
    page = signed_in(Role.ADMINISTRATOR).get("/nguoi-dung").text
    assert "<script>alert(1)" not in page
    assert "&lt;script&gt;alert(1)" in page


def test_every_deed_of_these_folders_is_put_into_words(signed_in, db, clock, station):
    """A code in the trail would be a riddle to whoever reads it."""
    import re
    from pathlib import Path

    root = Path(__file__).parents[3]
    words = (root / "templates/people/_deeds.html").read_text(encoding="utf-8")
    sources = [*root.glob("broadcast/people/*.py"), *root.glob("broadcast/stations/*.py")]
    deeds = {
        deed
        for source in sources
        for deed in re.findall(r'"((?:people|stations)\.[a-z_]+)"', source.read_text("utf-8"))
        if f'note_deed(desk, "{deed}"' in source.read_text("utf-8")
        or f'"{deed}", row)' in source.read_text("utf-8")
    }
    assert len(deeds) > 8
    assert [deed for deed in sorted(deeds) if f'"{deed}"' not in words] == []
