import pytest

from broadcast.airlog import incidents
from broadcast.errors import NotAllowed, NotFound
from broadcast.people.rules import Role
from tests.factories.boxes import make_box


@pytest.fixture
def heard(desk_as, clock, box):
    return incidents.open_incident(
        desk_as(Role.OPERATOR),
        incidents.FOREIGN_CONTENT,
        "Loa phát tiếng lạ",
        clock(),
        box_id=box.id,
    )


def test_an_incident_stays_open_until_somebody_closes_it_with_a_reason(desk_as, heard):
    desk = desk_as(Role.OPERATOR)
    assert [one.id for one in incidents.list_open_incidents(desk)] == [heard.id]
    incidents.close_incident(desk, heard.id, "đã thay bộ thu")
    assert incidents.list_open_incidents(desk) == []
    (closed,) = incidents.list_closed_incidents(desk)
    assert (closed.closed_by, closed.close_reason) == ("Cán bộ Hạnh", "đã thay bộ thu")


def test_closing_twice_keeps_the_first_reason(desk_as, heard):
    desk = desk_as(Role.OPERATOR)
    incidents.close_incident(desk, heard.id, "đã thay bộ thu")
    incidents.close_incident(desk, heard.id, "lý do khác")
    assert incidents.list_closed_incidents(desk)[0].close_reason == "đã thay bộ thu"


def test_closing_needs_a_reason(desk_as, heard):
    with pytest.raises(incidents.IncidentWithoutWords):
        incidents.close_incident(desk_as(Role.OPERATOR), heard.id, "  ")


def test_an_incident_needs_words_and_a_known_kind(desk_as, clock):
    desk = desk_as(Role.OPERATOR)
    with pytest.raises(incidents.IncidentWithoutWords):
        incidents.open_incident(desk, incidents.INTERFERENCE, " ", clock())
    with pytest.raises(incidents.IncidentKindUnknown):
        incidents.open_incident(desk, "ufo", "đĩa bay", clock())


def test_an_incident_names_only_boxes_of_its_own_station(db, desk_as, clock, other_station):
    theirs = make_box(db, clock, other_station, "9")
    with pytest.raises(NotFound):
        incidents.open_incident(
            desk_as(Role.OPERATOR), incidents.INTERFERENCE, "nhiễu", clock(), box_id=theirs.id
        )


def test_who_only_looks_may_open_nothing(desk_as, clock):
    with pytest.raises(NotAllowed):
        incidents.open_incident(desk_as(Role.VIEWER), incidents.INTERFERENCE, "nhiễu", clock())
