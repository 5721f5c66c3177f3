"""An emergency from a phone: spoken into the microphone, and never behind ordinary work."""

import random
import shutil

import pytest
from browser_stage import PHONE, QUIETLY, Watched
from playwright.sync_api import expect
from sqlalchemy import func, select

from broadcast.bulletins.drafts import Draft
from broadcast.bulletins.models import BulletinVersion
from broadcast.bulletins.queries import list_topics
from broadcast.bulletins.rules import BulletinKind
from broadcast.bulletins.service import start_bulletin, want_audio
from broadcast.clock import wall_clock
from broadcast.config import Settings
from broadcast.db import make_engine, make_sessions
from broadcast.desk import Desk
from broadcast.jobs.models import Job, JobKind, JobState
from broadcast.jobs.queue import CallingQueue
from broadcast.people.models import User
from broadcast.people.rules import Actor, Role

pytestmark = [pytest.mark.e2e, pytest.mark.browser, pytest.mark.slow]

MICROPHONE = ("--use-fake-device-for-media-stream", "--use-fake-ui-for-media-stream")
"""Chromium's own beeping microphone, and nobody who has to allow it."""
ORDINARY = 20
WORDS = ("bà con", "thôn", "nước", "đường", "họp", "trồng", "cấy", "tiêm", "phòng", "giữ gìn")


@pytest.fixture
def phone(chromium, demo_station):
    """A browser of its own beside that of the other tests: one driver drives both."""
    browser = chromium.browser_type.launch(
        executable_path=shutil.which("chromium"), args=[*QUIETLY, *MICROPHONE]
    )
    watched = Watched(browser, demo_station)
    with watched.open:
        yield watched.page("vanhanh", PHONE, permissions=["microphone"])
    # A form that was refused on purpose; Chromium counts its 422 among the errors.
    watched.forgive("422 (UNPROCESSABLE ENTITY)")
    browser.close()
    assert watched.complaints == []


@pytest.fixture
def sessions(demo_station):
    engine = make_engine(Settings.from_env(demo_station.environ).database_url)
    yield make_sessions(engine)
    engine.dispose()


@pytest.fixture
def order_renderings(sessions):
    """Long texts nobody has spoken before, each asked for by the rules; their rings are sent by
    the sweep."""

    def order(count):
        with sessions() as db:
            person = db.scalars(select(User).where(User.login == "vanhanh")).one()
            actor = Actor.person(person.station_id, person.id, person.display_name, Role.OPERATOR)
            desk = Desk(db, actor, wall_clock(), CallingQueue(lambda _ring: None))
            topic = list_topics(desk)[0].id
            pick = random.Random(20261123)
            for number in range(count):
                text = ". ".join(" ".join(pick.choices(WORDS, k=9)) for _ in range(30))
                draft = Draft(f"Bài dài {number}", BulletinKind.FEATURE, topic, text)
                want_audio(desk, start_bulletin(desk, draft).id)

    return order


def waiting(sessions):
    """Ordinary renderings that have not been finished."""
    with sessions() as db:
        return db.scalar(
            select(func.count())
            .select_from(Job)
            .where(
                Job.kind == JobKind.RENDER,
                Job.urgent.is_(False),
                Job.state.in_([JobState.QUEUED, JobState.RUNNING]),
            )
        )


def test_a_warning_spoken_into_a_phone_goes_on_the_air(phone, sessions):
    phone.goto("/lich-phat/khan-cap")
    phone.get_by_text("Hoặc nói vào micro").click()
    phone.get_by_role("button", name="Bắt đầu thu").click()
    expect(phone.locator("[data-elapsed]")).to_have_text("0:02")
    phone.get_by_role("button", name="Dừng thu").click()
    expect(phone.locator("audio[data-listen]")).to_be_visible()
    phone.get_by_label("Gõ “PHÁT”").fill("nhầm")
    phone.get_by_role("button", name="Phát ngay").click()
    expect(phone.get_by_text("Đã giữ bản ghi âm")).to_be_visible()
    phone.get_by_label("Gõ “PHÁT”").fill("phat")
    phone.get_by_role("button", name="Phát ngay").click()
    expect(phone.get_by_text("Đang trên sóng")).to_be_visible()
    with sessions() as db:
        heard = db.scalars(
            select(BulletinVersion).where(BulletinVersion.title.startswith("Thông báo khẩn lúc"))
        ).one()
        assert heard.upload_path
        assert heard.rendition.audio.duration_ms > 1_500
    assert phone.evaluate("document.documentElement.scrollWidth") == PHONE["width"]
    phone.get_by_role("button", name="Kết thúc cho mọi loa").click()
    expect(phone.get_by_text("Đã kết thúc cho mọi loa")).to_be_visible()


def test_twenty_ordinary_renderings_do_not_hold_back_an_emergency(
    phone, sessions, order_renderings, demo_station
):
    order_renderings(ORDINARY)
    demo_station.until(lambda: waiting(sessions) < ORDINARY)
    phone.goto("/lich-phat/khan-cap")
    phone.get_by_label("Lời thông báo").fill("Cháy ở chợ. Bà con tránh xa.")
    phone.get_by_label("Gõ “PHÁT”").fill("phat")
    phone.get_by_role("button", name="Phát ngay").click()
    expect(phone.get_by_text("Đang trên sóng")).to_be_visible()
    assert waiting(sessions) > ORDINARY // 2
    phone.get_by_role("button", name="Kết thúc cho mọi loa").click()
    expect(phone.get_by_text("Đã kết thúc cho mọi loa")).to_be_visible()
    with sessions() as db:
        for job in db.scalars(select(Job).where(Job.state == JobState.QUEUED)):
            job.state = JobState.CANCELLED
        db.commit()
