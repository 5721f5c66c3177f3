"""Why a voice did not speak, by name: the desk chooses another voice by the class alone."""

from audio.errors import AudioError


class SpeechError(AudioError):
    code = "speech.failed"
    message = "Giọng đọc không đọc được. Hãy thử lại hoặc chọn giọng khác."


class SpeechUnavailable(SpeechError):
    """The engine cannot be reached, is not installed, or gave up: another voice may do it."""

    code = "speech.unavailable"
    message = "Giọng đọc này đang không dùng được. Hãy chọn giọng khác hoặc thử lại sau."


class SpeechInterrupted(SpeechUnavailable):
    """A fault that may be gone a second later: 5xx, a timeout, a cut or useless answer."""

    code = "speech.interrupted"
    message = "Dịch vụ giọng đọc trả lời dở dang. Hãy thử lại sau ít phút."


class SpeechRefused(SpeechError):
    """This text, voice or speed is not accepted; asking again will not help."""

    code = "speech.refused"
    message = "Giọng đọc không nhận câu này. Hãy sửa câu hoặc chọn giọng khác."


class SpeechThrottled(SpeechError):
    """The service asked us to stay away for `retry_after_s` seconds (None: it did not say)."""

    code = "speech.throttled"
    message = (
        "Dịch vụ giọng đọc đang từ chối vì được gọi quá nhiều. Hệ thống sẽ nghỉ ít nhất một giờ "
        "rồi mới gọi lại; trong lúc đó hãy dùng giọng ngoại tuyến."
    )

    def __init__(
        self, message: str | None = None, *, retry_after_s: float | None = None, **facts: object
    ) -> None:
        super().__init__(message, **facts)
        self.retry_after_s = retry_after_s


class SpeechCancelled(SpeechError):
    code = "speech.cancelled"
    message = "Đã dừng đọc theo yêu cầu. Bấm làm lại khi cần."
