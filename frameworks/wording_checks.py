"""Whether an indicator's words may be hard to answer: warnings for its author, never a reason to refuse it.

Plain rules on plain text: the same words always get the same warnings. They miss some, and are wrong about some.
"""

import re
from collections.abc import Collection, Iterator

MOST_WORDS = 25  # of a sentence: the NHS service manual and GOV.UK advise shorter ones

# Abbreviations that every board knows.
KNOWN = frozenset({"AI", "CEO", "GP", "ICB", "ICS", "IT", "NHS", "NHSE", "UK"})
ABBREVIATION = re.compile(r"\b[A-Z][A-Za-z0-9&]*[A-Z0-9][A-Za-z0-9]*\b")

# Words that say little, or only to specialists: from GOV.UK's list of words to avoid, and from digital papers.
JARGON = (
    r"agile|blockchain|co-design|cutting-edge|deep dive|digital by default|digital-first|digital maturity|ecosystem|"
    r"enabler|enterprise architecture|facilitate|going forward|granular|holistic|incentivise|interoperability|"
    r"interoperable|leverage|machine learning|operationalise|optimised?|paradigm|robust|scalable|siloed|synergy|"
    r"transformational|upskill(?:ing)?|utilised?|value proposition|world-class"
)
JARGON_PATTERN = re.compile(rf"\b(?:{JARGON})s?\b", re.IGNORECASE)

# What begins a second statement: a verb after "and", or somebody who does something.
VERBS = (
    "acts?|adapts?|adopts?|agrees?|are|asks?|assures?|can|challenges?|checks?|commits?|contributes?|delivers?|do|does|"
    "develops?|encourages?|engages?|ensures?|explains?|gets?|gives?|has|have|helps?|holds?|improves?|invests?|is|keeps?|"
    "knows?|leads?|learns?|listens?|looks?|makes?|manages?|meets?|monitors?|must|offers?|owns?|plans?|promotes?|protects?|"
    "provides?|publish(?:es)?|questions?|reads?|reports?|reviews?|sees?|sets?|shares?|should|shows?|supports?|takes?|"
    "tests?|treats?|trusts?|understands?|uses?|was|were|will|works?"
)
SECOND_STATEMENT = re.compile(rf"\b(?:and|as well as|;)\s+(?:(?:also|then|it|they|we|I|this|there)\s+)?(?:{VERBS})\b")
SENTENCE_END = re.compile(r"(?<=[.!?])\s+(?=[A-Z])")


def wording_warnings(text: str, glossary: Collection[str]) -> tuple[str, ...]:
    """What may make `text` hard to answer, in words; nothing if all is well. `glossary` holds the terms explained."""
    return (*_length(text), *_double_question(text), *_jargon(text, {term.casefold() for term in glossary}))


def _length(text: str) -> Iterator[str]:
    words = max(len(sentence.split()) for sentence in SENTENCE_END.split(text))
    if words > MOST_WORDS:
        yield f"Long: a sentence of {words} words. People read up to {MOST_WORDS} with ease."


def _double_question(text: str) -> Iterator[str]:
    if len(sentences := SENTENCE_END.split(text.strip())) > 1:
        yield f"{len(sentences)} sentences: does each ask something of its own? One score cannot answer two questions."
    elif found := SECOND_STATEMENT.search(text):
        yield f"Two questions in one? “… {found[0]} …”: what would a board score if only one half is true?"


def _jargon(text: str, explained: Collection[str]) -> Iterator[str]:
    short = dict.fromkeys(ABBREVIATION.findall(text))
    unknown = [word for word in short if not {_singular(word)} & KNOWN and _singular(word).casefold() not in explained]
    if unknown:
        yield f"Not in the glossary: {', '.join(unknown)}. Explain it there, or write it out."
    words = dict.fromkeys(word.lower() for word in JARGON_PATTERN.findall(text))
    if heavy := [word for word in words if word not in explained]:
        yield f"Jargon: {', '.join(heavy)}. Is there a plainer word, or a line for it in the glossary?"


def _singular(word: str) -> str:
    return word.removesuffix("s")
