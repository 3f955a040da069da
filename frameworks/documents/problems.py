"""What is wrong with a file, in words that its author can act on."""

from dataclasses import dataclass

LONGEST_NAME = 60  # the format's own have up to 20 characters
Path = tuple[str | int, ...]


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One thing wrong with `file`, at `line` (from 1; 0 for the file as a whole), in `field` (may be empty)."""

    file: str
    line: int
    field: str
    message: str

    def __str__(self) -> str:
        return ":".join(
            part for part in (self.file, str(self.line or ""), f" {self.field}", f" {self.message}") if part.strip()
        )


def field_name(path: Path) -> str:
    """Write a path such as ("indicators", 12, "section") as "indicators[12].section"; an endless name is cut."""
    name = ""
    for step in path:
        name += f"[{step}]" if isinstance(step, int) else f".{step[:LONGEST_NAME]}"
    return name.removeprefix(".")
