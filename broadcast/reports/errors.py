"""What can go wrong with periods, figures and documents, by name. PURE."""

from broadcast.errors import LoaError


class PeriodReversed(LoaError):
    code = "reports.period_reversed"
    message = "Ngày cuối đứng trước ngày đầu. Hãy đổi lại hai ngày của kỳ báo cáo."


class PeriodTooLong(LoaError):
    code = "reports.period_too_long"
    message = "Kỳ báo cáo dài quá 20 năm. Hãy chọn kỳ ngắn hơn."


class NoSuchPeriod(LoaError):
    code = "reports.no_such_period"
    message = "Không có kỳ báo cáo như vậy. Hãy kiểm tra tháng, quý và năm."


class BareLuot(LoaError):
    """A report that says "55 lượt" does not say of what."""

    code = "reports.bare_luot"
    message = "Đơn vị tính phải nói rõ lượt gì, ví dụ: lượt phát, lượt người, lượt hướng dẫn."


class RuleOutOfBounds(LoaError):
    code = "reports.rule_out_of_bounds"
    message = "Ngưỡng tính lượt phát phải từ 1% đến 100%."


class RuleMismatch(LoaError):
    """Daily facts were made under another threshold and have to be recounted first."""

    code = "reports.rule_mismatch"
    message = "Số liệu theo ngày được tính theo quy tắc khác. Hãy chạy lại việc tổng hợp số liệu."


class GrossNotDivisible(LoaError):
    """A session is not of one topic, author or voice; its length cannot be shared out."""

    code = "reports.gross_not_divisible"
    message = (
        "Thời lượng cả buổi chỉ chia được theo thời gian, khung giờ và khu vực. "
        "Hãy xem thời lượng thực phát."
    )


class DocumentIncomplete(LoaError):
    code = "reports.document_incomplete"
    message = "Báo cáo còn thiếu phần bắt buộc. Hãy điền đủ rồi xuất lại."


class BadTemplate(LoaError):
    """The office's Word template cannot be filled; `facts` name the line at fault."""

    code = "reports.bad_template"
    message = "Mẫu Word này có chỗ sai. Hãy sửa mẫu rồi tải lên lại."
