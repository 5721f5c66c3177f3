"""Puts this folder's own stage (`e2e_station`) on the path and offers its fixtures."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from e2e_station import station_at  # noqa: F401
