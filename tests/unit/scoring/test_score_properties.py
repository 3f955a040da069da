"""What must hold of every round, whatever the answers."""

from dataclasses import replace
from fractions import Fraction

from hypothesis import given as for_all
from hypothesis import strategies as st

from assessments.scoring.rules import score
from assessments.scoring.types import GivenAnswer, NonScore, Scale, Scorecard
from tests.unit.scoring.scoring_builders import ONE_TO_FIVE, SCALES, Cell, card, given, rounds, section

Round = dict[str, dict[str, list[Cell]]]
ROUNDS_ON_SCALES = st.sampled_from(SCALES).flatmap(lambda scale: st.tuples(st.just(scale), rounds(scale)))


def averages(result: Scorecard) -> list[Fraction | None]:
    return [result.members.score, *(scored.members.score for scored in result.sections)]


@for_all(ROUNDS_ON_SCALES)
def test_every_score_lies_within_the_scale(drawn: tuple[Scale, Round]) -> None:
    scale, tables = drawn
    result = card(tables, scale=scale)
    indicators = [scored for part in result.sections for scored in part.indicators]
    figures = averages(result) + [figure for scored in indicators for figure in (scored.mean, scored.median)]
    assert all(scale.lowest <= figure <= scale.highest for figure in figures if figure is not None)
    held = [part.level_held for part in result.sections if part.level_held is not None]
    assert {level.value for level in scale.levels}.issuperset(held)


@for_all(ROUNDS_ON_SCALES, st.randoms(use_true_random=False))
def test_the_order_of_answers_does_not_matter(drawn: tuple[Scale, Round], random: st.DataObject) -> None:
    scale, tables = drawn
    asked = [section(code, *table) for code, table in tables.items()]
    answers = [answer for table in tables.values() for answer in given(table)]
    shuffled = list(answers)
    random.shuffle(shuffled)  # type: ignore[attr-defined]  # hypothesis does not export its Random's type
    assert score(asked, shuffled, scale) == score(asked, answers, scale)


@for_all(rounds(ONE_TO_FIVE), st.sampled_from(NonScore))
def test_a_non_score_more_never_moves_a_mean(tables: Round, non_score: NonScore) -> None:
    more = {
        code: {indicator: [*cells, non_score] for indicator, cells in table.items()} for code, table in tables.items()
    }
    before, after = card(tables), card(more)
    for part, same in zip(before.sections, after.sections, strict=True):
        assert [i.mean for i in part.indicators] == [i.mean for i in same.indicators]
        assert [i.median for i in part.indicators] == [i.median for i in same.indicators]
        # A section may gain or lose its score when an indicator becomes inapplicable or applicable; it never moves.
        assert len({part.members.score, same.members.score} - {None}) <= 1


@for_all(rounds(ONE_TO_FIVE))
def test_an_unanswered_question_is_never_zero(tables: Round) -> None:
    silent = {code: {indicator: [*cells, None] for indicator, cells in table.items()} for code, table in tables.items()}
    assert card(silent) == card(tables)


@for_all(rounds(ONE_TO_FIVE))
def test_sections_weigh_the_same_however_long(tables: Round) -> None:
    longer = {**tables, "s0": tables["s0"] | {f"{code} again": cells for code, cells in tables["s0"].items()}}
    before, after = card(tables), card(longer)
    assert after.members == before.members
    assert after.sections[0].members.score == before.sections[0].members.score


@for_all(rounds(ONE_TO_FIVE))
def test_who_gave_an_answer_does_not_matter(tables: Round) -> None:
    asked = [section(code, *table) for code, table in tables.items()]
    answers = [answer for table in tables.values() for answer in given(table)]
    renamed: list[GivenAnswer] = [replace(answer, member=f"member {answer.member}") for answer in answers]
    assert score(asked, renamed, ONE_TO_FIVE) == score(asked, answers, ONE_TO_FIVE)
