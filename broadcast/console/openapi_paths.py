"""Every operation of the two interfaces with its questions and answers. PURE: data only."""

from typing import Any

from pydantic import BaseModel

from broadcast.airlog.rules import AiringOutcome
from broadcast.reports.facts import GroupBy
from broadcast.reports.questions import FEW_ROWS, MOST_GROUPS, MOST_ROWS, Place


class Problem(BaseModel):
    """RFC 9457, with the stable `code` of the condition; `title` says what to do, in Vietnamese."""

    type: str
    title: str
    status: int
    code: str
    reference: str | None = None


_PROBLEM = {
    "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
}
_WHY = {
    "400": "Nội dung hoặc kỳ báo cáo không dùng được",
    "401": "Thiếu mã, mã sai hoặc đã thu hồi",
    "404": "Không tìm thấy",
    "413": "Nội dung quá lớn",
    "422": "Một giá trị trong câu hỏi không đúng",
    "429": "Hỏi quá dày; hãy chờ một phút",
}
_ETAG = {"ETag": {"description": "Gửi lại ở If-None-Match", "schema": {"type": "string"}}}
_BINARY = {"schema": {"type": "string", "contentMediaType": "application/octet-stream"}}


def _problems(*codes: str) -> dict[str, Any]:
    return {code: {"description": _WHY[code]} | _PROBLEM for code in codes}


def _json(model: str) -> dict[str, Any]:
    return {"application/json": {"schema": {"$ref": f"#/components/schemas/{model}"}}}


def _asks(name: str, schema: dict[str, Any], words: str, **more: Any) -> dict[str, Any]:
    return {"name": name, "in": "query", "description": words, "schema": schema} | more


_TOPICS = _asks(
    "topics",
    {"enum": ["as_aired", "current"], "default": "as_aired"},
    "Chủ đề theo tên lúc phát, hay theo tên hiện nay",
)
_PERIOD = [
    _asks("from", {"type": "string", "format": "date"}, "Ngày đầu, ngày địa phương", required=True),
    _asks("to", {"type": "string", "format": "date"}, "Ngày cuối, tính cả ngày", required=True),
]
_FORM = [
    _asks("format", {"enum": ["json", "csv"]}, "Thay cho Accept"),
    _asks("sep", {"enum": ["comma", "semicolon"]}, "CSV: semicolon cho Excel tiếng Việt"),
]
_PAGE = [
    _asks(
        "limit",
        {"type": "integer", "minimum": 1, "maximum": MOST_ROWS, "default": FEW_ROWS},
        "Số dòng mỗi trang",
    ),
    _asks("cursor", {"type": "string"}, "Giá trị `next` của trang trước"),
    _asks("topic", {"type": "string"}, "Chỉ chủ đề này, theo tên lúc phát"),
]
_IF_NONE_MATCH = {"name": "If-None-Match", "in": "header", "schema": {"type": "string"}}


def _box(summary: str, answers: dict[str, Any], *codes: str, **more: Any) -> dict[str, Any]:
    return {
        "tags": ["box"],
        "summary": summary,
        "security": [{"boxToken": []}],
        "responses": answers | _problems("401", "429", *codes),
    } | more


def _report(summary: str, answers: dict[str, Any], *codes: str, **more: Any) -> dict[str, Any]:
    return {
        "tags": ["report"],
        "summary": summary,
        "security": [{"reportKey": []}],
        "responses": answers
        | {"304": {"description": "Không đổi"}}
        | _problems("401", "429", *codes),
    } | more


def _told(words: str, model: str) -> dict[str, Any]:
    content = _json(model) | {"text/csv": {"schema": {"type": "string"}}}
    return {"200": {"description": words, "headers": _ETAG, "content": content}}


_ANSWERED = {"description": "Đã nhận"}
PATHS: dict[str, Any] = {
    "/api/box/v1/plan": {
        "get": _box(
            "Lịch phát của cụm loa này",
            {
                "200": {"description": "Cả lịch", "headers": _ETAG, "content": _json("PlanAnswer")},
                "304": {"description": "Không đổi từ lần hỏi trước"},
            },
            parameters=[_IF_NONE_MATCH],
        )
    },
    "/api/box/v1/plays": {
        "post": _box(
            "Gửi nhật ký phát; gửi lại không sao",
            {"200": _ANSWERED | {"content": _json("PlaysReceipt")}},
            "400",
            "413",
            requestBody={"required": True, "content": _json("BatchWire")},
        )
    },
    "/api/box/v1/heartbeat": {
        "post": _box(
            "Tình trạng của cụm loa",
            {"200": _ANSWERED | {"content": _json("HeartbeatReceipt")}},
            "400",
            "413",
            requestBody={"required": True, "content": _json("HeartbeatWire")},
        )
    },
    "/media/{sha256}.mp3": {
        "get": _box(
            "Âm thanh theo mã băm; không bao giờ đổi",
            {
                "200": {"description": "Cả tệp", "content": {"audio/mpeg": _BINARY}},
                "206": {"description": "Một đoạn", "content": {"audio/mpeg": _BINARY}},
                "304": {"description": "Không đổi"},
                "416": {"description": "Đoạn nằm ngoài tệp"},
            },
            "404",
            parameters=[
                {
                    "name": "sha256",
                    "in": "path",
                    "required": True,
                    "schema": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
                },
                {"name": "Range", "in": "header", "schema": {"type": "string"}},
            ],
        )
    },
    "/api/v1/airtime": {
        "get": _report(
            "Tin bài, lượt phát, số phút của một kỳ",
            _told("Số liệu", "AirtimeAnswer"),
            "400",
            "422",
            parameters=[
                *_PERIOD,
                _asks(
                    "by",
                    {
                        "type": "array",
                        "items": {"enum": [by.value for by in GroupBy]},
                        "maxItems": MOST_GROUPS,
                        "uniqueItems": True,
                    },
                    "Cách nhóm, tối đa ba",
                    explode=False,
                    style="form",
                ),
                _TOPICS,
                *_FORM,
            ],
        )
    },
    "/api/v1/airings": {
        "get": _report(
            "Từng lượt phát, theo ngày",
            _told("Một trang", "AiringsAnswer"),
            "400",
            "422",
            parameters=[
                *_PERIOD,
                *_PAGE,
                _asks("bulletin", {"type": "string"}, "Chỉ tin bài này"),
                _asks("zone", {"type": "string"}, "Chỉ lượt phát tới khu vực này"),
                _asks("outcome", {"enum": [one.value for one in AiringOutcome]}, "Chỉ kết quả này"),
                _asks("place", {"enum": [one.value for one in Place]}, "Chỉ chỗ này của số liệu"),
                _asks("weekday", {"type": "integer", "minimum": 0, "maximum": 6}, "0 là Thứ Hai"),
                _asks("hour", {"type": "integer", "minimum": 0, "maximum": 23}, "Giờ của đài"),
                _TOPICS,
                *_FORM,
            ],
        )
    },
    "/api/v1/plays": {
        "get": _report(
            "Từng dòng nhật ký, theo số thứ tự trong chuỗi băm",
            _told("Một trang", "PlaysAnswer"),
            "400",
            "422",
            parameters=[*_PERIOD, *_PAGE, *_FORM],
        )
    },
    "/api/v1/reports/{id}.{form}": {
        "get": _report(
            "Một báo cáo đã ban hành; lần nào cũng cùng một tệp",
            {"200": {"description": "Tệp", "headers": _ETAG, "content": {"*/*": _BINARY}}},
            "404",
            parameters=[
                {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}},
                {
                    "name": "form",
                    "in": "path",
                    "required": True,
                    "schema": {"enum": ["docx", "xlsx", "csv", "pdf"]},
                },
            ],
        )
    },
}
