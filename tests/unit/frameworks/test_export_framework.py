"""The command that writes a version out, and `load_frameworks` that takes it in again."""

from io import StringIO
from pathlib import Path

import pytest
from django.core.management import CommandError, call_command

from frameworks.exchange.copying import draft_from
from frameworks.models import FrameworkVersion

CODES = ("wgll", "lcf", "digital-boards")


def exported(*arguments: str) -> str:
    out = StringIO()
    call_command("export_framework", *arguments, stdout=out)
    return out.getvalue()


def test_export_then_load_then_export_is_the_same_byte_for_byte(frameworks: None, tmp_path: Path) -> None:
    for code in CODES:
        version = FrameworkVersion.objects.get(framework__code=code)
        draft_from(version=version, code="2030")
        file = tmp_path / f"{code}.yaml"
        call_command("export_framework", code, "2030", to=file)
        before = file.read_bytes()
        assert before == exported(code).encode()  # the newest
        FrameworkVersion.objects.get(framework__code=code, code="2030").delete()
        call_command("load_frameworks", file, verbosity=0)
        assert exported(code, "2030").encode() == before


def test_an_edited_draft_can_be_loaded_over_itself(wgll: FrameworkVersion, tmp_path: Path) -> None:
    draft = draft_from(version=wgll, code="2030")
    draft.indicators.filter(order=1).update(guidance="Look: closely\nand # twice.")
    file = tmp_path / "edited.yaml"
    call_command("export_framework", "wgll", to=file)
    call_command("load_frameworks", file, verbosity=0)
    assert exported("wgll").encode() == file.read_bytes()
    assert FrameworkVersion.objects.get(code="2030").indicators.filter(guidance__contains="# twice.").count() == 7


def test_what_is_not_there_is_said_with_what_there_is(wgll: FrameworkVersion, tmp_path: Path) -> None:
    with pytest.raises(CommandError, match=r"no such version of wgll. There is: 2021-10\."):
        exported("wgll", "2020")
    with pytest.raises(CommandError, match=r"no such version of nothing\.$"):
        exported("nothing")
    with pytest.raises(CommandError, match="cannot be written: No such file or directory"):
        call_command("export_framework", "wgll", to=tmp_path / "none" / "x.yaml")
