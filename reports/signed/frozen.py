"""A report as plain data, to be kept beside its PDF and compared with a later one."""

import dataclasses
from fractions import Fraction
from typing import Any


def frozen(thing: object) -> Any:
    """A report or a part of it as JSON knows it: dicts, lists, texts and numbers; a fraction is text such as "7/2"."""
    if dataclasses.is_dataclass(thing):
        return {field.name: frozen(getattr(thing, field.name)) for field in dataclasses.fields(thing)}
    if isinstance(thing, tuple):
        return [frozen(part) for part in thing]
    if isinstance(thing, Fraction):
        return str(thing)
    if thing is None or isinstance(thing, str | int):
        return thing
    raise TypeError(f"a report is made of texts and numbers, not of {type(thing).__name__}")
