"""The station's clock from exchanges: bounded error, drift only when proved, no single liar."""

from hypothesis import given, settings
from hypothesis import strategies as st

from playout.offset import Exchange, estimate

S = 10**9
MS = 10**6


def exchange(at_s, offset_ns, rtt_ms=40, skew=0.5, grain_ns=0):
    """An answer whose way out took `skew` of the round trip."""
    sent, rtt = round(at_s * S), rtt_ms * MS
    return Exchange(sent, sent + rtt, sent + round(rtt * skew) + offset_ns, grain_ns)


def test_without_an_exchange_there_is_no_estimate():
    assert estimate([]) is None


@settings(deadline=None)
@given(
    st.integers(-(10**18), 10**18),
    st.lists(st.tuples(st.integers(1, 900), st.floats(0, 1)), min_size=1, max_size=16),
)
def test_the_true_offset_lies_within_the_stated_error(offset, ways):
    exchanges = [exchange(n * 10, offset, rtt, skew) for n, (rtt, skew) in enumerate(ways)]
    found = estimate(exchanges)
    assert abs(found.offset_ns - offset) <= found.error_ns + 1


def test_the_quickest_answer_of_late_is_believed_most():
    exchanges = [exchange(0, 0, 800, 0.9), exchange(10, 0, 20), exchange(20, 0, 900, 0.1)]
    assert estimate(exchanges).error_ns == 10 * MS


def test_one_stale_answer_does_not_move_the_clock_and_a_second_does():
    steady = [exchange(n * 10, 5 * S) for n in range(4)]
    day = 86_400 * S
    once = [*steady, exchange(40, 5 * S + day)]
    assert abs(estimate(once).offset_ns - 5 * S) < S
    twice = [*once, exchange(50, 5 * S + day)]
    assert abs(estimate(twice).offset_ns - 5 * S - day) < S


def test_a_drift_of_a_second_a_minute_is_followed_within_50_ms():
    drift = 1 / 60
    exchanges = [exchange(n * 10, round(n * 10 * S * drift)) for n in range(12)]
    found = estimate(exchanges)
    later_s = 120
    told = found.station_ns(later_s * S)
    assert abs(told - round(later_s * S * (1 + drift))) < 50 * MS


def test_noise_alone_proves_no_drift():
    exchanges = [exchange(n * 10, 0, 60, skew) for n, skew in enumerate([0.1, 0.9] * 8)]
    assert estimate(exchanges).drift == 0.0


def test_an_http_date_is_worth_half_a_second():
    found = estimate([exchange(0, 0, grain_ns=500 * MS)])
    assert found.error_ns == 520 * MS
    better = estimate([exchange(0, 0, grain_ns=500 * MS), exchange(10, 0)])
    assert better.error_ns == 20 * MS


@settings(deadline=None)
@given(st.integers(-(10**17), 10**17), st.floats(-0.02, 0.02), st.integers(0, 10**14))
def test_there_and_back_is_the_same_moment(offset, drift, steady):
    from playout.offset import Estimate

    found = Estimate(offset, 0, 0, drift)
    assert abs(found.steady_ns(found.station_ns(steady)) - steady) <= 200


def test_an_answer_of_whole_seconds_does_not_blur_a_clock_that_was_exact_hours_ago():
    second, hours = 10**9, 6 * 3600 * 10**9
    exact = Exchange(0, 2_000_000, 1_000_000 + 5 * second, grain_ns=500_000)
    coarse = Exchange(
        hours, hours + 2_000_000, hours + 5 * second + 400_000_000, grain_ns=second // 2
    )
    assert estimate([exact, coarse]).offset_ns == exact.offset_ns


def test_a_clock_that_drifted_out_of_an_answer_of_whole_seconds_is_brought_to_its_edge():
    second, hours = 10**9, 6 * 3600 * 10**9
    exact = Exchange(0, 2_000_000, 1_000_000, grain_ns=500_000)
    coarse = Exchange(hours, hours + 2_000_000, hours + 2 * second, grain_ns=second // 2)
    found = estimate([exact, coarse])
    assert abs(found.station_ns(hours) - (hours + 2 * second)) <= coarse.error_ns + 2_000_000
