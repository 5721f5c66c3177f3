"""The description of both interfaces: OpenAPI 3.1 from the models, and a page to read it on."""

from functools import cache
from typing import Any

from flask import Blueprint, Response, jsonify, render_template
from pydantic import BaseModel
from pydantic.json_schema import models_json_schema

from broadcast import web
from broadcast.boxes import answers, wire
from broadcast.console.openapi_paths import PATHS, Problem
from broadcast.reports import wire as report_wire

api = Blueprint("openapi", __name__, url_prefix="/api")

MODELS: tuple[type[BaseModel], ...] = (
    wire.BatchWire,
    wire.PlayWire,
    wire.HeartbeatWire,
    answers.PlanAnswer,
    answers.PlaysReceipt,
    answers.HeartbeatReceipt,
    report_wire.AirtimeAnswer,
    report_wire.AiringsAnswer,
    report_wire.PlaysAnswer,
    Problem,
)
INTRODUCTION = (
    "Hai giao diện của một đài truyền thanh: cụm loa hỏi lịch và gửi nhật ký; phần mềm báo cáo hỏi "
    "số liệu và bằng chứng. Mọi thời điểm là UTC theo RFC 3339, mọi thời lượng là mili giây, mọi "
    "lỗi là application/problem+json (RFC 9457) có `code` cố định."
)


@api.get("/openapi.json")
def describe() -> Response:
    response = jsonify(document(web.parts().settings.public_url))
    response.headers["Cache-Control"] = "public, max-age=300"
    return response


@api.get("/docs")
def docs() -> str:
    return render_template("console/api_docs.html", api=document(web.parts().settings.public_url))


@cache
def document(public_url: str) -> dict[str, Any]:
    """OpenAPI 3.1 of this deployment."""
    return {
        "openapi": "3.1.0",
        "info": {"title": "Loa", "version": "1", "description": INTRODUCTION},
        "servers": [{"url": public_url}],
        "tags": [
            {"name": "box", "description": "Cụm loa"},
            {"name": "report", "description": "Phần mềm báo cáo"},
        ],
        "paths": PATHS,
        "components": {
            "schemas": _schemas(),
            "securitySchemes": {
                "boxToken": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "Mã của một cụm loa, cấp ở trang Cụm loa.",
                },
                "reportKey": {
                    "type": "http",
                    "scheme": "bearer",
                    "description": "Khóa báo cáo (report:read), cấp ở trang Cài đặt.",
                },
            },
        },
    }


def _schemas() -> dict[str, Any]:
    """What boxes send is described as it is read, what they are answered as it is written."""
    sent = {wire.BatchWire, wire.PlayWire, wire.HeartbeatWire}
    _names, found = models_json_schema(
        [(model, "validation" if model in sent else "serialization") for model in MODELS],
        ref_template="#/components/schemas/{model}",
    )
    schemas: dict[str, Any] = found["$defs"]
    # Rows are read one by one, each with its own answer; what a good one looks like is said here.
    schemas["BatchWire"]["properties"]["plays"]["items"] = {"$ref": "#/components/schemas/PlayWire"}
    return schemas
