"""Rounds to report on, made by hand: answers go through the real scoring and disclosure, no database needed."""

import datetime as dt
from collections.abc import Iterable, Mapping, Sequence
from fractions import Fraction
from typing import Any

from assessments.disclosure import disclose
from assessments.queries.results import RoundBefore, RoundFacts, RoundResults
from assessments.scoring import compare, score
from assessments.scoring.basis import basis_of
from assessments.scoring.types import (
    GivenAnswer,
    IndicatorAsked,
    Level,
    NonScore,
    NonScoreChoice,
    Scale,
    Scorecard,
    SectionAsked,
)
from frameworks.wording import Progress

CANNOT = NonScoreChoice(NonScore.CANNOT_JUDGE, "Cannot judge", "Not enough evidence seen to choose a level.")
NOT_APPLICABLE = NonScoreChoice(NonScore.NOT_APPLICABLE, "Not applicable", "Does not apply to this organisation.")
NO_CHANCE = NonScoreChoice(NonScore.NO_CHANCE, "No chance to demonstrate", "My role has not given the opportunity.")

MATURITY = Scale(
    "Five-level maturity scale",
    (
        Level(1, "Not started", "Nothing is in place, or there is only talk of it."),
        Level(2, "Early steps", "Someone is responsible and work has begun, but it is patchy."),
        Level(3, "Partly in place", "There is an agreed and funded approach, working in some areas."),
        Level(4, "In place", "The approach works in practice across the organisation."),
        Level(5, "Embedded and improving", "It is routine, and its results are measured."),
    ),
    (CANNOT, NOT_APPLICABLE),
)
FREQUENCY = Scale(
    "How often the competency is shown",
    (
        Level(1, "Occasionally", "I do this now and then."),
        Level(2, "Frequently", "I do this more often than not."),
        Level(3, "Almost always", "I do this as a matter of course."),
    ),
    (NO_CHANCE,),
)

# What a member gave: a level, or "c" (cannot judge), "n" (not applicable), "x" (no chance), "-" (not answered).
NON_SCORES = {"c": NonScore.CANNOT_JUDGE, "n": NonScore.NOT_APPLICABLE, "x": NonScore.NO_CHANCE}


def facts(**changed: Any) -> RoundFacts:
    """A closed round of a trust on What Good Looks Like, with whatever is `changed`."""
    values: dict[str, Any] = {
        "round_id": 7,
        "organisation": "Marsh Valley Hospitals NHS Foundation Trust",
        "ods_code": "RZZ",
        "framework": "What Good Looks Like",
        "framework_short": "WGLL",
        "version": "2021 (updated October 2021)",
        "licence": "Open Government Licence v3.0",
        "source_url": "https://example.org/what-good-looks-like/",
        "framework_note": "Indicators are short paraphrases of the published points.",
        "subject_is_individual": False,
        "variant": "Organisation",
        "section_label": "success measure",
        "section_label_plural": "success measures",
        "opened_on": dt.date(2026, 10, 1),
        "closing_on": dt.date(2026, 10, 31),
        "closed_on": dt.date(2026, 11, 1),
        "invited": 14,
        "submitted": 12,
        "started_not_submitted": 1,
        "unsubmitted_counted": False,
        "minimum_group": 5,
        "wording": Progress((("recalled", 14), ("seen", 80)), None),
        "summaries": Progress((), None),
    }
    return RoundFacts(**(values | changed))


def sections(*sizes: int, targets: Mapping[int, Fraction] | None = None) -> tuple[SectionAsked, ...]:
    """Sections "Section 1", … of so many indicators each; `targets` by the section's number."""
    return tuple(
        SectionAsked(
            code=f"s{number}",
            title=f"Section {number}",
            indicators=tuple(
                IndicatorAsked(f"S{number}-{place:02}", f"Indicator {place} of section {number}.")
                for place in range(1, size + 1)
            ),
            target=(targets or {}).get(number),
        )
        for number, size in enumerate(sizes, start=1)
    )


def answers(given: Mapping[str, str]) -> list[GivenAnswer]:
    """Answers from a row of members per indicator: `{"S1-01": "3345c-"}` is six members, the last silent."""
    return [
        _answer(member, code, mark) for code, row in given.items() for member, mark in enumerate(row) if mark != "-"
    ]


def _answer(member: int, code: str, mark: str) -> GivenAnswer:
    if mark in NON_SCORES:
        return GivenAnswer(member, code, non_score=NON_SCORES[mark])
    return GivenAnswer(member, code, level=int(mark))


def scorecard(
    asked: Sequence[SectionAsked],
    given: Iterable[GivenAnswer],
    scale: Scale = MATURITY,
    *,
    minimum_group: int = 5,
    individual: bool = False,
    agreed: Mapping[str, int] | None = None,
    responses: int | None = None,
) -> Scorecard:
    """What may be seen of those answers."""
    scored = score(asked, given, scale, agreed=agreed, responses=responses)
    return disclose(scored, minimum_group=minimum_group, individual=individual)


def results(
    card: Scorecard,
    before: Scorecard | None = None,
    *,
    supersedes: Mapping[str, Sequence[str]] | None = None,
    **changed: Any,
) -> RoundResults:
    """A round's results, compared over all codes with the scorecard of a round a year earlier when one is given."""
    of_round = facts(**changed)
    if before is None:
        return RoundResults(of_round, card, None, None)
    earlier = RoundBefore(round_id=3, closed_on=dt.date(2025, 10, 31), joined=2, left=3)
    codes = [score.indicator.code for section in card.sections for score in section.indicators]
    basis = basis_of(before, card, codes, supersedes or {})
    return RoundResults(of_round, card, earlier, compare(before, card, codes), earlier=before, basis=basis)


def plain(**changed: Any) -> RoundResults:
    """A small round in which everything can be seen: two sections, six members, one target, an earlier round."""
    asked = sections(3, 2, targets={1: Fraction(4)})
    now = {"S1-01": "334445", "S1-02": "222233", "S1-03": "15151c", "S2-01": "444455", "S2-02": "33333n"}
    then = {"S1-01": "333333", "S1-02": "222222", "S1-03": "333333", "S2-01": "555555", "S2-02": "444444"}
    return results(scorecard(asked, answers(now)), scorecard(asked, answers(then)), **changed)


def individual(**changed: Any) -> RoundResults:
    """A round on leadership competencies, which is published by section only."""
    rows = {"S1-01": "123123", "S1-02": "22333x", "S2-01": "12xxxx", "S2-02": "xxxxxx"}
    card = scorecard(sections(2, 2), answers(rows), FREQUENCY, individual=True)
    of_leaders: dict[str, Any] = {
        "framework": "NHS leadership competency framework for board members",
        "framework_short": "LCF",
        "subject_is_individual": True,
        "variant": "",
        "section_label": "competency domain",
        "section_label_plural": "competency domains",
    }
    return results(card, **(of_leaders | changed))


def uniform(mark: str, members: int, *sizes: int, minimum_group: int = 5) -> RoundResults:
    """A round in which every member gave the same to everything: `uniform("c", 12, 3, 2)`."""
    asked = sections(*sizes)
    rows = {indicator.code: mark * members for section in asked for indicator in section.indicators}
    card = scorecard(asked, answers(rows), minimum_group=minimum_group, responses=members)
    return results(card, invited=members, submitted=members, started_not_submitted=0)
