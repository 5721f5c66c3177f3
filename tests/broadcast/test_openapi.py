"""What the description says is what the interfaces do, tried by schemathesis on both keys."""

import json
from pathlib import Path

import pytest
import schemathesis
from hypothesis import HealthCheck, Phase, given, settings
from jsonschema import Draft202012Validator
from schemathesis import GenerationMode
from schemathesis.checks import CHECKS

from broadcast.console.openapi import document
from broadcast.console.openapi_paths import PATHS
from broadcast.limiting import limiter
from broadcast.people.keys import add_key
from broadcast.people.rules import Role
from tests.factories.boxes import make_box

WANTED = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_schema_conformance",
)
OPERATIONS = [(method, path) for path, told in PATHS.items() for method in told]
GOLDEN = Path(__file__).parents[1] / "golden" / "box_api"


@pytest.fixture
def unhurried():
    """Schemathesis asks more often than a minute allows."""
    limiter.enabled = False
    yield
    limiter.enabled = True


@pytest.fixture
def keys(app, db, clock, station, desk_as):
    box = make_box(db, clock, station)
    key = add_key(desk_as(Role.ADMINISTRATOR), "phần mềm báo cáo")[1]
    return {"boxToken": f"token-of-{box.id}", "reportKey": key}


@pytest.mark.parametrize("mode", list(GenerationMode), ids=str)
@pytest.mark.parametrize("operation", OPERATIONS, ids=" ".join)
def test_every_answer_is_one_that_was_described(app, keys, unhurried, operation, mode):
    method, path = operation
    operation = schemathesis.openapi.from_wsgi("/api/openapi.json", app)[path][method.upper()]
    scheme = next(iter(PATHS[path][method]["security"][0]))
    checks = CHECKS.get_by_names(list(WANTED))
    tried = []

    @settings(
        max_examples=20,
        deadline=None,
        database=None,
        derandomize=True,
        phases=(Phase.explicit, Phase.generate),
        suppress_health_check=list(HealthCheck),
    )
    @given(case=operation.as_strategy(generation_mode=mode))
    def ask(case):
        bearer = {"Authorization": f"Bearer {keys[scheme]}"}
        case.call_and_validate(headers=bearer, checks=checks)
        tried.append(case)

    ask()
    assert tried


@pytest.mark.parametrize(("method", "path"), OPERATIONS)
def test_without_a_key_every_operation_says_so_as_described(app, unhurried, method, path):
    real = path.replace("{sha256}", "a" * 64).replace("{id}", "x").replace("{form}", "pdf")
    answer = app.test_client().open(real, method=method.upper())
    assert answer.status_code == 401
    assert answer.content_type == "application/problem+json"
    assert "401" in PATHS[path][method]["responses"]


@pytest.mark.parametrize(
    ("model", "file_name"),
    [
        ("PlanAnswer", "plan_normal.json"),
        ("PlanAnswer", "plan_emergency.json"),
        ("PlanAnswer", "plan_empty.json"),
        ("PlaysReceipt", "plays_answer.json"),
        ("HeartbeatReceipt", "heartbeat_answer.json"),
        ("HeartbeatWire", "heartbeat.json"),
        ("BatchWire", "plays_batch.json"),
    ],
)
def test_the_golden_documents_of_the_contract_are_as_described(model, file_name):
    told = document("http://dai.example")
    schema = {"$ref": f"#/components/schemas/{model}", "components": told["components"]}
    Draft202012Validator(schema).validate(json.loads((GOLDEN / file_name).read_text("utf-8")))


def test_every_door_for_machines_is_described(app):
    """Except the paths for dumb players, which ask in no format of ours."""
    doors = {
        rule.rule.replace("<sha256>", "{sha256}")
        for rule in app.url_map.iter_rules()
        if rule.endpoint.split(".")[0] in {"box_api", "report_api", "media"}
    }
    described = {path.replace("{id}.{form}", "") for path in PATHS}
    assert {door.split("<")[0] for door in doors} == described


def test_the_page_names_every_operation_and_needs_nothing_from_elsewhere(app):
    page = app.test_client().get("/api/docs").get_data(as_text=True)
    for path in PATHS:
        assert path in page
    assert "http://" not in page.replace("http://127.0.0.1", "").replace("http://www.w3.org", "")
    assert "<style" not in page
