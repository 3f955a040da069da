"""A member's self-assessment as they take it to their appraisal, with a page for the yearly fit and proper person test.

Built on the document of their own answers; only they can have it made, and they decide who gets it.
"""

from dataclasses import dataclass, replace

from assessments.queries.my_answers import MyAnswers
from assessments.queries.my_trend import MyTrend
from reports.content.document import Fact, Profile
from reports.own.my_answers import OwnAnswers, own_answers
from reports.own.my_trend import how_it_is_worked_out, trend_parts
from reports.pdf.rendering import draw_pdf

OBJECTIVES = 4  # empty lines for what is agreed


@dataclass(frozen=True, slots=True)
class Appraisal:
    """What the document says besides the answers."""

    name: str
    role: str
    organisation: str
    framework: str
    section_label: str
    section_label_plural: str
    version_note: str
    with_notes: bool
    trend_note: str
    trend: tuple[Profile, ...]
    objectives: range


def appraisal(
    mine: MyAnswers, trend: MyTrend, *, role: str, version_note: str, with_notes: bool
) -> tuple[OwnAnswers, Appraisal]:
    """The answers and what goes with them. Notes to self are left out unless the member wants them in."""
    sitting = mine.sitting
    answers = own_answers(mine, with_notes=with_notes)
    name, *others = answers.facts
    document = replace(
        answers,
        title=f"Self-assessment for my appraisal: {sitting.content.framework}",
        file_name=f"{mine.file_stem}-appraisal{'-with-notes' if with_notes else ''}.pdf",
        facts=(name, Fact("Role", role), *others),
    )
    return document, Appraisal(
        name=mine.name,
        role=role,
        organisation=sitting.organisation,
        framework=sitting.content.framework,
        section_label=sitting.content.section_label,
        section_label_plural=sitting.content.section_label_plural,
        version_note=version_note,
        with_notes=with_notes,
        trend_note=how_it_is_worked_out(trend),
        trend=trend_parts(trend),
        objectives=range(1, OBJECTIVES + 1),
    )


def appraisal_pdf(document: OwnAnswers, extras: Appraisal) -> bytes:
    """The document as the bytes of a PDF."""
    return draw_pdf("reports/appraisal.html", {"document": document, "appraisal": extras})
