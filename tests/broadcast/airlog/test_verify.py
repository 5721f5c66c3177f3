from datetime import UTC, datetime

import pytest
from sqlalchemy import text

from broadcast.airlog.chain import Break, Fault
from broadcast.airlog.verify import Printed, verify_log
from broadcast.people.rules import Role
from tests.factories.plays import sent_play

MORNING = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


@pytest.fixture
def tamper(db):
    """Somebody with the database file and time takes the guards away first."""

    def run(sentence):
        names = ["log_entry_stays"]
        if db.get_bind().dialect.name == "sqlite":
            names = ["log_entry_never_changes", "log_entry_never_leaves"]
            for name in names:
                db.execute(text(f"DROP TRIGGER {name}"))
        else:
            db.execute(text("SET session_replication_role = replica"))
        db.execute(text(sentence))
        db.commit()

    return run


@pytest.fixture
def five_rows(statuses):
    return statuses([sent_play(MORNING, seq=number) for number in range(1, 6)])


def test_an_untouched_log_holds(desk_as, five_rows):
    verdict = verify_log(desk_as(Role.VIEWER))
    assert (verdict.rows, verdict.head_number, verdict.broken) == (5, 5, None)


def test_an_empty_log_holds(desk_as):
    assert verify_log(desk_as(Role.VIEWER)).broken is None


@pytest.mark.parametrize(
    ("sentence", "broken"),
    [
        ("UPDATE log_entry SET played_ms = 999 WHERE number = 3", Break(3, Fault.CHANGED)),
        ("DELETE FROM log_entry WHERE number = 2", Break(2, Fault.GAP)),
        ("DELETE FROM log_entry WHERE number = 5", Break(5, Fault.GAP)),
        (
            "UPDATE log_entry SET previous_hash = row_hash WHERE number = 4",
            Break(4, Fault.UNLINKED),
        ),
        ("DELETE FROM log_head", Break(6, Fault.GAP)),
    ],
    ids=["changed", "taken_out", "last_taken_off", "unlinked", "head_gone"],
)
def test_the_first_broken_row_is_named(desk_as, five_rows, tamper, sentence, broken):
    tamper(sentence)
    assert verify_log(desk_as(Role.VIEWER)).broken == broken


@pytest.fixture
def verify(desk_as):
    """Each time in a transaction of its own, that is over afterwards."""

    def run(paper=None):
        desk = desk_as(Role.VIEWER)
        verdict = verify_log(desk, paper)
        desk.session.rollback()
        return verdict

    return run


def test_a_paper_printed_before_still_fits_a_log_that_has_grown(verify, five_rows, statuses):
    head = verify()
    statuses([sent_play(MORNING, seq=6)])
    for mark in (head.head_hash, head.head_hash[:12].upper()):
        assert verify(Printed(head.head_number, mark)).broken is None


def test_last_rows_taken_off_together_with_the_head_are_missed_by_the_paper(
    verify, five_rows, tamper, db
):
    head = verify()
    tamper("DELETE FROM log_entry WHERE number = 5")
    before = "SELECT row_hash FROM log_entry WHERE number = 4"
    db.execute(text(f"UPDATE log_head SET number = 4, row_hash = ({before})"))
    db.commit()
    assert verify().broken is None, "the database alone cannot know"
    paper = Printed(head.head_number, head.head_hash)
    assert verify(paper).broken == Break(5, Fault.GAP)


def test_a_log_made_anew_does_not_fit_the_paper(verify, five_rows):
    assert verify(Printed(3, "0" * 64)).broken == Break(3, Fault.CHANGED)
