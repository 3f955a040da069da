"""NHS trusts and ICBs with their dated relations."""

import datetime as dt
from typing import Self

from django.core.exceptions import ValidationError
from django.core.validators import MaxValueValidator, MinValueValidator, RegexValidator
from django.db import models
from django.db.models import F, Q

from organisations.choices import OrganisationKind

# After six years an ordinary claim can no longer be brought in England (Limitation Act 1980), so nobody needs to know
# who sat on a board before that: docs/PERSONAL-DATA.md.
DEFAULT_RETENTION_YEARS = 6
LONGEST_RETENTION_YEARS = 30

ods_code_validator = RegexValidator(r"\A[A-Z0-9]{3,5}\Z", "An ODS code is 3 to 5 capital letters and digits.")


class Organisation(models.Model):
    """An NHS trust, or an ICB that answers for its ICS. Never deleted: past results stay with it."""

    ods_code = models.CharField("ODS code", max_length=5, unique=True, validators=[ods_code_validator])
    name = models.CharField(max_length=200)
    kind = models.CharField(max_length=10, choices=OrganisationKind)
    region = models.CharField(max_length=100, blank=True)
    care_settings = models.JSONField(default=list, blank=True, help_text="A list such as ['acute', 'community'].")
    opened_on = models.DateField(null=True, blank=True)
    closed_on = models.DateField(null=True, blank=True, help_text="The last day on which it existed.")
    code_source = models.CharField(max_length=50, blank=True, help_text="Where the ODS code was read.")
    retention_years = models.PositiveSmallIntegerField(
        "years until former members are anonymised",
        default=DEFAULT_RETENTION_YEARS,
        validators=[MinValueValidator(1), MaxValueValidator(LONGEST_RETENTION_YEARS)],
        help_text="Counted from the end of a person's last seat. After several boards, the longest period counts.",
    )
    successors = models.ManyToManyField(
        "self", through="Succession", symmetrical=False, related_name="predecessors", blank=True
    )

    class Meta:
        ordering = ("name",)
        constraints = (
            models.CheckConstraint(
                condition=Q(closed_on=None) | Q(opened_on=None) | Q(closed_on__gte=F("opened_on")),
                name="organisation_closes_after_it_opens",
            ),
        )

    def __str__(self) -> str:
        return self.name

    @property
    def is_icb(self) -> bool:
        return self.kind == OrganisationKind.ICB


class Succession(models.Model):
    """`successor` took over from `predecessor`, in whole or in part, on a day."""

    predecessor = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="successions")
    successor = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="inheritances")
    took_effect_on = models.DateField()

    class Meta:
        ordering = ("took_effect_on", "pk")
        constraints = (
            models.UniqueConstraint(fields=("predecessor", "successor"), name="one_succession_per_pair"),
            models.CheckConstraint(condition=~Q(predecessor=F("successor")), name="no_succession_to_oneself"),
        )

    def __str__(self) -> str:
        return f"{self.predecessor} → {self.successor}"


class IcbMembershipQuerySet(models.QuerySet["IcbMembership"]):
    def on(self, day: dt.date) -> Self:
        """Those that hold on `day`."""
        return self.filter(Q(ends_on=None) | Q(ends_on__gte=day), starts_on__lte=day)


class IcbMembership(models.Model):
    """A trust's ICB over a span of days (`ends_on` is the last day; none means it goes on)."""

    trust = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="icb_memberships")
    icb = models.ForeignKey(Organisation, on_delete=models.PROTECT, related_name="trust_memberships")
    starts_on = models.DateField()
    ends_on = models.DateField(null=True, blank=True)

    objects = IcbMembershipQuerySet.as_manager()

    class Meta:
        ordering = ("starts_on", "pk")
        constraints = (
            models.UniqueConstraint(fields=("trust", "starts_on"), name="one_icb_of_a_trust_from_a_day"),
            models.CheckConstraint(
                condition=Q(ends_on=None) | Q(ends_on__gte=F("starts_on")), name="icb_membership_ends_after_it_starts"
            ),
        )

    def __str__(self) -> str:
        return f"{self.trust} in {self.icb} from {self.starts_on:%-d %B %Y}"

    def clean(self) -> None:
        """Raise ValidationError unless a trust is in an ICB, and in one only at a time."""
        if not (self.trust_id and self.icb_id and self.starts_on):
            return  # the fields say what is missing
        if self.trust.is_icb or not self.icb.is_icb:
            raise ValidationError({"icb": "Only a trust belongs to an ICB, and only to an ICB."})
        others = self.trust.icb_memberships.exclude(pk=self.pk).exclude(ends_on__lt=self.starts_on)
        other = (others.filter(starts_on__lte=self.ends_on) if self.ends_on else others).first()
        if other:
            raise ValidationError({"starts_on": f"{other}: a trust has one ICB at a time. End that one first."})
