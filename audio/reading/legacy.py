"""Finds text typed in the old VNI and TCVN3 fonts, which no rule can read."""

import re

from audio.errors import AudioError

_ENOUGH = 3
_TCVN3 = re.compile(
    r"[a-zA-Z\u00a0-\u00ff][\u00b5-\u00be\u00c6-\u00cf\u00d0-\u00de¨©ª«¬®]|[\u00b5\u00b7\u00b8\u00b9\u00ae\u00a8\u00a9\u00ac\u00ad](?=[a-z])"
)
_VNI = re.compile(
    r"[aeouyAEOUYêôâ](?:[øùûõïØÙÛÕÏåäáàãÅÄÁÀÃ][a-zA-Zøùûõï]?)|ñ[aeiouöô]|Ñ[aeiouAEIOU]|[öô][øùûõï]|ö[aui]"
)
_VIETNAMESE = re.compile(r"[ăâđêôơưĂĐƠƯạ-ỹẠ-Ỹ]")


class LegacyEncoding(AudioError):
    """The text was typed in a VNI or TCVN3 font; `facts["encoding"]` says which."""

    code = "reading.legacy_encoding"
    message = (
        "Văn bản gõ bằng phông chữ cũ (VNI hoặc TCVN3). Hãy chuyển sang Unicode "
        "(trong UniKey: Ctrl+Shift+F6) rồi dán lại."
    )


def detect_legacy(text: str) -> str | None:
    """“TCVN3” or "VNI" when the letters look like an old font, None for Unicode text."""
    sample = text[:20_000]
    modern = len(_VIETNAMESE.findall(sample))
    counts = {"TCVN3": len(_TCVN3.findall(sample)), "VNI": len(_VNI.findall(sample))}
    name = max(counts, key=lambda key: counts[key])
    return name if counts[name] >= _ENOUGH and counts[name] > modern else None


def require_unicode(text: str) -> None:
    """:raises LegacyEncoding: when `text` was typed in an old font."""
    encoding = detect_legacy(text)
    if encoding:
        raise LegacyEncoding(encoding=encoding)
