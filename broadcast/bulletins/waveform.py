"""A waveform as the path of an SVG: drawn by the server, it needs no script and prints. PURE."""

from collections.abc import Sequence

BARS = 240
"""One for about three pixels of the widest page."""
HEIGHT = 100


def wave_path(peaks: Sequence[int], bars: int = BARS) -> str:
    """Vertical strokes in a box `bars` wide and HEIGHT high, mirrored at its middle.

    :param peaks: heights of 0 to 100 in the order of time; several share a stroke, the highest is
        drawn. Fewer than `bars` are stretched. Empty gives the line of silence.
    """
    if not peaks:
        return f"M0 {HEIGHT // 2}H{bars}"
    strokes = []
    for bar in range(bars):
        first = bar * len(peaks) // bars
        last = max(first + 1, (bar + 1) * len(peaks) // bars)
        half = max(1, min(HEIGHT, max(peaks[first:last]))) / 2
        strokes.append(f"M{bar + 0.5:g} {HEIGHT / 2 - half:g}V{HEIGHT / 2 + half:g}")
    return "".join(strokes)
