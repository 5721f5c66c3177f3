"""What can go wrong with sound, by name. Stands alone, so that audio needs no other package."""


class AudioError(Exception):
    """Carries a stable `code` and a Vietnamese `message` that says what to do."""

    code = "audio.failed"
    message = "Không làm được âm thanh. Hãy thử lại; nếu vẫn lỗi, báo người quản trị."

    def __init__(self, message: str | None = None, **facts: object) -> None:
        self.message = message or type(self).message
        self.facts = facts
        super().__init__(self.message)
