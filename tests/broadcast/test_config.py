"""A bad value stops the start and names its variable."""

import stat

import pytest
from hypothesis import given
from hypothesis import strategies as st

from broadcast.config import SettingInvalid, Settings

NUMBERS = {
    "LOA_PORT": (1, 65535),
    "LOA_TRUSTED_PROXIES": (0, 5),
    "LOA_UPLOAD_LIMIT_MB": (1, 20_000),
    "LOA_GOOGLE_PARTS_PER_MINUTE": (1, 6000),
    "LOA_BOX_POLL_SECONDS": (1, 3600),
}


def read(tmp_path, **environ):
    return Settings.from_env({"LOA_DATA": str(tmp_path), "LOA_SECRET_KEY": "k" * 32} | environ)


def test_an_empty_environment_is_enough(tmp_path):
    settings = read(tmp_path)
    assert settings.database_url == f"sqlite:///{tmp_path / 'loa.db'}"
    assert settings.public_url == "http://127.0.0.1:8080"
    assert not settings.secure_cookies
    assert settings.media_dir.parent == settings.data_dir == tmp_path


@pytest.mark.parametrize("name", NUMBERS)
@pytest.mark.parametrize("value", ["", "x", "-1", "1.5", "１", "999999999", "0x10"])
def test_each_number_that_is_none_is_named(tmp_path, name, value):
    if value == "１":
        value = "１２３４５６７８９"
    with pytest.raises(SettingInvalid) as refused:
        read(tmp_path, **{name: value})
    assert refused.value.name == name
    assert str(refused.value).startswith(f"{name}: ")


@pytest.mark.parametrize(("name", "bounds"), NUMBERS.items())
def test_each_bound_is_inside_and_what_follows_it_outside(tmp_path, name, bounds):
    low, high = bounds
    read(tmp_path, **{name: str(low)})
    read(tmp_path, **{name: str(high)})
    for outside in (low - 1, high + 1):
        with pytest.raises(SettingInvalid):
            read(tmp_path, **{name: str(outside)})


@pytest.mark.parametrize("url", ["ftp://x", "loa.example", "javascript:alert(1)", ""])
def test_a_public_address_that_is_no_web_address_is_named(tmp_path, url):
    with pytest.raises(SettingInvalid, match="LOA_PUBLIC_URL"):
        read(tmp_path, LOA_PUBLIC_URL=url)


def test_https_makes_cookies_travel_safely_and_a_last_slash_is_dropped(tmp_path):
    settings = read(tmp_path, LOA_PUBLIC_URL="https://loa.example/")
    assert settings.secure_cookies
    assert settings.public_url == "https://loa.example"


def test_the_key_of_the_cookies_is_made_once_and_only_its_owner_reads_it(tmp_path):
    first = Settings.from_env({"LOA_DATA": str(tmp_path / "data")})
    second = Settings.from_env({"LOA_DATA": str(tmp_path / "data")})
    assert first.secret_key == second.secret_key
    assert len(first.secret_key) == 64
    mode = (tmp_path / "data" / "secret.key").stat().st_mode
    assert stat.S_IMODE(mode) == 0o600


def test_a_data_folder_that_cannot_be_is_named(tmp_path):
    (tmp_path / "file").write_text("")
    with pytest.raises(SettingInvalid, match="LOA_DATA"):
        Settings.from_env({"LOA_DATA": str(tmp_path / "file" / "data")})


@given(port=st.integers(1, 65535))
def test_host_and_port_make_the_address_until_another_is_given(tmp_path_factory, port):
    settings = read(tmp_path_factory.getbasetemp(), LOA_HOST="0.0.0.0", LOA_PORT=str(port))
    assert settings.public_url == f"http://0.0.0.0:{port}"


def test_settings_are_frozen(tmp_path):
    with pytest.raises(AttributeError):
        read(tmp_path).port = 1
