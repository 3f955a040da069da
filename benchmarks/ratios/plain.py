"""What our section page says, as plain dicts for the floor's template, and whether the two pages are the same."""

import difflib
import re
from typing import Any

from assessments.device_key import device_key
from assessments.models import Response
from assessments.presenters.section import FOR_THE_BOARD, HINTS, TO_SELF
from assessments.queries.content import Content
from assessments.queries.sitting import Question, sitting_for

# What is another each time that the page is made, or stands for nothing that is seen.
PASSING = re.compile(rb'((?:name="(?:csrfmiddlewaretoken|page_mark)" value|data-now|data-seconds)=)"[^"]*"')
SPACE_AROUND_TAGS = re.compile(rb"\s*(<[^>]*?)\s*>\s*")


def plain_section(response: Response, code: str) -> dict[str, object]:
    """All that the template needs for the section `code`."""
    sitting = sitting_for(response, on_board=True)
    section, content = sitting.section(code), sitting.content
    if section is None:
        raise ValueError(f"no section {code}")
    unanswered = section.unanswered
    return {
        "organisation": sitting.organisation,
        "response": str(response.pk),
        "framework": content.framework,
        "section_label": content.section_label,
        "section_label_plural": content.section_label_plural,
        "sections": str(len(content.sections)),
        "section": {
            "title": section.asked.title, "number": str(section.asked.number), "summary": section.asked.summary,
        },
        "revision": str(response.revision),
        "key": device_key(response.person, response),
        "answered": str(section.answered),
        "first_unanswered": str(unanswered[0].asked.indicator_id) if unanswered else "",
        "levels": [
            {"value": str(row.value), "label": row.label, "description": row.description} for row in content.levels
        ],
        "non_scores": [{"label": row.label, "description": row.description} for row in content.scale.non_scores],
        "questions": [_question(question, content) for question in section.questions],
    }  # fmt: skip


def _question(question: Question, content: Content) -> dict[str, object]:
    asked, pk = question.asked, str(question.asked.indicator_id)
    return {
        "pk": pk,
        "number": str(asked.number),
        "group": asked.group,
        "text": asked.text,
        "guidance": asked.guidance,
        "words": asked.words,
        "items": _items(question, content),
        "chosen": question.choice,
        "words_open": bool(question.comment or question.note),
        "fields": [
            {"name": f"comment-{pk}", "label": FOR_THE_BOARD, "hint": HINTS[FOR_THE_BOARD], "value": question.comment},
            {"name": f"note-{pk}", "label": TO_SELF, "hint": HINTS[TO_SELF], "value": question.note},
        ],
    }


def _items(question: Question, content: Content) -> list[dict[str, Any]]:
    """Radios; the macro numbers them from the second on, and counts the "or" between them."""
    levels = [(str(row.value), f"{row.value}. {row.label}") for row in content.levels]
    offered = [*levels, ("", ""), *((row.code.value, row.label) for row in content.scale.non_scores)]
    name = f"id_answer-{question.asked.indicator_id}"
    return [
        {
            "divider": not value,
            "id": name if place == 1 else f"{name}-{place}",
            "value": value,
            "text": text,
            "checked": value == question.choice,
        }
        for place, (value, text) in enumerate(offered, start=1)
    ]


def check_same(ours: bytes, floor: bytes) -> None:
    """Raise SystemExit, saying where, unless the pages are the same but for spaces, tokens and the time."""
    different = list(difflib.unified_diff(_words(ours), _words(floor), "our page", "the floor's", lineterm=""))
    if different:
        raise SystemExit("benchmarks/templates/section.html is no longer our page:\n" + "\n".join(different[:60]))


def _words(page: bytes) -> list[str]:
    """Tags and words; Jinja and Django write an apostrophe in two ways."""
    text = SPACE_AROUND_TAGS.sub(rb"\n\1>\n", PASSING.sub(rb'\1""', page))
    return text.replace(b"&#39;", b"&#x27;").decode().split()
