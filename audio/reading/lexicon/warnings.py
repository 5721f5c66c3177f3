"""What the text checker looks for: words of personal data, and terms that are out of date."""

import re
from dataclasses import dataclass
from datetime import date

from audio.reading.lexicon import word_set

IDENTITY_WORDS = word_set("cccd cmnd cmt cước chứng minh định danh hộ chiếu giấy thẻ bhyt bhxh")
PUBLIC_PHONE_WORDS = word_set(
    "nóng hotline đài trực cơ quan ubnd trạm tổng phòng ban công an trung tâm đảng"
)
"""A telephone after these belongs to an office; others may be a private person's."""
BIRTH_WORDS = frozenset({"sinh", "snn"})


@dataclass(frozen=True, slots=True)
class StaleTerm:
    """A term that no longer holds from a day on, and what to write instead."""

    pattern: re.Pattern[str]
    since: date
    advice: str


_TWO_TIERS = date(2025, 7, 1)
"""Local government in two tiers, province and commune, without districts."""


def _stale(pattern: str, advice: str, since: date = _TWO_TIERS) -> StaleTerm:
    return StaleTerm(
        re.compile(rf"(?<![^\W_])(?:{pattern})(?![^\W_])", re.IGNORECASE), since, advice
    )


STALE_TERMS = (
    _stale(
        r"huyện|quận|thị xã|huyện ủy|cấp huyện",
        "Từ 1/7/2025 không còn cấp huyện; hãy nêu tên xã, phường hoặc tỉnh.",
    ),
    _stale(r"thị trấn", "Từ 1/7/2025 cấp xã chỉ còn xã, phường, đặc khu."),
    _stale(
        r"mức độ 3(?: ?[,/&-] ?4| và 4| và mức độ 4)?|mức độ 4",
        "Nay gọi là dịch vụ công trực tuyến toàn trình hoặc một phần (Nghị định 42/2022/NĐ-CP).",
        date(2022, 6, 24),
    ),
    _stale(
        r"Bộ (?:TTTT|TT&TT|TT-TT|Thông tin và Truyền thông)|BTTTT",
        "Bộ Thông tin và Truyền thông đã hợp nhất từ 1/3/2025; thông tin cơ sở thuộc Bộ Văn "
        "hóa, Thể thao và Du lịch.",
        date(2025, 3, 1),
    ),
    _stale(
        r"Bộ (?:TN&MT|TNMT|NN&PTNT|NNPTNT|Tài nguyên và Môi trường|Nông nghiệp và Phát triển "
        r"nông thôn)",
        "Nay là Bộ Nông nghiệp và Môi trường (từ 1/3/2025).",
        date(2025, 3, 1),
    ),
    _stale(
        r"Bộ (?:LĐTBXH|LĐ-TB&XH|LĐTB&XH|Lao động[ -]{0,3}Thương binh và Xã hội)",
        "Nhiệm vụ đã chuyển sang Bộ Nội vụ và các bộ khác từ 1/3/2025.",
        date(2025, 3, 1),
    ),
    _stale(
        r"Bộ (?:GTVT|Giao thông vận tải)", "Nay là Bộ Xây dựng (từ 1/3/2025).", date(2025, 3, 1)
    ),
    _stale(
        r"Bộ (?:KH&ĐT|KHĐT|Kế hoạch và Đầu tư)",
        "Nay là Bộ Tài chính (từ 1/3/2025).",
        date(2025, 3, 1),
    ),
    _stale(
        r"Phòng (?:VHTT|Văn hóa (?:và|-) Thông tin)",
        "Cấp xã nay có Phòng Văn hóa - Xã hội; phòng cấp huyện không còn.",
    ),
    _stale(
        r"CMND|chứng minh nhân dân",
        "Chứng minh nhân dân hết giá trị từ 1/1/2025; nay là thẻ căn cước.",
        date(2025, 1, 1),
    ),
    _stale(r"CCCD|căn cước công dân", "Luật Căn cước 2023 gọi là thẻ căn cước.", date(2024, 7, 1)),
    _stale(r"sổ hộ khẩu", "Sổ hộ khẩu giấy đã bỏ từ 1/1/2023.", date(2023, 1, 1)),
)
