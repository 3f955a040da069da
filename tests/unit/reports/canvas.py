"""Charts as checks of them want to read them."""

import re
import xml.etree.ElementTree as ET

SVG = "{http://www.w3.org/2000/svg}"
WIDTH_OF_A_LETTER = 0.5  # of the height of the text, on average; capitals and bold are wider
NUMBER = re.compile(r"-?\d+(?:\.\d+)?")


def parsed(svg: str) -> ET.Element:
    return ET.fromstring(svg)  # noqa: S314 - our own output


def texts(svg: ET.Element) -> list[str]:
    return [element.text or "" for element in svg.iter(f"{SVG}text")]


def outside(svg: ET.Element) -> list[str]:
    """Every text and shape that reaches over the edge of the canvas."""
    wide, high = float(svg.get("width", 0)), float(svg.get("height", 0))
    found = [text.text or "" for text in svg.iter(f"{SVG}text") if not _fits(text, wide, high)]
    for shape in svg.iter():
        across, down = _places(shape)
        if any(not 0 <= x <= wide for x in across) or any(not 0 <= y <= high for y in down):
            found.append(ET.tostring(shape, "unicode"))
    return found


def _fits(text: ET.Element, wide: float, high: float) -> bool:
    size = float(text.get("font-size", 14))
    length = len(text.text or "") * size * WIDTH_OF_A_LETTER
    left = float(text.get("x", 0)) - {"middle": length / 2, "end": length}.get(text.get("text-anchor", ""), 0)
    return left >= 0 and left + length <= wide and size * 0.7 <= float(text.get("y", 0)) <= high - 2


def _places(shape: ET.Element) -> tuple[list[float], list[float]]:
    """Where the corners of a shape lie, across and down; for a path where its lines begin."""

    def number(name: str) -> float:
        return float(shape.get(name, 0))

    match shape.tag.removeprefix(SVG):
        case "rect":
            x, y = number("x"), number("y")
            return [x, x + number("width")], [y, y + number("height")]
        case "circle":
            x, y, r = number("cx"), number("cy"), number("r")
            return [x - r, x + r], [y - r, y + r]
        case "polygon" | "polyline":
            numbers = [float(each) for each in NUMBER.findall(shape.get("points", ""))]
            return numbers[::2], numbers[1::2]
        case "path":
            starts = re.findall(r"M([\d.-]+) ([\d.-]+)", shape.get("d", ""))
            return [float(x) for x, _ in starts], [float(y) for _, y in starts]
    return [], []
