"""Writing: start a bulletin, keep its text, ask for its audio, hand it in, put it away."""

from dataclasses import replace

from broadcast.bulletins.drafts import Draft, DraftInvalid, clean, problems_of
from broadcast.bulletins.models import Bulletin, BulletinVersion
from broadcast.bulletins.queries import current_topic, current_version, get_bulletin
from broadcast.bulletins.reading import read_for
from broadcast.bulletins.rules import BulletinState, must_follow
from broadcast.bulletins.search import fold
from broadcast.bulletins.versions import editable_version, first_version, is_decided
from broadcast.desk import Desk, use_case
from broadcast.errors import EditConflict, LoaError
from broadcast.jobs.models import Job, JobKind
from broadcast.jobs.service import cancel_job, latest_job, want
from broadcast.people.rules import Right
from broadcast.people.trail import note_deed
from broadcast.stations.models import Station
from broadcast.timetable.dropping import drop_bulletin

RECORDING = "recording"
TITLE_MARK = "{tieu_de}"
"In a station's opening or closing words: the title is spoken too."


class TextEmpty(LoaError):
    code = "bulletins.text_empty"
    message = "Bài chưa có chữ nào để đọc. Hãy gõ nội dung, thu âm hoặc tải tệp lên."


class AudioNotReady(LoaError):
    code = "bulletins.audio_not_ready"
    message = "Bài chưa có âm thanh mới nhất. Hãy làm âm thanh và nghe thử trước khi gửi duyệt."


@use_case
def start_bulletin(desk: Desk, draft: Draft) -> Bulletin:
    """A new bulletin in `drafted`, version 1.

    :raises DraftInvalid: with a sentence for each field.
    """
    desk.actor.must(Right.WRITE)
    draft = _checked(desk, draft)
    bulletin = Bulletin(
        id=desk.new_id(),
        station_id=desk.station_id,
        title=draft.title,
        kind=draft.kind,
        topic_id=draft.topic_id,
        author_id=desk.actor.user_id,
        created_at=desk.now,
        updated_at=desk.now,
    )
    desk.session.add(bulletin)
    desk.session.flush()
    _write(desk, bulletin, first_version(desk, bulletin), draft)
    note_deed(desk, "bulletins.started", "bulletin", bulletin.id)
    return bulletin


@use_case
def save_draft(desk: Desk, bulletin_id: str, draft: Draft, *, row_version: int) -> Bulletin:
    """Keep what was typed. A version somebody has decided on stays as it was; this makes the next.

    Editing an approved bulletin takes it out of the plan: the approval was for other words.

    :raises EditConflict: somebody saved since `row_version` was read; nothing is overwritten.
    :raises DraftInvalid: with a sentence for each field.
    """
    desk.actor.must(Right.WRITE)
    bulletin = get_bulletin(desk, bulletin_id)
    if bulletin.row_version != row_version:
        raise EditConflict(bulletin=bulletin_id)
    draft = _checked(desk, draft)
    version = current_version(desk, bulletin)
    if _is_same(bulletin, version, draft):
        return bulletin
    _write(desk, bulletin, editable_version(desk, bulletin), draft)
    return bulletin


@use_case
def want_audio(desk: Desk, bulletin_id: str, *, fresh: bool = False) -> Job:
    """Ask a worker to produce the audio of the current version.

    `fresh` asks again although audio exists: the better voice is back. A version somebody has
    decided on keeps its audio; the new one makes the next version, which needs its own approval.

    :raises TextEmpty: nothing to say and nothing recorded.
    """
    desk.actor.must(Right.WRITE)
    bulletin = get_bulletin(desk, bulletin_id)
    version = current_version(desk, bulletin)
    if not (version.upload_path if version.engine == RECORDING else version.text.strip()):
        raise TextEmpty(bulletin=bulletin_id)
    if bulletin.state is not BulletinState.DRAFTED or is_decided(desk, version):
        version = editable_version(desk, bulletin)
    spoken = "" if version.engine == RECORDING else read_for(desk, version.text).spoken
    if fresh or spoken != version.spoken:
        version.spoken, version.rendition_id = spoken, None
    return want(desk, JobKind.RENDER, version.id)


@use_case
def attach_recording(desk: Desk, bulletin_id: str, upload_name: str) -> BulletinVersion:
    """The bulletin is heard in a person's voice: `upload_name` lies in the uploads folder.

    A version somebody has decided on stays as it was; the recording makes the next.
    """
    desk.actor.must(Right.WRITE)
    bulletin = get_bulletin(desk, bulletin_id)
    version = editable_version(desk, bulletin)
    version.engine, version.voice, version.spoken = RECORDING, RECORDING, ""
    version.upload_path, version.rendition_id = upload_name, None
    version.author_id, version.author_name = desk.actor.user_id, desk.actor.name
    note_deed(desk, "bulletins.recorded", "bulletin", bulletin.id)
    want(desk, JobKind.RENDER, version.id)
    return version


@use_case
def stop_audio(desk: Desk, bulletin_id: str) -> None:
    """Cancel the production that waits or runs; what was spoken so far stays in the cache."""
    desk.actor.must(Right.WRITE)
    version = current_version(desk, get_bulletin(desk, bulletin_id))
    job = latest_job(desk, JobKind.RENDER, version.id)
    if job is not None:
        cancel_job(desk, job.id)


@use_case
def submit_bulletin(desk: Desk, bulletin_id: str) -> Bulletin:
    """Hand it to the approver.

    :raises AudioNotReady: nobody can approve what nobody can hear.
    """
    desk.actor.must(Right.WRITE)
    bulletin = get_bulletin(desk, bulletin_id)
    if current_version(desk, bulletin).rendition_id is None:
        raise AudioNotReady(bulletin=bulletin_id)
    must_follow(bulletin.state, BulletinState.WAITING)
    bulletin.state = BulletinState.WAITING
    bulletin.updated_at = desk.now
    note_deed(desk, "bulletins.submitted", "bulletin", bulletin.id)
    return bulletin


@use_case
def reopen_bulletin(desk: Desk, bulletin_id: str) -> Bulletin:
    """A draft again, with its text and audio: what was withdrawn or has expired is taken up anew.

    :raises StepNotPossible: it is a draft already.
    """
    desk.actor.must(Right.WRITE)
    bulletin = get_bulletin(desk, bulletin_id)
    must_follow(bulletin.state, BulletinState.DRAFTED)
    editable_version(desk, bulletin)
    note_deed(desk, "bulletins.reopened", "bulletin", bulletin.id)
    return bulletin


@use_case
def archive_bulletin(desk: Desk, bulletin_id: str, *, archived: bool) -> Bulletin:
    """Off the shelf or back on it. What is still to be heard leaves the plan."""
    desk.actor.must(Right.WRITE)
    bulletin = get_bulletin(desk, bulletin_id)
    bulletin.archived_at = desk.now if archived else None
    if archived:
        drop_bulletin(desk, bulletin.id, "bài được cất vào kho lưu")
    note_deed(desk, "bulletins.archived", "bulletin", bulletin.id, archived=archived)
    return bulletin


def _checked(desk: Desk, draft: Draft) -> Draft:
    draft = clean(draft)
    problems = problems_of(draft)
    if problems:
        raise DraftInvalid(problems)
    return replace(draft, topic_id=current_topic(desk, draft.topic_id).id)


def _is_same(bulletin: Bulletin, version: BulletinVersion, draft: Draft) -> bool:
    kept = (bulletin.kind, bulletin.topic_id, version.title, version.text)
    voice = (version.engine, version.voice, version.speed_percent)
    return (*kept, *voice) == (
        draft.kind, draft.topic_id, draft.title, draft.text,
        draft.engine, draft.voice, draft.speed_percent,
    )  # fmt: skip


def _write(desk: Desk, bulletin: Bulletin, version: BulletinVersion, draft: Draft) -> None:
    """Topic and kind do not sound, nor does the text of a recording: its audio stays good."""
    sounds_new = _sounds_new(desk, version, draft)
    bulletin.title, bulletin.kind, bulletin.topic_id = draft.title, draft.kind, draft.topic_id
    bulletin.search_key = fold(f"{draft.title} {draft.text}")
    bulletin.updated_at = desk.now
    version.title, version.text = draft.title, draft.text
    version.engine, version.voice = draft.engine, draft.voice
    version.speed_percent = draft.speed_percent
    version.author_id, version.author_name = desk.actor.user_id, desk.actor.name
    if sounds_new:
        version.spoken = "" if draft.engine == RECORDING else read_for(desk, draft.text).spoken
        version.rendition_id = None


def _sounds_new(desk: Desk, version: BulletinVersion, draft: Draft) -> bool:
    if (version.engine, version.voice) != (draft.engine, draft.voice):
        return True
    if draft.engine != RECORDING and (version.text, version.speed_percent) != (
        draft.text,
        draft.speed_percent,
    ):
        return True
    station = desk.session.get_one(Station, desk.station_id)
    said = station.opening_words + station.closing_words
    return version.title != draft.title and TITLE_MARK in said
