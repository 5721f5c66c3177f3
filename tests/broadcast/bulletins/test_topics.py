import pytest

from broadcast.bulletins import service, topics
from broadcast.bulletins.models import Bulletin, Topic
from broadcast.bulletins.queries import current_topic, list_topics
from broadcast.errors import NotAllowed, NotFound
from broadcast.people.rules import Role


def test_a_new_topic_has_a_code_and_a_hue_that_is_not_taken_from_the_first_two(desk_as, station):
    topic = topics.add_topic(desk_as(), "  Y tế\tthôn ")
    assert (topic.name, topic.code) == ("Y tế thôn", "y-te-thon")
    assert topic.hue in topics.FREE_HUES


def test_two_names_with_one_code_are_told_apart(desk_as, station):
    first = topics.add_topic(desk_as(), "Họp + hành")
    second = topics.add_topic(desk_as(), "Họp hành!")
    assert (first.code, second.code) == ("hop-hanh", "hop-hanh-2")


@pytest.mark.parametrize("name", ["", " \x00 ", "x" * 121])
def test_a_topic_needs_a_name(desk_as, station, name):
    with pytest.raises(topics.TopicNameInvalid):
        topics.add_topic(desk_as(), name)


def test_accents_make_no_second_topic(desk_as, station):
    with pytest.raises(topics.TopicNameTaken):
        topics.add_topic(desk_as(), "chuyen doi SO")


def test_a_topic_may_be_renamed_to_itself_with_its_accents_mended(desk_as, station):
    renamed = topics.rename_topic(desk_as(), f"topic-cds-{station.code}", "Chuyển Đổi Số")
    assert renamed.name == "Chuyển Đổi Số"


def test_merging_takes_all_bulletins_over_without_touching_an_approval(
    desk_as, approved, station, db, seen
):
    before = seen(approved)
    old, new = f"topic-khac-{station.code}", f"topic-cds-{station.code}"
    assert topics.merge_topic(desk_as(), old, new) == 1
    db.expire_all()
    assert db.get(Bulletin, approved.id).topic_id == new
    assert db.get(Bulletin, approved.id).state == "approved"
    assert seen(approved) == before
    assert old not in {topic.id for topic in list_topics(desk_as())}


def test_an_old_form_that_names_a_merged_topic_is_led_to_the_new_one(desk_as, draft, station):
    old, middle = topics.add_topic(desk_as(), "A"), topics.add_topic(desk_as(), "B")
    new = topics.add_topic(desk_as(), "C")
    topics.merge_topic(desk_as(), old.id, middle.id)
    topics.merge_topic(desk_as(), middle.id, new.id)
    assert current_topic(desk_as(), old.id).id == new.id
    assert service.start_bulletin(desk_as(), draft(topic_id=old.id)).topic_id == new.id


@pytest.mark.parametrize("into", ["itself", "one put away"])
def test_a_topic_is_not_merged_into_itself_or_into_one_put_away(desk_as, station, into):
    one, away = topics.add_topic(desk_as(), "A"), topics.add_topic(desk_as(), "B")
    topics.archive_topic(desk_as(), away.id, archived=True)
    with pytest.raises(topics.TopicMergedIntoItself):
        topics.merge_topic(desk_as(), one.id, one.id if into == "itself" else away.id)


def test_the_last_topic_cannot_be_put_away(desk_as, station):
    *others, last = [topic.id for topic in list_topics(desk_as())]
    for topic_id in others:
        topics.archive_topic(desk_as(), topic_id, archived=True)
    with pytest.raises(topics.LastTopic):
        topics.archive_topic(desk_as(), last, archived=True)


def test_a_merged_topic_taken_up_again_stands_for_itself(desk_as, station):
    one, other = topics.add_topic(desk_as(), "A"), topics.add_topic(desk_as(), "B")
    topics.merge_topic(desk_as(), one.id, other.id)
    again = topics.archive_topic(desk_as(), one.id, archived=False)
    assert (again.merged_into_id, again.archived_at) == (None, None)


def test_topics_are_counted_with_their_bulletins(desk_as, written):
    counts = {topic.code: count for topic, count in topics.list_all_topics(desk_as())}
    assert counts == {"cchc": 0, "cds": 0, "khac": 1}


def test_another_stations_topic_is_not_there(desk_as, station, other_station, db):
    theirs = f"topic-cds-{other_station.code}"
    for deed in (
        lambda: topics.rename_topic(desk_as(), theirs, "x"),
        lambda: topics.merge_topic(desk_as(), theirs, f"topic-cds-{station.code}"),
        lambda: topics.merge_topic(desk_as(), f"topic-cds-{station.code}", theirs),
        lambda: topics.archive_topic(desk_as(), theirs, archived=True),
    ):
        with pytest.raises(NotFound):
            deed()
    assert db.get(Topic, theirs).archived_at is None


def test_a_viewer_changes_no_topic(desk_as, station):
    with pytest.raises(NotAllowed):
        topics.add_topic(desk_as(Role.VIEWER), "A")
