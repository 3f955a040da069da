"""Documents into rows: once, twice, changed, and never over what is published."""

import pytest
from django.core.exceptions import ValidationError

from frameworks.actions import publish
from frameworks.exchange.loader import LoadRefused, LoadResult, load
from frameworks.exchange.stored import stored_document
from frameworks.models import Framework, FrameworkVersion, GlossaryTerm, Indicator
from tests.broken_frameworks import GOOD, line_of
from tests.unit.frameworks.test_framework_document import document

pytestmark = pytest.mark.django_db

PUBLISHED = GOOD.replace("status: draft", "status: published")
SECOND = PUBLISHED.replace("code: 2026-01", "code: 2026-02").replace("2026-01-31", "2026-02-28")


def refused(content: str) -> list[tuple[int, str, str]]:
    before = list(Indicator.objects.values())
    with pytest.raises(LoadRefused) as refusal:
        load(document(content))
    assert list(Indicator.objects.values()) == before
    return [(problem.line, problem.field, problem.message) for problem in refusal.value.problems]


def test_everything_in_the_document_arrives() -> None:
    assert load(document()) is LoadResult.CREATED
    version = FrameworkVersion.objects.get()
    assert str(version) == "Tiny 2026-01"
    assert (str(version.published_on), version.updated_on, version.is_draft) == ("2026-01-31", None, True)
    assert [str(variant) for variant in version.variants.all()] == ["System", "Organisation"]
    assert [str(level) for level in version.scale.levels.all()] == ["1 Not yet", "2 Fully"]
    assert [choice.code for choice in version.scale.non_scores.all()] == ["cannot-judge"]
    assert [box.label for box in version.scale.extra_fields.all()] == ["Examples"]
    assert GlossaryTerm.objects.get().meaning == "Integrated care system"
    first, second, third = version.indicators.select_related("theme", "group")
    assert (first.variant, str(first.theme), str(first.group)) == ("ics", "Plan", "The board")
    assert (second.theme, second.group) == (first.theme, None)
    assert (third.theme, third.wording, third.supersedes) == (None, "confirmed", ["T-0"])


def test_loading_twice_changes_nothing() -> None:
    load(document())
    rows = list(Indicator.objects.values())
    assert load(document()) is LoadResult.UNCHANGED
    assert list(Indicator.objects.values()) == rows


def test_a_changed_draft_is_replaced_wholesale_and_keeps_its_version() -> None:
    load(document())
    pk = FrameworkVersion.objects.get().pk
    changed = GOOD.replace("The plan is read.", "The plan is known.").replace("code: T-2", "code: T-5")
    assert load(document(changed)) is LoadResult.REPLACED
    version = FrameworkVersion.objects.get()
    assert version.pk == pk
    assert [row.code for row in version.indicators.all()] == ["T-1", "T-5", "T-3"]
    assert version.indicators.get(code="T-3").text == "The plan is known."
    assert load(document(changed)) is LoadResult.UNCHANGED


def test_a_changed_status_publishes_the_draft() -> None:
    load(document())
    assert load(document(PUBLISHED)) is LoadResult.PUBLISHED
    assert FrameworkVersion.objects.published().count() == 1
    assert load(document(PUBLISHED)) is LoadResult.UNCHANGED
    assert load(document()) is LoadResult.UNCHANGED  # a draft file does not take back what was published


def test_the_file_wins_when_it_publishes_a_draft_that_was_edited_in_between() -> None:
    load(document())
    Indicator.objects.filter(code="T-3").update(text="Edited in the admin.")
    assert load(document()) is LoadResult.UNCHANGED
    assert Indicator.objects.get(code="T-3").text == "Edited in the admin."
    load(document(PUBLISHED))
    assert Indicator.objects.get(code="T-3").text == "The plan is read."


def test_a_published_version_that_differs_is_refused_with_the_way_out() -> None:
    load(document(PUBLISHED))
    for content in (PUBLISHED, GOOD):
        assert refused(content.replace("The plan is read.", "The plan is known.")) == [
            (
                line_of("code: 2026-01"),
                "version.code",
                "version 2026-01 of tiny is published and cannot change; give the file a new version code "
                "(such as the year and month of the change) and status: draft",
            )
        ]


def test_a_new_version_stands_beside_the_old_one_and_codes_stay() -> None:
    load(document(PUBLISHED.replace("[T-0]", "[]")))
    new = SECOND.replace("code: T-2", "code: T-4").replace("[T-0]", "[T-2]")
    assert load(document(new)) is LoadResult.CREATED
    assert Framework.objects.count() == 1
    assert Indicator.objects.filter(code="T-1").count() == 2


def test_a_new_version_cannot_change_what_readers_of_published_ones_see() -> None:
    load(document(PUBLISHED))
    new = (
        SECOND.replace("[T-0]", "[]")
        .replace("A tiny framework", "A small one")
        .replace("plural: themes", "plural: parts")
    )
    assert [(line, field) for line, field, _ in refused(new)] == [
        (line_of("A tiny"), "framework.title"),
        (line_of("plural:"), "framework.section_label.plural"),
    ]


def test_a_superseded_code_is_never_used_again() -> None:
    load(document(PUBLISHED.replace("[T-0]", "[]")))
    load(document(SECOND.replace("code: T-2", "code: T-4").replace("[T-0]", "[T-2]")))
    third = SECOND.replace("code: 2026-02", "code: 2026-03").replace("[T-0]", "[]")
    assert refused(third) == [
        (
            line_of("code: T-2"),
            "indicators[1].code",
            "'T-2' was superseded in an earlier version; codes are never reused",
        )
    ]


def test_only_a_code_that_existed_can_be_superseded() -> None:
    load(document(PUBLISHED))
    assert refused(SECOND.replace("[T-0]", "[T-7]")) == [
        (line_of("[T-0]"), "indicators[2].supersedes[0]", "no earlier version of tiny has an indicator 'T-7'")
    ]


def test_a_superseded_section_is_never_used_again_and_has_to_have_existed() -> None:
    load(document(PUBLISHED))
    again = SECOND.replace("code: leading", "code: heading").replace("section: leading", "section: heading")
    first, unknown = line_of("- code: leading"), "no earlier version of tiny has a section 'tails'"
    assert refused(again.replace("[heading]", "[tails]")) == [
        (first, "sections[0].code", "'heading' was superseded in an earlier version; codes are never reused"),
        (line_of("[heading]"), "sections[0].supersedes[0]", unknown),
    ]


OTHER = PUBLISHED.replace("code: tiny", "code: other").replace(
    "  audience: Tests", "  audience: Tests\n  supersedes: tiny"
)


def test_a_framework_takes_the_place_of_one_that_is_stored() -> None:
    said = [
        (line_of("audience: Tests") + 1, "framework.supersedes", "there is no framework 'tiny'; load that one first")
    ]
    assert refused(OTHER) == said
    load(document())
    load(document(OTHER))
    assert Framework.objects.get(code="other").supersedes == Framework.objects.get(code="tiny")
    assert stored_document(FrameworkVersion.objects.get(framework__code="other")) == document(OTHER)


def test_two_frameworks_do_not_take_each_others_place() -> None:
    load(document())
    load(document(OTHER))
    circle = GOOD.replace("  audience: Tests", "  audience: Tests\n  supersedes: other")
    assert [(field, message) for _, field, message in refused(circle)] == [
        ("framework.supersedes", "'other' takes the place of this one")
    ]
    tiny = Framework.objects.get(code="tiny")
    tiny.supersedes = Framework.objects.get(code="other")
    with pytest.raises(ValidationError, match="takes the place of this one"):
        tiny.clean()


def test_what_a_framework_names_of_the_one_before_it_existed() -> None:
    load(document(PUBLISHED.replace("[T-0]", "[]")))
    new = OTHER.replace("T-", "N-").replace("[N-0]", "[T-1]").replace("[heading]", "[tails]")
    assert [(field, message) for _, field, message in refused(new)] == [
        ("sections[0].supersedes[0]", "no earlier version of other has a section 'tails'")
    ]


def test_publishing_an_older_draft_later_is_possible() -> None:
    load(document())
    load(document(SECOND.replace("[T-0]", "[T-2]").replace("code: T-2", "code: T-4")))
    publish(version=FrameworkVersion.objects.get(code="2026-01"))
    assert FrameworkVersion.objects.published().count() == 2
