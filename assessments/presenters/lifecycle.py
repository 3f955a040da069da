"""The life of a round drawn from its one table: what docs/LIFECYCLE.md holds."""

from assessments.choices import RoundState
from assessments.lifecycle import ROUND_MOVES, RoundMove, Rule

PAGE = """\
# The life of a round

Printed by `manage.py draw_lifecycle` from the one table of moves in `assessments/lifecycle.py`; a test compares them.
Change the table and print again.

```mermaid
stateDiagram-v2
{diagram}
```

| What can be done | When it is | It is then |
| --- | --- | --- |
{rows}

A move asks more than the state where its action says so: opening, for one, needs a member, a published framework
version and a closing date that has not gone by (`assessments/reasons.py`). Starting a round is no move of that round:
it begins as a draft.
"""


def lifecycle_page() -> str:
    """The page as Markdown: a Mermaid state diagram of the moves that change the state, and a table of all moves."""
    diagram = "\n".join(f"    {line}" for line in [*_states(), *_arrows()])
    rows = "\n".join(_row(move, rule) for move, rule in ROUND_MOVES.items())
    return PAGE.format(diagram=diagram, rows=rows)


def _states() -> list[str]:
    """The names of the states, and where a round begins."""
    return [f"{state.value}: {state.label}" for state in RoundState] + [f"[*] --> {RoundState.DRAFT.value}"]


def _arrows() -> list[str]:
    return [
        f"{start.value} --> {rule.leads_to.value}: {move.name.lower().replace('_', ' ')}"
        for move, rule in ROUND_MOVES.items()
        if rule.leads_to
        for start in RoundState
        if start in rule.starts
    ]


def _row(move: RoundMove, rule: Rule) -> str:
    starts = " or ".join(state.label.lower() for state in RoundState if state in rule.starts)
    return f"| {move.value} a round | {starts} | {rule.leads_to.label.lower() if rule.leads_to else 'as it was'} |"
