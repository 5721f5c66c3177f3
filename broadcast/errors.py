"""What can go wrong, by name. PURE: `error_pages.py` alone turns these into pages and problems."""

from http import HTTPStatus


class LoaError(Exception):
    """An expected failure: a stable `code`, and a Vietnamese `message` that says what to do.

    `facts` are ids and numbers for the log and the JSON problem; they never hold secrets.
    """

    code = "loa.failed"
    message = "Không làm được việc này. Hãy thử lại; nếu vẫn lỗi, báo người quản trị."
    status = HTTPStatus.BAD_REQUEST

    def __init__(self, message: str | None = None, **facts: object) -> None:
        self.message = message or type(self).message
        self.facts = facts
        super().__init__(self.message)


class NotFound(LoaError):
    """Also said of another station's object: who may not see it does not learn that it exists."""

    code = "loa.not_found"
    message = "Không tìm thấy mục này. Có thể nó đã được chuyển vào kho lưu."
    status = HTTPStatus.NOT_FOUND


class NotAllowed(LoaError):
    code = "people.not_allowed"
    message = "Tài khoản của bạn không có quyền làm việc này. Hãy nhờ người quản trị cấp quyền."
    status = HTTPStatus.FORBIDDEN


class NotSignedIn(LoaError):
    code = "people.not_signed_in"
    message = "Bạn cần đăng nhập."
    status = HTTPStatus.UNAUTHORIZED


class InvalidInput(LoaError):
    """One value is wrong. Forms collect their own errors; this is for APIs and services."""

    code = "loa.invalid_input"
    message = "Dữ liệu gửi lên chưa đúng."
    status = HTTPStatus.UNPROCESSABLE_ENTITY


class EditConflict(LoaError):
    """Somebody else saved first; nothing of either was overwritten."""

    code = "loa.edit_conflict"
    message = "Có người vừa sửa mục này. Phần bạn gõ vẫn còn; hãy xem bản mới rồi lưu lại."
    status = HTTPStatus.CONFLICT


class TooManyRequests(LoaError):
    code = "loa.too_many_requests"
    message = "Bạn thử quá nhiều lần. Hãy đợi ít phút rồi thử lại."
    status = HTTPStatus.TOO_MANY_REQUESTS
