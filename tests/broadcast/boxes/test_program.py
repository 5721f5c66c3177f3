"""One command on a machine that has nothing but Python: the box comes in, reports and plays."""

import html
import io
import os
import re
import shutil
import signal
import subprocess
import sys
import threading
import zipfile

import pytest
from sqlalchemy import select
from werkzeug.serving import make_server

from broadcast.boxes.models import Box, BoxHealth
from broadcast.boxes.program import NAME, box_program, start_command
from broadcast.people.rules import Role

SOON_S = 20


@pytest.fixture
def admin(signed_in):
    return signed_in(Role.ADMINISTRATOR)


@pytest.fixture
def served(app):
    """The application behind a real socket; its address."""
    server = make_server("127.0.0.1", 0, app, threaded=True)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.port}"
    server.shutdown()
    thread.join()
    server.server_close()


@pytest.fixture
def bare(tmp_path):
    """Starts a command as on a machine with Python and a shell, in an empty folder."""
    programs, folder = tmp_path / "bin", tmp_path / "home"
    programs.mkdir()
    folder.mkdir()
    python = programs / "python3"
    python.write_text(f'#!/bin/sh\nexec {sys.executable} -I "$@"\n', encoding="utf-8")
    python.chmod(0o755)
    (programs / "sh").symlink_to(shutil.which("sh"))
    started = []

    def start(command):
        process = subprocess.Popen(
            ["sh", "-c", f"exec 2>&1; {command}"],
            cwd=folder,
            env={"PATH": str(programs), "LANG": "C.UTF-8", "LOA_BOX_PLAYER": "silent"},
            stdout=subprocess.PIPE,
            text=True,
            start_new_session=True,
        )
        started.append(process)
        return process

    yield start
    for process in started:
        if process.poll() is None:
            os.killpg(process.pid, signal.SIGTERM)
        process.communicate(timeout=SOON_S)


@pytest.fixture
def add_box_at(app, admin):
    """The page with the command, for an administrator who came by that address."""

    def add(url, name):
        cookie = f"loa={admin.get_cookie('loa').value}"
        headers = {"Host": url.removeprefix("http://"), "Cookie": cookie}
        browser = app.test_client(use_cookies=False)
        return browser.post("/cum-loa/", data={"name": name, "zone": ""}, headers=headers)

    return add


def command_on(page):
    return html.unescape(re.search(r'<pre class="command"><code>(.+?)</code>', page.text)[1])


def test_the_one_command_brings_a_bare_machine_in(served, add_box_at, admin, bare, db, engine):
    page = add_box_at(served, "Cụm cột 3")
    command = command_on(page)
    assert served in command
    process = bare(command)
    heard = threading.Event()

    def wait_for_heartbeat():
        from sqlalchemy.orm import Session

        while process.poll() is None and not heard.wait(0.1):
            with Session(engine) as session:
                if session.scalar(select(BoxHealth.version)):
                    heard.set()

    waiting = threading.Thread(target=wait_for_heartbeat)
    waiting.start()
    came_in = heard.wait(SOON_S)
    os.killpg(process.pid, signal.SIGTERM)
    said = process.communicate(timeout=SOON_S)[0]
    waiting.join()
    assert came_in, said
    box_id = db.scalar(select(Box.id).where(Box.name == "Cụm cột 3"))
    assert "chưa lần nào" not in admin.get(f"/cum-loa/{box_id}").text
    token = re.search(r"b_[\w-]{32}", command)[0]
    assert token not in said, "a box says its token to nobody"


def test_a_wrong_token_is_told_on_the_spot(served, bare):
    process = bare(start_command(served, "b_wrong").replace(" run", " once"))
    assert "Mã của loa" in process.communicate(timeout=SOON_S)[0]
    assert process.returncode == 1


def test_the_program_is_for_everybody_and_the_same_for_all(app):
    stranger = app.test_client()
    first = stranger.get(f"/cum-loa/{NAME}")
    assert first.status_code == 200
    assert "Set-Cookie" not in first.headers
    assert stranger.get(f"/cum-loa/{NAME}").data == first.data
    again = stranger.get(f"/cum-loa/{NAME}", headers={"If-None-Match": first.headers["ETag"]})
    assert again.status_code == 304


def test_the_program_holds_the_box_and_nothing_of_the_station():
    with zipfile.ZipFile(io.BytesIO(box_program().content)) as archive:
        names = archive.namelist()
    assert "__main__.py" in names
    assert "playout/decide.py" in names
    assert [name for name in names if not name.startswith("playout/")] == ["__main__.py"]


def test_an_address_with_odd_letters_cannot_break_out_of_the_command(bare):
    command = start_command("http://127.0.0.1:1/'; touch broken; '", "b_x")
    process = bare(command)
    process.communicate(timeout=SOON_S)
    assert process.returncode != 0
    assert bare("test ! -e broken").wait(SOON_S) == 0


def test_the_address_is_the_one_the_browser_came_by_until_one_is_set(add_box_at):
    page = add_box_at("http://192.168.1.7:8080", "A")
    assert "LOA_STATION_URL=http://192.168.1.7:8080 " in command_on(page)
    assert "chỉ mở được trên chính máy này" not in page.text


def test_an_address_that_only_this_machine_knows_is_said_to_be_one(admin):
    page = admin.post("/cum-loa/", data={"name": "A", "zone": ""})
    assert "chỉ mở được trên chính máy này" in page.text
