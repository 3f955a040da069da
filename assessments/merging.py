"""Which of two changes to the same answer stands: the later one, on whichever tab or device it was made.

A change carries the moment at which it was made, not the one at which it arrived: a tablet that was out of reach for
an hour does not undo what was changed meanwhile elsewhere. As the outcome depends on the changes alone, they can arrive
in any order and any number of times (a last-writer-wins register: Shapiro and others, 2011, section 3.2.1).
"""

import datetime as dt


def stands(*, value: str, made_at: dt.datetime, stored: str, stored_at: dt.datetime | None) -> bool:
    """Whether `value`, made at `made_at`, replaces `stored`, made at `stored_at` (None: nothing is stored yet).

    Two changes of one moment are told apart by their words, so that even then the order of arrival decides nothing.
    """
    return stored_at is None or (made_at, value) > (stored_at, stored)
