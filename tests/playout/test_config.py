"""Settings: a bad value names its variable, and the token shows nowhere."""

from pathlib import Path

import pytest

from playout.config import BoxConfig
from playout.errors import BadSetting

GOOD = {"LOA_STATION_URL": "https://loa.xa.example/", "LOA_BOX_TOKEN": "s3cret"}


def test_two_settings_are_enough():
    config = BoxConfig.from_env(GOOD)
    assert (config.station_url, config.player, config.trim_ms) == (
        "https://loa.xa.example",
        "auto",
        0,
    )
    assert config.disk_budget_bytes == 2 * 2**30


def test_all_settings_are_read():
    config = BoxConfig.from_env(
        GOOD
        | {
            "LOA_BOX_DATA": "/var/lib/loa", "LOA_BOX_PLAYER": "mpv", "LOA_BOX_AUDIO_DEVICE": "alsa/plughw:1,0",
            "LOA_BOX_TRIM_MS": "-35", "LOA_BOX_DISK_BUDGET_MB": "100",
            "LOA_BOX_AMP_ON_COMMAND": "gpioset gpiochip0 '17=1'", "LOA_BOX_STATUS_COMMAND": "/usr/bin/lamp",
        }
    )  # fmt: skip
    assert config.data == Path("/var/lib/loa")
    assert config.trim_ms == -35
    assert config.amp_on_command == ("gpioset", "gpiochip0", "17=1")
    assert config.amp_off_command == ()
    assert config.disk_budget_bytes == 100 * 2**20


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("LOA_STATION_URL", ""), ("LOA_STATION_URL", "loa.xa.example"), ("LOA_STATION_URL", "ftp://x"),
        ("LOA_STATION_URL", "https://user:pass@x"), ("LOA_STATION_URL", "https://x:port"),
        ("LOA_STATION_URL", "http://[::1"), ("LOA_STATION_URL", "https://x?y=1"),
        ("LOA_BOX_TOKEN", ""), ("LOA_BOX_TOKEN", "a b"), ("LOA_BOX_TOKEN", "mã"),
        ("LOA_BOX_PLAYER", "vlc"), ("LOA_BOX_TRIM_MS", "soon"), ("LOA_BOX_TRIM_MS", "9999"),
        ("LOA_BOX_DISK_BUDGET_MB", "0"), ("LOA_BOX_AMP_ON_COMMAND", "sh -c 'x"),
    ],
)  # fmt: skip
def test_a_bad_value_names_its_variable(name, value):
    with pytest.raises(BadSetting) as caught:
        BoxConfig.from_env(GOOD | {name: value})
    assert name in caught.value.message


def test_the_token_shows_neither_in_the_settings_nor_in_errors():
    assert "s3cret" not in repr(BoxConfig.from_env(GOOD))
    with pytest.raises(BadSetting) as caught:
        BoxConfig.from_env(GOOD | {"LOA_BOX_TOKEN": "s3cret with space"})
    assert "s3cret" not in caught.value.message
