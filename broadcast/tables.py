"""Every table of the house, known to the mapper in one import."""

from broadcast.airlog import guards as airlog_guards
from broadcast.airlog import models as airlog
from broadcast.boxes import models as boxes
from broadcast.bulletins import models as bulletins
from broadcast.db import Base
from broadcast.jobs import models as jobs
from broadcast.people import models as people
from broadcast.reports import models as reports
from broadcast.stations import models as stations
from broadcast.timetable import models as timetable

__all__ = [
    "Base",
    "airlog",
    "airlog_guards",
    "boxes",
    "bulletins",
    "jobs",
    "people",
    "reports",
    "stations",
    "timetable",
]
