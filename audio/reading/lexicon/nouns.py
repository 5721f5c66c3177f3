"""Nouns that tell a fraction from a count, and what one counts by."""

from audio.reading.lexicon import word_set

SHARE_NOUNS = word_set("số tổng diện dân quãng chặng thời kinh lượng sản doanh thu nguồn phần")
"""After these a/b is a share: ba phần tư số thôn, hai phần ba diện tích."""

COUNTED_NOUNS = frozenset(
    "hộ|thôn|xã|phường|người|đại|tiêu|chỉ|em|cháu|học|trường|cụm|điểm|đơn|cơ|hội|đồng|đảng|"
    "chi|tổ|khu|xóm|ấp|bản|làng|huyện|tỉnh|mẫu|hồ|thủ|phiếu|lượt|buổi|nội|mục|câu|công|cán|"
    "gia|doanh|dự|ý|ca|trẻ|cụ|nhà|loa|máy|tuyến|đoàn|giáo|lớp|bài|tin|nhiệm|chủ|mô|sản|trạm|"
    "vụ|ngày|tháng|thành|ủy|viên|nữ|nam|hợp|cử|phần|bước|kế|văn|con|cái|chiếc|ngành".replace(
        "|", " "
    ).split()
)
"""First syllables of what is counted out of a total: mười lăm trên hai mươi hộ."""

PER_NOUNS = word_set(
    "người hộ khẩu ngày tuần tháng năm quý giờ phút lần lượt buổi ca suất em cháu học thôn xã lớp "
    "đêm số vụ sào mẫu con cái chiếc kg tấn tạ yến lít cuốn vé xe phòng đợt đại điểm gia đình "
    "thành hội đảng cán sinh trẻ căn bộ tờ bản mét m2 m² m3 m³ km ha cây khóa kỳ chuyến phần "
    "chỉ bình nhóm tổ đơn phụ thửa mũi liều viên tiết lá bao chai thùng ngôi"
)
"""What a price or a frequency is counted by: năm mươi nghìn đồng một người."""

MASS_WORDS = word_set(
    "tấn tạ yến lít mét ki-lô-gam ki-lô-mét gam mi-li-lít mi-li-gam mi-li-mét xăng-ti-mét héc-ta "
    "khối vuông cân oát giờ-oát"
)
"""Physical quantities: over them the slash is "trên"."""
