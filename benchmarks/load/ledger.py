"""What the server acknowledged, kept on the members' side, and compared with what is stored."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field

from assessments.models import Answer

Field = tuple[int, str]  # a response and the name of a field on its pages


@dataclass(frozen=True, slots=True)
class Entry:
    """A value and the moment at which the member gave it."""

    value: str
    made_at: int  # milliseconds


@dataclass(slots=True)
class Ledger:
    acknowledged: dict[Field, Entry] = field(default_factory=dict)

    def note(self, response_id: int, name: str, entry: Entry) -> None:
        """An acknowledged change; the later one of a field stands, whatever the order in which they are noted."""
        before = self.acknowledged.get((response_id, name))
        if before is None or before.made_at <= entry.made_at:
            self.acknowledged[response_id, name] = entry

    def lost(self, stored: Mapping[Field, str]) -> list[Field]:
        """Acknowledged, but not what is stored."""
        return [key for key, entry in self.acknowledged.items() if stored.get(key) != entry.value]

    def invented(self, stored: Mapping[Field, str]) -> list[Field]:
        """Stored, but never acknowledged. Only for a ledger whose members all had their last change acknowledged."""
        return [key for key in stored if key not in self.acknowledged]


def stored_answers(responses: Iterable[int]) -> dict[Field, str]:
    """The levels of these responses, as the pages name them."""
    rows = Answer.objects.filter(response__in=list(responses)).values_list("response_id", "indicator_id", "level")
    return {(response, f"answer-{indicator}"): str(level) for response, indicator, level in rows}
