"""The log's codes in the operator's words."""

from typing import Any

from flask_babel import gettext
from flask_babel import lazy_gettext as _

REASONS = {
    "audio_missing": _("chưa tải được âm thanh"),
    "air_busy": _("loa đang phát nội dung khác"),
    "late_plan": _("lịch đến loa quá muộn"),
    "box_off": _("máy phát tắt vào giờ phát"),
    "withdrawn": _("đã thu hồi"),
    "emergency": _("nhường phát khẩn cấp"),
    "no_report": _("cụm loa không báo về"),
    "no_box": _("không có cụm loa nào trong vùng phát"),
    "ended_early": _("tệp hết sớm"),
    "no_sound": _("không có tiếng"),
    "no_frames": _("tệp âm thanh hỏng"),
    "unreadable": _("không đọc được tệp"),
    "power_cut": _("mất điện khi đang phát"),
    "stream_failed": _("mất luồng tiếp âm"),
    "no_fallback": _("mất luồng tiếp âm, không có âm thanh thay"),
    "no_stream_decoder": _("máy phát không đọc được luồng tiếp âm"),
    "player_died": _("phần mềm phát bị ngắt"),
    "player_not_installed": _("chưa cài phần mềm phát"),
    "player_refused": _("phần mềm phát từ chối tệp"),
    "player_stuck": _("phần mềm phát bị treo"),
    "nothing_armed": _("chưa nạp kịp âm thanh"),
    "failed": _("lỗi phát"),
    "missed": _("không phát"),
}
"""A reason written by a person, or by a player we do not know, is shown as it is."""

KINDS = {
    "tin": _("tin"),
    "bai": _("bài"),
    "thong_bao": _("thông báo"),
    "bulletin": _("tin bài"),
    "relay": _("tiếp âm"),
    "signature": _("nhạc hiệu"),
    "link": _("lời dẫn"),
    "silence": _("khoảng lặng"),
}
ORIGINS = {
    "own": _("tự sản xuất"),
    "relayed": _("tiếp âm"),
    "sent": _("cấp trên gửi"),
}
OUTCOMES = {
    "aired": _("Đã phát"),
    "late": _("Phát muộn"),
    "partial": _("Phát thiếu"),
    "missed": _("Không phát"),
    "unplanned": _("Ngoài lịch"),
    "waiting": _("Chờ báo về"),
}
PLAY_OUTCOMES = {
    "complete": _("Phát đủ"),
    "partial": _("Phát thiếu"),
    "interrupted": _("Bị ngắt"),
    "missed": _("Không phát"),
    "failed": _("Lỗi phát"),
}
INCIDENTS = {
    "foreign_content": _("Nội dung lạ"),
    "interference": _("Nhiễu sóng"),
    "faulty_cluster": _("Cụm loa hỏng"),
    "box_lost": _("Mất kết nối trong buổi phát"),
}


def reason_words(reason: str | None) -> str:
    return str(REASONS.get(reason or "", reason or ""))


def kind_words(kind: str | None) -> str:
    return str(KINDS.get(kind or "", gettext("chưa rõ")))


def origin_words(origin: str | None) -> str:
    return str(ORIGINS.get(origin or "", origin or ""))


FILTERS: dict[str, Any] = {
    "reason_words": reason_words,
    "kind_words": kind_words,
    "origin_words": origin_words,
}
