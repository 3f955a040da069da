"""What others scored on the sections of a framework."""

from django.db import models

from frameworks.choices import VariantCode
from frameworks.models.content import Framework


class ComparatorFigures(models.Model):
    """What others scored on the sections of a framework in one variant; `comparators` loads and reads it."""

    framework = models.ForeignKey(Framework, on_delete=models.CASCADE, related_name="comparators")
    code = models.SlugField(max_length=60)
    variant = models.CharField(max_length=20, choices=VariantCode, blank=True)
    name = models.CharField(max_length=60, help_text="As charts and tables name it.")
    caveat = models.TextField(help_text="What the figures are, and how far they can be compared.")
    source = models.CharField(max_length=300)
    published_on = models.DateField()
    lowest = models.SmallIntegerField()
    highest = models.SmallIntegerField()
    figures = models.JSONField(help_text='By section code, as text: {"well-led": "2.8"}.')

    class Meta:
        ordering = ("-published_on",)
        constraints = (
            models.UniqueConstraint(
                fields=("framework", "code", "variant"), name="one_set_of_figures_per_comparator_and_variant"
            ),
        )

    def __str__(self) -> str:
        return f"{self.name} ({self.variant})" if self.variant else self.name
