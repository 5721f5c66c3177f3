"""An issued report as JSON and back, without loss: reprints need nothing that can change."""

from pydantic import TypeAdapter

from broadcast.reports.paper_building import BuiltReport

_adapter = TypeAdapter(BuiltReport)


def dump(report: BuiltReport) -> dict[str, object]:
    """Plain JSON values."""
    told: dict[str, object] = _adapter.dump_python(report, mode="json")
    return told


def load(told: dict[str, object]) -> BuiltReport:
    """What `dump` was given."""
    return _adapter.validate_python(told)
