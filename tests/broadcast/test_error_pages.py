"""The one translator: page or problem, a reference for what nobody foresaw, nothing secret said."""

import logging
import re

import pytest
from sqlalchemy.orm.exc import StaleDataError

from broadcast.errors import (
    EditConflict,
    InvalidInput,
    LoaError,
    NotAllowed,
    NotFound,
    NotSignedIn,
    TooManyRequests,
)

RAISED: dict[str, Exception] = {
    "not-found": NotFound(bulletin="b"),
    "not-allowed": NotAllowed(),
    "conflict": EditConflict(),
    "stale": StaleDataError("row"),
    "invalid": InvalidInput("Cần ít nhất một chữ."),
    "many": TooManyRequests(),
    "secret": LoaError("Hỏng.", token="s_very-secret", key="k_very-secret", box="box-1"),
    "unforeseen": RuntimeError("password=hunter2 in /srv/loa"),
    "foreign": type(
        "Odd", (Exception,), {"code": "audio.odd", "message": "Âm thanh lạ.", "facts": {}}
    )(),
    "signed-out": NotSignedIn(),
}


@pytest.fixture
def app(settings, make_app):
    app = make_app(settings)
    app.config.update(WTF_CSRF_ENABLED=False, PROPAGATE_EXCEPTIONS=False)

    def fail(which):
        raise RAISED[which]

    app.add_url_rule("/fail/<which>", "fail", fail, methods=["GET", "POST"])
    app.add_url_rule("/api/fail/<which>", "api_fail", fail)
    return app


@pytest.mark.parametrize(
    ("which", "status", "said"),
    [
        ("not-found", 404, "Không tìm thấy"),
        ("not-allowed", 403, "không có quyền"),
        ("conflict", 409, "Có người vừa sửa"),
        ("stale", 409, "Có người vừa sửa"),
        ("invalid", 422, "Cần ít nhất một chữ."),
        ("many", 429, "quá nhiều lần"),
        ("foreign", 400, "Âm thanh lạ."),
    ],
)
def test_a_person_gets_a_page_that_says_what_to_do(app, which, status, said):
    page = app.test_client().get(f"/fail/{which}")
    assert page.status_code == status
    assert page.mimetype == "text/html"
    assert said in page.text
    assert "Việc nên làm" in page.text


@pytest.mark.parametrize(
    ("which", "status", "code"),
    [
        ("not-found", 404, "loa.not_found"),
        ("not-allowed", 403, "people.not_allowed"),
        ("stale", 409, "loa.edit_conflict"),
        ("foreign", 400, "audio.odd"),
        ("signed-out", 401, "people.not_signed_in"),
    ],
)
def test_a_machine_gets_a_problem_document(app, which, status, code):
    answer = app.test_client().get(f"/api/fail/{which}")
    assert answer.status_code == status
    assert answer.mimetype == "application/problem+json"
    assert answer.json["status"] == status
    assert answer.json["code"] == code
    assert answer.json["type"] == f"urn:loa:{code}"
    assert answer.json["title"]


def test_what_nobody_foresaw_has_a_reference_and_no_stack(app, caplog):
    page = app.test_client().get("/fail/unforeseen")
    assert page.status_code == 500
    reference = re.search(r"<code>([0-9a-f]{8})</code>", page.text).group(1)
    assert "hunter2" not in page.text
    assert "Traceback" not in page.text
    (record,) = [record for record in caplog.records if record.exc_info]
    assert reference in record.getMessage()


def test_a_machine_is_told_the_reference_and_nothing_else(app):
    answer = app.test_client().get("/api/fail/unforeseen")
    assert set(answer.json) == {"type", "title", "status", "code", "reference"}
    assert "hunter2" not in answer.text


def test_secrets_among_the_facts_reach_no_log(app, caplog):
    with caplog.at_level(logging.INFO, "loa.web"):
        app.test_client().get("/fail/secret")
    assert "box-1" in caplog.text
    assert "very-secret" not in caplog.text


def test_an_expected_failure_is_no_alarm_in_the_log(app, caplog):
    with caplog.at_level(logging.INFO, "loa.web"):
        app.test_client().get("/fail/invalid")
    assert {record.levelname for record in caplog.records} == {"INFO"}


def test_an_address_that_leads_nowhere_is_a_page_and_for_machines_a_problem(app):
    assert "Không tìm thấy" in app.test_client().get("/khong-co").text
    assert app.test_client().get("/api/khong-co").json["code"] == "loa.not_found"


def test_a_wrong_method_is_named_as_such(app):
    answer = app.test_client().delete("/fail/invalid")
    assert answer.status_code == 405
    assert "không nhận cách gửi" in answer.text


def test_what_is_too_large_is_said_before_it_is_read(app):
    app.config["MAX_CONTENT_LENGTH"] = 10
    answer = app.test_client().post("/dang-nhap", data={"login": "x" * 100})
    assert answer.status_code == 413
    assert "quá lớn" in answer.text


def test_a_signed_out_person_goes_to_the_door_and_comes_back(app):
    answer = app.test_client().get("/fail/signed-out?a=1")
    assert answer.status_code == 302
    assert answer.headers["Location"] == "/dang-nhap?next=/fail/signed-out?a%3D1"


def test_a_signed_out_form_is_not_repeated_by_itself(app):
    answer = app.test_client().post("/fail/signed-out")
    assert answer.headers["Location"] == "/dang-nhap"


def test_error_pages_offer_to_reload_only_what_was_only_read(app):
    assert "Tải lại trang</a>" in app.test_client().get("/fail/invalid").text
    assert "Tải lại trang</a>" not in app.test_client().post("/fail/invalid").text


def test_every_answer_obeys_the_strict_policy(app):
    for path in ("/dang-nhap", "/fail/unforeseen", "/api/fail/invalid", "/khong-co"):
        headers = app.test_client().get(path).headers
        assert "script-src 'self'" in headers["Content-Security-Policy"]
        assert "unsafe" not in headers["Content-Security-Policy"]
        assert headers["X-Content-Type-Options"] == "nosniff"


def test_the_strict_transport_is_promised_only_where_there_is_one(app):
    assert "Strict-Transport-Security" not in app.test_client().get("/dang-nhap").headers


def test_every_error_has_a_code_a_sentence_and_a_status():
    def family(kind):
        yield kind
        for child in kind.__subclasses__():
            yield from family(child)

    for kind in family(LoaError):
        assert re.fullmatch(r"[a-z_]+\.[a-z_0-9]+", kind.code), kind
        assert kind.message.endswith((".", "?", "!", "…")), kind
        assert 400 <= int(kind.status) < 600, kind


def test_two_errors_never_share_a_code_unless_one_is_the_other():
    found: dict[str, type[LoaError]] = {}

    def family(kind):
        for child in kind.__subclasses__():
            yield child
            yield from family(child)

    for kind in family(LoaError):
        if "code" in kind.__dict__:
            assert kind.code not in found, (kind, found.get(kind.code))
            found[kind.code] = kind
