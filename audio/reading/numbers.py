"""Vietnamese words for whole numbers, digits and decimals, in the style of a voice."""

from audio.reading.style import ReadingStyle

DIGITS = ("không", "một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín")
_BILLION = 10**9
LARGEST_SPOKEN = 10**18 - 1
"""Beyond a billion billions nobody follows by ear; longer numbers are said digit by digit."""


def say_cardinal(number: int, style: ReadingStyle) -> str:
    """`number` (0 and up) in words: 1005 is "một nghìn không trăm linh năm"."""
    if number == 0:
        return DIGITS[0]
    if number < _BILLION:
        return _below_billion(number, style, inside=False)
    high, low = divmod(number, _BILLION)
    words = f"{say_cardinal(high, style)} tỷ"
    return f"{words} {_below_billion(low, style, inside=True)}" if low else words


def say_digits(written: str) -> str:
    """Every ASCII digit of `written` by its name; everything else is passed over."""
    return " ".join(DIGITS[int(char)] for char in written if char in "0123456789")


def say_decimal(whole: str, fraction: str, style: ReadingStyle) -> str:
    """Two decimals are read as a number, longer ones and a leading zero digit by digit."""
    as_number = len(fraction) <= 2 and not fraction.startswith("0")
    tail = say_cardinal(int(fraction), style) if as_number else say_digits(fraction)
    return f"{say_cardinal(int(whole), style)} phẩy {tail}"


def _below_billion(number: int, style: ReadingStyle, *, inside: bool) -> str:
    groups = (
        (number // 1_000_000, " triệu"),
        (number // 1000 % 1000, f" {style.thousand}"),
        (number % 1000, ""),
    )
    words: list[str] = []
    for value, name in groups:
        if value:
            words.append(_hundreds(value, style, full=inside or bool(words)) + name)
    return " ".join(words)


def _hundreds(value: int, style: ReadingStyle, *, full: bool) -> str:
    hundreds, rest = divmod(value, 100)
    if not hundreds and not full:
        return _tens(rest, style)
    words = f"{DIGITS[hundreds]} trăm"
    if not rest:
        return words
    return (
        f"{words} {style.zero_tens} {DIGITS[rest]}"
        if rest < 10
        else f"{words} {_tens(rest, style)}"
    )


def _tens(value: int, style: ReadingStyle) -> str:
    tens, unit = divmod(value, 10)
    if not tens:
        return DIGITS[unit]
    words = "mười" if tens == 1 else f"{DIGITS[tens]} mươi"
    if not unit:
        return words
    if unit == 5:
        return f"{words} lăm"
    if tens > 1 and unit == 1:
        return f"{words} mốt"
    return f"{words} {style.four if tens > 1 and unit == 4 else DIGITS[unit]}"
