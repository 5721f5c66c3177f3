from datetime import UTC, datetime

import pytest
from sqlalchemy import select

from broadcast.airlog.corrections import (
    CorrectionWithoutReason,
    PlayedTimeImpossible,
    correct_play,
    get_play,
)
from broadcast.airlog.models import LogEntry
from broadcast.airlog.rules import PlayOutcome
from broadcast.airlog.verify import verify_log
from broadcast.errors import NotAllowed, NotFound
from broadcast.jobs.models import Job
from broadcast.people.rules import Actor, Right, Role
from tests.factories.plays import sent_play

MORNING = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)


@pytest.fixture
def played(look, statuses):
    statuses([sent_play(MORNING, title="Tin sáng")])
    return look(select(LogEntry.id))[0]


def test_a_correction_is_a_new_row_with_author_and_reason(look, desk_as, played):
    desk = desk_as(Role.OPERATOR)
    assert correct_play(desk, played, PlayOutcome.PARTIAL, 60_000, "loa hỏng nửa buổi") == 2
    first, second = look(select(LogEntry).order_by(LogEntry.number))
    assert (first.outcome, first.played_ms) == (PlayOutcome.COMPLETE, 120_000)
    assert (second.outcome, second.played_ms) == (PlayOutcome.PARTIAL, 60_000)
    assert second.corrects_id == first.id
    assert second.author_name == "Cán bộ Hạnh"
    assert second.title == "Tin sáng"


def test_a_corrected_log_still_holds(desk_as, played):
    desk = desk_as(Role.OPERATOR)
    correct_play(desk, played, PlayOutcome.MISSED, 0, "loa không kêu")
    assert verify_log(desk).broken is None


def test_a_correction_asks_for_its_day_again(look, desk_as, played, jobs):
    jobs.take()
    correct_play(desk_as(Role.OPERATOR), played, PlayOutcome.MISSED, 0, "loa không kêu")
    assert look(select(Job.subject)) == ["2026-11-23"]
    assert [ring.task for ring in jobs.take()] == ["airlog.reconcile_day"]


def test_correcting_a_correction_speaks_of_the_play(look, desk_as, played):
    desk = desk_as(Role.OPERATOR)
    correct_play(desk, played, PlayOutcome.MISSED, 0, "loa không kêu")
    (second,) = look(select(LogEntry.id).where(LogEntry.number == 2))
    correct_play(desk, second, PlayOutcome.COMPLETE, 120_000, "dân xác nhận có nghe")
    corrected = look(select(LogEntry.corrects_id).order_by(LogEntry.number))
    assert corrected == [None, played, played]


@pytest.mark.parametrize(
    ("played_ms", "reason", "error"),
    [(0, "  vì ", CorrectionWithoutReason), (-1, "loa hỏng", PlayedTimeImpossible)],
)
def test_a_correction_needs_a_reason_and_a_possible_time(desk_as, played, played_ms, reason, error):
    with pytest.raises(error):
        correct_play(desk_as(Role.OPERATOR), played, PlayOutcome.MISSED, played_ms, reason)


def test_who_only_looks_may_not_correct(desk_as, played):
    with pytest.raises(NotAllowed):
        correct_play(desk_as(Role.VIEWER), played, PlayOutcome.MISSED, 0, "loa không kêu")


def test_another_stations_row_does_not_exist(desk_as, other_station, played):
    stranger = desk_as(Role.OPERATOR).acting_as(Actor.machine(other_station.id, "x", Right.REPORT))
    with pytest.raises(NotFound):
        get_play(stranger, played)
    with pytest.raises(NotFound):
        correct_play(stranger, played, PlayOutcome.MISSED, 0, "loa không kêu")
