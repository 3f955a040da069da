"""What `npm run build` leaves in build/."""

import re
from pathlib import Path

from django.contrib.staticfiles import finders

BUILD = Path(__file__).resolve().parents[2] / "build"


def css() -> str:
    return (BUILD / "css/portal.css").read_text()


def test_pages_are_set_in_arial_and_no_licensed_face_is_fetched() -> None:
    assert re.search(r"(^|})html\{font-family:arial,sans-serif\}", css())
    assert "@font-face" not in css()


def test_every_picture_in_the_stylesheet_is_one_of_ours() -> None:
    targets = {target.strip("\"'") for target in re.findall(r"url\(([^)]+)\)", css())}
    assert targets
    assert [target for target in targets if not (BUILD / "css" / target).is_file()] == []


def test_the_script_that_portal_mjs_imports_lies_beside_it_once_collected() -> None:
    own = finders.find("js/portal.mjs")
    assert own
    [imported] = re.findall(r"from '\./(.+)'", Path(own).read_text())
    script = finders.find(f"js/{imported}")
    assert script
    assert "sourceMappingURL" not in Path(script).read_text()


def test_the_reports_have_their_four_faces_and_one_for_what_a_tablet_types() -> None:
    faces = {path.name for path in (BUILD / "fonts").glob("*.ttf")}
    arimo = {f"Arimo_{face}.ttf" for face in ("400Regular", "400Regular_Italic", "700Bold", "700Bold_Italic")}
    assert faces == arimo | {"NotoEmoji_400Regular.ttf"}


def test_no_picture_shows_the_nhs_logo() -> None:
    assert {path.suffix for path in (BUILD / "images").iterdir()} == {".svg"}
    assert not (BUILD / "images/favicon.svg").exists()
    assert not (BUILD / "images/nhsuk-icon-mask.svg").exists()
