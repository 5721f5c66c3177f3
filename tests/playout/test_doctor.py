"""What the technician hears on the phone."""

import re
from datetime import timedelta

import pytest

from playout.config import BoxConfig
from playout.doctor import examine


@pytest.fixture
def examined(process_env, station):
    def run(**settings):
        lines = []
        status = examine(BoxConfig.from_env(process_env(station, **settings)), lines.append)
        return status, {line.split("] ")[1].split(":")[0]: line for line in lines}

    return run


def test_a_healthy_box_is_told_so_line_by_line(station, make_box, examined):
    raw = station.add_audio(2400)
    soon = station.now() + timedelta(hours=1)
    station.publish("v7", [station.session("s", soon, [station.item("a", 0, raw)])])
    box = make_box()
    box.link.step()
    box.fetcher.step()
    status, said = examined()
    assert status == 0
    assert "v7" in said["Lịch phát"]
    assert soon.astimezone().strftime("%H:%M:%S") in said["Buổi phát tới"]
    assert "1/1" in said["Âm thanh đã tải"]
    assert "0 dòng chờ gửi" in said["Nhật ký"]
    assert all(line.startswith("[TỐT]") for line in said.values())


def test_a_missing_network_is_the_first_thing_said(station, examined):
    station.stop()
    try:
        status, said = examined()
    finally:
        station.start_again()
    assert status == 1
    assert said["Mạng"].startswith("[LỖI]")
    assert said["Đồng hồ"].startswith("[LỖI]")


def test_a_revoked_token_is_told_apart_from_the_network(station, examined, loopback):
    station.revoked = True
    _, said = examined()
    assert said["Mạng"].startswith("[TỐT]")
    assert said["Mã loa"].startswith("[LỖI]")
    assert loopback.TOKEN not in "".join(said.values())


def test_a_wall_clock_that_is_wrong_is_measured(station, examined):
    station.publish("1", [])
    station.ahead = timedelta(hours=-5)
    _, said = examined()
    off_ms = int(re.search(r"lệch giờ đài (-?\d+) ms", said["Đồng hồ"])[1])
    assert abs(off_ms + 5 * 3_600_000) < 1500, "an HTTP Date knows whole seconds"


def test_missing_audio_is_counted(station, make_box, examined):
    raw = station.add_audio(2400)
    station.publish(
        "1", [station.session("s", station.now() + timedelta(hours=1), [station.item("a", 0, raw)])]
    )
    make_box().link.step()
    status, said = examined()
    assert status == 1
    assert "0/1" in said["Âm thanh đã tải"]


@pytest.mark.player
def test_the_test_tone_goes_through_the_configured_output(station, examined):
    _, said = examined(LOA_BOX_PLAYER="mpv", LOA_BOX_AUDIO_DEVICE="null")
    assert said["Âm thanh"].startswith("[TỐT]")
    _, said = examined(LOA_BOX_PLAYER="mpv", LOA_BOX_AUDIO_DEVICE="alsa/no-such-card")
    assert said["Âm thanh"].startswith("[LỖI]")
