"""Every page and deed of the bulletins through the browser's door, by role."""

import re
from datetime import timedelta
from io import BytesIO

import pytest

from broadcast.bulletins import decisions, service
from broadcast.bulletins.models import Bulletin, BulletinVersion, Decision, DictionaryWord, Topic
from broadcast.bulletins.queries import get_bulletin
from broadcast.bulletins.rules import BulletinState
from broadcast.jobs.models import Job, JobState
from broadcast.jobs.service import lease_job, report_progress
from broadcast.people.rules import Role
from broadcast.stations.models import Station

WRITES = {Role.OPERATOR, Role.APPROVER, Role.ADMINISTRATOR}
APPROVES = {Role.APPROVER, Role.ADMINISTRATOR}
EVERYBODY = set(Role)

READS = [
    ("/tin-bai/", EVERYBODY),
    ("/tin-bai/moi", WRITES),
    ("/tin-bai/cho-duyet", APPROVES),
    ("/tin-bai/tu-dien", WRITES),
    ("/tin-bai/chu-de", WRITES),
    ("/tin-bai/{id}", EVERYBODY),
    ("/tin-bai/{id}/soan", WRITES),
    ("/tin-bai/{id}/tien-do", EVERYBODY),
    ("/tin-bai/{id}/thu-am", WRITES),
    ("/tin-bai/{id}/duyet", APPROVES),
    ("/tin-bai/{id}/thu-hoi", EVERYBODY),
    ("/tin-bai/{id}/cac-ban", EVERYBODY),
    ("/tin-bai/{id}/ban/1", EVERYBODY),
]
DEEDS = [
    ("/tin-bai/moi", WRITES),
    ("/tin-bai/doc-thu", WRITES),
    ("/tin-bai/{id}/soan", WRITES),
    ("/tin-bai/{id}/tu-luu", WRITES),
    ("/tin-bai/{id}/am-thanh", WRITES),
    ("/tin-bai/{id}/dung-am-thanh", WRITES),
    ("/tin-bai/{id}/thu-am", WRITES),
    ("/tin-bai/{id}/gui-duyet", WRITES),
    ("/tin-bai/{id}/duyet", APPROVES),
    ("/tin-bai/{id}/tra-lai", APPROVES),
    ("/tin-bai/{id}/kho-luu", WRITES),
    ("/tin-bai/{id}/soan-lai", WRITES),
    ("/tin-bai/tu-dien", WRITES),
    ("/tin-bai/tu-dien/x/xoa", WRITES),
    ("/tin-bai/chu-de", WRITES),
    ("/tin-bai/chu-de/x/ten", WRITES),
    ("/tin-bai/chu-de/x/gop", WRITES),
    ("/tin-bai/chu-de/x/cat", WRITES),
]


def words_of(answer):
    return answer.get_data(as_text=True)


@pytest.fixture
def browser(signed_in, db):
    """`browser(role)` is a signed-in browser; the test's own session holds nothing meanwhile."""

    def open_browser(role=Role.OPERATOR):
        client = signed_in(role)
        plain = client.open

        def free_and_open(*args, **more):
            db.commit()
            answer = plain(*args, **more)
            db.expire_all()
            return answer

        client.open = free_and_open
        return client

    return open_browser


@pytest.fixture
def form(draft):
    def fields(**other):
        whole = draft()
        return {
            "title": whole.title,
            "kind": "tin",
            "topic_id": whole.topic_id,
            "text": whole.text,
            "voice": "google/vi",
            "speed_percent": "100",
        } | other

    return fields


@pytest.mark.parametrize("role", list(Role))
def test_each_page_opens_for_those_who_may_and_is_refused_to_the_others(browser, written, role):
    client = browser(role)
    for path, allowed in READS:
        answer = client.get(path.format(id=written.id))
        assert answer.status_code == (200 if role in allowed else 403), path


@pytest.mark.parametrize("role", [Role.VIEWER, Role.OPERATOR])
def test_each_deed_is_refused_to_those_who_hold_no_right_to_it(browser, written, role):
    client = browser(role)
    for path, allowed in DEEDS:
        answer = client.post(path.format(id=written.id))
        assert (answer.status_code == 403) == (role not in allowed), path
        assert answer.status_code < 500, path


def test_another_stations_bulletin_looks_like_one_that_never_was(
    browser, written, other_station, db
):
    db.get(Bulletin, written.id).station_id = other_station.id
    db.commit()
    client = browser(Role.ADMINISTRATOR)
    fields = {"reason": "x", "seen": "x", "row_version": "1"}
    for path in (path.format(id=written.id) for path, _ in READS if "{id}" in path):
        assert client.get(path).status_code == 404, path
    for path in (path.format(id=written.id) for path, _ in DEEDS if "{id}" in path):
        assert client.post(path, data=fields).status_code == 404, path


def test_who_is_not_signed_in_is_led_to_the_door(app, written):
    answer = app.test_client().get(f"/tin-bai/{written.id}")
    assert answer.status_code == 302
    assert "/dang-nhap" in answer.location


def test_from_an_empty_page_to_a_job_in_one_press(browser, form, db, jobs):
    answer = browser().post("/tin-bai/moi", data=form(audio="yes"))
    bulletin = db.query(Bulletin).one()
    assert answer.location.startswith(f"/tin-bai/{bulletin.id}?saved=new")
    assert db.query(Job).one().state is JobState.QUEUED
    assert [ring.task for ring in jobs.rings] == ["bulletins.render"]


def test_what_was_typed_stays_when_a_field_is_wrong(browser, form):
    answer = browser().post("/tin-bai/moi", data=form(title="", text="Chữ đã gõ <b>"))
    assert answer.status_code == 422
    assert "Chữ đã gõ &lt;b&gt;" in words_of(answer)
    assert "Hãy đặt tiêu đề" in words_of(answer)


def test_100_000_letters_come_back_whole_with_the_limit(browser, form):
    text = "bà con " * 14_300
    answer = browser().post("/tin-bai/moi", data=form(text=text))
    assert answer.status_code == 422
    assert "60.000" in words_of(answer)
    assert text.strip() in words_of(answer)


def test_text_of_an_old_font_is_refused_with_how_to_convert_it(browser, form):
    old = "§µi truyÒn thanh x· Ngäc Kú xin th«ng b¸o tíi toµn thÓ bµ con nh©n d©n"
    answer = browser().post("/tin-bai/moi", data=form(text=old))
    assert answer.status_code == 422
    assert "UniKey" in words_of(answer)


@pytest.mark.parametrize(
    "bad",
    [
        {"kind": "phim"},
        {"topic_id": "nowhere"},
        {"voice": "x" * 50},
        {"speed_percent": "nhanh"},
        {"speed_percent": "9" * 30},
        {"title": "x" * 400},
        {"title": "\x00\x01"},
    ],
    ids=lambda fields: next(iter(fields)),
)
def test_no_field_can_break_the_server(browser, form, db, bad):
    assert browser().post("/tin-bai/moi", data=form(**bad)).status_code == 422
    assert db.query(Bulletin).count() == 0


def test_reading_aloud_on_trial_saves_nothing(browser, form, db):
    answer = browser().post("/tin-bai/moi", data=form(preview="yes", text="Họp lúc 7h30."))
    assert "bảy giờ ba mươi" in words_of(answer)
    assert db.query(Bulletin).count() == 0


def test_the_preview_underlines_each_change_and_says_why(browser):
    answer = browser().post("/tin-bai/doc-thu", data={"text": "UBND họp 7h30, mã XQZW <i>."})
    page = words_of(answer)
    assert re.search(r'data-written="UBND"[^>]*title="Viết “UBND”.[^"]+"', page)
    assert '<mark data-kind="unknown">XQZW</mark>' in page
    assert "<i>" not in page


def test_typing_is_kept_by_itself_and_the_next_keeping_follows_on(browser, form, written, db):
    client = browser()
    row = str(get_bulletin_row(db, written))
    first = client.post(f"/tin-bai/{written.id}/tu-luu", data=form(text="Một.", row_version=row))
    assert first.status_code == 204
    follow = first.headers["X-Version"]
    second = client.post(
        f"/tin-bai/{written.id}/tu-luu", data=form(text="Hai.", row_version=follow)
    )
    assert second.status_code == 204
    assert db.query(BulletinVersion).one().text == "Hai."


def get_bulletin_row(db, bulletin):
    return db.get(Bulletin, bulletin.id).row_version


def test_typing_never_overwrites_what_another_saved(browser, form, written, clock, db):
    stale = str(get_bulletin_row(db, written))
    clock.move(seconds=1)
    browser(Role.APPROVER).post(
        f"/tin-bai/{written.id}/soan", data=form(text="Người kia.", row_version=stale)
    )
    answer = browser().post(
        f"/tin-bai/{written.id}/tu-luu", data=form(text="Tôi.", row_version=stale)
    )
    assert answer.status_code == 409
    assert db.query(BulletinVersion).one().text == "Người kia."


def test_on_a_conflict_both_texts_are_shown_and_a_second_press_saves_mine(
    browser, form, written, clock, db
):
    stale = str(get_bulletin_row(db, written))
    clock.move(seconds=1)
    browser(Role.APPROVER).post(
        f"/tin-bai/{written.id}/soan", data=form(text="Người kia.", row_version=stale)
    )
    client = browser()
    answer = client.post(
        f"/tin-bai/{written.id}/soan", data=form(text="Tôi gõ.", row_version=stale)
    )
    page = words_of(answer)
    assert answer.status_code == 409
    assert "Người kia." in page
    assert "Tôi gõ." in page
    fresh = re.search(r'name="row_version"[^>]*value="(\d+)"', page).group(1)
    again = client.post(f"/tin-bai/{written.id}/soan", data=form(text="Tôi gõ.", row_version=fresh))
    assert again.status_code == 302
    assert db.query(BulletinVersion).one().text == "Tôi gõ."


def test_an_approved_bulletin_is_never_saved_by_typing_alone(browser, form, approved, db):
    row = str(get_bulletin_row(db, approved))
    client = browser()
    answer = client.post(
        f"/tin-bai/{approved.id}/tu-luu", data=form(text="Một chữ.", row_version=row)
    )
    assert answer.status_code == 409
    page = words_of(client.get(f"/tin-bai/{approved.id}/soan"))
    assert "data-autosave" not in page
    assert "duyệt lại" in page
    assert db.get(Bulletin, approved.id).state is BulletinState.APPROVED


def test_a_warning_is_set_aside_with_its_reason_while_the_text_is_saved(browser, form, written, db):
    row = str(get_bulletin_row(db, written))
    fields = form(
        text="Nộp ở huyện.",
        row_version=row,
        aside="1",
        **{"doubt-kind-1": "stale_term", "doubt-written-1": "huyện", "doubt-reason-1": "Tên cũ"},
    )
    client = browser()
    answer = client.post(f"/tin-bai/{written.id}/soan", data=fields)
    assert db.query(BulletinVersion).one().text == "Nộp ở huyện."
    assert "bỏ qua, vì: Tên cũ" in words_of(client.get(answer.location))


def test_a_warning_without_a_reason_stays_and_the_text_is_saved(browser, form, written, db):
    fields = form(row_version=str(get_bulletin_row(db, written)), text="Ở huyện.", aside="1")
    assert browser().post(f"/tin-bai/{written.id}/soan", data=fields).status_code == 302
    assert db.query(BulletinVersion).one().overridden == []
    assert db.query(BulletinVersion).one().text == "Ở huyện."


def test_progress_is_counted_by_sentence_and_the_page_is_renewed_at_the_end(
    browser, written, desk_as, db
):
    client = browser()
    client.post(f"/tin-bai/{written.id}/am-thanh")
    job = db.query(Job).one()
    lease_job(desk_as(), job.id)
    report_progress(desk_as(), job.id, 4, 23, "câu")
    going_on = client.get(f"/tin-bai/{written.id}/tien-do")
    assert "câu 4/23" in words_of(going_on)
    assert "HX-Refresh" not in going_on.headers
    assert "câu 4/23" in words_of(client.get(f"/tin-bai/{written.id}"))
    client.post(f"/tin-bai/{written.id}/dung-am-thanh")
    assert client.get(f"/tin-bai/{written.id}/tien-do").headers["HX-Refresh"] == "true"
    assert "Đã dừng làm âm thanh" in words_of(client.get(f"/tin-bai/{written.id}"))


def test_the_page_of_a_finished_bulletin_plays_it_and_says_its_facts(browser, written, give_audio):
    give_audio(written)
    page = words_of(browser().get(f"/tin-bai/{written.id}"))
    assert f'src="/media/{"a" * 64}.mp3"' in page
    assert 'data-starts="500" data-ends="3000"' in page
    for fact in ("1 phút 1 giây", "-16,1 LUFS", "-1,9 dBTP", "12%", "Google"):
        assert fact in page


def test_a_substitute_voice_is_marked_and_the_redo_offered_when_the_wished_one_is_back(
    browser, written, give_audio, db
):
    give_audio(written, engine="espeak", fallback_reason="Mất mạng.")
    client = browser()
    page = words_of(client.get(f"/tin-bai/{written.id}"))
    assert "giọng thay thế" in page
    assert "Làm lại bằng giọng đã chọn" in page
    client.post(f"/tin-bai/{written.id}/am-thanh", data={"fresh": "yes"})
    assert db.query(BulletinVersion).one().rendition_id is None


def test_the_redo_is_not_offered_while_the_wished_voice_rests(
    browser, written, give_audio, settings
):
    from audio.speech.base import Engine
    from audio.speech.breaker import Breaker
    from audio.speech.errors import SpeechThrottled
    from broadcast.clock import wall_clock

    Breaker(settings.speech_dir / "resting.json").trip(
        Engine.GOOGLE, SpeechThrottled(), wall_clock() + timedelta(minutes=1)
    )
    give_audio(written, engine="espeak", fallback_reason="Mất mạng.")
    assert "Làm lại bằng giọng" not in words_of(browser().get(f"/tin-bai/{written.id}"))


def test_the_whole_way_from_handing_in_to_the_approval(browser, written, give_audio, db):
    give_audio(written)
    author, approver = browser(), browser(Role.APPROVER)
    assert author.post(f"/tin-bai/{written.id}/gui-duyet").status_code == 302
    assert written.title in words_of(approver.get("/tin-bai/cho-duyet"))
    page = words_of(approver.get(f"/tin-bai/{written.id}/duyet"))
    seen = re.search(r'name="seen"[^>]*value="([0-9a-f]{64})"', page).group(1)
    fields = {"seen": seen, "authority": "Chủ tịch"}
    assert approver.post(f"/tin-bai/{written.id}/duyet", data=fields).status_code == 302
    assert db.query(Decision).one().authority == "Chủ tịch"
    assert db.get(Bulletin, written.id).state is BulletinState.APPROVED
    assert "Chủ tịch" in words_of(author.get(f"/tin-bai/{written.id}"))


def test_an_approval_of_an_older_page_is_refused_in_words(browser, waiting, seen, give_audio):
    old = seen(waiting)
    give_audio(waiting, sha256="b" * 64)
    answer = browser(Role.APPROVER).post(f"/tin-bai/{waiting.id}/duyet", data={"seen": old})
    assert answer.status_code == 409
    assert "đã đổi sau khi bạn mở trang" in words_of(answer)


def test_one_person_goes_straight_from_handing_in_to_the_review(browser, written, give_audio, db):
    db.query(Station).one().one_person = True
    db.commit()
    give_audio(written)
    answer = browser(Role.ADMINISTRATOR).post(f"/tin-bai/{written.id}/gui-duyet")
    assert answer.location.endswith("/duyet")


def test_sending_back_without_a_reason_comes_back_to_the_page(browser, waiting, db):
    client = browser(Role.APPROVER)
    answer = client.post(f"/tin-bai/{waiting.id}/tra-lai", data={"reason": "  "})
    assert answer.status_code == 422
    assert "Hãy ghi lý do" in words_of(answer)
    assert 'name="seen"' in words_of(answer)
    client.post(f"/tin-bai/{waiting.id}/tra-lai", data={"reason": "Thiếu <ngày>."})
    assert "Thiếu &lt;ngày&gt;." in words_of(browser().get(f"/tin-bai/{waiting.id}"))


def test_the_approver_sees_what_changed_since_the_last_decision(
    browser, waiting, desk_as, draft, give_audio, db, clock
):
    decisions.return_bulletin(desk_as(Role.APPROVER), waiting.id, "Sai ngày.")
    clock.move(minutes=1)
    row = get_bulletin(desk_as(), waiting.id).row_version
    service.save_draft(
        desk_as(), waiting.id, draft(text=draft().text.replace("mai", "kia")), row_version=row
    )
    give_audio(waiting, sha256="c" * 64)
    service.submit_bulletin(desk_as(), waiting.id)
    page = words_of(browser(Role.APPROVER).get(f"/tin-bai/{waiting.id}/duyet"))
    assert "<del>mai </del><ins>kia </ins>" in page
    assert "Sai ngày." in page
    assert "<ins>kia </ins>" in words_of(browser().get(f"/tin-bai/{waiting.id}/ban/2"))


def test_withdrawing_asks_for_a_reason_and_keeps_it(browser, approved, db):
    client = browser()
    assert client.post(f"/tin-bai/{approved.id}/thu-hoi", data={"reason": ""}).status_code == 422
    client.post(f"/tin-bai/{approved.id}/thu-hoi", data={"reason": "Hoãn họp."})
    assert "Hoãn họp." in words_of(client.get(f"/tin-bai/{approved.id}"))
    client.post(f"/tin-bai/{approved.id}/soan-lai")
    assert db.get(Bulletin, approved.id).state is BulletinState.DRAFTED


def test_the_library_finds_words_without_accents_inside_texts(browser, written, desk_as, draft):
    service.start_bulletin(desk_as(), draft(title="Họp thôn", text="Nhà văn hóa."))
    client = browser(Role.VIEWER)
    assert words_of(client.get("/tin-bai/?words=TIEM+chung")).count("Lịch tiêm phòng</a>") == 1
    assert "Họp thôn" not in words_of(client.get("/tin-bai/?words=tiem+chung"))
    assert "Không có tin bài nào như vậy" in words_of(client.get("/tin-bai/?words=%25%00_"))


def test_the_library_filters_by_step_topic_and_archive(browser, written, desk_as):
    client = browser()
    has = lambda query: written.title in words_of(client.get(f"/tin-bai/?{query}"))  # noqa: E731
    assert has("state=drafted")
    assert not has("state=approved")
    assert has(f"topic={written.topic_id}")
    assert not has("topic=topic-cds-ngoc-ky")
    client.post(f"/tin-bai/{written.id}/kho-luu", data={"archived": "yes"})
    assert not has("")
    assert has("archived=y")
    client.post(f"/tin-bai/{written.id}/kho-luu", data={"archived": "no"})
    assert has("")


@pytest.mark.parametrize("query", ["page=9999999999999", "page=-1", "page=x", "state=x", "topic=x"])
def test_the_library_takes_any_address(browser, written, query):
    assert browser().get(f"/tin-bai/?{query}").status_code == 200


def test_the_library_has_pages_of_thirty(browser, desk_as, draft, clock):
    for number in range(31):
        clock.move(seconds=1)
        service.start_bulletin(desk_as(), draft(title=f"Tin số {number:02}"))
    client = browser()
    first, second = (words_of(client.get(f"/tin-bai/?page={page}")) for page in (1, 2))
    assert "1–30 trên 31" in first
    assert "Tin số 00" not in first
    assert "Tin số 00" in second


def test_an_empty_library_says_what_to_do_first(browser, station):
    assert "Soạn tin đầu tiên" in words_of(browser().get("/tin-bai/"))


def test_markup_in_titles_is_shown_and_not_run(browser, desk_as, draft):
    bad = "<script>alert(1)</script>\"'><img src=x onerror=alert(1)>"
    bulletin = service.start_bulletin(desk_as(), draft(title=bad, text=bad))
    client = browser(Role.ADMINISTRATOR)
    for path, _allowed in READS:
        page = words_of(client.get(path.format(id=bulletin.id)))
        assert "<script>alert" not in page
        assert "<img src=x" not in page


def test_the_dictionary_learns_and_forgets(browser, db, station):
    client = browser()
    fields = {"written": "NTM", "spoken": "nông thôn mới"}
    assert client.post("/tin-bai/tu-dien", data=fields).status_code == 302
    quick = client.post(
        "/tin-bai/tu-dien", data=fields | {"spoken": "nông thôn"}, headers={"HX-Request": "true"}
    )
    assert (quick.status_code, quick.headers["HX-Trigger"]) == (204, "word-taught")
    word = db.query(DictionaryWord).one()
    assert word.spoken == "nông thôn"
    client.post(f"/tin-bai/tu-dien/{word.id}/xoa")
    assert db.query(DictionaryWord).count() == 0


def test_the_page_shows_what_the_audio_says_though_the_dictionary_has_moved_on(
    browser, approved, written
):
    client = browser()
    client.post("/tin-bai/tu-dien", data={"written": "xã", "spoken": "xã nhà"})
    page = words_of(client.get(f"/tin-bai/{approved.id}"))
    assert "xã nhà" not in page
    assert 'data-starts="500"' in page


def test_a_click_on_a_wrong_reading_fills_the_dictionarys_form(browser, station):
    page = words_of(browser().get("/tin-bai/tu-dien?written=NTM&spoken=n%22x"))
    assert 'value="NTM"' in page
    assert 'value="n&#34;x"' in page


@pytest.mark.parametrize("fields", [{}, {"written": "x" * 121, "spoken": "y"}, {"written": "x"}])
def test_half_a_word_is_refused_on_the_page(browser, station, fields):
    assert browser().post("/tin-bai/tu-dien", data=fields).status_code == 422


def test_topics_are_added_renamed_merged_and_put_away(browser, written, db):
    client = browser()
    client.post("/tin-bai/chu-de", data={"name": "Y tế <b>"})
    new = db.query(Topic).filter_by(name="Y tế <b>").one()
    client.post(f"/tin-bai/chu-de/{new.id}/ten", data={"name": "Y tế"})
    client.post(f"/tin-bai/chu-de/{written.topic_id}/gop", data={"into": new.id})
    assert db.get(Bulletin, written.id).topic_id == new.id
    client.post(f"/tin-bai/chu-de/{new.id}/cat", data={"archived": "yes"})
    assert db.get(Topic, new.id).archived_at is not None
    assert "Y tế" in words_of(client.get(f"/tin-bai/{written.id}/soan"))


def test_an_empty_upload_is_refused_on_the_form(browser, written):
    fields = {"sound": (BytesIO(b""), "rong.mp3")}
    answer = browser().post(f"/tin-bai/{written.id}/thu-am", data=fields)
    assert answer.status_code == 422
    assert "Tệp rỗng" in words_of(answer)


@pytest.mark.parametrize("content", [b"MZ\x90 no sound", b"#EXTM3U\nhttp://x", b"\x00" * 5000])
def test_a_file_without_sound_is_refused_on_the_form_and_leaves_nothing(
    browser, written, settings, content
):
    fields = {"sound": (BytesIO(content), "<b>../../tin.mp3")}
    answer = browser().post(f"/tin-bai/{written.id}/thu-am", data=fields)
    assert answer.status_code == 422
    assert list(settings.uploads_dir.iterdir()) == []


def test_no_file_chosen_is_said_on_the_form(browser, written):
    answer = browser().post(f"/tin-bai/{written.id}/thu-am", data={})
    assert answer.status_code == 422
    assert "Hãy chọn một tệp" in words_of(answer)


def test_a_huge_upload_is_refused_by_name_before_it_is_read(app, browser, written):
    app.config["MAX_CONTENT_LENGTH"] = 10_000
    fields = {"sound": (BytesIO(b"x" * 20_000), "to.mp3")}
    answer = browser().post(f"/tin-bai/{written.id}/thu-am", data=fields)
    assert answer.status_code == 413
    assert "quá lớn" in words_of(answer)


def test_a_recording_becomes_the_bulletins_sound(browser, written, settings, db, tmp_path):
    from audio.tunes import tune_wav

    sound = tune_wav("sang", tmp_path).read_bytes()
    answer = browser().post(
        f"/tin-bai/{written.id}/thu-am", data={"sound": (BytesIO(sound), "thu.wav")}
    )
    assert answer.status_code == 302
    version = db.query(BulletinVersion).one()
    assert version.engine == "recording"
    assert (settings.uploads_dir / version.upload_path).is_file()
    assert db.query(Job).one().state is JobState.QUEUED


def test_pages_carry_no_script_and_no_style_of_their_own(browser, approved):
    client = browser(Role.ADMINISTRATOR)
    for path, _allowed in READS:
        page = words_of(client.get(path.format(id=approved.id)))
        assert not re.search(r"<script(?![^>]*\bsrc=)|<style|\sstyle=|\son\w+=", page), path
