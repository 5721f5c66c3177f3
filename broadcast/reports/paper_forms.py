"""Between the draft of a report and the form it is written in."""

from broadcast.reports.cchc_texts import Part
from broadcast.reports.document import Authority
from broadcast.reports.forms import PaperForm
from broadcast.reports.models import ReportRow
from broadcast.reports.paper_building import period_of
from broadcast.reports.paper_draft import PaperDraft, lines_of
from broadcast.reports.period_words import picked_as


def fill(form: PaperForm, row: ReportRow, draft: PaperDraft, texts: dict[Part, str]) -> None:
    """The form as it is first shown: what was decided, and the words that will be printed."""
    period = period_of(row)
    form.row_version.data, form.template.data = str(row.row_version), row.template
    form.kind.data, form.cutoff.data = picked_as(period), period.cutoff.value
    form.year.data = str(period.year)
    form.first_day.data, form.last_day.data = period.first_day, period.last_day
    form.topic_ids.data = list(draft.topic_ids)
    form.ground_ids.data = list(draft.ground_ids)
    form.addressees.data = "\n".join(draft.addressees)
    form.recipients.data = "\n".join(draft.recipients)
    form.archive.data = draft.archive
    form.authority.data = draft.authority.value
    form.position.data, form.signer.data = draft.position, draft.signer
    form.is_electronic.data = draft.is_electronic
    form.lists_exceptions.data = draft.lists_exceptions
    form.ratings.data = "\n".join(f"{what} | {how}" for what, how in draft.ratings)
    for part, text in texts.items():
        form[part.value].data = text


def draft_of(form: PaperForm, before: PaperDraft, defaults: dict[Part, str]) -> PaperDraft:
    """What the form decides; a line of ratings without its bar is rated as nothing.

    Words left as the defaults have them stay defaults: next year they name next year.
    """
    written = {part: "\n".join(lines_of(form[part.value].data or "")) for part in Part}
    ratings = [line.partition("|") for line in lines_of(form.ratings.data or "")]
    return before.model_copy(
        update={
            "topic_ids": form.topic_ids.data or [],
            "ground_ids": form.ground_ids.data or [],
            "addressees": lines_of(form.addressees.data or ""),
            "recipients": lines_of(form.recipients.data or ""),
            "archive": form.archive.data.strip(),
            "authority": Authority(form.authority.data),
            "position": form.position.data.strip(),
            "signer": (form.signer.data or "").strip(),
            "is_electronic": form.is_electronic.data,
            "lists_exceptions": form.lists_exceptions.data,
            "ratings": [(what.strip(), how.strip()) for what, _bar, how in ratings],
            "texts": {part: text for part, text in written.items() if text != defaults[part]},
        }
    )
