"""Words that make a number a telephone, a hotline or an identity number."""

from audio.reading.lexicon import word_set

EMERGENCY = frozenset({"111", "112", "113", "114", "115", "1022", "1080", "116", "117", "119"})

CALL_CUES = frozenset(
    {
        "gọi",
        "gọi số",
        "hotline",
        "dây nóng",
        "điện thoại",
        "đt",
        "sđt",
        "tổng đài",
        "đầu số",
        "cấp cứu",
        "cảnh sát",
        "công an",
        "báo cháy",
        "cứu hỏa",
        "chữa cháy",
        "cứu hộ",
        "cứu nạn",
        "trẻ em",
        "bấm",
        "bấm số",
        "quay số",
        "nhắn tin",
        "nhắn",
        "liên hệ",
        "zalo",
        "máy nhánh",
        "phản ánh",
        "alo",
        "ứng nhanh",
        "trực ban",
        "máy lẻ",
        "thoại",
        "số nội",
        "fax",
        "tel",
        "hot",
        "di động",
        "khẩn cấp",
        "pccc",
        "cnch",
        "pccc&cnch",
    }
)

IDENTITY_CUES = frozenset(
    {
        "cccd",
        "cmnd",
        "cmt",
        "căn cước",
        "cước",
        "mst",
        "số thuế",
        "tài khoản",
        "stk",
        "mã số",
        "hồ sơ",
        "số thẻ",
        "hộ chiếu",
        "định danh",
        "số định",
        "mã",
        "số seri",
        "seri",
        "sê-ri",
        "mã otp",
        "otp",
        "bhyt",
        "sổ bhxh",
        "imei",
        "mã vạch",
        "minh nhân",
    }
)

NOT_CALLED = word_set(
    "hộ người lượt thôn xã đường phố đồng trường đại cuộc triệu nghìn tỷ ngày năm tháng ha kg tấn "
    "mét km m vụ học cán đảng hội bài tin điểm máy"
)
"""Counted nouns and streets: after these the number is an amount or a house."""
