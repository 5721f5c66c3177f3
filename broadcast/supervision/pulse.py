"""The worker's pulse: a file whose age is its health. Shared by the worker and the supervisor."""

from pathlib import Path


def pulse_file(data_dir: Path) -> Path:
    """Touched by the worker at each sweep."""
    return data_dir / "run" / "worker.pulse"
