"""Who may open which page of the bulletins, and that no page runs what was typed."""

import re

import pytest

from broadcast.bulletins import service
from broadcast.bulletins.models import Bulletin
from broadcast.people.rules import Role

WRITES = {Role.OPERATOR, Role.APPROVER, Role.ADMINISTRATOR}
APPROVES = {Role.APPROVER, Role.ADMINISTRATOR}
EVERYBODY = set(Role)
READS = [
    ("/tin-bai/", EVERYBODY),
    ("/tin-bai/moi", WRITES),
    ("/tin-bai/cho-duyet", APPROVES),
    ("/tin-bai/tu-dien", WRITES),
    ("/tin-bai/chu-de", WRITES),
    ("/tin-bai/{id}", EVERYBODY),
    ("/tin-bai/{id}/soan", WRITES),
    ("/tin-bai/{id}/tien-do", EVERYBODY),
    ("/tin-bai/{id}/thu-am", WRITES),
    ("/tin-bai/{id}/duyet", APPROVES),
    ("/tin-bai/{id}/thu-hoi", WRITES),
    ("/tin-bai/{id}/cac-ban", EVERYBODY),
    ("/tin-bai/{id}/ban/1", EVERYBODY),
]


DEEDS = [
    ("/tin-bai/moi", WRITES),
    ("/tin-bai/doc-thu", WRITES),
    ("/tin-bai/{id}/soan", WRITES),
    ("/tin-bai/{id}/tu-luu", WRITES),
    ("/tin-bai/{id}/am-thanh", WRITES),
    ("/tin-bai/{id}/dung-am-thanh", WRITES),
    ("/tin-bai/{id}/thu-am", WRITES),
    ("/tin-bai/{id}/gui-duyet", WRITES),
    ("/tin-bai/{id}/duyet", APPROVES),
    ("/tin-bai/{id}/tra-lai", APPROVES),
    ("/tin-bai/{id}/kho-luu", WRITES),
    ("/tin-bai/{id}/soan-lai", WRITES),
    ("/tin-bai/tu-dien", WRITES),
    ("/tin-bai/tu-dien/x/xoa", WRITES),
    ("/tin-bai/chu-de", WRITES),
    ("/tin-bai/chu-de/x/ten", WRITES),
    ("/tin-bai/chu-de/x/gop", WRITES),
    ("/tin-bai/chu-de/x/cat", WRITES),
]


@pytest.mark.parametrize("role", list(Role))
def test_each_page_opens_for_those_who_may_and_is_refused_to_the_others(browser, written, role):
    client = browser(role)
    for path, allowed in READS:
        answer = client.get(path.format(id=written.id))
        assert answer.status_code == (200 if role in allowed else 403), path


@pytest.mark.parametrize("role", [Role.VIEWER, Role.OPERATOR])
def test_each_deed_is_refused_to_those_who_hold_no_right_to_it(browser, written, role):
    client = browser(role)
    for path, allowed in DEEDS:
        answer = client.post(path.format(id=written.id))
        assert (answer.status_code == 403) == (role not in allowed), path
        assert answer.status_code < 500, path


def test_another_stations_bulletin_looks_like_one_that_never_was(
    browser, written, other_station, db
):
    db.get(Bulletin, written.id).station_id = other_station.id
    db.commit()
    client = browser(Role.ADMINISTRATOR)
    fields = {"reason": "x", "seen": "x", "row_version": "1"}
    for path in (path.format(id=written.id) for path, _ in READS if "{id}" in path):
        assert client.get(path).status_code == 404, path
    for path in (path.format(id=written.id) for path, _ in DEEDS if "{id}" in path):
        assert client.post(path, data=fields).status_code == 404, path


def test_who_is_not_signed_in_is_led_to_the_door(app, written):
    answer = app.test_client().get(f"/tin-bai/{written.id}")
    assert answer.status_code == 302
    assert "/dang-nhap" in answer.location


def test_markup_in_titles_is_shown_and_not_run(browser, desk_as, draft):
    bad = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"
    bulletin = service.start_bulletin(desk_as(), draft(title=bad, text=bad))
    client = browser(Role.ADMINISTRATOR)
    for path, _allowed in READS:
        page = client.get(path.format(id=bulletin.id)).text
        assert "<script>alert" not in page
        assert "<img src=x" not in page


def test_pages_carry_no_script_and_no_style_of_their_own(browser, approved):
    client = browser(Role.ADMINISTRATOR)
    for path, _allowed in READS:
        page = client.get(path.format(id=approved.id)).text
        assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=", page), path
