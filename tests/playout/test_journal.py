"""The evidence: there before the sound, closed once, forgotten only when acknowledged."""

import sqlite3
from dataclasses import replace
from datetime import UTC, datetime, timedelta

import pytest

from playout.errors import JournalUnwritable
from playout.journal import Journal
from playout.plays import Outcome, PlayRow
from playout.rows import make_row_id
from playout.wire import RowAnswer

NOON = datetime(2026, 11, 23, 5, tzinfo=UTC)


def row_for(key, boot="b1", **more):
    made = PlayRow(
        id=make_row_id(round(NOON.timestamp() * 1000)), boot=boot, seq=0, key=key, airing=key, session="s",
        kind="bulletin", sha256="a" * 64, title="Tin", topic="Y tế", planned_start=NOON, planned_ms=48_000,
        started_at=None, ended_at=None, played_ms=0, outcome=Outcome.INTERRUPTED, reason=None,
        clock_trusted=True, clock_offset_ms=3, steady_boot="m1",
    )  # fmt: skip
    return replace(made, **more)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "journal.db"


@pytest.fixture
def open_journal(path):
    opened = []

    def make(boot="b1"):
        opened.append(Journal(path, boot))
        return opened[-1]

    yield make
    for one in opened:
        one.close()


def finished(row, **more):
    return replace(
        row,
        started_at=NOON,
        ended_at=NOON + timedelta(seconds=48),
        played_ms=48_000,
        outcome=Outcome.COMPLETE,
        **more,
    )


def test_a_row_comes_back_as_it_was_closed(open_journal):
    journal = open_journal()
    row = row_for("a")
    journal.open_row(row)
    journal.close_row(finished(row))
    assert journal.list_unsent() == [finished(row, seq=1)]


def test_an_open_row_is_not_sent(open_journal):
    journal = open_journal()
    journal.open_row(row_for("a"))
    assert journal.list_unsent() == []


def test_an_open_row_of_a_dead_program_is_interrupted_at_its_checkpoint(open_journal):
    journal = open_journal()
    row = row_for("a")
    journal.open_row(row)
    journal.confirm_start(row.id, NOON, 5)
    journal.checkpoint(row.id, 15_000)
    after = open_journal("b2")
    assert after.close_cut_rows() == 1
    (found,) = after.list_unsent()
    assert (found.outcome, found.reason, found.boot, found.seq) == (
        Outcome.INTERRUPTED,
        "power_cut",
        "b1",
        1,
    )
    assert (found.started_at, found.ended_at) == (NOON, NOON + timedelta(seconds=15))
    assert after.close_cut_rows() == 0


def test_a_row_cut_before_its_first_sample_was_confirmed_has_no_start(open_journal):
    open_journal().open_row(row_for("a"))
    after = open_journal("b2")
    after.close_cut_rows()
    (found,) = after.list_unsent()
    assert (found.started_at, found.ended_at, found.played_ms) == (None, None, 0)


def test_what_has_a_row_is_remembered_even_after_it_was_sent(open_journal):
    journal = open_journal()
    row = row_for("a")
    journal.record(row)
    journal.settle([RowAnswer(row.id, "accepted", "")])
    assert journal.list_unsent() == []
    assert "a" in open_journal("b2").played


def test_a_key_can_never_get_a_second_row(open_journal):
    journal = open_journal()
    journal.record(row_for("a"))
    with pytest.raises(sqlite3.IntegrityError):
        journal.open_row(row_for("a"))
    assert len(journal.list_unsent()) == 1


def test_sequence_numbers_have_no_gap_within_a_boot(open_journal):
    journal = open_journal()
    rows = [row_for(f"k{n}") for n in range(5)]
    journal.open_row(rows[0])
    for row in rows[1:]:
        journal.record(row)
    journal.close_row(finished(rows[0]))
    assert [r.seq for r in journal.list_unsent()] == [1, 2, 3, 4, 5]
    second = open_journal("b2")
    second.record(row_for("z", boot="b2"))
    assert [r.seq for r in journal.list_unsent()] == [1, 2, 3, 4, 5], "one boot at a time"


def test_only_what_was_acknowledged_is_forgotten(open_journal):
    journal = open_journal()
    rows = [row_for(f"k{n}") for n in range(5)]
    for row in rows:
        journal.record(row)
    settled = journal.settle([
        RowAnswer(rows[0].id, "accepted", ""),
        RowAnswer(rows[1].id, "duplicate", ""),
        RowAnswer(rows[2].id, "rejected", "planned_ms is negative"),
        RowAnswer(rows[3].id, "perhaps", ""),
        RowAnswer("of somebody else", "accepted", ""),
    ])  # fmt: skip
    assert settled == 3
    assert [r.id for r in journal.list_unsent()] == [rows[3].id, rows[4].id]
    assert (journal.depth().waiting, journal.depth().rejected) == (2, 1)


def test_answering_twice_changes_nothing(open_journal):
    journal = open_journal()
    row = row_for("a")
    journal.record(row)
    answers = [RowAnswer(row.id, "accepted", "")] * 3
    assert journal.settle(answers) == 1
    assert journal.settle(answers) == 0


def test_an_open_row_cannot_be_acknowledged_away(open_journal):
    journal = open_journal()
    row = row_for("a")
    journal.open_row(row)
    journal.settle([RowAnswer(row.id, "accepted", "")])
    journal.close_row(finished(row))
    assert len(journal.list_unsent()) == 1


def test_a_broken_file_is_set_aside_and_work_goes_on(path, open_journal):
    path.write_bytes(b"SQLite format 3\0" + b"\xff" * 5000)
    journal = open_journal()
    assert journal.was_broken
    journal.record(row_for("a"))
    assert len(journal.list_unsent()) == 1
    assert list(path.parent.glob("journal.db.broken-*"))


def test_a_card_that_takes_no_writes_does_not_stop_the_journal(path, open_journal):
    journal = open_journal()
    journal.record(row_for("a"))
    journal._db.execute("PRAGMA query_only = ON")
    with pytest.raises(JournalUnwritable):
        journal.record(row_for("b"))
    journal.retreat_to_memory()
    journal.record(row_for("b"))
    assert [r.key for r in journal.list_unsent()] == ["a", "b"]
    assert not journal.is_on_disk
    assert journal.return_to_disk()
    assert [r.key for r in open_journal("b2").list_unsent()] == ["a", "b"]


def test_a_full_disk_is_named(path, open_journal):
    journal = open_journal()
    pages = journal._db.execute("PRAGMA page_count").fetchone()[0]
    journal._db.execute(f"PRAGMA max_page_count = {pages}")
    with pytest.raises(JournalUnwritable):
        record_many(journal, 2000)


def record_many(journal, count):
    for n in range(count):
        journal.record(row_for(f"k{n}", title="x" * 1000))


def test_every_commit_is_fsynced(open_journal):
    journal = open_journal()
    assert journal._db.execute("PRAGMA synchronous").fetchone() == (2,)


def test_row_ids_are_version_7_and_sort_by_time():
    from uuid import UUID

    ids = [make_row_id(1_700_000_000_000 + n) for n in range(100)]
    assert ids == sorted(ids)
    assert {UUID(i).version for i in ids} == {7}
    assert {UUID(i).variant for i in ids} == {"specified in RFC 4122"}
