"""The yearly report on communication about administrative reform (CCHC), as a document. PURE."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date

from broadcast.reports.annexes import NumericRow, numeric_annex, qualitative_annex
from broadcast.reports.cchc_texts import DEFAULT_RATINGS, DEFAULT_TEXTS, Part
from broadcast.reports.channels import ChannelFact, channel_sentences
from broadcast.reports.document import Annex, Paragraph, ReportDocument, Section, Signature
from broadcast.reports.exception_lines import (
    ExceptionLine,
    exceptions_annex,
    exceptions_sentence,
)
from broadcast.reports.facts import CountingRule, Figures
from broadcast.reports.numbers_vi import date_long
from broadcast.reports.periods import Period
from broadcast.reports.radio_words import (
    estimate_sentence,
    exception_sentence,
    radio_sentence,
    reach_sentence,
    relay_sentence,
    rule_sentence,
)

_SUBJECT = "tuyên truyền công tác cải cách hành chính"


@dataclass(frozen=True, slots=True)
class Office:
    """The issuing body as it was named when the report was made. `commune`: "xã Ngọc Kỳ"."""

    commune: str
    place: str
    body: str = "Ủy ban nhân dân"
    notation: str = "BC-UBND"
    superior: str = ""
    organ_id: str = ""

    @property
    def full_name(self) -> str:
        return f"{self.body} {self.commune}"


@dataclass(frozen=True, slots=True)
class PlanReference:
    """A plan the report rests on, from the register of plans. `symbol`: "72/KH-UBND"."""

    symbol: str
    issued_on: date
    subject: str
    kind: str = "Kế hoạch"
    issuer: str = ""
    """Empty: the issuing body of the report itself."""


@dataclass(frozen=True, slots=True)
class Measured:
    """What was counted, by which rule, over which days, and what the other channels did."""

    figures: Figures
    rule: CountingRule
    period: Period
    channels: tuple[ChannelFact, ...] = ()
    exceptions: tuple[ExceptionLine, ...] = ()
    """Sessions outside the regulation's hours, unless the office leaves them out."""


@dataclass(frozen=True, slots=True)
class Paperwork:
    """Everything around the text. `number` and `issued_on` stay empty until it is issued."""

    signature: Signature
    recipients: tuple[str, ...]
    addressees: tuple[str, ...] = ()
    archive: str = "VT, VHXH"
    number: int | None = None
    issued_on: date | None = None
    is_electronic: bool = False
    plans: tuple[PlanReference, ...] = ()
    ratings: tuple[tuple[str, str], ...] = DEFAULT_RATINGS
    numeric_rows: tuple[NumericRow, ...] = ()
    texts: Mapping[Part, tuple[str, ...]] = field(default_factory=dict)
    """The office's own paragraphs; a part that is not named keeps its default text."""


def annual_cchc_report(office: Office, measured: Measured, paperwork: Paperwork) -> ReportDocument:
    """The report and its annexes. Figures come from `measured` alone, never from the texts."""
    label = measured.period.label
    outlook = f"phương hướng, nhiệm vụ năm {measured.period.year + 1}"
    return ReportDocument(
        issuer=(office.body.upper(), office.commune.upper()),
        issuer_in_words=office.full_name,
        superior=office.superior,
        organ_id=office.organ_id,
        notation=office.notation,
        number=paperwork.number,
        place=office.place,
        issued_on=paperwork.issued_on,
        year=measured.period.year,
        subject=f"Kết quả {_SUBJECT} {label}",
        addressees=paperwork.addressees,
        grounds=tuple(
            f"Căn cứ {_cite(plan)} của {plan.issuer or office.full_name} {plan.subject}"
            for plan in paperwork.plans
        ),
        opening=f"{office.full_name} báo cáo kết quả {_SUBJECT} {label} như sau:",
        sections=_sections(office, measured, paperwork),
        closing=f"Trên đây là Báo cáo kết quả {_SUBJECT} {label} và {outlook} "
        f"của {office.full_name}",
        recipients=paperwork.recipients,
        archive=paperwork.archive,
        signature=paperwork.signature,
        annexes=_annexes(office, measured, paperwork),
        is_electronic=paperwork.is_electronic,
        topic="Cải cách hành chính",
    )


def _sections(office: Office, measured: Measured, paperwork: Paperwork) -> tuple[Section, ...]:
    def prose(*parts: Part) -> tuple[Paragraph, ...]:
        return tuple(
            Paragraph(text)
            for part in parts
            for text in _texts_of(part, office, measured, paperwork)
        )

    directions = _texts_of(Part.DIRECTIONS, office, measured, paperwork)
    numbered = tuple(Paragraph(f"{at}. {text}") for at, text in enumerate(directions, start=1))
    contents = Section("Nội dung, hình thức tuyên truyền", prose(Part.FORMS))
    counted = Section(
        "Thống kê số lượng tin bài và kết quả tuyên truyền",
        (*statistics(measured), *prose(Part.FURTHER_RESULTS)),
    )
    results = Section(
        "Kết quả thực hiện công tác tuyên truyền cải cách hành chính",
        children=(contents, counted),
    )
    return (
        Section(
            "Kết quả thực hiện",
            children=(Section("Công tác triển khai", prose(Part.IMPLEMENTATION)), results),
        ),
        Section(
            "Đánh giá về công tác tuyên truyền cải cách hành chính",
            children=(
                Section("Ưu điểm, tồn tại, hạn chế", prose(Part.STRENGTHS, Part.WEAKNESSES)),
                Section("Đề xuất, kiến nghị", prose(Part.PROPOSALS)),
            ),
        ),
        Section(f"Phương hướng, nhiệm vụ năm {measured.period.year + 1}", numbered),
    )


def statistics(measured: Measured) -> tuple[Paragraph, ...]:
    """What was counted, a sentence each; no word of it is typed by anybody."""
    lines = (
        radio_sentence(measured.figures, measured.rule),
        estimate_sentence(measured.figures),
        relay_sentence(measured.figures),
        reach_sentence(measured.figures),
        *channel_sentences(measured.channels),
        exception_sentence(measured.figures),
        exceptions_sentence(measured.exceptions),
        rule_sentence(measured.rule, measured.period),
    )
    return tuple(Paragraph(line) for line in lines if line)


def _texts_of(
    part: Part, office: Office, measured: Measured, paperwork: Paperwork
) -> tuple[str, ...]:
    """An office's own text is printed as it is: its braces are letters, not blanks to fill."""
    own = paperwork.texts.get(part)
    if own is not None:
        return tuple(line for text in own for line in text.splitlines() if line.strip())
    return default_paragraphs(part, office, measured.period, paperwork.plans)


def default_paragraphs(
    part: Part, office: Office, period: Period, plans: Sequence[PlanReference]
) -> tuple[str, ...]:
    """What a part says until the office writes its own."""
    cited = "; ".join(f"{_cite(plan)} {plan.subject}" for plan in plans)
    blanks = {
        "body": office.body,
        "commune": office.commune,
        "year": period.year,
        "next_year": period.year + 1,
        "plans": cited or "kế hoạch của năm",
    }
    return tuple(text.format_map(blanks) for text in DEFAULT_TEXTS[part])


def _annexes(office: Office, measured: Measured, paperwork: Paperwork) -> tuple[Annex, ...]:
    about = f"các nhiệm vụ {_SUBJECT} {measured.period.label} của {office.commune}"
    annexes = []
    if paperwork.ratings:
        annexes.append(qualitative_annex(f"Đánh giá mức độ thực hiện {about}", paperwork.ratings))
    if paperwork.numeric_rows:
        note = rule_sentence(measured.rule, measured.period)
        annexes.append(
            numeric_annex(f"Số liệu thực hiện {about}", paperwork.numeric_rows, note=note)
        )
    if measured.exceptions:
        scope = f"Đài truyền thanh {office.commune} {measured.period.label}"
        annexes.append(exceptions_annex(scope, measured.exceptions))
    return tuple(annexes)


def _cite(plan: PlanReference) -> str:
    return f"{plan.kind} số {plan.symbol} {date_long(plan.issued_on)}"
