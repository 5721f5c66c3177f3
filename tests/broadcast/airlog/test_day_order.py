"""Days of one station wait for each other; a new threshold judges again the days it changes."""

import threading
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from broadcast.airlog.days import reconcile_day
from broadcast.airlog.models import AiringRow
from broadcast.airlog.rounds import judge_again
from broadcast.airlog.rules import AiringOutcome
from broadcast.jobs.models import Job, JobKind
from broadcast.people.rules import Role
from tests.factories.boxes import make_box
from tests.factories.plays import sent_play
from tests.factories.sessions import make_audio, make_bulletin, make_line, make_session

TODAY = date(2026, 11, 23)
MINUTE_MS = 60_000


@pytest.fixture
def lines(db, clock, station, box, people_of):
    """Eight minutes of today and of tomorrow, each a bulletin of its own."""
    made = []
    for number in range(8):
        audio = make_audio(db, clock, station, f"{number}")
        bulletin = make_bulletin(db, clock, station, f"{number}", author=people_of[Role.OPERATOR])
        session = make_session(db, station, clock() + timedelta(hours=1 + 3 * number), f"{number}")
        made.append(make_line(db, session, f"{number}", audio=audio, bulletin=bulletin))
    return made


def heard(line, seq, *, at=None, played_ms=MINUTE_MS):
    values = {"airing": line.id, "session": line.session_id, "planned_start": line.planned_start}
    return sent_play(
        at or line.planned_start, seq=seq, played_ms=played_ms, planned_ms=MINUTE_MS, **values
    )


def test_neighbouring_days_that_play_each_others_lines_are_made_at_once_without_a_collision(
    clock, lines, statuses, desk_as, look
):
    """An older plan was played: today's lines tomorrow and the other way round."""
    moments = [line.planned_start for line in lines]
    statuses(
        [
            heard(line, seq, at=at)
            for seq, (line, at) in enumerate(zip(lines, reversed(moments), strict=True), start=1)
        ]
    )
    clock.move(days=3)
    refused = []

    def make(day):
        desk = desk_as(Role.OPERATOR)
        try:
            for _ in range(5):
                reconcile_day(desk, day)
        except Exception as err:
            refused.append(err)
        finally:
            desk.session.close()

    days = [TODAY, TODAY + timedelta(days=1)] * 2
    threads = [threading.Thread(target=make, args=(day,)) for day in days]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert refused == []
    rows = look(select(AiringRow).where(AiringRow.airing_id.is_not(None)))
    assert len(rows) == len({row.airing_id for row in rows}) == len(lines)


@pytest.mark.parametrize(
    ("before", "after", "days"), [(80, 50, 1), (50, 80, 1), (80, 70, 0), (50, 30, 0)]
)
def test_only_days_on_which_the_new_threshold_changes_an_outcome_are_judged_again(
    clock, lines, statuses, desk_as, look, db, before, after, days
):
    statuses([heard(lines[0], 1, played_ms=36_000), heard(lines[7], 2)])
    clock.move(days=3)
    for day in (TODAY, TODAY + timedelta(days=1)):
        desk = desk_as(Role.OPERATOR)
        reconcile_day(desk, day)
        desk.session.close()
    (row,) = look(select(AiringRow).where(AiringRow.airing_id == lines[0].id))
    assert row.outcome is AiringOutcome.PARTIAL
    assert judge_again(desk_as(Role.OPERATOR), before, after) == days


def test_a_part_that_one_box_of_two_played_is_judged_again_too(
    clock, lines, statuses, send, station, desk_as, db, look
):
    second = make_box(db, clock, station, "hai")
    statuses([heard(lines[0], 1)])
    send([heard(lines[0], 1, played_ms=36_000)], of=second, boot="boot-2")
    clock.move(days=3)
    desk = desk_as(Role.OPERATOR)
    reconcile_day(desk, TODAY)
    assert judge_again(desk, 80, 50) == 1
    desk.session.commit()
    wanted = look(select(Job).where(Job.kind == JobKind.RECONCILE))
    assert TODAY.isoformat() in {job.subject for job in wanted}
