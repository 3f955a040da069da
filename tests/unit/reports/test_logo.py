"""What may become a logo: told by its content, limited, and rid of everything but its picture."""

import io
import struct
import zlib
from typing import Any

import pytest
from PIL import Image, ImageFile, PngImagePlugin

from reports.look.logo import LARGEST_FILE, PRINTED, TOO_LARGE, TOO_MANY_PIXELS, UNUSABLE, UnusableLogo, logo_from

SECRET = b"taken at the chair's home"


def picture(kind: str = "PNG", mode: str = "RGB", size: tuple[int, int] = (40, 20), **how: Any) -> bytes:
    written = io.BytesIO()
    Image.new(mode, size).save(written, kind, **how)
    return written.getvalue()


def noise(kind: str) -> bytes:
    written = io.BytesIO()
    Image.effect_noise((200, 200), 90).save(written, kind)
    return written.getvalue()


def claims(width: int, height: int) -> bytes:
    """A PNG of a hundred bytes that says it is of that size."""

    def chunk(name: bytes, body: bytes) -> bytes:
        return struct.pack(">I", len(body)) + name + body + struct.pack(">I", zlib.crc32(name + body))

    head = struct.pack(">IIBBBBB", width, height, 8, 2, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", zlib.compress(b"")) + chunk(b"IEND", b"")


def opened(logo: bytes) -> Image.Image:
    found = Image.open(io.BytesIO(logo))
    found.load()
    return found


@pytest.mark.parametrize(
    ("kind", "mode"),
    [("PNG", mode) for mode in ("1", "L", "LA", "P", "RGB", "RGBA")]
    + [("JPEG", mode) for mode in ("L", "RGB", "CMYK")],
)
def test_pictures_of_every_kind_become_a_plain_png(kind: str, mode: str) -> None:
    logo = opened(logo_from(picture(kind, mode)))
    assert (logo.format, logo.mode, logo.size) == ("PNG", "RGB", (40, 20))


def test_what_is_transparent_is_white() -> None:
    assert opened(logo_from(picture(mode="RGBA"))).getpixel((0, 0)) == (255, 255, 255)


def test_nothing_but_the_picture_stays() -> None:
    text = PngImagePlugin.PngInfo()
    text.add_text("Comment", SECRET.decode())
    exif = Image.Exif()
    exif[0x010E] = SECRET.decode()
    for content in (picture(pnginfo=text), picture("JPEG", exif=exif), picture() + SECRET):
        assert SECRET in content
        logo = logo_from(content)
        assert SECRET not in logo
        assert not opened(logo).info


def test_a_large_picture_is_made_as_small_as_it_is_printed() -> None:
    assert opened(logo_from(picture(size=(1600, 1600)))).size == (PRINTED[1], PRINTED[1])


@pytest.mark.parametrize(
    ("content", "said"),
    [
        (b"", UNUSABLE),
        (b"<svg xmlns='http://www.w3.org/2000/svg'><script>1</script></svg>", UNUSABLE),
        (picture("GIF"), UNUSABLE),
        (picture("BMP"), UNUSABLE),
        (noise("PNG")[:4000], UNUSABLE),
        (noise("JPEG")[:4000], UNUSABLE),
        (b"0" * (LARGEST_FILE + 1), TOO_LARGE),
        (claims(2001, 2000), TOO_MANY_PIXELS),
        (claims(10_000, 10_000), TOO_MANY_PIXELS),
        (claims(60_000, 60_000), TOO_MANY_PIXELS),
    ],
)
def test_what_is_refused(content: bytes, said: str) -> None:
    with pytest.raises(UnusableLogo, match=said.split(".")[0]):
        logo_from(content)


def test_what_another_library_allows_is_not_allowed_here(monkeypatch: pytest.MonkeyPatch) -> None:
    """Once imported, WeasyPrint has Pillow take pictures whose end is missing."""
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)
    with pytest.raises(UnusableLogo):
        logo_from(noise("JPEG")[:2000])
    assert ImageFile.LOAD_TRUNCATED_IMAGES
