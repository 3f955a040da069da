"""An organisation's logo: told by its content, limited in size, and drawn anew, so that nothing else stays in it."""

import io
from collections.abc import Iterator
from contextlib import contextmanager

from PIL import Image, ImageFile, ImageOps

FORMATS = ("PNG", "JPEG")
LARGEST_FILE = 1024 * 1024  # bytes
MOST_PIXELS = 4_000_000  # a small file can unpack to a great many
PRINTED = (800, 400)  # pixels at most, kept: over 300 an inch on the cover
UNUSABLE = "The file is not a PNG or JPEG picture, or it is damaged. Choose another file."
TOO_LARGE = "The file is larger than 1 MB. Choose a smaller one."
TOO_MANY_PIXELS = "The picture has more than 4 million pixels. Choose a smaller one, for example 800 by 400 pixels."


class UnusableLogo(ValueError):
    """The file cannot be a logo; the message says why, in words for whoever chose it."""


def logo_from(content: bytes) -> bytes:
    """The picture in an uploaded file as a PNG on white, without anything that came with it. Raises UnusableLogo."""
    if len(content) > LARGEST_FILE:
        raise UnusableLogo(TOO_LARGE)
    try:
        with _whole_pictures_only(), Image.open(io.BytesIO(content), formats=FORMATS) as picture:
            _check_pixels(picture)  # before anything is unpacked
            return _drawn_anew(picture)
    except (Image.DecompressionBombError, Image.DecompressionBombWarning) as bomb:
        raise UnusableLogo(TOO_MANY_PIXELS) from bomb
    except UnusableLogo:
        raise
    except (OSError, SyntaxError, ValueError, OverflowError) as damaged:  # all that Pillow raises for broken files
        raise UnusableLogo(UNUSABLE) from damaged


@contextmanager
def _whole_pictures_only() -> Iterator[None]:
    """WeasyPrint, once imported, has Pillow take pictures whose end is missing, in the whole process."""
    before, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        yield
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = before


def _check_pixels(picture: Image.Image) -> None:
    if picture.width * picture.height > MOST_PIXELS:
        raise UnusableLogo(TOO_MANY_PIXELS)


def _drawn_anew(picture: Image.Image) -> bytes:
    upright = ImageOps.exif_transpose(picture).convert("RGBA" if picture.has_transparency_data else "RGB")
    upright.thumbnail(PRINTED)
    clean = Image.new("RGB", upright.size, "white")
    clean.paste(upright, mask=upright.getchannel("A") if upright.mode == "RGBA" else None)
    written = io.BytesIO()
    clean.save(written, "PNG", optimize=True)
    return written.getvalue()
