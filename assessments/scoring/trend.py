"""Movement between two rounds, over what can be compared and nothing else (product rule §4.8)."""

from collections.abc import Collection, Mapping, Sequence
from fractions import Fraction

from assessments.scoring.averages import mean
from assessments.scoring.types import Change, Course, Scorecard, SectionScore, Trend


def compare(before: Scorecard, after: Scorecard, comparable: Collection[str]) -> Trend:
    """The change from one disclosed scorecard to a later disclosed one, in levels.

    `comparable` holds the codes of the indicators that mean the same in both framework versions. An indicator counts
    when it is one of them, stood in this section or in one whose place it takes, and has a published mean in both.
    Both sides are averaged anew over those indicators, so neither need be the round's own score. Rounds on scales
    with different levels have nothing in common: the trend is then empty.

    Overall there is a change only when at least half of the sections of each round enter it, as for an overall score;
    a section enters it when it has a score in both rounds.
    """
    alike = before.scale.values == after.scale.values
    earlier = {section.section.code: section for section in before.sections if alike}
    pairs = [(_followed(section, earlier), section) for section in after.sections]
    changes = [(then, now, _section_change(then, now, comparable)) for then, now in pairs]
    compared = [(then, now, change) for then, now, change in changes if change.comparable]
    scored = [
        ({part.section.code for part in then if part.members.score is not None}, change)
        for then, now, change in compared
        if now.members.score is not None and any(part.members.score is not None for part in then)
    ]
    sections_then = {code for codes, _ in scored for code in codes}
    enough = 2 * len(sections_then) >= before.members.of and 2 * len(scored) >= after.members.of
    return Trend(
        overall=_overall([change for _, change in scored] if enough else []),
        sections=tuple((now.section.code, change) for _, now, change in compared),
    )


def _followed(section: SectionScore, earlier: Mapping[str, SectionScore]) -> list[SectionScore]:
    """What a section is compared with: what it was, and whose place it takes."""
    return [earlier[code] for code in section.section.lineage if code in earlier]


def _section_change(before: Sequence[SectionScore], after: SectionScore, comparable: Collection[str]) -> Change:
    then = {code: mean for part in before for code, mean in _published_means(part).items()}
    now = _published_means(after)
    shared = [code for code in now if code in then and code in comparable]
    return Change(mean([then[code] for code in shared]), mean([now[code] for code in shared]), len(shared))


def _published_means(section: SectionScore) -> Mapping[str, Fraction]:
    return {scored.indicator.code: scored.mean for scored in section.indicators if scored.mean is not None}


def _overall(changes: list[Change]) -> Change:
    """Each section weighs the same here too (product rule §4.4)."""
    return Change(
        before=mean([change.before for change in changes if change.before is not None]),
        after=mean([change.after for change in changes if change.after is not None]),
        comparable=sum(change.comparable for change in changes),
    )


def over_time(earlier: Sequence[tuple[Scorecard, Collection[str]]], now: Scorecard) -> Mapping[str, Course]:
    """Section code → its score in each of the `earlier` disclosed scorecards, each with its comparable codes, and now.

    All of a section's scores are averages over the same indicators: those that are comparable with now, and have a
    published mean, in every round. A section for which there are none has no entry. For rounds that `compare` compares.
    """
    means = {section.section.code: [_published_means(section)] for section in now.sections}
    for card, comparable in reversed(earlier):
        then = {section.section.code: section for section in card.sections}
        for part in now.sections:
            found = (item for one in _followed(part, then) for item in _published_means(one).items())
            means[part.section.code].insert(0, {code: mean for code, mean in found if code in comparable})
    courses = {part.section.code: _course(part, means[part.section.code]) for part in now.sections}
    return {code: course for code, course in courses.items() if course.comparable}


def _course(section: SectionScore, rounds: Sequence[Mapping[str, Fraction]]) -> Course:
    """`rounds` have the means that count, by code; the last are the section's own."""
    shared = tuple(code for code in rounds[-1] if all(code in means for means in rounds))
    scores = [mean([means[code] for code in shared]) for means in rounds]
    others = [one.indicator.code for one in section.indicators if one.indicator.code not in shared]
    *earlier, now = rounds
    left_out = tuple(
        (code, tuple(place for place, means in enumerate(earlier) if code in now and code not in means))
        for code in others
    )
    return Course(tuple(score for score in scores if score is not None), shared, left_out)
