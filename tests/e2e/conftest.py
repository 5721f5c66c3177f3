"""Puts this folder's own stages on the path and offers their fixtures."""

import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).parent))

from browser_stage import axe, chromium, demo_station, watched  # noqa: F401
from e2e_station import station_at  # noqa: F401
