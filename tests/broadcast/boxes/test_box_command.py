import re

import pytest
from click.testing import CliRunner
from sqlalchemy import select

from broadcast.boxes.models import Box
from broadcast.cli import main
from tests.factories.plays import sent_play


@pytest.fixture
def loa(settings, monkeypatch, station):
    """`loa("box", "list")` as at the terminal of this station."""
    monkeypatch.setenv("LOA_DATA", str(settings.data_dir))
    monkeypatch.setenv("DATABASE_URL", settings.database_url)
    monkeypatch.setenv("LOA_SECRET_KEY", settings.secret_key)
    monkeypatch.delenv("REDIS_URL", raising=False)

    def run(*words):
        return CliRunner().invoke(main, words)

    return run


def test_a_box_added_at_the_terminal_comes_in_with_the_printed_token(loa, client, db):
    answer = loa("box", "add", "Cụm loa thôn Đông")
    assert answer.exit_code == 0, answer.output
    token = re.search(r"b_[\w-]{32}", answer.output).group()
    headers = {"Authorization": f"Bearer {token}"}
    assert client.get("/api/box/v1/plan", headers=headers).status_code == 200
    box_id = db.scalar(select(Box.id))
    db.commit()
    assert "Cụm loa thôn Đông" in loa("box", "list").output
    assert re.search(r"b_[\w-]{32}", loa("box", "rotate", box_id).output)
    assert loa("box", "revoke", box_id).exit_code == 0
    assert client.get("/api/box/v1/plan", headers=headers).status_code == 401


def test_an_unknown_box_is_one_sentence_and_exit_code_1(loa):
    answer = loa("box", "rotate", "none")
    assert answer.exit_code == 1
    assert "Traceback" not in answer.output


def test_the_log_is_verified_at_the_terminal(loa, ask, clock):
    ask("POST", "plays", json={"boot": "b", "plays": [sent_play(clock())]})
    answer = loa("verify-log", "--station", "ngoc-ky")
    assert answer.exit_code == 0, answer.output
    assert "nguyên vẹn: 1 dòng" in answer.output
