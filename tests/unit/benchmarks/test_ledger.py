"""The bookkeeping that faults and load are judged by must see a loss when there is one."""

import pytest

from benchmarks.finding import percentile
from benchmarks.load.http import _reply
from benchmarks.load.ledger import Entry, Ledger


def test_an_acknowledged_answer_that_is_not_stored_is_lost():
    ledger = Ledger()
    ledger.note(1, "answer-7", Entry("3", 1000))
    ledger.note(1, "answer-8", Entry("2", 1000))
    assert ledger.lost({(1, "answer-7"): "3"}) == [(1, "answer-8")]
    assert ledger.lost({(1, "answer-7"): "3", (1, "answer-8"): "5"}) == [(1, "answer-8")]


def test_a_stored_answer_that_nobody_gave_is_invented():
    assert Ledger().invented({(1, "answer-7"): "3"}) == [(1, "answer-7")]


def test_the_later_change_is_expected_whatever_the_order_of_acknowledgements():
    ledger = Ledger()
    ledger.note(1, "answer-7", Entry("4", 2000))
    ledger.note(1, "answer-7", Entry("3", 1000))
    assert ledger.lost({(1, "answer-7"): "4"}) == []


def test_half_a_reply_acknowledges_nothing():
    whole = b"HTTP/1.1 200 OK\r\nContent-Length: 5\r\n\r\nsaved"
    assert _reply(whole).body == b"saved"
    for part in (whole[:10], whole[:-1], b""):
        with pytest.raises(ConnectionResetError):
            _reply(part)


def test_the_slowest_in_a_hundred():
    assert percentile([float(number) for number in range(1, 201)], 0.99) == 198
    assert percentile([5.0], 0.99) == 5
