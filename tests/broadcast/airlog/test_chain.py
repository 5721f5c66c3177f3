from datetime import UTC, date, datetime, timedelta, timezone

from hypothesis import given, settings
from hypothesis import strategies as st

from broadcast.airlog.chain import SEALED, Break, Fault, first_broken, genesis_hash, row_hash, seal
from broadcast.airlog.models import LogEntry

GENESIS = genesis_hash("station-1")
SEAL_OF_2026 = "4c2863fd331d24db3bedbe402774909af25f6d76e3884851f4a2aa65fc290cfc"
TEXTS = st.text(max_size=20)
MOMENTS = st.datetimes(
    min_value=datetime(2000, 1, 1), max_value=datetime(2099, 1, 1), timezones=st.just(UTC)
)


def row_of(**facts):
    return dict.fromkeys(SEALED) | {"received_at": datetime(2026, 11, 23, tzinfo=UTC)} | facts


ROWS = st.lists(
    st.builds(
        row_of,
        title=TEXTS,
        reason=TEXTS,
        played_ms=st.integers(0, 10**8),
        started_at=MOMENTS,
        local_day=st.just(date(2026, 11, 23)),
    ),
    max_size=12,
)


def sealed(rows):
    rows = [dict(row) for row in rows]
    seal(rows, number=0, previous_hash=GENESIS)
    return rows


def test_everything_but_the_keys_and_the_hashes_is_sealed():
    columns = set(LogEntry.__table__.columns.keys())
    assert set(SEALED) == columns - {"id", "previous_hash", "row_hash"}


def test_stations_begin_their_chains_differently():
    assert genesis_hash("a") != genesis_hash("b")


def test_an_instant_is_sealed_the_same_in_whatever_zone_it_is_shown():
    moment = datetime(2026, 11, 23, 1, tzinfo=UTC)
    shown = moment.astimezone(timezone(timedelta(hours=7)))
    assert row_hash(GENESIS, row_of(started_at=moment)) == row_hash(
        GENESIS, row_of(started_at=shown)
    )


def test_the_form_of_the_seal_does_not_change_from_release_to_release():
    row = row_of(title="Thông báo", number=1, played_ms=5, local_day=date(2026, 11, 23))
    assert row_hash(GENESIS, row) == SEAL_OF_2026


def test_no_rows_leave_the_chain_where_it_stood():
    assert seal([], number=7, previous_hash="x") == (7, "x")


@settings(max_examples=50, deadline=None)
@given(ROWS)
def test_a_chain_as_it_was_sealed_holds(rows):
    assert first_broken(sealed(rows), GENESIS) is None


@settings(max_examples=50, deadline=None)
@given(ROWS, st.integers(0, 12))
def test_sealing_in_two_goes_is_sealing_in_one(rows, cut):
    parts = [dict(row) for row in rows]
    number, last = seal(parts[:cut], number=0, previous_hash=GENESIS)
    seal(parts[cut:], number=number, previous_hash=last)
    assert parts == sealed(rows)


@settings(max_examples=80, deadline=None)
@given(ROWS.filter(bool), st.data())
def test_a_changed_row_is_named(rows, data):
    chain = sealed(rows)
    at = data.draw(st.integers(0, len(chain) - 1))
    chain[at]["played_ms"] += 1
    assert first_broken(chain, GENESIS) == Break(at + 1, Fault.CHANGED)


@settings(max_examples=80, deadline=None)
@given(ROWS.filter(lambda rows: len(rows) > 1), st.data())
def test_a_row_taken_out_of_the_middle_is_named(rows, data):
    chain = sealed(rows)
    at = data.draw(st.integers(0, len(chain) - 2))
    del chain[at]
    assert first_broken(chain, GENESIS) == Break(at + 1, Fault.GAP)


@settings(max_examples=50, deadline=None)
@given(ROWS.filter(lambda rows: len(rows) > 1))
def test_a_row_sealed_anew_after_a_change_no_longer_links(rows):
    chain = sealed(rows)
    chain[0]["title"] = "khác hẳn"
    chain[0]["row_hash"] = row_hash(GENESIS, chain[0])
    broken = first_broken(chain, GENESIS)
    assert broken == Break(2, Fault.UNLINKED)
