"""What can go wrong with periods, figures and documents, by name. PURE."""

from http import HTTPStatus

from broadcast.errors import InvalidInput, LoaError, NotFound


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


class DateNotUnderstood(InvalidInput):
    code = "reports.date_not_understood"
    message = "Ngày phải viết dạng năm-tháng-ngày, ví dụ 2023-12-31, và có thật trong lịch."


class QuestionNotUnderstood(InvalidInput):
    code = "reports.question_not_understood"
    message = "Câu hỏi chưa đúng dạng. Hãy xem mô tả ở /api/docs."


class CursorBroken(InvalidInput):
    """A cursor is copied from the answer before; nobody writes one by hand."""

    code = "reports.cursor_broken"
    message = "Dấu trang (cursor) không đúng. Hãy hỏi lại từ trang đầu."


class ReportNotIssued(NotFound):
    code = "reports.not_issued"
    message = "Báo cáo này chưa ban hành. Hãy ban hành trên trang Báo cáo rồi tải lại."


class ReportAlreadyIssued(LoaError):
    """An issued report is paper: it is never changed, a new one says what differs."""

    code = "reports.already_issued"
    message = "Báo cáo này đã ban hành nên không sửa được. Hãy lập báo cáo mới."
    status = HTTPStatus.CONFLICT


class ChannelFactRefused(InvalidInput):
    code = "reports.channel_fact_refused"
    message = "Số liệu kênh này chưa đúng. Hãy kiểm tra kỳ, kênh, đơn vị tính và con số."


class SheetNotUnderstood(InvalidInput):
    code = "reports.sheet_not_understood"
    message = "Tệp này không phải bảng Excel (.xlsx) đọc được. Hãy dùng bảng mẫu rồi tải lại."


class RuleWithoutReason(InvalidInput):
    code = "reports.rule_without_reason"
    message = "Hãy ghi lý do đổi quy tắc; lý do được lưu cùng quy tắc và in trong sổ."


class NumberNotUnderstood(InvalidInput):
    code = "reports.number_not_understood"
    message = "Số báo cáo là một số từ 1 đến 99999, ví dụ 192 (không ghi ký hiệu)."


class TargetOutOfBounds(InvalidInput):
    code = "reports.target_out_of_bounds"
    message = "Kế hoạch là những số nguyên từ 0 đến 1.000.000. Hãy kiểm tra lại các ô."


class GroundRefused(InvalidInput):
    code = "reports.ground_refused"
    message = "Căn cứ này đã có trong sổ, hoặc thiếu số, ngày, trích dẫn. Hãy kiểm tra lại."
