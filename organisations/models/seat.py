"""A person's place on a board."""

import datetime as dt
from collections.abc import Iterable
from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from organisations.choices import SeatRole

from .organisation import Organisation

ONE_DAY = dt.timedelta(days=1)
EXECUTIVE_ROLES = frozenset({SeatRole.CHIEF_EXECUTIVE, SeatRole.EXECUTIVE})
NON_EXECUTIVE_ROLES = frozenset({SeatRole.CHAIR, SeatRole.NON_EXECUTIVE, SeatRole.PARTNER})


def part_on_board(role: str, *, is_digital_lead: bool) -> str:
    """A seat in words, such as "Executive director, digital lead"."""
    return f"{SeatRole(role).label}, digital lead" if is_digital_lead else SeatRole(role).label


def held_throughout(seats: Iterable["Seat"], first: dt.date, last: dt.date) -> bool:
    """Whether the seats, taken together, leave out no day from `first` to `last`."""
    reached = first
    for seat in sorted(seats, key=lambda seat: seat.starts_on):
        if seat.starts_on > reached:
            return False
        if seat.ends_on is None or seat.ends_on >= last:
            return True
        reached = max(reached, seat.ends_on + ONE_DAY)
    return False


class SeatQuerySet(models.QuerySet["Seat"]):
    def held_on(self, day: dt.date) -> Self:
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=day), starts_on__lte=day)

    def not_over_on(self, day: dt.date) -> Self:
        """Held on `day`, or to begin later."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=day))

    def chairs(self) -> Self:
        return self.filter(role=SeatRole.CHAIR)

    def digital_leads(self) -> Self:
        return self.filter(is_digital_lead=True)


class Seat(models.Model):
    """Dated: a member who leaves keeps the seat's history, and whoever follows takes a seat of their own."""

    person = models.ForeignKey(settings.AUTH_USER_MODEL, on_delete=models.PROTECT, related_name="seats")
    organisation = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="seats")
    role = models.CharField(max_length=20, choices=SeatRole)
    is_digital_lead = models.BooleanField(
        "digital lead", default=False, help_text="Runs rounds and exports reports for this organisation."
    )
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True, help_text="The last day in the seat.")

    objects = SeatQuerySet.as_manager()

    class Meta:
        ordering = ("organisation", "person__name")
        constraints = (
            models.UniqueConstraint(
                fields=("person", "organisation"), condition=Q(ends_on=None), name="one_current_seat_per_board"
            ),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")), name="seat_ends_after_it_starts"
            ),
        )

    def __str__(self) -> str:
        return f"{self.person}, {self.get_role_display()}, {self.organisation}"

    @property
    def is_executive(self) -> bool | None:
        """True for executives, False for non-executives, None for attendees, who are neither."""
        if self.role in EXECUTIVE_ROLES:
            return True
        return False if self.role in NON_EXECUTIVE_ROLES else None

    def is_held_on(self, day: dt.date) -> bool:
        """As `SeatQuerySet.held_on`, for a seat at hand."""
        return self.starts_on <= day and (self.ends_on is None or self.ends_on >= day)

    @property
    def part(self) -> str:
        return part_on_board(self.role, is_digital_lead=self.is_digital_lead)
