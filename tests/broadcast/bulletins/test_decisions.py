import pytest

from broadcast.bulletins import decisions, service
from broadcast.bulletins.models import AudioFile, Bulletin, BulletinVersion, Decision
from broadcast.bulletins.queries import get_bulletin
from broadcast.bulletins.rules import BulletinState, ReasonMissing, StepNotPossible, Verdict
from broadcast.errors import NotAllowed, NotFound
from broadcast.people.models import AuditEntry
from broadcast.people.rules import Role
from broadcast.stations.models import Station


def airable(desk_as, bulletin):
    desk = desk_as()
    return decisions.airable_version(desk, get_bulletin(desk, bulletin.id)) is not None


def test_an_approval_says_who_under_which_authority_on_exactly_what(
    waiting, desk_as, seen, db, people_of
):
    shown = seen(waiting)
    decisions.approve_bulletin(
        desk_as(Role.APPROVER), waiting.id, shown, authority="  Chủ\ttịch\x00 "
    )
    kept = db.query(Decision).one()
    assert (kept.verdict, kept.content_hash, kept.waiver) == (Verdict.APPROVED, shown, False)
    assert (kept.user_id, kept.authority) == (people_of[Role.APPROVER].id, "Chủ tịch")
    assert airable(desk_as, waiting)


def test_content_that_changed_after_the_page_was_made_is_not_approved_by_it(
    waiting, desk_as, seen, give_audio
):
    shown = seen(waiting)
    give_audio(waiting, sha256="b" * 64)
    with pytest.raises(decisions.ContentChanged):
        decisions.approve_bulletin(desk_as(Role.APPROVER), waiting.id, shown)


@pytest.mark.parametrize("column", ["title", "text", "spoken"])
def test_an_approval_no_longer_holds_when_a_letter_of_the_version_changes(
    approved, desk_as, db, column
):
    setattr(db.query(BulletinVersion).one(), column, "khác")
    db.commit()
    assert not airable(desk_as, approved)


def test_an_approval_no_longer_holds_for_other_sound(approved, desk_as, db):
    db.query(AudioFile).one().sha256 = "f" * 64
    db.commit()
    assert not airable(desk_as, approved)


def test_what_lies_in_the_archive_is_not_aired(approved, desk_as):
    service.archive_bulletin(desk_as(), approved.id, archived=True)
    assert not airable(desk_as, approved)


def test_the_writer_does_not_approve_even_with_the_right(waiting, desk_as, seen, db, people_of):
    db.get(Bulletin, waiting.id).author_id = people_of[Role.ADMINISTRATOR].id
    db.commit()
    with pytest.raises(decisions.OwnBulletin):
        decisions.approve_bulletin(desk_as(Role.ADMINISTRATOR), waiting.id, seen(waiting))


def test_who_rewrote_anothers_bulletin_does_not_approve_it_either(
    written, desk_as, draft, give_audio, seen
):
    desk = desk_as(Role.APPROVER)
    row = get_bulletin(desk, written.id)
    service.save_draft(desk, written.id, draft(text="Lời của tôi."), row_version=row.row_version)
    give_audio(written)
    service.submit_bulletin(desk_as(), written.id)
    with pytest.raises(decisions.OwnBulletin):
        decisions.approve_bulletin(desk_as(Role.APPROVER), written.id, seen(written))
    assert not decisions.may_approve(desk_as(Role.APPROVER), get_bulletin(desk_as(), written.id))


def test_remaking_the_audio_makes_nobody_a_writer(written, desk_as, give_audio, seen):
    service.want_audio(desk_as(Role.APPROVER), written.id)
    give_audio(written)
    service.submit_bulletin(desk_as(), written.id)
    assert decisions.approve_bulletin(desk_as(Role.APPROVER), written.id, seen(written))


def test_the_waiver_of_a_one_person_station_is_written_down_at_each_use(
    waiting, desk_as, seen, db, people_of
):
    db.query(Station).one().one_person = True
    db.get(Bulletin, waiting.id).author_id = people_of[Role.ADMINISTRATOR].id
    db.commit()
    decision = decisions.approve_bulletin(desk_as(Role.ADMINISTRATOR), waiting.id, seen(waiting))
    assert decision.waiver
    noted = db.query(AuditEntry).filter_by(deed="bulletins.approved").one()
    assert noted.facts["waiver"] is True


def test_the_waiver_is_not_noted_when_two_people_did_it(waiting, desk_as, seen, db):
    db.query(Station).one().one_person = True
    db.commit()
    decision = decisions.approve_bulletin(desk_as(Role.APPROVER), waiting.id, seen(waiting))
    assert not decision.waiver


def test_an_operator_does_not_approve(waiting, desk_as, seen):
    with pytest.raises(NotAllowed):
        decisions.approve_bulletin(desk_as(), waiting.id, seen(waiting))


def test_a_draft_is_not_approved(written, desk_as, give_audio, seen):
    give_audio(written)
    with pytest.raises(StepNotPossible):
        decisions.approve_bulletin(desk_as(Role.APPROVER), written.id, seen(written))


def test_sending_back_needs_a_reason_and_the_author_reads_it(waiting, desk_as, db):
    with pytest.raises(ReasonMissing):
        decisions.return_bulletin(desk_as(Role.APPROVER), waiting.id, " \n\x07 ")
    decisions.return_bulletin(desk_as(Role.APPROVER), waiting.id, "Thiếu ngày.\r\nSửa giúp.")
    assert db.query(Decision).one().reason == "Thiếu ngày.\nSửa giúp."
    assert get_bulletin(desk_as(), waiting.id).state is BulletinState.RETURNED


def test_what_was_sent_back_may_be_handed_in_again_as_it_is(waiting, desk_as):
    decisions.return_bulletin(desk_as(Role.APPROVER), waiting.id, "Xem lại giúp.")
    again = service.submit_bulletin(desk_as(), waiting.id)
    assert again.state is BulletinState.WAITING


def test_withdrawing_needs_a_reason_and_ends_the_approval(approved, desk_as):
    with pytest.raises(ReasonMissing):
        decisions.withdraw_bulletin(desk_as(), approved.id, "")
    decisions.withdraw_bulletin(desk_as(), approved.id, "Hoãn họp.")
    assert not airable(desk_as, approved)


def test_a_viewer_withdraws_nothing(approved, desk_as):
    with pytest.raises(NotAllowed):
        decisions.withdraw_bulletin(desk_as(Role.VIEWER), approved.id, "Không.")


def test_what_was_withdrawn_is_taken_up_again_as_a_new_version_with_its_audio(
    approved, desk_as, version_now
):
    decisions.withdraw_bulletin(desk_as(), approved.id, "Hoãn.")
    service.reopen_bulletin(desk_as(), approved.id)
    version = version_now(approved)
    assert version.no == 2
    assert version.rendition_id is not None
    assert not airable(desk_as, approved)
    assert service.submit_bulletin(desk_as(), approved.id).state is BulletinState.WAITING


@pytest.mark.parametrize(
    "deed",
    [
        lambda desk, which: decisions.approve_bulletin(desk, which, "x"),
        lambda desk, which: decisions.return_bulletin(desk, which, "vì"),
        lambda desk, which: decisions.withdraw_bulletin(desk, which, "vì"),
    ],
)
def test_nobody_decides_on_another_stations_bulletin(waiting, desk_as, other_station, db, deed):
    db.get(Bulletin, waiting.id).station_id = other_station.id
    db.commit()
    with pytest.raises(NotFound):
        deed(desk_as(Role.ADMINISTRATOR), waiting.id)
