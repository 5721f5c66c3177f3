"""What can go wrong on a box, by name. Every code is stable; every message says what to do."""


class BoxError(Exception):
    """Carries a stable `code` and a Vietnamese `message` for the technician."""

    code = "box.failed"
    message = "Loa gặp lỗi. Hãy chạy `python -m playout doctor` và báo người quản trị."

    def __init__(self, message: str | None = None, **facts: object) -> None:
        self.message = message or type(self).message
        self.facts = facts
        super().__init__(self.message)


class BadSetting(BoxError):
    code = "box.bad_setting"
    message = "Một biến cấu hình sai giá trị."


class BoxAlreadyRuns(BoxError):
    code = "box.already_runs"
    message = "Thư mục dữ liệu này đang có một tiến trình loa khác dùng. Hãy dừng tiến trình kia."


class PlanNotUnderstood(BoxError):
    """The document is refused as a whole, and the plan held stays in force."""

    code = "box.plan_not_understood"
    message = "Không hiểu lịch phát của đài. Loa giữ lịch cũ; hãy nâng cấp phần mềm loa."


class EmptyPlanHeld(BoxError):
    """The station lists nothing; the older plan is kept until it ends."""

    code = "box.empty_plan_held"
    message = "Đài gửi lịch trống. Loa giữ lịch cũ cho đến khi lịch đó hết hạn."


class AnswerNotUnderstood(BoxError):
    code = "box.answer_not_understood"
    message = "Đài trả lời sai định dạng. Hãy kiểm tra địa chỉ đài (LOA_STATION_URL)."


class StationUnreachable(BoxError):
    code = "box.station_unreachable"
    message = "Không liên lạc được với đài. Hãy kiểm tra mạng; loa vẫn phát theo lịch đã tải."


class StationRefused(BoxError):
    """The station answered, but not with what was asked for; `facts["status"]` is its status."""

    code = "box.station_refused"
    message = "Đài từ chối yêu cầu. Loa sẽ thử lại."


class TokenRevoked(StationRefused):
    code = "box.token_revoked"
    message = "Mã của loa không còn hiệu lực. Hãy cấp mã mới ở trang Loa và đặt LOA_BOX_TOKEN."


class MediaCut(BoxError):
    """The connection ended early; what arrived is kept and the next try goes on from there."""

    code = "box.media_cut"
    message = "Đường truyền đứt khi tải âm thanh. Loa sẽ tải tiếp phần còn lại."


class MediaPutAside(BoxError):
    """Something more urgent has to be fetched first; what arrived is kept."""

    code = "box.media_put_aside"
    message = "Tạm dừng tải để lấy tin khẩn cấp trước."


class MediaCorrupt(BoxError):
    code = "box.media_corrupt"
    message = "Tệp âm thanh hỏng (sai mã băm). Loa xóa tệp và tải lại."


class MediaMissing(BoxError):
    code = "box.media_missing"
    message = "Tệp âm thanh chưa có trên loa."


class DiskFull(BoxError):
    code = "box.disk_full"
    message = "Thẻ nhớ đầy. Hãy tăng dung lượng hoặc giảm LOA_BOX_DISK_BUDGET_MB."


class DiskReadOnly(BoxError):
    code = "box.disk_read_only"
    message = "Thẻ nhớ không ghi được. Hãy thay thẻ; loa vẫn phát những gì đã tải."


class JournalUnwritable(BoxError):
    code = "box.journal_unwritable"
    message = "Nhật ký không ghi được xuống thẻ nhớ; tạm giữ trong bộ nhớ cho đến khi gửi xong."


class PlayerFailed(BoxError):
    """The player cannot make sound of this; `facts["reason"]` is a word for the play row."""

    code = "box.player_failed"
    message = "Trình phát không phát được. Hãy chạy `python -m playout doctor`."
