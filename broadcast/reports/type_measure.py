"""How wide a text is on paper, from the metrics of Tinos, which are those of Times New Roman.

Drawn lines "as long as the text" need it in Word as in PDF. Also registers the fonts for reportlab.
"""

from functools import cache
from importlib.resources import files
from io import BytesIO
from typing import Literal

from reportlab.lib.fonts import addMapping
from reportlab.pdfbase.pdfmetrics import registerFont, stringWidth
from reportlab.pdfbase.ttfonts import TTFont

FAMILY = "Tinos"
_FACES: dict[str, tuple[str, Literal[0, 1], Literal[0, 1]]] = {
    "Tinos": ("Tinos-Regular.ttf", 0, 0),
    "Tinos-Bold": ("Tinos-Bold.ttf", 1, 0),
    "Tinos-Italic": ("Tinos-Italic.ttf", 0, 1),
    "Tinos-BoldItalic": ("Tinos-BoldItalic.ttf", 1, 1),
}
_MM_PER_POINT = 25.4 / 72


@cache
def register_fonts() -> None:
    """Makes the four faces known to reportlab, once per process."""
    folder = files("broadcast").joinpath("static", "vendor", "tinos")
    for face, (name, is_bold, is_italic) in _FACES.items():
        registerFont(TTFont(face, BytesIO(folder.joinpath(name).read_bytes())))
        addMapping(FAMILY, is_bold, is_italic, face)


def width_mm(text: str, size_pt: float, face: str = "Tinos-Bold") -> float:
    """Width of one line of text in millimetres."""
    register_fonts()
    return float(stringWidth(text, face, size_pt)) * _MM_PER_POINT
