"""The races: what is prepared, what the two do, what would be wrong, and how the protection is taken away.

Taken away in memory only (`mock.patch`): the portal has no switch for it.
"""

import datetime as dt
import time
from abc import ABC, abstractmethod
from collections.abc import Iterable
from contextlib import AbstractContextManager
from random import Random
from typing import Any
from unittest import mock

from django.db.models import QuerySet
from django.utils import timezone

from assessments.actions import GivenAnswer, close_round, rounds, save_answers, saving, submit_response
from assessments.choices import ResponseState, RoundState
from assessments.models import Answer, Response, Round
from benchmarks.races.at_once import Call
from organisations.choices import AuditedEvent
from organisations.models import AuditEvent

LATEST_START = 0.006  # seconds: about as long as a save takes, so that one meets every part of the other


class Race(ABC):
    """One pair of calls, over and over. `two` are two members' responses to one round."""

    name: str

    def __init__(self, two: tuple[Response, Response], indicators: tuple[int, ...]) -> None:
        self.first, self.second = two
        self.round = two[0].round
        self.indicators = indicators
        self.chance = Random(4)  # noqa: S311 - reproducible, not secret

    def prepare(self) -> None:
        """As before the first answer."""
        both = Response.objects.filter(pk__in=(self.first.pk, self.second.pk))
        Answer.objects.filter(response__in=both).delete()
        both.update(state=ResponseState.INVITED, submitted_at=None)

    @abstractmethod
    def calls(self) -> tuple[Call, Call]:
        """What happens at the same moment."""

    @abstractmethod
    def is_right(self, went_through: tuple[bool, bool]) -> bool:
        """Whether what is stored now is what it should be."""

    @abstractmethod
    def unprotected(self) -> AbstractContextManager[Any]:
        """The protection is off inside."""

    def late(self, call: Call) -> Call:
        """`call`, after a moment by chance."""
        pause = self.chance.uniform(0, LATEST_START)

        def after_a_moment() -> object:
            time.sleep(pause)
            return call()

        return after_a_moment


class TwoMembers(Race):
    """Each answers three questions; with one document for the whole board, the later writer undoes the other."""

    name = "two members at the same moment"

    def calls(self) -> tuple[Call, Call]:
        return self._answers_of(self.first, 2), self._answers_of(self.second, 4)

    def _answers_of(self, response: Response, level: int) -> Call:
        answers = [GivenAnswer(pk, level=level) for pk in self.indicators[:3]]
        return lambda: save_answers(response=response, answers=answers)

    def is_right(self, went_through: tuple[bool, bool]) -> bool:
        stored = set(Answer.objects.values_list("response", "indicator", "level"))
        wanted = {
            (who.pk, pk, level) for who, level in ((self.first, 2), (self.second, 4)) for pk in self.indicators[:3]
        }
        return all(went_through) and wanted <= stored and self._rows() == len(wanted)

    def _rows(self) -> int:
        return Answer.objects.filter(response__in=(self.first.pk, self.second.pk)).count()

    def unprotected(self) -> AbstractContextManager[Any]:
        """Whoever writes puts back all that they had read, as a system with one document per round does."""
        write_rows, round_id = saving._write, self.round.pk

        def write_document(model: Any, rows: Iterable[Any], revision: int, **columns: Any) -> None:
            document = {
                (row.response_id, row.indicator_id): row for row in Answer.objects.filter(response__round=round_id)
            }
            document |= {(row.response_id, row.indicator_id): row for row in rows}
            Answer.objects.filter(response__round=round_id).delete()
            write_rows(model, [_copied(row) for row in document.values()], revision, **columns)

        return mock.patch.object(saving, "_write", write_document)


def _copied(row: Answer) -> Answer:
    row.pk = None  # a new row
    return row


class TwoTabs(Race):
    """One gives a level and then a comment, the other a later level and a note, all about one question."""

    name = "two tabs of one member"

    def calls(self) -> tuple[Call, Call]:
        now = timezone.now() - dt.timedelta(minutes=1)
        earlier = GivenAnswer(self.indicators[0], level=2, comment="from one tab", made_at=now)
        later = GivenAnswer(self.indicators[0], level=4, note="from the other", made_at=now + dt.timedelta(seconds=1))
        return self._save(earlier), self._save(later)

    def _save(self, answer: GivenAnswer) -> Call:
        return lambda: save_answers(response=self.first, answers=[answer])

    def is_right(self, went_through: tuple[bool, bool]) -> bool:
        stored = list(self.first.answers.values_list("level", "comment", "note"))
        return all(went_through) and stored == [(4, "from one tab", "from the other")]

    def unprotected(self) -> AbstractContextManager[Any]:
        return mock.patch.object(saving, "_claimed", saving._unclaimed)


class SubmittedTwice(Race):
    """A double press: one submission, one line in the audit trail."""

    name = "submit twice"

    def prepare(self) -> None:
        super().prepare()
        save_answers(response=self.first, answers=[GivenAnswer(self.indicators[0], level=3)])
        self.lines_before = self._lines()

    def _lines(self) -> int:
        return AuditEvent.objects.filter(event=AuditedEvent.RESPONSE_SUBMITTED).count()

    def calls(self) -> tuple[Call, Call]:
        return self._submit, self._submit

    def _submit(self) -> None:
        submit_response(response=self.first)

    def is_right(self, went_through: tuple[bool, bool]) -> bool:
        self.first.refresh_from_db()
        return all(went_through) and self._lines() == self.lines_before + 1 and self.first.is_submitted

    def unprotected(self) -> AbstractContextManager[Any]:
        return _without_row_locks()


class SaveAgainstClose(Race):
    """What was acknowledged is in what the lead sees once the round is closed, and nothing comes after that."""

    name = "last save against close"

    def prepare(self) -> None:
        super().prepare()
        Round.objects.filter(pk=self.round.pk).update(state=RoundState.OPEN, closed_at=None, unsubmitted_counted=None)
        self.round.refresh_from_db()
        self.seen_at_closing = 0

    def calls(self) -> tuple[Call, Call]:
        return self.late(self._save), self.late(self._close)

    def _save(self) -> None:
        save_answers(response=self.first, answers=[GivenAnswer(self.indicators[0], level=3)])

    def _close(self) -> None:
        close_round(by=self.first.person, round_=self.round, count_unsubmitted=True)
        self.seen_at_closing = self.first.answers.count()

    def is_right(self, went_through: tuple[bool, bool]) -> bool:
        saved, closed = went_through
        return closed and self.first.answers.count() == self.seen_at_closing == int(saved)

    def unprotected(self) -> AbstractContextManager[Any]:
        """Closing does not wait for those who are saving."""
        return mock.patch.object(rounds, "_wait_for_saves", return_value=None)


def _without_row_locks() -> AbstractContextManager[Any]:
    """`select_for_update` only reads."""

    def only_read(rows: QuerySet[Any], *args: Any, **kwargs: Any) -> QuerySet[Any]:
        return rows.all()

    return mock.patch.object(QuerySet, "select_for_update", only_read)


RACES: tuple[type[Race], ...] = (TwoMembers, TwoTabs, SubmittedTwice, SaveAgainstClose)
