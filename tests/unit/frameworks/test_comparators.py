"""Others' figures beside a framework: what the file may say, and what is read back."""

from fractions import Fraction
from pathlib import Path

import pytest
from django.conf import settings
from django.core.management import call_command

from frameworks.comparators import comparator_for, load_comparator
from frameworks.models import ComparatorFigures, Framework

OURS = settings.BASE_DIR / "fixtures/comparators/dma-2025.yaml"

pytestmark = pytest.mark.django_db


@pytest.fixture
def framework() -> Framework:
    call_command("load_frameworks", verbosity=0)
    return Framework.objects.get(code="wgll")


def test_comes_with_the_frameworks_and_covers_every_section(framework: Framework) -> None:
    known = set(framework.versions.values_list("sections__code", flat=True))
    for variant in ("organisation", "ics"):
        found = comparator_for(framework, variant)
        assert found is not None
        assert {section for section, _ in found.figures} == known


def test_figures_are_exact_and_by_variant(framework: Framework) -> None:
    ours, theirs = comparator_for(framework, "organisation"), comparator_for(framework, "ics")
    assert ours is not None
    assert theirs is not None
    assert (ours.figure("smart-foundations"), theirs.figure("smart-foundations")) == (Fraction(13, 5), Fraction(3))
    assert ours.figure("none") is None


def test_loading_twice_changes_nothing(framework: Framework) -> None:
    before = list(ComparatorFigures.objects.values_list("variant", "figures").order_by("variant"))
    assert load_comparator(OURS.read_bytes(), "again") == []
    assert list(ComparatorFigures.objects.values_list("variant", "figures").order_by("variant")) == before


def test_framework_without_one_has_none(framework: Framework) -> None:
    assert comparator_for(Framework.objects.get(code="lcf"), "") is None
    assert comparator_for(framework, "both") is None


@pytest.mark.parametrize(
    ("words", "instead", "says"),
    [
        ('well-led: "2.8"', 'well-led: "5.1"', "'5.1' is no number on the scale"),
        ('well-led: "2.8"', 'well-led: "high"', "'high' is no number on the scale"),
        ('well-led: "2.8"', 'badly-led: "2.8"', "the section is unknown"),
        ("framework: wgll", "framework: unheard-of", "no framework 'unheard-of' is loaded"),
        ('published: "2026-03-30"', 'published: "spring"', "is no date"),
        ("lowest: 1", "lowest: low", "is needed, as a whole number"),
        ("code: dma-2025", "kode: dma-2025", "is needed, as text"),
        ("figures:", "figure:", "is needed: by variant"),
    ],
)
def test_says_what_is_wrong_and_stores_nothing(framework: Framework, words: str, instead: str, says: str) -> None:
    framework.comparators.all().delete()
    content = OURS.read_text().replace(words, instead, 1)
    problems = load_comparator(content.encode(), "file.yaml")
    assert any(says in str(problem) for problem in problems)
    assert not ComparatorFigures.objects.exists()


def test_what_cannot_be_read_is_a_problem_too(framework: Framework, tmp_path: Path) -> None:
    assert load_comparator(b"a: [", "file.yaml")
