"""The one translator: an error becomes a page, a JSON problem (RFC 9457) and a log line."""

import logging
import re
import secrets
from http import HTTPStatus
from typing import Any
from urllib.parse import urlsplit

from flask import Flask, Response, g, jsonify, redirect, render_template, request, url_for
from flask import session as cookie
from flask_babel import gettext as _
from flask_wtf.csrf import CSRFError
from sqlalchemy.exc import DataError
from sqlalchemy.orm.exc import StaleDataError
from werkzeug.exceptions import HTTPException, RequestEntityTooLarge

from broadcast.errors import (
    EditConflict,
    InvalidInput,
    LoaError,
    NotFound,
    NotSignedIn,
    TooManyRequests,
)

log = logging.getLogger("loa.web")

MACHINE_PATHS = ("/api/", "/media/", "/p/")
SECRET_PART = re.compile(r"^(/p/|/bat-dau/|/lich-phat/lich/)[^/]+")
NEVER_REPEATED = frozenset({"csrf_token", "password", "old", "new", "again", "code"})
"""Fields whose words go into no page: passwords, codes, the token of an older sign-in."""
PAGES = {403, 404, 413, 429, 500}


class UploadTooLarge(LoaError):
    code = "loa.upload_too_large"
    message = "Tệp gửi lên quá lớn. Hãy cắt ngắn hoặc nén lại rồi gửi tiếp."
    status = HTTPStatus.REQUEST_ENTITY_TOO_LARGE


def configure_error_pages(app: Flask) -> None:
    app.register_error_handler(Exception, answer_error)


def answer_error(error: Exception) -> Any:
    """Decides once: page or problem document, status, log level."""
    _roll_back()
    known = _as_ours(error)
    if known is None:
        return _unknown(error)
    if (isinstance(known, NotSignedIn) or _was_signed_out(error)) and not _is_machine():
        return _to_sign_in()
    if isinstance(error, CSRFError) and _comes_from_us():
        return _offer_to_send_again()
    g.refusal = known.code
    log.info("%s %s -> %s %s", request.method, _path(), known.code, _safe(known.facts))
    return _answer(known.status, known.code, _(known.message))


def _as_ours(error: Exception) -> LoaError | None:
    if isinstance(error, LoaError):
        return error
    if isinstance(error, StaleDataError):
        return EditConflict()
    if isinstance(error, DataError):
        # PostgreSQL keeps no NUL and cuts no text short; no form of ours sends either.
        return InvalidInput()
    if isinstance(error, RequestEntityTooLarge):
        return UploadTooLarge()
    if isinstance(error, HTTPException):
        return _from_http(error)
    if hasattr(error, "code") and hasattr(error, "message") and hasattr(error, "facts"):
        # The packages below us (audio) raise named errors of the same shape.
        ours = LoaError(str(error.message), **error.facts)
        ours.code = str(error.code)
        return ours
    return None


def _from_http(error: HTTPException) -> LoaError:
    status = HTTPStatus(error.code or 500)
    if status is HTTPStatus.NOT_FOUND:
        return NotFound()
    if status is HTTPStatus.TOO_MANY_REQUESTS:
        return TooManyRequests()
    ours = LoaError(_HTTP_SENTENCES.get(status))
    ours.code, ours.status = f"http.{status.value}", status
    return ours


_HTTP_SENTENCES = {
    HTTPStatus.BAD_REQUEST: "Yêu cầu chưa đúng dạng, hoặc trang đã mở quá lâu. "
    "Hãy tải lại trang rồi gửi lại.",
    HTTPStatus.METHOD_NOT_ALLOWED: "Địa chỉ này không nhận cách gửi đó.",
    HTTPStatus.UNSUPPORTED_MEDIA_TYPE: "Cần gửi dữ liệu JSON (Content-Type: application/json).",
    HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE: "Đoạn tệp yêu cầu nằm ngoài tệp.",
}


def _unknown(error: Exception) -> Any:
    """Nobody foresaw this one: a reference number for the page, everything else for the log."""
    reference = secrets.token_hex(4)
    log.error("%s %s failed, reference %s", request.method, _path(), reference, exc_info=error)
    return _answer(
        HTTPStatus.INTERNAL_SERVER_ERROR,
        "loa.unexpected",
        _(
            "Có lỗi chưa biết trong máy chủ. Dữ liệu đã lưu vẫn còn. Mã tra cứu: %(ref)s",
            ref=reference,
        ),
        reference=reference,
    )


def _answer(status: int, code: str, message: str, **more: object) -> Any:
    if _is_machine():
        body = {"type": f"urn:loa:{code}", "title": message, "status": int(status), "code": code}
        response = jsonify(body | more)
        response.content_type = "application/problem+json"
        response.status_code = int(status)
        return response
    name = f"errors/{int(status)}.html" if int(status) in PAGES else "errors/error.html"
    return render_template(name, message=message, code=code, status=int(status), **more), status


def _was_signed_out(error: Exception) -> bool:
    """A form sent after signing out in another tab: its token went with the cookie."""
    at_the_door = (request.endpoint or "").startswith("people.sign_in")
    return isinstance(error, CSRFError) and "sign_in" not in cookie and not at_the_door


def _comes_from_us() -> bool:
    """A page of ours, opened before the last sign-in; what another site sent is not repeated."""
    sent_from = request.headers.get("Origin") or request.referrer or ""
    return bool(request.form) and urlsplit(sent_from).netloc == request.host


def _offer_to_send_again() -> Any:
    """All that was typed, with a token that holds: one press sends it."""
    typed = [
        (name, value)
        for name, values in request.form.lists()
        for value in values
        if name not in NEVER_REPEATED
    ]
    page = render_template("errors/stale.html", typed=typed, had_files=bool(request.files))
    return page, HTTPStatus.BAD_REQUEST


def _to_sign_in() -> Response:
    target = url_for("people.sign_in", next=request.full_path if request.method == "GET" else None)
    if request.headers.get("HX-Request"):
        return Response(status=HTTPStatus.NO_CONTENT, headers={"HX-Redirect": target})
    found = redirect(target)
    return Response(found.response, found.status, found.headers)


def _path() -> str:
    """The path for the log; a player's key, a feed's and a one-time link are secrets."""
    return SECRET_PART.sub("\\1…", request.path)


def _is_machine() -> bool:
    return request.path.startswith(MACHINE_PATHS)


def _roll_back() -> None:
    session = g.get("session")
    if session is not None:
        session.rollback()


def _safe(facts: dict[str, object]) -> dict[str, object]:
    return {key: value for key, value in facts.items() if "token" not in key and "key" not in key}
