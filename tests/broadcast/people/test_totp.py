"""Codes of a phone against the table of RFC 6238, appendix B, and the promises of `matching_step`."""

import base64
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadcast.people.totp import (
    STEP_S,
    code_at,
    matching_step,
    provisioning_uri,
    step_of,
)

RFC_SECRET = base64.b32encode(b"12345678901234567890").decode()
MOMENTS = st.datetimes(datetime(2000, 1, 1), datetime(2200, 1, 1), timezones=st.just(UTC))


@pytest.mark.parametrize(
    ("seconds", "code"),
    [
        (59, "287082"),
        (1111111109, "081804"),
        (1111111111, "050471"),
        (1234567890, "005924"),
        (2000000000, "279037"),
        (20000000000, "353130"),
    ],
)
def test_codes_are_those_of_the_standard(seconds, code):
    assert code_at(RFC_SECRET, seconds // STEP_S) == code


@given(now=MOMENTS)
def test_a_clock_may_be_off_by_one_step_either_way(now):
    step = step_of(now)
    codes = {near: code_at(RFC_SECRET, near) for near in (step - 1, step, step + 1)}
    for near, code in codes.items():
        found = matching_step(RFC_SECRET, code, now)
        assert found == near or codes[found] == code


@given(now=MOMENTS)
def test_a_clock_that_is_off_by_two_steps_opens_nothing(now):
    step = step_of(now)
    good = {code_at(RFC_SECRET, near) for near in (step - 1, step, step + 1)}
    for far in (step - 2, step + 2):
        code = code_at(RFC_SECRET, far)
        assert (matching_step(RFC_SECRET, code, now) is None) == (code not in good)


@given(now=MOMENTS, written=st.text(max_size=8))
def test_nothing_else_matches_whatever_is_typed(now, written):
    step = step_of(now)
    good = {code_at(RFC_SECRET, near) for near in (step - 1, step, step + 1)}
    found = matching_step(RFC_SECRET, written, now)
    assert (found is not None) == ("".join(written.split()) in good)


def test_a_code_typed_in_two_groups_matches():
    now = datetime(2026, 11, 23, 1, 0, tzinfo=UTC)
    code = code_at(RFC_SECRET, step_of(now))
    assert matching_step(RFC_SECRET, f" {code[:3]} {code[3:]} ", now) is not None


def test_the_qr_code_names_station_and_login():
    uri = provisioning_uri("ABC", "hanh.vh", "Đài Ngọc Kỳ")
    assert uri.startswith("otpauth://totp/%C4%90%C3%A0i%20Ng")
    assert "secret=ABC" in uri
    assert "%3Ahanh.vh?" in uri
