"""Names of rows: UUID version 7, sorted by birth."""

from datetime import UTC, datetime
from uuid import UUID

from hypothesis import given
from hypothesis import strategies as st

from broadcast.ids import new_id

MOMENTS = st.datetimes(datetime(1971, 1, 1), datetime(2500, 1, 1), timezones=st.just(UTC))


@given(now=MOMENTS)
def test_an_id_is_a_version_7_uuid_of_its_moment(now):
    made = UUID(new_id(now))
    assert (made.version, made.variant) == (7, "specified in RFC 4122")
    assert made.int >> 80 == int(now.timestamp() * 1000)


@given(one=MOMENTS, two=MOMENTS)
def test_ids_of_different_milliseconds_sort_by_birth(one, two):
    before, after = (int(moment.timestamp() * 1000) for moment in (one, two))
    if before != after:
        assert (new_id(one) < new_id(two)) == (before < after)


def test_ids_of_one_millisecond_differ():
    now = datetime(2026, 11, 23, tzinfo=UTC)
    assert len({new_id(now) for _ in range(2000)}) == 2000
