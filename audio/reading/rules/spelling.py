"""Letters by their names, as plates, codes and short symbols are spelt on air."""

from audio.reading.document import fold
from audio.reading.style import ReadingStyle

_VOWELS = {char: char for char in "aăâeêioôơuư"}
_CONSONANTS = "bcdđfghjklmnpqrstvwxyz"
_RADIO_NAMES = "bê xê đê đê ép giê hát gi ca lờ mờ nờ pê quy rờ ét tê vê vê-kép ích-xì y-dài dét"
_SCHOOL_NAMES = "bờ cờ dờ đờ phờ gờ hờ gi ca lờ mờ nờ pờ quờ rờ sờ tờ vờ vê-kép xờ y-dài dét"


def _names(said: str) -> dict[str, str]:
    return _VOWELS | dict(zip(_CONSONANTS, said.split(), strict=True))


_RADIO = _names(_RADIO_NAMES)
_SCHOOL = _names(_SCHOOL_NAMES)


def say_letters(letters: str, style: ReadingStyle) -> str:
    """“KH” is "ca hát"; vowels keep their case, since they name themselves."""
    names = _RADIO if style.letter_names == "bê" else _SCHOOL
    spoken: list[str] = []
    for letter in letters:
        name = names.get(fold(letter))
        if name is not None:
            spoken.append(letter if name == letter.lower() else name)
        elif letter.isalpha():
            spoken.append(letter)
    return " ".join(spoken)
