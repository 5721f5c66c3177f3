"""curl, wget, aria2 and ffmpeg take a station's sound: whole, in pieces, broken off, again."""

import hashlib
import json
import subprocess

import pytest

from tests.acceptance.cut_wire import Cut

pytestmark = [pytest.mark.player, pytest.mark.ffmpeg]

HALF = 700_000


@pytest.fixture
def run(program, tmp_path):
    def go(name, *args, timeout=60):
        return subprocess.run(
            [program(name), *args], cwd=tmp_path, capture_output=True, text=True, timeout=timeout
        )

    return go


@pytest.fixture
def long_url(day):
    return f"{day.url}/audio/{day.long.sha256}.mp3"


def sha256_of(path):
    return hashlib.sha256(path.read_bytes()).hexdigest()


def facts_of(head):
    """Status and headers of the last answer curl shows, without what tells the moment."""
    status, *lines = head.strip().split("\n\n")[-1].splitlines()
    headers = dict(line.split(": ", 1) for line in lines)
    return status.split()[1], {k.lower(): v for k, v in headers.items() if k != "Date"}


@pytest.fixture
def addresses(day):
    return {
        "today": f"{day.url}/today.m3u",
        "now": f"{day.url}/now.m3u",
        "audio": f"{day.url}/audio/{day.sounds[0].sha256}.mp3",
        "session": f"{day.url}/session/{day.today.id}.mp3",
        "schedule": f"{day.url}/schedule.ics",
        "missing audio": f"{day.url}/audio/{'0' * 64}.mp3",
        "missing key": f"{day.wire.url}/p/no-such-key/today.m3u",
    }


@pytest.mark.parametrize(
    "name", ["today", "now", "audio", "session", "schedule", "missing audio", "missing key"]
)
def test_head_says_what_get_says(run, addresses, name):
    head = facts_of(run("curl", "-sI", addresses[name]).stdout)
    got = facts_of(run("curl", "-s", "-D", "-", "-o", "body", addresses[name]).stdout)
    assert head == got
    assert head[0] == ("404" if "missing" in name else "200")
    assert int(head[1]["content-length"]) > 0


def test_a_list_is_utf_8_with_absolute_addresses_that_all_answer(run, day, addresses):
    text = run("curl", "-s", addresses["today"]).stdout
    lines = text.splitlines()
    assert lines[0] == "#EXTM3U"
    seconds = [-(-one.duration_ms // 1000) for one in day.sounds]
    assert lines[1] == f"#EXTINF:{seconds[0]},Lịch tiêm chủng tháng 12"
    assert lines[2::2] == [f"{day.url}/audio/{one.sha256}.mp3" for one in day.sounds]
    for url, sound in zip(lines[2::2], day.sounds, strict=True):
        run("curl", "-sf", "-o", "item.mp3", url)
        assert run("sha256sum", "item.mp3").stdout.split()[0] == sound.sha256


def test_curl_resumes_where_it_was_cut(run, day, long_url, quiet_wire, tmp_path):
    quiet_wire.cuts = [Cut(day.long.sha256, HALF)]
    assert run("curl", "-sf", "-o", "got.mp3", long_url).returncode == 18, "partial file"
    kept = (tmp_path / "got.mp3").stat().st_size
    assert 0 < kept < len(day.long.content)
    assert run("curl", "-sf", "-C", "-", "-o", "got.mp3", long_url).returncode == 0
    assert sha256_of(tmp_path / "got.mp3") == day.long.sha256
    again = quiet_wire.paths(day.long.sha256)[-1]
    assert (again.headers["range"], again.status) == (f"bytes={kept}-", 206)


def test_curl_is_told_that_a_complete_file_has_no_rest(run, day, long_url, quiet_wire, tmp_path):
    (tmp_path / "got.mp3").write_bytes(day.long.content)
    done = run("curl", "-s", "-D", "-", "-C", "-", "-o", "got.mp3", long_url)
    assert facts_of(done.stdout)[0] == "416"
    assert facts_of(done.stdout)[1]["content-range"] == f"bytes */{len(day.long.content)}"
    assert sha256_of(tmp_path / "got.mp3") == day.long.sha256


@pytest.mark.parametrize("name", ["today", "audio", "session", "schedule"])
def test_curl_with_the_tag_it_kept_is_told_nothing_has_changed(run, addresses, name):
    url = addresses[name]
    run("curl", "-sf", "--etag-save", "tag", "-o", "body", url)
    told = run("curl", "-s", "--etag-compare", "tag", "-o", "body", "-w", "%{http_code}", url)
    assert told.stdout == "304"


def test_wget_goes_on_by_itself_after_two_cuts(run, day, long_url, quiet_wire, tmp_path):
    quiet_wire.cuts = [Cut(day.long.sha256, HALF), Cut(day.long.sha256, HALF // 2)]
    done = run("wget", "-c", "-q", "--tries=5", "--waitretry=1", "-O", "got.mp3", long_url)
    assert done.returncode == 0
    assert sha256_of(tmp_path / "got.mp3") == day.long.sha256
    asked = quiet_wire.paths(day.long.sha256)
    assert [one.status for one in asked] == [200, 206, 206]


def test_aria2_takes_pieces_at_once_and_proves_the_sum(run, day, long_url, quiet_wire, tmp_path):
    args = ["-q", "-x4", "-s4", "-k1M", "--no-conf", "--max-tries=5", "--retry-wait=1"]
    quiet_wire.cuts = [Cut(day.long.sha256, HALF)]
    good = f"--checksum=sha-256={day.long.sha256}"
    assert run("aria2c", *args, good, "-o", "got.mp3", long_url).returncode == 0
    assert sha256_of(tmp_path / "got.mp3") == day.long.sha256
    assert len(quiet_wire.paths(day.long.sha256)) > 1
    bad = f"--checksum=sha-256={'0' * 64}"
    assert run("aria2c", *args, bad, "-o", "other.mp3", long_url).returncode == 32


def test_ffmpeg_reads_every_frame_of_a_session_and_its_exact_length(run, day, addresses):
    url = addresses["session"]
    said = json.loads(run("ffprobe", "-v", "error", "-of", "json", "-show_format", url).stdout)
    assert float(said["format"]["duration"]) * 1000 == pytest.approx(day.joined.duration_ms, abs=1)
    done = run("ffmpeg", "-nostdin", "-v", "warning", "-i", url, "-f", "s16le", "heard.pcm")
    assert (done.returncode, done.stderr) == (0, "")
    assert run("stat", "-c", "%s", "heard.pcm").stdout.strip() == str(
        day.joined.duration_ms * 24 * 2
    )


def test_a_session_in_one_file_has_the_bytes_of_its_items(run, day, addresses, tmp_path):
    run("curl", "-sf", "-o", "session.mp3", addresses["session"])
    assert sha256_of(tmp_path / "session.mp3") == day.joined.sha256
