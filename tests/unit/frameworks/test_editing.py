"""What an editor does to the parts of a draft, and what is refused."""

from collections.abc import Callable
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import connection
from django.test.utils import CaptureQueriesContext

from frameworks.actions import publish
from frameworks.editing import (
    ChangedMeanwhile,
    StillUsed,
    add_part,
    change_part,
    move_part,
    order_mark,
    remove_part,
    whole_mark,
)
from frameworks.exchange.copying import draft_from
from frameworks.exchange.stored import stored_document
from frameworks.frozen import PublishedVersion
from frameworks.history.places import mark_of
from frameworks.models import FrameworkVersion, Group, Indicator, Section, Theme
from organisations.models import AuditEvent, User

pytestmark = pytest.mark.django_db


@pytest.fixture
def editor() -> User:
    return User.objects.create_user("editor@portal.example", "Editor", is_staff=True)


@pytest.fixture
def draft(wgll: FrameworkVersion) -> FrameworkVersion:
    return draft_from(version=wgll, code="2027")


def section(draft: FrameworkVersion, number: int = 0) -> Section:
    return draft.sections.all()[number]


def codes(of: Section) -> list[str]:
    return list(of.indicators.order_by("order").values_list("code", flat=True))


def orders(of: Section) -> list[int]:
    return list(of.indicators.order_by("order").values_list("order", flat=True))


@pytest.mark.parametrize(("from_", "to"), [(0, 3), (3, 0), (2, 2), (0, 99), (5, -4)])
def test_an_indicator_moves_and_its_neighbours_make_room(
    from_: int, to: int, draft: FrameworkVersion, editor: User
) -> None:
    first = section(draft)
    before = codes(first)
    moved = first.indicators.get(code=before[from_])
    found = move_part(part=moved, place=to + 1, by=editor)
    expected = [code for code in before if code != moved.code]
    expected.insert(min(max(to, 0), len(expected)), moved.code)
    assert codes(first) == expected
    assert orders(first) == list(range(1, len(before) + 1))
    assert (found.place, found.of) == (expected.index(moved.code) + 1, len(before))


def test_an_indicator_moves_to_another_section_with_the_theme_that_is_there(
    draft: FrameworkVersion, editor: User
) -> None:
    here, there = section(draft, 0), section(draft, 1)
    first, second = here.indicators.filter(theme__isnull=False).order_by("theme", "order")[::5][:2]
    assert first.theme
    assert first.theme != second.theme
    Theme.objects.filter(section=there, order=1).update(code=first.theme.code)
    assert move_part(part=first, section=there, place=2, by=editor).left_theme == ""
    assert second.theme
    Theme.objects.filter(pk=second.theme.pk).update(code="only-here")
    assert move_part(part=second, section=there, place=1, by=editor).left_theme == second.theme.label
    assert codes(there)[:3:2] == [second.code, first.code]
    assert Indicator.objects.get(pk=first.pk).theme == there.themes.get(code=first.theme.code)
    assert Indicator.objects.get(pk=second.pk).theme is None


@pytest.mark.parametrize("rows", ["sections", "themes", "groups"])
def test_sections_themes_and_groups_move(rows: str, draft: FrameworkVersion, editor: User) -> None:
    for number in (1, 2, 3):
        Group.objects.create(version=draft, code=f"g{number}", order=number * 10, title=f"Group {number}")
    found: Any = section(draft).themes if rows == "themes" else getattr(draft, rows)
    before = [row.code for row in found.all()]
    move_part(part=found.all()[2], place=1, by=editor)
    assert [row.code for row in found.all()] == [before[2], *before[:2], *before[3:]]


def test_a_move_takes_few_queries_however_many_there_are(draft: FrameworkVersion, editor: User) -> None:
    first, last = section(draft).indicators.order_by("order").first(), section(draft).indicators.order_by("-order")[0]
    counted = []
    for part in (first, last):
        assert part
        with CaptureQueriesContext(connection) as captured:
            move_part(part=part, place=10, by=editor)
        counted.append(len(captured))
    assert counted == [counted[0]] * 2
    assert counted[0] < 25


def test_parts_are_added_at_the_end(draft: FrameworkVersion, editor: User) -> None:
    first = section(draft)
    theme = add_part(part=Theme(section=first, code="new", label="New"), by=editor)
    new = Indicator(section=first, code="WGLL-1-99", text="Asked.", variant="both", wording="recalled", theme=theme)
    assert add_part(part=new, by=editor).order == first.indicators.count()
    assert codes(first)[-1] == "WGLL-1-99"
    last = add_part(part=Section(version=draft, code="last", title="Last", summary="The last."), by=editor)
    assert list(draft.sections.all())[-1] == last


def test_what_does_not_fit_is_refused(draft: FrameworkVersion, editor: User) -> None:
    first, second = section(draft, 0), section(draft, 1)
    taken, theme = codes(second)[0], second.themes.all()[0]
    for wrong in ({"code": taken}, {"theme": theme}, {"text": ""}):
        fields: dict[str, Any] = {"code": "X-1", "text": "Asked.", "variant": "both", "wording": "recalled"} | wrong
        with pytest.raises(ValidationError):
            add_part(part=Indicator(section=first, **fields), by=editor)
        with pytest.raises(ValidationError):
            change_part(part=first.indicators.all()[0], changes=wrong, by=editor)
    with pytest.raises(ValueError, match="move_part: order"):
        change_part(part=first, changes={"order": 4}, by=editor)


def test_a_reworded_indicator_says_what_changed(draft: FrameworkVersion, editor: User) -> None:
    one = section(draft).indicators.all()[0]
    assert change_part(part=one, changes={"text": "Reworded.", "guidance": one.guidance}, by=editor) == ("text",)
    assert change_part(part=one, changes={"text": "Reworded."}, by=editor) == ()
    assert Indicator.objects.get(pk=one.pk).text == "Reworded."
    [line] = AuditEvent.objects.filter(by=editor)
    assert line.subject == f"WGLL 2027: indicator {one.code} (text)"


def test_two_editors_do_not_overwrite_each_other(draft: FrameworkVersion, editor: User) -> None:
    one, two = section(draft).indicators.all()[:2]
    shown, order = mark_of(one), order_mark(draft)
    move_part(part=two, place=1, by=editor, seen=order)
    with pytest.raises(ChangedMeanwhile, match="just moved"):
        move_part(part=one, place=5, by=editor, seen=order)
    change_part(part=one, changes={"text": "By the first."}, by=editor, seen=shown)
    with pytest.raises(ChangedMeanwhile, match="just changed indicator"):
        change_part(part=one, changes={"text": "By the second."}, by=editor, seen=shown)
    assert Indicator.objects.get(pk=one.pk).text == "By the first."
    remove_part(part=one, by=editor)
    with pytest.raises(ChangedMeanwhile, match="just removed indicator"):
        change_part(part=one, changes={"text": "Too late."}, by=editor)


def test_nobody_removes_with_a_section_what_was_changed_in_it_meanwhile(draft: FrameworkVersion, editor: User) -> None:
    first = section(draft)
    shown = whole_mark(first)
    change_part(part=first.indicators.all()[0], changes={"text": "Worked on."}, by=editor)
    with pytest.raises(ChangedMeanwhile, match="just changed section"):
        remove_part(part=first, by=editor, seen=shown)
    remove_part(part=first, by=editor, seen=whole_mark(first))


def test_parts_are_removed_and_the_numbers_close_up(draft: FrameworkVersion, editor: User) -> None:
    first = section(draft)
    before = codes(first)
    remove_part(part=first.indicators.get(code=before[1]), by=editor)
    assert codes(first) == [before[0], *before[2:]]
    assert orders(first) == list(range(1, len(before)))
    used = first.indicators.exclude(theme=None)[0]
    assert used.theme
    with pytest.raises(StillUsed, match=f"{used.code}.* still belong to it"):
        remove_part(part=used.theme, by=editor)
    remove_part(part=first, by=editor)
    assert not draft.indicators.filter(code__in=before).exists()


CHANGES: list[Callable[[Section, User], Any]] = [
    lambda part, by: add_part(part=Theme(section=part, code="x", label="X"), by=by),
    lambda part, by: change_part(part=part, changes={"title": "Another"}, by=by),
    lambda part, by: move_part(part=part, place=3, by=by),
    lambda part, by: move_part(part=part.indicators.all()[0], place=1, by=by),
    lambda part, by: remove_part(part=part, by=by),
]


@pytest.mark.parametrize("change", CHANGES)
def test_nothing_published_can_be_edited(
    change: Callable[[Section, User], Any], draft: FrameworkVersion, editor: User
) -> None:
    stale = draft.sections.get(order=1)
    publish(version=draft)
    said = stored_document(draft)
    with pytest.raises(PublishedVersion):
        change(stale, editor)
    assert stored_document(draft) == said


def test_an_indicator_stays_in_its_version(wgll: FrameworkVersion, draft: FrameworkVersion, editor: User) -> None:
    one = section(draft).indicators.all()[0]
    with pytest.raises(ValueError, match="within their version"):
        move_part(part=one, section=section(wgll), place=1, by=editor)
