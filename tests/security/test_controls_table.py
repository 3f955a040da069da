"""What docs/SECURITY-CONTROLS.md points at is there."""

import re
from pathlib import Path

import pytest
from django.conf import settings

TOP = Path(settings.BASE_DIR)
TABLE = (TOP / "docs" / "SECURITY-CONTROLS.md").read_text(encoding="utf-8")
POINTERS = sorted(set(re.findall(r"`([\w./-]+/[\w.-]+?)(?:::(\w+))?`", TABLE)))
SETTINGS = sorted(set(re.findall(r"`([A-Z]+(?:_[A-Z]+)+)`", TABLE)))


def test_the_table_points_at_much() -> None:
    assert len(POINTERS) > 80
    assert len(SETTINGS) > 15


@pytest.mark.parametrize(("path", "test"), POINTERS)
def test_every_file_and_test_that_it_names_exists(path: str, test: str) -> None:
    assert (TOP / path).is_file()
    if test:
        assert f"def {test}(" in (TOP / path).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", SETTINGS)
def test_every_setting_that_it_names_is_set(name: str) -> None:
    source = (TOP / "wgll_portal" / "settings.py").read_text(encoding="utf-8")
    assert re.search(rf"^\s*{name}\b.* = |^{name} = ", source, flags=re.MULTILINE) or f'"{name}"' in source
