from dataclasses import replace
from hashlib import sha256

import pytest
from sqlalchemy import update

from broadcast.bulletins.models import AudioFile
from broadcast.people.rules import Role
from tests.factories.boxes import bearer, make_box
from tests.factories.sessions import make_audio

CONTENT = bytes(range(256)) * 40


@pytest.fixture
def audio(db, clock, station, settings):
    return make_audio(db, clock, station, content=CONTENT, media_dir=settings.media_dir)


@pytest.fixture
def fetch(client, box, audio):
    def get(*, method="GET", of=box, **headers):
        named = {name.replace("_", "-"): value for name, value in headers.items()}
        return client.open(
            f"/media/{audio.sha256}.mp3", method=method, headers=bearer(of) | named, buffered=True
        )

    return get


def test_a_file_comes_whole_and_says_what_it_is(fetch):
    answer = fetch()
    assert (answer.status_code, answer.data) == (200, CONTENT)
    assert sha256(answer.data).hexdigest() in answer.headers["ETag"]
    assert answer.content_type == "audio/mpeg"
    assert answer.content_length == len(CONTENT)
    assert answer.headers["Accept-Ranges"] == "bytes"
    assert "immutable" in answer.headers["Cache-Control"]


def test_head_tells_the_same_without_the_bytes(fetch):
    get, head = fetch(), fetch(method="HEAD")
    assert head.data == b""
    for name in ("Content-Length", "Content-Type", "ETag", "Accept-Ranges", "Cache-Control"):
        assert head.headers[name] == get.headers[name]


@pytest.mark.parametrize(
    ("asked", "start", "stop"),
    [("bytes=0-", 0, 10240), ("bytes=100-199", 100, 200), ("bytes=-40", 10200, 10240)],
)
def test_a_cut_download_goes_on_where_it_was_cut(fetch, asked, start, stop):
    answer = fetch(Range=asked)
    assert (answer.status_code, answer.data) == (206, CONTENT[start:stop])
    assert answer.headers["Content-Range"] == f"bytes {start}-{stop - 1}/10240"


def test_a_range_of_another_version_gets_the_whole(fetch, audio):
    assert fetch(Range="bytes=5-", If_Range=f'"{audio.sha256}"').status_code == 206
    assert fetch(Range="bytes=5-", If_Range='"other"').status_code == 200


def test_past_the_end_is_416_and_tells_the_length(fetch):
    answer = fetch(Range="bytes=10240-")
    assert answer.status_code == 416
    assert answer.headers["Content-Range"] == "bytes */10240"


def test_who_has_it_hears_so(fetch, audio):
    assert fetch(If_None_Match=f'"{audio.sha256}"').status_code == 304


def test_nobody_without_a_right_to_it_gets_it(db, clock, client, audio, fetch, other_station):
    assert client.get(f"/media/{audio.sha256}.mp3").status_code == 401
    stranger = make_box(db, clock, other_station, "9")
    assert fetch(of=stranger).status_code == 404


def test_a_person_of_the_station_hears_it_in_the_browser(audio, signed_in):
    assert signed_in(Role.VIEWER).get(f"/media/{audio.sha256}.mp3", buffered=True).data == CONTENT


@pytest.mark.parametrize("name", ["0" * 64, "..%2f..%2fsecret", "x", "A" * 64])
def test_what_is_not_there_is_404(client, box, audio, name):
    assert client.get(f"/media/{name}.mp3", headers=bearer(box)).status_code == 404


def test_cleared_audio_is_gone_and_a_lost_file_is_no_fault_of_the_page(db, fetch, settings, clock):
    from broadcast.bulletins.storage import media_path

    path = media_path(settings.media_dir, sha256(CONTENT).hexdigest())
    path.unlink()
    assert fetch().status_code == 404
    path.write_bytes(CONTENT)
    assert fetch().status_code == 200
    db.execute(update(AudioFile).values(removed_at=clock()))
    db.commit()
    assert fetch().status_code == 404


def test_behind_a_proxy_the_proxy_sends_the_bytes(settings, make_app, box, audio):
    app = make_app(replace(settings, accel_prefix="/inside/"))
    answer = app.test_client().get(f"/media/{audio.sha256}.mp3", headers=bearer(box))
    place = f"/inside/{audio.sha256[:2]}/{audio.sha256}.mp3"
    assert answer.headers["X-Accel-Redirect"] == place
    assert answer.data == b""
    assert answer.content_type == "audio/mpeg"
