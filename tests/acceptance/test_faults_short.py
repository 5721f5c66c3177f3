"""The three faults every year has: the station loses power, an answer is lost, a box dies."""

import pytest

from tests.acceptance.cut_wire import Cut
from tests.acceptance.fault_rig import ITEMS, Trial, WholeStation

pytestmark = [pytest.mark.e2e, pytest.mark.slow]


@pytest.fixture(scope="module")
def station(tmp_path_factory):
    made = WholeStation(tmp_path_factory.mktemp("whole"))
    yield made
    made.stop()


def test_a_box_plays_on_while_the_station_has_no_power_and_reports_afterwards(station):
    trial = Trial(station, "down")
    trial.start_box()
    trial.wait_on_air(0)
    station.die()
    trial.wait_on_air(ITEMS)
    station.start()
    came = trial.came()
    assert came.outcomes == {"complete": ITEMS}
    assert (came.lost, came.doubled) == (0, 0)


def test_rows_whose_answer_was_lost_are_sent_again_and_kept_once(station):
    trial = Trial(station, "lost")
    station.wire.cuts = [Cut("/plays", 0, times=2)]
    trial.start_box()
    came = trial.came()
    assert came.outcomes == {"complete": ITEMS}
    assert (came.lost, came.doubled) == (0, 0)
    assert not any(cut.times for cut in station.wire.cuts), "two answers were lost"


def test_a_box_that_lost_power_says_what_was_cut_and_repeats_nothing(station):
    trial = Trial(station, "cut")
    trial.start_box()
    trial.wait_on_air(1)
    trial.kill_box()
    trial.start_box()
    came = trial.came()
    assert came.outcomes == {"complete": ITEMS - 1, "interrupted": 1}
    assert (came.lost, came.doubled) == (0, 0)
