"""What JSON Schema finds wrong with a document, said in plain English."""

import json
from collections.abc import Callable, Iterator
from difflib import get_close_matches
from functools import cache
from typing import Any

from django.conf import settings
from jsonschema import Draft202012Validator, FormatChecker, ValidationError

from frameworks.documents.problems import Path, Problem
from frameworks.documents.yaml_reader import Tree

SCHEMA_FILE = "framework.schema.json"
MOST_CHOICES = 100  # comparing a word with each takes time; no framework has more sections


@cache
def _validator() -> Draft202012Validator:
    schema = json.loads((settings.BASE_DIR / "docs" / SCHEMA_FILE).read_text(encoding="utf-8"))
    return Draft202012Validator(schema, format_checker=FormatChecker(["date"]))


def structure_problems(tree: Tree) -> Iterator[Problem]:
    """Missing, unknown and mistyped fields, by docs/framework.schema.json."""
    for error in _validator().iter_errors(tree.data):
        say = SENTENCES[str(error.validator)]
        for path, message in say(error, error.validator_value):
            yield tree.problem((*error.absolute_path, *path), message)


def did_you_mean(word: str, choices: list[str]) -> str:
    """ "; did you mean 'well-led'?", or nothing when no choice comes near."""
    close = get_close_matches(word, choices, n=1) if len(choices) <= MOST_CHOICES else []
    return f"; did you mean '{close[0]}'?" if close else ""


Said = Iterator[tuple[Path, str]]

NUMBER = "a number such as 2 or 2.5"
TYPES = {"string": "text", "integer": "a whole number", "array": "a list", "object": "a group of fields"}


def shown(value: Any) -> str:
    """A value as its author wrote it, cut short."""
    text = json.dumps(value, ensure_ascii=False) if not isinstance(value, str) else f"'{value}'"
    return text if len(text) <= 60 else f"{text[:57]}..."


def _missing(error: ValidationError, rule: Any) -> Said:
    # jsonschema reports each missing field on its own; its message starts with the name in quotes.
    for name in rule:
        if error.message.startswith(repr(name)):
            yield (name,), "this field is missing"


def _unknown(error: ValidationError, rule: Any) -> Said:
    schema: Any = error.schema
    given: Any = error.instance
    known = list(schema["properties"])
    for name in given:
        if name not in known:
            yield (name,), f"there is no such field{did_you_mean(name, known)}"


def _type(error: ValidationError, rule: Any) -> Said:
    wanted, value = TYPES[rule] if isinstance(rule, str) else NUMBER, error.instance
    if value is None:
        yield (), f"nothing is given; {wanted} is needed"
    elif wanted == "text" and isinstance(value, bool | int):
        yield (), f"{shown(value)} is not text; put it in quotes"
    else:
        yield (), f"{shown(value)} is not {wanted}"


def _choice(error: ValidationError, rule: Any) -> Said:
    choices = [str(choice) for choice in rule]
    hint = did_you_mean(str(error.instance), choices)
    yield (), f"{shown(error.instance)} is not one of {', '.join(choices)}{hint}"


def _pattern(error: ValidationError, rule: Any) -> Said:
    path = error.absolute_path
    kinds = {"source_url": "a web address such as https://www.example.org/page", "starts_at": NUMBER}
    if "version" in path and "code" in path:
        kinds["code"] = "a version code such as 2021 or 2021-10"
    wanted = kinds.get(str(path[-1]), "a code: letters without accents and digits, joined by single hyphens")
    small = "; small letters only" if "A-Z" not in rule and "a-z" in rule else ""
    yield (), f"{shown(error.instance)} is not {wanted}{small}"


def _sentence(template: str) -> Callable[[ValidationError, Any], Said]:
    def say(error: ValidationError, rule: Any) -> Said:
        yield (), template.format(value=shown(error.instance), limit=rule)

    return say


SENTENCES: dict[str, Callable[[ValidationError, Any], Said]] = {
    "required": _missing,
    "additionalProperties": _unknown,
    "type": _type,
    "enum": _choice,
    "pattern": _pattern,
    "format": _sentence("{value} is not a date such as 2021-08-31"),
    "minLength": _sentence("nothing is given; text is needed"),
    "maxLength": _sentence("{value} is longer than {limit} characters"),
    "minimum": _sentence("{value} is less than {limit}"),
    "maximum": _sentence("{value} is more than {limit}"),
    "minItems": _sentence("needs at least {limit}"),
    "maxItems": _sentence("at most {limit} can be given"),
    "uniqueItems": _sentence("the same is given twice"),
}
