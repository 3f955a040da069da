"""Ways to break a framework document: a name, the broken bytes, and what must be said about them.

Each row of `BROKEN` is made from good.yaml, so that exactly one thing is wrong (unless the row is about several).
"""

from dataclasses import dataclass
from pathlib import Path

GOOD = (Path(__file__).parent / "good.yaml").read_text(encoding="utf-8")


@dataclass(frozen=True)
class Broken:
    """`said` holds one entry for each problem: line, field and a part of the message."""

    name: str
    content: bytes
    said: tuple[tuple[int, str, str], ...]


def line_of(text: str, content: str = GOOD) -> int:
    """The line, from 1, on which `text` first stands in `content`."""
    return content[: content.index(text)].count("\n") + 1


def swapped(name: str, old: str, new: str, field: str, message: str, *, line: int | None = None) -> Broken:
    """A copy of the good file with the first `old` replaced; the problem is on its line, or on `line`."""
    assert old in GOOD
    return Broken(name, GOOD.replace(old, new, 1).encode(), ((line or line_of(old), field, message),))


def raw(name: str, content: bytes, *said: tuple[int, str, str]) -> Broken:
    return Broken(name, content, said)


BOMB = "a: &a [x, x]\nb: &b [*a, *a]\nc: &c [*b, *b]\nd: [*c, *c]\n"
UNDECLARED = GOOD[: GOOD.index("variants:")] + "variants: []\n" + GOOD[GOOD.index("scale:") :]
END = GOOD.count("\n") + 1

BROKEN = (
    # not a readable file
    raw("empty", b"", (1, "", "the file is empty")),
    raw("only comments", b"# nothing\n", (1, "", "the file is empty")),
    raw("only spaces", b"  \n\n", (1, "", "the file is empty")),
    raw("null", b"---\nnull\n", (2, "", "nothing is given")),
    raw("binary", b"\x89PNG\r\n\x1a\n\x00\x00", (1, "", "not UTF-8")),
    raw(
        "nul bytes",
        GOOD.encode().replace(b"Nobody", b"No\x00body"),
        (line_of("Nobody"), "", "control character (U+0000)"),
    ),
    raw("latin-1", GOOD.replace("Nobody", "Café").encode("latin-1"), (line_of("Nobody"), "", "not UTF-8")),
    raw("utf-16", GOOD.encode("utf-16"), (1, "", "not UTF-8")),
    raw("too large", b"#" * 2_000_001, (0, "", "larger than 2,000,000 bytes")),
    # not plain YAML
    raw("truncated in quotes", GOOD.encode() + b'note: "never closed', (END, "", "not YAML")),
    raw("tabs", GOOD.replace("  code: tiny", "\tcode: tiny").encode(), (line_of("  code: tiny"), "", "not YAML")),
    raw("unclosed bracket", GOOD.encode() + b"more: [1, 2\n", (END + 1, "", "not YAML")),
    raw(
        "bad indentation",
        GOOD.replace("  title: A tiny", " title: A tiny").encode(),
        (line_of("title: A tiny"), "", "not YAML"),
    ),
    raw("list at the top", b"- a\n- b\n", (1, "", "is not a group of fields")),
    raw("text at the top", b"just words\n", (1, "", "is not a group of fields")),
    raw("two documents", GOOD.encode() + b"---\nframework: 1\n", (END, "", "a second document")),
    raw(
        "bomb",
        BOMB.encode(),
        (1, "a", "&a marks a part for reuse"),
        *((2, f"b[{n}]", "*a refers to another part") for n in (0, 1)),
        (2, "b", "&b marks"),
        *((3, f"c[{n}]", "*b refers to another part") for n in (0, 1)),
        (3, "c", "&c marks"),
        *((4, f"d[{n}]", "*c refers to another part") for n in (0, 1)),
    ),
    swapped("anchor", "publisher: Nobody", "publisher: &who Nobody", "framework.publisher", "&who marks"),
    swapped(
        "python tag", "publisher: Nobody", "publisher: !!python/object/apply:os.getcwd []", "framework.publisher", "tag"
    ),
    swapped("string tag", "publisher: Nobody", "publisher: !!str Nobody", "framework.publisher", "tag"),
    swapped(
        "duplicate field", "  publisher: Nobody", "  title: Again", "framework.title", "twice; the first is on line 4"
    ),
    swapped("list as a field name", "  publisher: Nobody", "  ? [a, b]\n  : Nobody", "framework", "must be plain text"),
    raw(
        "too deep",
        b"framework: " + b"[" * 5000 + b"]" * 5000,
        (1, "framework" + "[0]" * 11, "nested more than 12 deep"),
    ),
    # wrong structure
    swapped("missing field", "  publisher: Nobody\n", "", "framework.publisher", "missing", line=line_of("framework:")),
    raw(
        "mistyped field",
        GOOD.replace("wording: seen", "wordin: seen", 1).encode(),
        (line_of("- code: T-1"), "indicators[0].wording", "missing"),
        (line_of("wording: seen"), "indicators[0].wordin", "did you mean 'wording'?"),
    ),
    swapped("number for text", "title: First", "title: 2026", "version.title", "2026 is not text; put it in quotes"),
    swapped("year alone as code", "code: 2026-01", "code: 2026", "version.code", "2026 is not text; put it in quotes"),
    swapped("text for number", "order: 1", "order: first", "groups[0].order", "'first' is not a whole number"),
    swapped("decimal for number", "value: 2", "value: 2.0", "scale.levels[1].value", "'2.0' is not a whole number"),
    swapped("true for number", "value: 2", "value: true", "scale.levels[1].value", "true is not a whole number"),
    swapped("huge number", "value: 2", f"value: {'9' * 5000}", "scale.levels[1].value", "is not a whole number"),
    swapped("level beyond the limit", "value: 2", "value: 101", "scale.levels[1].value", "101 is more than 100"),
    swapped("order of nought", "order: 1", "order: 0", "groups[0].order", "0 is less than 1"),
    swapped("text for a list", "[T-0]", "T-0", "indicators[2].supersedes", "'T-0' is not a list"),
    swapped("nothing given", "title: First", "title:", "version.title", "nothing is given; text is needed"),
    swapped("blank text", "text: The plan is read.", 'text: "  "', "indicators[2].text", "nothing is given"),
    swapped("blank block", "text: The plan is read.", "text: |\n\n", "indicators[2].text", "nothing is given"),
    swapped(
        "bad subject",
        "subject: organisation",
        "subject: person",
        "framework.subject",
        "not one of organisation, individual",
    ),
    swapped("bad status", "status: draft", "status: publish", "version.status", "did you mean 'published'?"),
    swapped(
        "bad wording", "wording: recalled", "wording: recaled", "indicators[1].wording", "did you mean 'recalled'?"
    ),
    swapped(
        "bad non-score", "code: cannot-judge", "code: unknown", "scale.non_scores[0].code", "not one of cannot-judge"
    ),
    swapped("bad date", "2026-01-31", "2026-02-30", "version.published", "'2026-02-30' is not a date"),
    swapped("English date", "2026-01-31", "31 January 2026", "version.published", "is not a date such as 2021-08-31"),
    swapped("bad version code", "code: 2026-01", "code: v2", "version.code", "'v2' is not a version code"),
    swapped(
        "bad address", "https://www.example.org/tiny", "javascript:alert(1)", "version.source_url", "not a web address"
    ),
    swapped("capitals in a code", "code: tiny", "code: Tiny", "framework.code", "small letters only"),
    swapped("space in a code", "code: T-2", "code: T 2", "indicators[1].code", "'T 2' is not a code"),
    swapped("too long", "title: First", f"title: {'x' * 201}", "version.title", "longer than 200 characters"),
    swapped(
        "one level",
        "    - value: 2\n      label: Fully\n      description: It is so.\n",
        "",
        "scale.levels",
        "at least 2",
        line=line_of("  levels:"),
    ),
    swapped("band without a number", "1.50", "half", "scale.bands[1].starts_at", "'half' is not a number such as 2"),
    swapped("band to three decimals", "1.50", "1.505", "scale.bands[1].starts_at", "is not a number such as 2 or 2.5"),
    swapped("band as a list", "1.50", "[1]", "scale.bands[1].starts_at", "[1] is not a number such as 2 or 2.5"),
    swapped(
        "one band",
        "    - starts_at: 1.50\n      label: Mostly\n",
        "",
        "scale.bands",
        "at least 2",
        line=line_of("  bands:"),
    ),
    swapped(
        "six bands",
        "    - starts_at: 1.50\n",
        "".join(f"    - {{starts_at: 1.{n}, label: Band {n}}}\n" for n in range(1, 5)) + "    - starts_at: 1.50\n",
        "scale.bands",
        "at most 5",
        line=line_of("  bands:"),
    ),
    # wrong content
    swapped("first band off the scale", "starts_at: 1\n", "starts_at: 0\n", "scale.bands[0].starts_at", "lowest level"),
    swapped("band above the scale", "1.50", "2.1", "scale.bands[1].starts_at", "2.1 lies above the highest level, 2"),
    swapped("bands out of order", "1.50", "1.0", "scale.bands[1].starts_at", "1.0 does not follow 1; bands go upw"),
    swapped("band called twice", "label: Mostly", "label: Hardly", "scale.bands[1].label", "'Hardly' is used twice"),
    swapped(
        "unknown section", "section: leading", "section: leadin", "indicators[0].section", "did you mean 'leading'?"
    ),
    swapped(
        "unknown theme", "theme: plan", "theme: plans", "indicators[0].theme", "section 'leading' has no theme 'plans'"
    ),
    swapped("unknown group", "group: board", "group: boards", "indicators[0].group", "did you mean 'board'?"),
    swapped(
        "duplicate code", "code: T-2", "code: T-1", "indicators[1].code", f"the first is on line {line_of('code: T-1')}"
    ),
    swapped("duplicate order", "order: 3", "order: 2", "indicators[2].order", "'2' is used twice"),
    swapped("duplicate variant", "- code: organisation", "- code: ics", "variants[1].code", "'ics' is used twice"),
    swapped("scale out of order", "value: 2", "value: 0", "scale.levels[1].value", "0 does not follow 1"),
    swapped("duplicate level", "value: 2", "value: 1", "scale.levels[1].value", "1 does not follow 1"),
    swapped("bad variant", "variant: ics", "variant: icb", "indicators[0].variant", "did you mean 'ics'?"),
    swapped(
        "no variant",
        "    variant: organisation\n",
        "",
        "indicators[1].variant",
        "the variants are ics, organisation",
        line=line_of("- code: T-2"),
    ),
    swapped("supersedes itself", "[T-0]", "[T-3]", "indicators[2].supersedes[0]", "cannot supersede itself"),
    swapped("supersedes a living code", "[T-0]", "[T-1]", "indicators[2].supersedes[0]", "'T-1' is still an indicator"),
    swapped(
        "section supersedes itself", "[heading]", "[leading]", "sections[0].supersedes[0]", "cannot supersede itself"
    ),
    swapped(
        "framework supersedes itself",
        "  subject: organisation",
        "  supersedes: tiny\n  subject: organisation",
        "framework.supersedes",
        "cannot supersede itself",
    ),
    swapped("supersedes twice", "[T-0]", "[T-0, T-0]", "indicators[2].supersedes", "given twice"),
    swapped("text direction override", "The plan is read.", "The \u202eplan is read.", "indicators[2].text", "U+202E"),
    swapped("isolate", "The plan is read.", "The \u2066plan is read.", "indicators[2].text", "U+2066"),
    swapped("zero-width space", "title: First", "title: Fi\u200brst", "version.title", "U+200B"),
    swapped("escaped control", "title: First", 'title: "Fi\\u0007rst"', "version.title", "U+0007"),
    swapped("escaped half character", "title: First", 'title: "Fi\\ud800rst"', "", "not YAML"),
    raw(
        "empty section",
        GOOD.replace(
            "indicators:\n", "  - {code: other, order: 2, title: Other, summary: Nothing.}\n\nindicators:\n", 1
        ).encode(),
        (line_of("indicators:"), "sections[1].code", "no indicator belongs to section 'other'"),
    ),
    raw(
        "variant that nobody is asked",
        GOOD.replace("variant: ics", "variant: organisation")
        .replace("variant: both", "variant: organisation")
        .encode(),
        (line_of("- code: ics"), "variants[0].code", "no indicator is asked of 'ics'"),
    ),
    raw(
        "undeclared variants",
        UNDECLARED.encode(),
        (line_of("variant: ics", UNDECLARED), "indicators[0].variant", "'ics' is not declared"),
        (line_of("variant: org", UNDECLARED), "indicators[1].variant", "'organisation' is not declared"),
        (line_of("variant: both", UNDECLARED), "indicators[2].variant", "'both' needs two variants"),
    ),
    raw(
        "several at once",
        GOOD.replace("  publisher: Nobody\n", "").replace("section: leading", "section: leadin").encode(),
        (2, "framework.publisher", "missing"),
        (line_of("sections:"), "sections[0].code", "no indicator belongs"),
        *((line_of(f"- code: T-{n}"), f"indicators[{n - 1}].section", "did you mean 'leading'?") for n in (1, 2, 3)),
    ),
)
