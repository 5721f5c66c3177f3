"""Every route, every role, another station's objects. New routes are in these tests by themselves.

Each table gets one row for each of two stations, so that every address can be filled in.
"""

import pytest
from werkzeug.routing import Rule

from broadcast.people.rules import RIGHTS, Right, Role
from tests.factories.every_row import address, furnish, methods, routes

OPEN_TO_ALL = {
    "people.sign_in",
    "people.second_step",
    "people.sign_out",
    "people.door_language",
    "people.set_up_station",
    "openapi.describe",
    "openapi.docs",
    "boxes.program_file",
    "static",
}
"""Doors that must open before anybody is known."""
BY_KEY = {"timetable.feed"}
"""The address itself is the secret; whoever does not know it finds nothing."""
MACHINES = ("box_api.", "media.", "players.", "report_api.")
TYPED = {"reason": "vì thử", "position": "0", "row_version": "1"}
"""Enough for a form to get as far as asking for its object."""
NOT_OBJECTS = {"day", "year", "form", "secret", "filename"}
"""Parts of addresses that name no row: a date, a kind of file."""


@pytest.fixture
def own_rows(db, clock, station):
    return furnish(db, clock, station)


@pytest.fixture
def their_rows(db, clock, other_station):
    return furnish(db, clock, other_station)


def needed(app, rule: Rule, method: str) -> Right | None:
    """The right that the view asks for; views of one address may differ by method."""
    adapter = app.url_map.bind("localhost")
    path = address(app, rule, {"log_entry": 1})
    endpoint, _values = adapter.match(path, method=method)
    asked = "needs_to_post" if method == "POST" else "needs"
    return getattr(app.view_functions[endpoint], asked, None)


def test_every_page_asks_for_a_right_or_is_one_of_the_few_open_doors(app):
    unguarded = [
        rule.endpoint
        for rule in routes(app)
        if not hasattr(app.view_functions[rule.endpoint], "needs")
        and rule.endpoint not in OPEN_TO_ALL | BY_KEY
        and not rule.endpoint.startswith(MACHINES)
    ]
    assert unguarded == []


def test_nobody_gets_in_without_signing_in(app, own_rows):
    browser, let_in = app.test_client(), []
    for rule in routes(app):
        if rule.endpoint in OPEN_TO_ALL:
            continue
        machine = rule.endpoint.startswith(MACHINES)
        for method in methods(rule):
            answer = browser.open(address(app, rule, own_rows), method=method)
            leads = answer.headers.get("Location", "")
            refused = (
                answer.status_code in {401, 404}
                if machine or rule.endpoint in BY_KEY
                else answer.status_code == 302 and leads.startswith("/dang-nhap")
            )
            if not refused:
                let_in.append((method, rule.rule, answer.status_code, leads))
    assert let_in == []


@pytest.mark.parametrize("role", list(Role))
def test_a_role_without_the_right_is_refused(app, signed_in, own_rows, role):
    browser, wrong = signed_in(role), []
    for rule in routes(app):
        for method in methods(rule):
            right = needed(app, rule, method)
            if right is None or right in RIGHTS[role]:
                continue
            answer = browser.open(address(app, rule, own_rows), method=method)
            if answer.status_code != 403:
                wrong.append((method, rule.rule, answer.status_code))
    assert wrong == []


@pytest.mark.parametrize("role", list(Role))
def test_objects_of_another_station_do_not_exist_for_anybody(app, signed_in, their_rows, role):
    browser, seen = signed_in(role), []
    for rule in routes(app):
        objects = rule.arguments - NOT_OBJECTS
        if not objects or rule.endpoint in OPEN_TO_ALL:
            continue
        for method in methods(rule):
            filled = TYPED if method == "POST" else None
            answer = browser.open(address(app, rule, their_rows), method=method, data=filled)
            right = needed(app, rule, method)
            unseen = {404} if right is None or right in RIGHTS[role] else {403, 404}
            refused = {401, 404} if rule.endpoint.startswith(MACHINES) else unseen
            if answer.status_code not in refused:
                seen.append((method, rule.rule, answer.status_code))
    assert seen == []


@pytest.mark.parametrize("role", list(Role))
def test_no_page_breaks_whoever_looks(app, signed_in, own_rows, role, caplog):
    browser, broken = signed_in(role), []
    for rule in routes(app):
        if "GET" in rule.methods:
            answer = browser.get(address(app, rule, own_rows))
            if answer.status_code >= 500:
                broken.append((rule.rule, last_error(caplog)))
    assert broken == []


def test_no_empty_form_breaks_anything(app, signed_in, own_rows, caplog):
    browser, broken = signed_in(Role.ADMINISTRATOR), []
    for rule in routes(app):
        if "POST" in rule.methods and rule.endpoint != "people.sign_out":
            answer = browser.post(address(app, rule, own_rows), data={})
            if answer.status_code >= 500:
                broken.append((rule.rule, last_error(caplog)))
    assert broken == []


def test_a_made_up_id_is_not_found(app, signed_in, own_rows):
    browser, wrong = signed_in(Role.ADMINISTRATOR), []
    for rule in routes(app):
        if any(argument.endswith("_id") for argument in rule.arguments) and "GET" in rule.methods:
            answer = browser.get(address(app, rule, {"log_entry": 987654}))
            refused = {401, 404} if rule.endpoint.startswith(MACHINES) else {404}
            if answer.status_code not in refused:
                wrong.append((rule.rule, answer.status_code))
    assert wrong == []


def last_error(caplog) -> str:
    errors = [record.exc_info[1] for record in caplog.records if record.exc_info]
    return repr(errors[-1])[:300] if errors else "?"
