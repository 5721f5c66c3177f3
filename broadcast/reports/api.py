"""What the report module asks (protocol, Report module)."""

import json
from http import HTTPStatus

from flask import Blueprint, Response, request

from broadcast import web
from broadcast.desk import Desk
from broadcast.limiting import limiter, secret_bearer
from broadcast.people.keys import KeyRefused, actor_of_key
from broadcast.people.rules import Actor
from broadcast.reports.airtime import airtime_csv, airtime_document
from broadcast.reports.csv_export import export_csv
from broadcast.reports.errors import QuestionNotUnderstood
from broadcast.reports.evidence import (
    AIRING_HEADINGS,
    PLAY_HEADINGS,
    Page,
    airings_page,
    evidence_sheet,
    plays_page,
)
from broadcast.reports.paper_files import FORMATS, issued_file
from broadcast.reports.questions import read_airtime_question, read_evidence_question

api = Blueprint("report_api", __name__, url_prefix="/api/v1")

OFTEN = "120/minute"
"""A report module that draws a page asks ten questions; twice a second is a loop gone wrong."""


@api.after_request
def name_the_scheme(response: Response) -> Response:
    if response.status_code == HTTPStatus.UNAUTHORIZED:
        response.headers["WWW-Authenticate"] = 'Bearer realm="loa"'
    response.headers.setdefault("Cache-Control", "private, no-cache")
    return response


@api.get("/airtime")
@limiter.limit(OFTEN, key_func=secret_bearer, override_defaults=False)
def airtime() -> Response:
    desk = _desk()
    question = read_airtime_question(request.args)
    if _wants_csv():
        body = airtime_csv(desk, question, for_vietnamese_excel=_has_semicolons())
        return _csv(body, "airtime")
    return _answer(airtime_document(desk, question), "application/json")


@api.get("/airings")
@limiter.limit(OFTEN, key_func=secret_bearer, override_defaults=False)
def airings() -> Response:
    desk = _desk()
    page = airings_page(desk, read_evidence_question(request.args))
    return _page(page, "airings", AIRING_HEADINGS)


@api.get("/plays")
@limiter.limit(OFTEN, key_func=secret_bearer, override_defaults=False)
def plays() -> Response:
    desk = _desk()
    page = plays_page(desk, read_evidence_question(request.args))
    return _page(page, "plays", PLAY_HEADINGS)


@api.get("/reports/<report_id>.<any(docx, xlsx, csv, pdf):form>")
@limiter.limit(OFTEN, key_func=secret_bearer, override_defaults=False)
def report(report_id: str, form: str) -> Response:
    """An issued report; every time the same bytes."""
    body = issued_file(_desk(), report_id, form)
    return _attached(_answer(body, FORMATS[form]), f"{report_id}.{form}")


def _desk() -> Desk:
    """:raises KeyRefused: no key, an unknown or a revoked one."""
    scheme, _, secret = request.headers.get("Authorization", "").partition(" ")
    if scheme.lower() != "bearer" or not secret.strip():
        raise KeyRefused
    nobody = Desk(web.session(), Actor.machine("", "cửa vào"), web.now(), web.parts().jobs)
    return web.become(actor_of_key(nobody, secret.strip()))


def _wants_csv() -> bool:
    asked = request.args.get("format", "")
    if asked not in {"", "json", "csv"}:
        raise QuestionNotUnderstood("format: chỉ nhận json hoặc csv.", format=asked)
    if asked:
        return asked == "csv"
    best = request.accept_mimetypes.best_match(["application/json", "text/csv"])
    return best == "text/csv"


def _has_semicolons() -> bool:
    asked = request.args.get("sep", "comma")
    if asked not in {"comma", "semicolon"}:
        raise QuestionNotUnderstood("sep: chỉ nhận comma hoặc semicolon.", sep=asked)
    return asked == "semicolon"


def _page(page: Page, name: str, headings: dict[str, str]) -> Response:
    if _wants_csv():
        sheet = evidence_sheet(name, page, headings)
        response = _csv(export_csv(sheet, for_vietnamese_excel=_has_semicolons()), name)
    else:
        body = {"schema": 1, name: page.rows, "next": page.next_cursor}
        text = json.dumps(body, ensure_ascii=False, separators=(",", ":"))
        response = _answer(text.encode(), "application/json")
    if page.next_cursor:
        following = request.args.to_dict() | {"cursor": page.next_cursor}
        href = web.link(request.endpoint or "", **following)
        response.headers["Link"] = f'<{href}>; rel="next"'
    return response


def _csv(body: bytes, name: str) -> Response:
    return _attached(_answer(body, "text/csv; charset=utf-8"), f"{name}.csv")


def _attached(response: Response, file_name: str) -> Response:
    response.headers["Content-Disposition"] = f'attachment; filename="{file_name}"'
    return response


def _answer(body: bytes, content_type: str) -> Response:
    """With a strong ETag over the bytes; who has them already is answered 304."""
    response = Response(body, content_type=content_type)
    response.headers["Vary"] = "Accept, Authorization"
    response.add_etag()
    response.make_conditional(request)
    return response
