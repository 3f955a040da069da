"""What docs/SECURITY-CONTROLS.md points at is there."""

import re
from pathlib import Path

import pytest
from django.conf import settings

TOP = Path(settings.BASE_DIR)
TABLE = (TOP / "docs" / "SECURITY-CONTROLS.md").read_text(encoding="utf-8")
POINTERS = sorted(set(re.findall(r"`([\w./-]+/[\w.-]+?)(?:::(\w+))?`", TABLE)))
SETTINGS = sorted(set(re.findall(r"`([A-Z]+(?:_[A-Z]+)+)`", TABLE)))
# Made elsewhere at the same time: a file on the left is expected once the one on the right is there.
COMES_WITH = {
    "tests/integration/test_second_factor.py": "organisations/sign_in/second_factor.py",
    "tests/integration/test_session_time.py": "organisations/sign_in/second_factor.py",
    "tests/integration/test_sign_in_limits.py": "organisations/sign_in/second_factor.py",
    "tests/integration/test_single_sign_on.py": "docs/SIGN-IN.md",
    "docs/SIGN-IN.md": "tests/integration/test_single_sign_on.py",
    "tests/integration/test_audited.py": "docs/PERSONAL-DATA.md",
    "tests/integration/test_audit_trail.py": "docs/PERSONAL-DATA.md",
    "tests/unit/organisations/test_audit.py": "docs/PERSONAL-DATA.md",
    "tests/unit/organisations/test_anonymising.py": "docs/PERSONAL-DATA.md",
    "docs/PERSONAL-DATA.md": "tests/integration/test_audited.py",
    "docs/adr/0007-audit-lines-on-reading.md": "tests/integration/test_audited.py",
    "tests/integration/test_people_pages.py": "tests/unit/organisations/test_seats.py",
    "tests/unit/organisations/test_people_list.py": "tests/unit/organisations/test_seats.py",
    "tests/unit/organisations/test_seats.py": "tests/integration/test_people_pages.py",
}
SETTINGS_COME_WITH = dict.fromkeys(
    ("ACCOUNT_RATE_LIMITS", "MFA_TOTP_TOLERANCE", "SESSION_IDLE_MINUTES"), "organisations/sign_in/second_factor.py"
)


def expected(name: str, comes_with: dict[str, str]) -> bool:
    return name not in comes_with or (TOP / comes_with[name]).exists()


def test_the_table_points_at_much() -> None:
    assert len(POINTERS) > 80
    assert len(SETTINGS) > 15


@pytest.mark.parametrize(("path", "test"), [pointer for pointer in POINTERS if expected(pointer[0], COMES_WITH)])
def test_every_file_and_test_that_it_names_exists(path: str, test: str) -> None:
    assert (TOP / path).is_file()
    if test:
        assert f"def {test}(" in (TOP / path).read_text(encoding="utf-8")


@pytest.mark.parametrize("name", [name for name in SETTINGS if expected(name, SETTINGS_COME_WITH)])
def test_every_setting_that_it_names_is_set(name: str) -> None:
    source = (TOP / "wgll_portal" / "settings.py").read_text(encoding="utf-8")
    assert re.search(rf"^\s*{name}\b.* = |^{name} = ", source, flags=re.MULTILINE) or f'"{name}"' in source
