"""Whatever people, boxes and other programs call things, it stays a text wherever it is shown."""

import io
import re
from datetime import timedelta

import pytest
from openpyxl import load_workbook
from sqlalchemy import update

from broadcast.boxes.models import BoxHealth, BoxPath
from broadcast.people.models import User
from broadcast.people.rules import Role
from broadcast.people.secrets import secret_hash
from broadcast.stations.models import Station
from tests.factories.boxes import make_box, make_zone
from tests.factories.every_row import address, furnish, routes
from tests.factories.sessions import make_audio, make_bulletin, make_line, make_session

MARKUP = "\"'></title></textarea></script><script>a()</script><img src=x onerror=a()>{{7*7}}"
ODD = '=HYPERLINK("http://e","x")\r\nX-Evil: 1\nBEGIN:VEVENT\u202egpj.3pm,;\\'
BROKEN_OUT = re.compile(r"<img src=x|<script>a\(\)|</title></textarea|onerror=a\(\)(>|&gt;)49")
"""What can only stand in a page when a quote or a bracket of `MARKUP` was not escaped."""
KEY = "p_known-to-the-test"


@pytest.fixture(params=[MARKUP, ODD], ids=["markup", "odd letters"])
def said(request):
    return request.param


@pytest.fixture
def rows(db, clock, station, people_of, said):
    """A row of every table, and station, people and box called by the hostile text as well."""
    made = furnish(db, clock, station, said=said)
    db.execute(update(Station).values(name=said, commune_name=f"xã {said}"))
    db.execute(update(User).values(display_name=said))
    fault = {"code": said, "message": said}
    db.execute(
        update(BoxHealth).values(
            playing={"title": said, "session": "s", "airing": "a"},
            facts={"faults": [fault], "player": {"name": said}, "volume_percent": 80},
            version=said[:40],
        )
    )
    db.commit()
    return made


def test_no_page_lets_a_text_out_of_its_place(app, signed_in, rows):
    browser, broken, pages = signed_in(Role.ADMINISTRATOR), [], 0
    for rule in routes(app):
        if "GET" not in rule.methods:
            continue
        answer = browser.get(address(app, rule, rows))
        if answer.status_code >= 500:
            broken.append((rule.rule, answer.status_code))
        if answer.mimetype == "text/html":
            pages += "onerror=a()" in answer.text or "HYPERLINK" in answer.text
            broken += [(rule.rule, found[0]) for found in BROKEN_OUT.finditer(answer.text)]
        broken += [(rule.rule, name) for name in answer.headers if name == "X-Evil"]
    assert broken == []
    assert pages > 20, "the text is really shown"


def test_no_form_gives_back_what_was_typed_as_markup(app, signed_in, rows, said):
    """Wrong on purpose in as many fields as there are: the page comes back with all of it."""
    browser, broken = signed_in(Role.ADMINISTRATOR), []
    for rule in routes(app):
        if "POST" in rule.methods and rule.endpoint != "people.sign_out":
            answer = browser.post(address(app, rule, rows), data=dict.fromkeys(FIELDS, said))
            found = BROKEN_OUT.search(answer.text) if answer.mimetype == "text/html" else None
            if found or answer.status_code >= 500 or "X-Evil" in answer.headers:
                broken.append((rule.rule, answer.status_code, found and found[0]))
    assert broken == []


FIELDS = (
    "name", "title", "text", "reason", "login", "display_name", "sentence", "written", "spoken",
    "place", "zone", "kind", "number", "file", "kept", "undo", "chosen", "deed", "topic_id", "from",
    "until", "to_day", "to_time", "date", "day", "local_time", "volume_percent", "year", "measure",
    "value", "evidence", "comment", "parent_id", "code", "old", "new", "again", "decision_number",
    "hours-0-since", "hours-0-until", "hours-0-percent", "row_version", "position", "language",
)  # fmt: skip


@pytest.fixture
def heard(db, clock, station, people_of, settings, said):
    """A session called by the text, with a bulletin of that title, for a box with a path key."""
    zone = make_zone(db, station, "dong")
    box = make_box(db, clock, station, zone=zone)
    audio = make_audio(db, clock, station, "1", content=b"x" * 99, media_dir=settings.media_dir)
    bulletin = make_bulletin(db, clock, station, "1", author=people_of[Role.OPERATOR])
    row = make_session(db, station, clock() + timedelta(hours=1), "1")
    line = make_line(db, row, "1", audio=audio, bulletin=bulletin)
    row.name = line.title = bulletin.title = said[:120]
    db.add(
        BoxPath(
            id="path", station_id=station.id, box_id=box.id, key_hash=secret_hash(KEY),
            created_at=clock(),
        )
    )  # fmt: skip
    db.commit()
    return row


def test_a_list_for_players_keeps_one_line_for_each_title(app, heard):
    text = app.test_client().get(f"/p/{KEY}/today.m3u").text
    lines = text.splitlines()
    assert [line.split(":")[0] for line in lines] == ["#EXTM3U", "#EXTINF", "http"]


def test_a_calendar_keeps_a_title_inside_its_line(app, heard):
    text = app.test_client().get(f"/p/{KEY}/schedule.ics").text
    assert text.count("BEGIN:VEVENT\r\n") == text.count("END:VEVENT\r\n") == 1
    assert not [line for line in text.split("\r\n") if line.startswith(("X-Evil", "<", "="))]


def test_the_feed_keeps_a_title_inside_its_line(app, heard, signed_in):
    browser = signed_in(Role.ADMINISTRATOR)
    page = browser.post("/lich-phat/lich-ngoai", follow_redirects=True).text
    key = re.search(r"/lich-phat/lich/(lich_[^.]+)\.ics", page)[1]
    text = app.test_client().get(f"/lich-phat/lich/{key}.ics").text
    assert text.count("\r\nBEGIN:VEVENT\r\n") == 1
    assert not [line for line in text.split("\r\n") if line.startswith(("X-Evil", "<", "="))]


def test_the_day_book_runs_nothing(signed_in, rows):
    browser = signed_in(Role.VIEWER)
    answer = browser.get("/nhat-ky/so.xlsx?ngay=2026-11-23")
    assert re.fullmatch(r'attachment; filename="[\w.-]+"', answer.headers["Content-Disposition"])
    for page in load_workbook(io.BytesIO(answer.data)).worksheets:
        cells = [cell for row in page.iter_rows() for cell in row]
        assert not [cell.value for cell in cells if cell.data_type == "f" and "HYPER" in cell.value]
