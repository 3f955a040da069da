"""The report's parts as sheets of a workbook, in its order; a part that the report does not have is left out."""

from collections.abc import Iterator

from reports.content.wording import sentence
from reports.exports.counterparts import sheets_beside
from reports.exports.figures import Action, Average, Count, Figures, Indicator, Section, Stated
from reports.exports.sheets import CODE, REASON, SECTION_CODE, Cell, Column, Format, Sheet, score, whole, words

Row = tuple[Cell, ...]
LEFT_OUT = "Comments were left out when this file was asked for."
NONE_CHOSEN = "No comment was chosen for the report."
NONE_AGREED = "The board has agreed no position yet."
NO_ACTION = "No action has come out of this round yet."


def sheets_of(figures: Figures) -> tuple[Sheet, ...]:
    """All sheets, the front sheet first."""
    parts = (
        _summary(figures),
        _sections(figures),
        *(() if figures.about.is_individual else _by_indicator(figures)),
        *(sheets_beside(figures) if figures.counterparts else ()),
        _actions(figures),
        _change(figures),
        Sheet("Method", "How the figures came about.", FACTS, _facts(figures.method)),
    )
    return _front(figures, parts), *parts


FACTS = (words("What", 34), words("In words", 96))


def _facts(stated: tuple[Stated, ...]) -> tuple[Row, ...]:
    return tuple((one.term, one.text) for one in stated)


def _front(figures: Figures, parts: tuple[Sheet, ...]) -> Sheet:
    about = figures.about
    rows: list[Row] = [
        ("Report", about.title),
        ("Organisation", f"{about.organisation} ({about.ods_code})"),
        ("State of the report", about.marking),
        ("Framework", f"{about.framework}, version {about.framework_version}"),
        ("Version written for", about.variant),
        ("Round opened on", about.opened_on),
        ("Round closed on", about.closed_on),
        ("Members invited", about.invited),
        ("Members who submitted", about.submitted),
        ("Members whose answers count", about.counted),
        ("Smallest group that a figure is shown for", about.minimum_group),
        ("Left out as asked", about.left_out),
        ("To know before reading", about.notice),
        ("Where there is no figure", "The cell is empty, and the reason stands in the same row. Empty is never zero."),
        ("Licence of the framework", about.licence),
        *((f"Sheet: {part.name}", part.about) for part in parts),
    ]
    return Sheet("About", "What this workbook is.", FACTS, tuple(row for row in rows if row[1] != ""))


def _summary(figures: Figures) -> Sheet:
    rows: list[Row] = [
        ("Score", *_average(figures.members)),
        ("Score, as agreed by the board", *_average(figures.agreed)),
    ]
    change = figures.change
    rows.append(("Change since last round", change.difference, "", None, None, change.why_none))
    rows += [(one.term, None, "", None, None, one.text) for one in figures.summary]
    base = (whole("Based on"), whole("Out of"))
    columns = (words("What", 34), score("Figure"), words("Band", 18), *base, words("In words", 80))
    return Sheet("Summary", "The round in short.", columns, tuple(rows))


def _average(average: Average) -> Row:
    return average.score, average.band, average.based_on, average.of, average.why_none


def _sections(figures: Figures) -> Sheet:
    columns = (
        SECTION_CODE,
        words(sentence(figures.about.section_label), 34),
        *(score("Score"), words("Band", 18), whole("Based on"), whole("Out of"), REASON),
        *(score("Agreed score"), words("Agreed band", 18), whole("Agreed: based on"), whole("Agreed: out of")),
        *(whole("Level held throughout"), words("Why no level", 34), score("Target")),
        Column("Gap (target less score)", 13, Format.CHANGE),
        Column("Cannot judge", 11, Format.SHARE),
    )
    about = f"Score, agreed score, level held and target of each {figures.about.section_label}."
    return Sheet("Sections", about, columns, tuple(_section(section) for section in figures.sections))


def _section(section: Section) -> Row:
    agreed, held = section.agreed, (section.level_held, section.why_no_level_held)
    return (
        *(section.code, section.title, *_average(section.members)),
        *(agreed.score, agreed.band, agreed.based_on, agreed.of),
        *(*held, section.target, section.gap, section.cannot_judge_share),
    )


def _by_indicator(figures: Figures) -> Iterator[Sheet]:
    yield _indicators(figures)
    yield _differences(figures)
    yield _not_judged(figures)
    yield _sides(figures)
    yield _comments(figures)
    yield _agreed(figures)


def _indicators(figures: Figures) -> Sheet:
    answers = [f"{answer.level} {answer.label}" for answer in figures.answers if answer.level is not None]
    others = [answer.label for answer in figures.answers if answer.level is None]
    columns = (
        *(CODE, words("Indicator", 60), words("Section", 28), score("Mean"), score("Median")),
        *(whole("Lowest"), whole("Highest"), score("Average distance"), words("Agreement", 12)),
        *(whole(f"Members: {label}", 13) for label in (*answers, *others)),
        *(Column("Cannot judge", 11, Format.SHARE), whole("Gave a level"), whole("Answered")),
        *(whole("Agreed level"), REASON),
    )
    rows = tuple(
        _indicator(one, section, len(answers), len(others))
        for section in figures.sections
        for one in section.indicators
    )
    return Sheet("Indicators", "Every indicator: score, spread, and how many gave each answer.", columns, rows)


def _indicator(one: Indicator, section: Section, levels: int, others: int) -> Row:
    return (
        *(one.code, one.text, section.title, one.mean, one.median),
        *(one.lowest, one.highest, one.distance, one.agreement),
        *(_members(one.levels) or (None,) * levels),
        *(_members(one.other_answers) or (None,) * others),
        *(one.cannot_judge_share, one.gave_a_level, one.answered, one.agreed_level, one.why_none),
    )


def _members(counts: tuple[Count, ...]) -> Row:
    return tuple(count.members for count in counts)


def _listed(figures: Figures, codes: tuple[str, ...]) -> list[tuple[int, Indicator, Section]]:
    found = {one.code: (one, section) for section in figures.sections for one in section.indicators}
    return [(place, *found[code]) for place, code in enumerate(codes, start=1)]


LISTED = (whole("Place"), CODE, words("Indicator", 60), words("Section", 28))


def _differences(figures: Figures) -> Sheet:
    columns = (*LISTED, whole("Lowest"), whole("Highest"), score("Average distance"), words("Agreement", 12))
    rows = tuple(
        (place, one.code, one.text, section.title, one.lowest, one.highest, one.distance, one.agreement)
        for place, one, section in _listed(figures, figures.differs_most.codes)
    )
    return Sheet("Differences", figures.differs_most.note, columns, rows)


def _not_judged(figures: Figures) -> Sheet:
    columns = (*LISTED, Column("Cannot judge", 11, Format.SHARE), whole("Answered"))
    rows = tuple(
        (place, one.code, one.text, section.title, one.cannot_judge_share, one.answered)
        for place, one, section in _listed(figures, figures.could_not_judge.codes)
    )
    return Sheet("Could not judge", figures.could_not_judge.note, columns, rows)


def _sides(figures: Figures) -> Sheet:
    columns = (
        *(SECTION_CODE, words(sentence(figures.about.section_label), 34)),
        *(Column("Executives less non-executives", 18, Format.CHANGE), whole("Based on"), whole("Out of"), REASON),
    )
    rows = tuple(
        (one.section_code, one.section, one.difference, one.based_on or None, one.of, one.why_none)
        for one in figures.sides.sections
    )
    return Sheet("Two sides of the board", figures.sides.note, columns, rows)


def _comments(figures: Figures) -> Sheet:
    rows = tuple((one.code, one.indicator, one.text) for one in figures.comments)
    about = "What members wrote for the board, as far as it was chosen for the report. Nobody is named."
    columns = (CODE, words("Indicator", 50), words("Comment", 90))
    if not rows:
        about = LEFT_OUT if figures.about.left_out else NONE_CHOSEN
    return Sheet("Comments chosen", about, columns, rows)


def _agreed(figures: Figures) -> Sheet:
    columns = (
        *(CODE, words("Indicator", 50), whole("Agreed level"), words("Label", 24), words("Reason")),
        *(words("Dissent", 40), words("How", 24), Column("Agreed on", 20, Format.DATE)),
    )
    rows = tuple(
        (one.code, one.indicator, one.level, one.label, one.reason, one.dissent, one.method, one.agreed_on)
        for one in figures.agreed_positions
    )
    about = "The level that the board settled on, with its reason and dissent."
    return Sheet("Agreed positions", about if rows else NONE_AGREED, columns, rows)


def _actions(figures: Figures) -> Sheet:
    columns = (
        *(words("Action", 60), words("Comes from", 16), words("Section", 28), words("Indicator", 12)),
        *(words("Owner", 26), Column("Due on", 20, Format.DATE), words("Status", 16), words("Overdue", 10)),
        words("Risk", 16),
    )
    rows = tuple(_action(one) for one in figures.actions)
    return Sheet("Actions", "What the board will do." if rows else NO_ACTION, columns, rows)


def _action(one: Action) -> Row:
    owner = f"{one.owner} (has left the board)" if one.owner_has_left else one.owner or "Nobody yet"
    return (
        *(one.what, "This round" if one.from_this_round else "Earlier round", one.section, one.indicator_code, owner),
        *(one.due_on, one.status, "Yes" if one.is_overdue else "No", one.risk),
    )


def _change(figures: Figures) -> Sheet:
    columns = (
        *(SECTION_CODE, words(sentence(figures.about.section_label), 34)),
        *(score("Last round", 13), score("This round", 13), Column("Change", 11, Format.CHANGE)),
        *(whole("Comparable indicators", 13), REASON),
        *(words("Indicators compared", 40), words("Not compared", 60)),
    )
    named = [("", "Whole round", figures.change)]
    named += [(section.code, section.title, section.change) for section in figures.sections]
    rows = tuple(
        (
            *(code, title, move.before, move.after, move.difference, move.comparable or None, move.why_none),
            *(", ".join(move.compared), move.not_compared),
        )
        for code, title, move in named
    )
    about = "Over those indicators alone that can be compared with the last round, worked out again for both rounds."
    return Sheet("Change since last round", about, columns, rows)
