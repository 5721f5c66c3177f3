"""What an office decides about one report before it is issued. PURE: values and their JSON."""

from pydantic import BaseModel, ConfigDict

from broadcast.reports.cchc_texts import DEFAULT_RATINGS, Part
from broadcast.reports.document import Authority

STANDARD = "standard"
DATED = ("addressees", "recipients", "archive", "authority", "position", "signer", "ground_ids")
"""What the register of dated names and the register of plans say for a period."""


class PaperDraft(BaseModel):
    """Kept in `report.texts`. A part that is not named in `texts` keeps its default paragraphs.

    `topic_ids` are the topics the report speaks of; none means all of the station's.
    """

    model_config = ConfigDict(extra="ignore")

    addressees: list[str] = []
    recipients: list[str] = []
    archive: str = "VT, VHXH"
    authority: Authority = Authority.COLLECTIVE
    position: str = "CHỦ TỊCH"
    signer: str = ""
    ground_ids: list[str] = []
    topic_ids: list[str] = []
    texts: dict[Part, str] = {}
    ratings: list[tuple[str, str]] = list(DEFAULT_RATINGS)
    is_electronic: bool = False
    lists_exceptions: bool = True

    def paragraphs(self) -> dict[Part, tuple[str, ...]]:
        """The office's own paragraphs, one a line; an emptied part falls back to the default."""
        return {
            part: tuple(line.strip() for line in text.splitlines() if line.strip())
            for part, text in self.texts.items()
            if text.strip()
        }


def followed(draft: PaperDraft, was: PaperDraft, now: PaperDraft) -> PaperDraft:
    """`draft` moved from the period that `was` is drawn from to that of `now`.

    Whatever still says what the old period's registers say follows them; what was typed stays.
    """
    moved = {
        name: getattr(now, name) for name in DATED if getattr(draft, name) == getattr(was, name)
    }
    return draft.model_copy(update=moved)


def lines_of(text: str) -> list[str]:
    """One entry a line, without the empty ones."""
    return [line.strip() for line in text.splitlines() if line.strip()]
