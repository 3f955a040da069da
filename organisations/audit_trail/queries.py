"""The lines of one organisation's trail, newest first."""

import datetime as dt
from collections.abc import Iterable
from dataclasses import dataclass

from django.core.paginator import Paginator
from django.db.models import Exists, OuterRef, Q, QuerySet
from django.utils import timezone

from organisations.choices import TRIES
from organisations.models import AuditEvent, Organisation

LINES_ON_A_PAGE = 50
THE_PORTAL = "The portal"


@dataclass(frozen=True, slots=True)
class Line:
    """One line in words. Network addresses are not among them: those are for content admins."""

    at: dt.datetime
    event: str
    by: str
    subject: str


@dataclass(frozen=True, slots=True)
class PageLink:
    """A page to go to; None stands for pages left out in between."""

    number: int | None
    is_current: bool = False


@dataclass(frozen=True, slots=True)
class TrailPage:
    """A page of lines; `first` to `last` of `total`, counted from 1, and the numbers of the pages around it."""

    lines: tuple[Line, ...]
    first: int
    last: int
    total: int
    previous: int | None
    following: int | None
    links: tuple[PageLink, ...]


def trail_of(
    organisation: Organisation, *, event: str = "", since: dt.date | None = None, until: dt.date | None = None
) -> QuerySet[AuditEvent]:
    """Lines of `organisation`; of one kind of event, from the day `since` to the day `until`, where those are given."""
    lines = AuditEvent.objects.filter(Q(organisation=organisation) | _tries_of(organisation)).select_related("by")
    if event:
        lines = lines.filter(event=event)
    if since:
        lines = lines.filter(at__gte=_midnight(since))
    if until and until < dt.date.max:
        lines = lines.filter(at__lt=_midnight(until + dt.timedelta(days=1)))
    return lines


def _tries_of(organisation: Organisation) -> Q:
    """Tries to sign in with the address of whoever sat on the board that day; they are written without organisation."""
    seats = organisation.seats.filter(person=OuterRef("by"), starts_on__lte=OuterRef("at__date"))
    sat_that_day = seats.filter(Q(ends_on=None) | Q(ends_on__gte=OuterRef("at__date")))
    people = organisation.seats.values("person")  # says nothing new, but lets the database use an index
    return Q(organisation=None, event__in=TRIES, by__in=people) & Q(Exists(sat_that_day))


def page_of(lines: QuerySet[AuditEvent], number: str) -> TrailPage:
    """Page `number` as typed in the address; the first when it is not a number, the last when there are not so many."""
    paginator = Paginator(lines, LINES_ON_A_PAGE)
    page = paginator.get_page(number)
    numbers = paginator.get_elided_page_range(page.number, on_each_side=1, on_ends=1)
    return TrailPage(
        lines=tuple(lines_in_words(page.object_list)),
        first=page.start_index(),
        last=page.end_index(),
        total=paginator.count,
        previous=page.previous_page_number() if page.has_previous() else None,
        following=page.next_page_number() if page.has_next() else None,
        links=tuple(_page_link(entry, page.number) for entry in numbers) if paginator.num_pages > 1 else (),
    )


def lines_in_words(lines: Iterable[AuditEvent]) -> Iterable[Line]:
    """Each line as a person reads it."""
    for line in lines:
        yield Line(line.at, line.get_event_display(), line.by.name if line.by else THE_PORTAL, line.subject)


def _page_link(entry: int | str, current: int) -> PageLink:
    return PageLink(entry, entry == current) if isinstance(entry, int) else PageLink(None)


def _midnight(day: dt.date) -> dt.datetime:
    """The start of `day` in Europe/London."""
    return timezone.make_aware(dt.datetime.combine(day, dt.time()))
