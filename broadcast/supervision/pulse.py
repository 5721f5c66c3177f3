"""A worker's pulse: a file whose age is its health. Shared by the workers and the supervisor."""

from pathlib import Path

WORKER = "worker"
URGENT_WORKER = "urgent"


def pulse_file(data_dir: Path, worker: str = WORKER) -> Path:
    """Touched by the worker whenever it works; beat gives it something to do each minute."""
    return data_dir / "run" / f"{worker}.pulse"


def mark_pulse(data_dir: Path, worker: str) -> None:
    pulse = pulse_file(data_dir, worker)
    pulse.parent.mkdir(parents=True, exist_ok=True)
    pulse.touch()
