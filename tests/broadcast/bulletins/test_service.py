import pytest

from broadcast.bulletins import service
from broadcast.bulletins.drafts import DraftInvalid
from broadcast.bulletins.queries import get_bulletin, list_versions
from broadcast.bulletins.rules import BulletinState, StepNotPossible
from broadcast.errors import EditConflict, NotAllowed, NotFound
from broadcast.jobs.models import Job, JobState
from broadcast.people.models import AuditEntry
from broadcast.people.rules import Role
from broadcast.stations.models import Station


def edit(desk_as, bulletin, draft):
    desk = desk_as()
    row = get_bulletin(desk, bulletin.id)
    return service.save_draft(desk, bulletin.id, draft, row_version=row.row_version)


def test_a_new_bulletin_is_a_draft_whose_first_version_knows_what_will_be_said(
    desk_as, draft, version_now
):
    bulletin = service.start_bulletin(desk_as(), draft(text="Đúng 7h30 họp tại UBND xã."))
    version = version_now(bulletin)
    assert bulletin.state is BulletinState.DRAFTED
    assert version.no == 1
    assert version.spoken == "Đúng bảy giờ ba mươi phút họp tại Ủy ban nhân dân xã."


def test_who_only_looks_cannot_begin_a_bulletin(desk_as, draft):
    with pytest.raises(NotAllowed):
        service.start_bulletin(desk_as(Role.VIEWER), draft())


def test_all_that_is_wrong_with_a_draft_is_said_at_once_and_nothing_is_kept(desk_as, draft, db):
    with pytest.raises(DraftInvalid) as refused:
        service.start_bulletin(desk_as(), draft(title=" ", text="x" * 100_000))
    assert set(refused.value.problems) == {"title", "text"}
    assert db.query(AuditEntry).count() == 0


def test_a_topic_of_another_station_does_not_exist(desk_as, draft, other_station):
    with pytest.raises(NotFound):
        service.start_bulletin(desk_as(), draft(topic_id=f"topic-khac-{other_station.code}"))


def test_a_draft_saved_over_a_newer_one_is_refused_and_overwrites_nothing(
    desk_as, draft, written, clock, version_now
):
    mine = get_bulletin(desk_as(), written.id).row_version
    clock.move(minutes=1)
    edit(desk_as, written, draft(text="Của người kia."))
    with pytest.raises(EditConflict):
        service.save_draft(desk_as(), written.id, draft(text="Của tôi."), row_version=mine)
    assert version_now(written).text == "Của người kia."


def test_saving_the_same_words_again_changes_nothing(desk_as, draft, written):
    before = get_bulletin(desk_as(), written.id).row_version
    assert edit(desk_as, written, draft()).row_version == before


def test_new_words_lose_the_old_audio_a_new_title_or_topic_keeps_it(
    desk_as, draft, written, give_audio, station, version_now, clock
):
    give_audio(written)
    clock.move(minutes=1)
    edit(desk_as, written, draft(title="Tiêm phòng", topic_id=f"topic-cds-{station.code}"))
    assert version_now(written).rendition_id is not None
    edit(desk_as, written, draft(title="Tiêm phòng", text="Chữ khác."))
    assert version_now(written).rendition_id is None


@pytest.mark.parametrize("change", [{"voice": "x"}, {"engine": "espeak"}, {"speed_percent": 90}])
def test_another_voice_or_speed_loses_the_audio(
    desk_as, draft, written, give_audio, version_now, change
):
    give_audio(written)
    edit(desk_as, written, draft(**change))
    assert version_now(written).rendition_id is None


def test_a_new_title_loses_the_audio_when_the_opening_words_say_it(
    desk_as, draft, written, give_audio, version_now, db
):
    db.query(Station).one().opening_words = "Sau đây là bài {tieu_de}."
    db.commit()
    give_audio(written)
    edit(desk_as, written, draft(title="Tên khác"))
    assert version_now(written).rendition_id is None


def test_a_bulletin_without_audio_cannot_be_handed_in(desk_as, written):
    with pytest.raises(service.AudioNotReady):
        service.submit_bulletin(desk_as(), written.id)


def test_handing_in_twice_is_refused(desk_as, waiting):
    assert waiting.state is BulletinState.WAITING
    with pytest.raises(StepNotPossible):
        service.submit_bulletin(desk_as(), waiting.id)


def test_editing_what_waits_takes_it_back_to_the_desk(desk_as, draft, waiting):
    assert edit(desk_as, waiting, draft(text="Khác.")).state is BulletinState.DRAFTED
    assert len(list_versions(desk_as(), waiting)) == 1


def test_editing_what_was_decided_leaves_that_version_as_it_was(desk_as, draft, approved):
    edit(desk_as, approved, draft(text="Khác."))
    new, old = list_versions(desk_as(), approved)
    assert (new.no, new.text, old.no, old.text) == (2, "Khác.", 1, draft().text)
    assert old.rendition_id is not None


def test_a_new_title_of_a_decided_version_keeps_its_audio_but_not_its_approval(
    desk_as, draft, approved, version_now
):
    edited = edit(desk_as, approved, draft(title="Tiêm phòng cho trẻ"))
    assert edited.state is BulletinState.DRAFTED
    assert version_now(approved).rendition_id is not None


def test_audio_of_nothing_is_refused(desk_as, draft):
    bulletin = service.start_bulletin(desk_as(), draft(text="  \n "))
    with pytest.raises(service.TextEmpty):
        service.want_audio(desk_as(), bulletin.id)


def test_asking_twice_for_audio_is_one_job(desk_as, written):
    first = service.want_audio(desk_as(), written.id)
    assert service.want_audio(desk_as(), written.id).id == first.id


def test_a_fresh_redo_of_an_approved_bulletin_makes_the_next_version(
    desk_as, approved, version_now
):
    service.want_audio(desk_as(), approved.id, fresh=True)
    new, old = list_versions(desk_as(), approved)
    assert (new.no, new.rendition_id) == (2, None)
    assert old.rendition_id is not None
    assert get_bulletin(desk_as(), approved.id).state is BulletinState.DRAFTED


def test_stopping_cancels_the_job_that_waits(desk_as, written, db):
    job = service.want_audio(desk_as(), written.id)
    service.stop_audio(desk_as(), written.id)
    assert db.get(Job, job.id).state is JobState.CANCELLED


def test_a_recording_needs_no_text_and_keeps_its_audio_when_the_transcript_changes(
    desk_as, draft, give_audio, version_now
):
    bulletin = service.start_bulletin(desk_as(), draft(text=""))
    service.attach_recording(desk_as(), bulletin.id, "x.wav")
    give_audio(bulletin)
    edit(desk_as, bulletin, draft(text="Lời ghi lại.", engine="recording", voice="recording"))
    version = version_now(bulletin)
    assert (version.upload_path, version.spoken) == ("x.wav", "")
    assert version.rendition_id is not None


def test_what_is_put_away_can_be_taken_out_again(desk_as, written):
    away = service.archive_bulletin(desk_as(), written.id, archived=True)
    assert away.archived_at is not None
    assert service.archive_bulletin(desk_as(), written.id, archived=False).archived_at is None


def test_a_draft_is_not_reopened(desk_as, written):
    with pytest.raises(StepNotPossible):
        service.reopen_bulletin(desk_as(), written.id)


@pytest.mark.parametrize(
    "deed",
    [
        lambda desk, which, draft: service.save_draft(desk, which, draft, row_version=1),
        lambda desk, which, draft: service.want_audio(desk, which),
        lambda desk, which, draft: service.stop_audio(desk, which),
        lambda desk, which, draft: service.submit_bulletin(desk, which),
        lambda desk, which, draft: service.reopen_bulletin(desk, which),
        lambda desk, which, draft: service.attach_recording(desk, which, "x.wav"),
        lambda desk, which, draft: service.archive_bulletin(desk, which, archived=True),
    ],
)
def test_another_stations_bulletin_is_nowhere_to_be_found(
    desk_as, draft, written, other_station, db, deed
):
    from broadcast.bulletins.models import Bulletin

    db.get(Bulletin, written.id).station_id = other_station.id
    db.commit()
    with pytest.raises(NotFound):
        deed(desk_as(), written.id, draft())
