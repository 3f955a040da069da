"""A framework, its editor, and what was answered and read before anybody edited the draft of a new version."""

import datetime as dt
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

from django.db import transaction
from django.utils import timezone

from assessments import actions
from assessments.models import Answer, Round
from assessments.queries import content
from assessments.queries.content import content_of
from frameworks.exchange.copying import draft_from
from frameworks.exchange.loader import load
from frameworks.models import FrameworkVersion
from organisations.models import User
from reports.content.document import BoardReport
from reports.pdf.rendering import report_html
from reports.signed.sign_off import sign_off
from reports.signed.versions import report_of
from tests.factories import answer, lead_of, make_organisation, make_round
from tests.other_frameworks.acts import CYBER, said_in

SMALLEST = 3  # members, and the minimum group


class World:
    """`first` is the version that was answered: in `old`, closed and signed off, and in `open`, half answered."""

    def __init__(self) -> None:
        load(said_in(CYBER))
        self.first = FrameworkVersion.objects.get()
        self.editor = User.objects.create_user("editor@portal.example", "Editor", is_staff=True)
        self.trust = make_organisation()
        self.old = self._old_round(timezone.now() - dt.timedelta(days=60))
        self.open = make_round(make_organisation(), self.first, members=2)
        for response in self.open.responses.all():
            answer(response, lambda number: number if number < 3 else None)
        draft_from(version=self.first, code="2027")
        self.given, self.report, self.asked = given(), self.report_now(), content_of(self.open)
        self.page, self.kept = report_html(self.report), self.kept_now()

    def _old_round(self, at: dt.datetime) -> Round:
        round_ = make_round(
            self.trust,
            self.first,
            members=SMALLEST,
            minimum_group=SMALLEST,
            state="closed",
            answers=lambda member, number: (member + number) % 4,
            at=at,
        )
        sign_off(by=lead_of(round_), round_=round_)
        return Round.objects.select_related("organisation", "version__framework").get(pk=round_.pk)

    def report_now(self) -> BoardReport:
        """Every word and figure of the old round's report, made anew."""
        content.forget()
        return report_of(Round.objects.select_related("organisation", "version__framework").get(pk=self.old.pk))

    def kept_now(self) -> Any:
        return self.old.report_versions.values("number", "figures", "export").get()

    def round_on(self, version: FrameworkVersion) -> Round:
        """This year's round of the same board, on another version, answered and closed."""
        lead = lead_of(self.old)
        seats = self.trust.seats.exclude(person=lead)
        round_ = actions.start_round(
            by=lead,
            organisation=self.trust,
            version=version,
            sections=version.sections.all(),
            closing_on=timezone.localdate() + dt.timedelta(days=9),
            minimum_group=SMALLEST,
            seats=seats,
        )
        actions.open_round(by=lead, round_=round_)
        for response in round_.responses.all():
            answer(response, lambda number: 3)
        actions.close_round(by=lead, round_=round_, count_unsubmitted=True)
        return Round.objects.select_related("organisation", "version__framework").get(pk=round_.pk)

    @contextmanager
    def as_it_was(self) -> Iterator[None]:
        """What happens inside is undone."""
        with transaction.atomic():
            yield
            transaction.set_rollback(True)
        content.forget()


def given() -> set[tuple[Any, ...]]:
    """Every answer, with the words that it was given to."""
    indicator = ("pk", "code", "text", "guidance", "section__code", "section__title", "version__code", "order")
    said = (f"indicator__{name}" for name in indicator)
    return set(Answer.objects.values_list("pk", "response", "level", "non_score", "comment", *said))
