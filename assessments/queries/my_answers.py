"""One member's whole response, for them to take away as a file."""

import datetime as dt
from dataclasses import dataclass

from django.utils import timezone
from django.utils.text import slugify

from assessments.models import Response
from assessments.queries.sitting import Sitting, sitting_for


@dataclass(frozen=True, slots=True)
class MyAnswers:
    """The sitting, and what a file needs to say whose it is and which round it was."""

    name: str
    ods_code: str
    opened_on: dt.date
    sitting: Sitting

    @property
    def file_stem(self) -> str:
        """What a file of them is called, without its ending; the member's name is not in it."""
        framework = slugify(self.sitting.content.framework_short)
        return f"{self.ods_code}-{framework}-my-answers-{self.opened_on:%Y-%m-%d}".lower()


def my_answers(response: Response, *, on_board: bool) -> MyAnswers:
    """For the member themselves, in any state of the round; as many queries as `sitting_for`."""
    round_ = response.round
    assert round_.opened_at is not None  # noqa: S101 - the guard shows no draft; this tells the type checker
    return MyAnswers(
        name=response.person.name,
        ods_code=round_.organisation.ods_code,
        opened_on=timezone.localdate(round_.opened_at),
        sitting=sitting_for(response, on_board=on_board),
    )
