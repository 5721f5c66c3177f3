"""Who gets what at every address: `access.tsv` has a row for each route and a cell for each role.

A cell is the status that the role gets, `door` where it is led to the sign-in. Those headed by a
role are for the station's own objects, those headed `their …` for another station's; `-` where
the address names no object. 400, 409 and 422 say that the form was looked at and lacked something.
A new route fails here until somebody has written down who may use it.
"""

import csv
from pathlib import Path

import pytest

from broadcast.people.rules import Role
from tests.factories.every_row import address, furnish, methods, routes

TABLE = Path(__file__).with_name("access.tsv")
NOBODY = "anonymous"
ROLES = [role.value for role in Role]
COLUMNS = ["method", "address", NOBODY, *ROLES, *(f"their {role}" for role in ROLES)]
NOT_OBJECTS = {"day", "year", "form", "secret", "filename", "key"}
"""Parts of addresses that name no row of a station: a date, a kind of file, a secret."""
TYPED = {"reason": "vì thử", "position": "0", "row_version": "1"}
"""Enough for a form to get as far as asking for its object."""
NOT_HIS = {"403", "404", "door", "401", "-"}


@pytest.fixture(scope="module")
def table():
    with TABLE.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file, delimiter="\t"))


@pytest.fixture
def browser_of(app, signed_in):
    """A fresh browser for each question: some of them sign out."""
    return lambda who: app.test_client() if who == NOBODY else signed_in(Role(who))


def met(app, browser_of, who, rows, *, with_objects=False):
    """(method, rule) -> what `who` meets there; reading comes before changing."""
    found = {}
    asked = [(method, rule) for rule in routes(app) for method in methods(rule)]
    for method, rule in sorted(asked, key=lambda pair: (pair[0], pair[1].rule)):
        if with_objects and not rule.arguments - NOT_OBJECTS:
            found[method, rule.rule] = "-"
            continue
        data = TYPED if method == "POST" else None
        answer = browser_of(who).open(address(app, rule, rows), method=method, data=data)
        leads = answer.headers.get("Location", "")
        is_led_away = who == NOBODY and answer.status_code == 302 and leads.startswith("/dang-nhap")
        found[method, rule.rule] = "door" if is_led_away else str(answer.status_code)
    return found


def written(table, column):
    return {(row["method"], row["address"]): row[column] for row in table}


def test_every_route_has_its_row_and_every_row_its_route(app, table):
    there = {(method, rule.rule) for rule in routes(app) for method in methods(rule)}
    assert set(written(table, NOBODY)) == there
    assert len(table) == len(there)


@pytest.mark.parametrize("who", [NOBODY, *ROLES])
def test_at_their_own_station_everybody_gets_what_is_written(
    app, browser_of, table, db, clock, station, people_of, who
):
    assert met(app, browser_of, who, furnish(db, clock, station)) == written(table, who)


@pytest.mark.parametrize("who", ROLES)
def test_of_another_station_everybody_gets_what_is_written(
    app, browser_of, table, db, clock, other_station, who
):
    rows = furnish(db, clock, other_station)
    found = met(app, browser_of, who, rows, with_objects=True)
    assert found == written(table, f"their {who}")


def test_what_is_another_stations_is_written_as_not_found_wherever_ones_own_is_found(table):
    """403 stands only where the role may not use the address at all, whatever it names."""
    loose = [
        (row["method"], row["address"], role)
        for row in table
        for role in ROLES
        if row[f"their {role}"] not in {"-", "404"}
        and not (row[f"their {role}"] == "403" == row[role])
        and not (row[f"their {role}"] == "401" == row[role])
    ]
    assert loose == []


def test_nothing_is_written_that_breaks(table):
    cells = [row[column] for row in table for column in COLUMNS[2:]]
    assert [cell for cell in cells if cell.startswith("5")] == []


def test_nobody_is_written_in_but_at_the_doors(table):
    let_in = {row["address"] for row in table if row[NOBODY] not in NOT_HIS}
    assert let_in == {"/api/docs", "/api/openapi.json", "/dang-nhap", "/cum-loa/loa-box.pyz"}


def test_what_a_role_may_an_administrator_may_too(table):
    more = [
        (row["method"], row["address"], role)
        for row in table
        for role in ROLES
        if row[role] not in NOT_HIS and row["administrator"] in NOT_HIS - {"404"}
    ]
    assert more == []


def test_who_only_looks_changes_nothing_but_his_own_account(table):
    may = {
        row["address"]
        for row in table
        if row["method"] != "GET" and row["viewer"] not in NOT_HIS | {"401"}
    }
    doors = {"/dang-nhap", "/dang-nhap/ma", "/dang-nhap/ngon-ngu", "/dang-xuat"}
    assert {address for address in may - doors if not address.startswith("/tai-khoan")} == set()
