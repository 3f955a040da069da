"""What a page is to somebody who does not see it, or does not use a mouse: read from the browser, not from the markup.

The accessibility tree is the one that Chromium hands to screen readers.
"""

from collections import Counter
from dataclasses import dataclass
from itertools import pairwise
from typing import Any

from playwright.sync_api import CDPSession, Page

CONTROLS = {"link", "button", "radio", "checkbox", "textbox", "searchbox", "combobox", "DisclosureTriangle"}
GROUPS = {"group", "radiogroup", "dialog", "alertdialog"}
ONCE = ("banner", "main", "contentinfo")  # landmarks of which a page has exactly one
SMALLEST = 24  # CSS pixels (WCAG 2.2, 2.5.8)


@dataclass(frozen=True)
class Node:
    """What assistive technology is told about one element."""

    role: str
    name: str
    level: int  # of a heading
    group: str  # names of the groups around it
    element: int  # the browser's own number for it


def nodes_of(session: CDPSession) -> list[Node]:
    """The whole tree in reading order, without what is hidden from assistive technology."""
    found = session.send("Accessibility.getFullAXTree")["nodes"]
    by_id = {entry["nodeId"]: entry for entry in found}
    nodes: list[Node] = []

    def walk(entry: dict[str, Any], group: str) -> None:
        if not entry["ignored"]:
            node = _node(entry, group)
            nodes.append(node)
            if node.role in GROUPS:
                group = f"{group} / {node.name}"
        for child in entry.get("childIds", ()):
            if child in by_id:
                walk(by_id[child], group)

    walk(found[0], "")
    return nodes


def _node(entry: dict[str, Any], group: str) -> Node:
    properties = {item["name"]: item["value"].get("value") for item in entry.get("properties", ())}
    name = " ".join(str(entry.get("name", {}).get("value", "")).split())
    return Node(entry["role"]["value"], name, properties.get("level", 0), group, entry.get("backendDOMNodeId", 0))


def faults_of_tree(page: Page) -> list[str]:
    """What is wrong with the page's headings, landmarks and names, in words; nothing when all is well."""
    session = page.context.new_cdp_session(page)
    nodes = nodes_of(session)
    return [*_faults_of_headings(nodes), *_faults_of_landmarks(nodes), *_faults_of_names(nodes, session)]


def _faults_of_headings(nodes: list[Node]) -> list[str]:
    headings = [node for node in nodes if node.role == "heading"]
    faults = [f"heading without words, level {heading.level}" for heading in headings if not heading.name]
    if [heading.level for heading in headings].count(1) != 1:
        faults.append(f"not one main heading: {headings}")
    after = [(above, below) for above, below in pairwise(headings) if below.level > above.level + 1]
    return faults + [f"“{below.name}” skips a level after “{above.name}”" for above, below in after]


def _faults_of_landmarks(nodes: list[Node]) -> list[str]:
    roles = Counter(node.role for node in nodes)
    faults = [f"{roles[role]} times {role}" for role in ONCE if roles[role] != 1]
    named = Counter((node.role, node.name) for node in nodes if node.role in {"navigation", "region"})
    return faults + [
        f"{role} “{name}”, {times} times" for (role, name), times in named.items() if not name or times > 1
    ]


def _faults_of_names(nodes: list[Node], session: CDPSession) -> list[str]:
    """Every control has a name; two of the same role and name in the same group do the same thing (WCAG 2.2, 2.4.6)."""
    controls = [node for node in nodes if node.role in CONTROLS]
    faults = [f"{control.role} without a name in “{control.group}”" for control in controls if not control.name]
    times = Counter((control.role, control.name, control.group) for control in controls)
    does: dict[tuple[str, str, str], set[str]] = {}
    for control in controls:
        key = (control.role, control.name, control.group)
        if times[key] > 1:
            does.setdefault(key, set()).add(_deed(session, control))
    return faults + [f"{role} “{name}” does {deeds}" for (role, name, _), deeds in does.items() if len(deeds) > 1]


def _deed(session: CDPSession, control: Node) -> str:
    """Where a link leads, what a button sends; any other control is like no other."""
    element = session.send("DOM.resolveNode", {"backendNodeId": control.element})["object"]["objectId"]
    what = f"""function () {{
      if (this.href) return this.href
      if (this.type !== 'submit' || !this.form) return '{control.element}'
      return [this.form.action, this.name, this.value].join(' ')
    }}"""
    call = {"objectId": element, "functionDeclaration": what, "returnByValue": True}
    return str(session.send("Runtime.callFunctionOn", call)["result"]["value"])


# --- the way of the focus ----------------------------------------------------------------------------------------

_STOP = """() => {
  const element = document.activeElement
  if (element === document.body || !document.hasFocus()) return null
  const { top, bottom } = element.getBoundingClientRect()
  const bar = document.querySelector('[data-save-bar]')
  const isOver = bar?.checkVisibility() && getComputedStyle(bar).position === 'sticky' &&
    element.compareDocumentPosition(bar) === Node.DOCUMENT_POSITION_FOLLOWING
  return {
    words: (element.labels?.[0] ?? element).textContent.trim().replace(/\\s+/g, ' ').slice(0, 60) || element.name,
    order: [...document.querySelectorAll('*')].indexOf(element),
    top, bottom, window: innerHeight, bar: isOver ? bar.getBoundingClientRect().top : innerHeight
  }
}"""


ROUNDED = 1  # pixels: the window scrolls by whole ones


@dataclass(frozen=True)
class Stop:
    """Where the Tab key leads: what has the focus, from where to where it reaches, and where the window is covered."""

    words: str
    order: int  # in the document
    top: float
    bottom: float
    window: float
    bar: float  # what is below this lies under the bar that stays at the foot of the window

    @property
    def is_in_sight(self) -> bool:
        """While the bar stays over the page, all of it between the window's top and the bar; else a part in the window.

        WCAG 2.2, 2.4.11 would let a part be covered; a box of which one cannot read the last line is of no use.
        """
        if self.bar < self.window:
            return self.top >= -ROUNDED and self.bottom <= self.bar + ROUNDED
        return self.bottom > 0 and self.top < self.window


def stops(page: Page, key: str = "Tab") -> list[Stop]:
    """All that the key stops at, once round the page."""
    found: dict[int, Stop] = {}
    page.keyboard.press(key)
    while (stop := page.evaluate(_STOP)) and stop["order"] not in found:
        found[stop["order"]] = Stop(**stop)
        page.keyboard.press(key)
    return list(found.values())


# --- sizes -------------------------------------------------------------------------------------------------------

_SMALL = """smallest => {
  const isInSentence = link => getComputedStyle(link).display === 'inline' &&
    link.parentElement.textContent.trim().length > link.textContent.trim().length
  const target = control => control.matches('[type=radio], [type=checkbox]') ? control.labels[0] : control
  const targets = [...document.querySelectorAll('a[href], button, summary, select, textarea, input:not([type=hidden])')]
    .filter(control => control.checkVisibility() && !control.closest('.nhsuk-skip-link'))
    .map(control => ({ control, box: target(control).getBoundingClientRect() }))
  const hasRoom = ({ control, box }) => {
    const [x, y] = [box.x + box.width / 2, box.y + box.height / 2]
    return targets.every(({ control: other, box: { left, right, top, bottom } }) => other === control ||
      left > x + smallest / 2 || right < x - smallest / 2 || top > y + smallest / 2 || bottom < y - smallest / 2)
  }
  return targets
    .filter(({ control, box }) => (box.width < smallest || box.height < smallest) && !isInSentence(control))
    .filter(target => !hasRoom(target))
    .map(({ control, box }) => `${control.textContent.trim() || control.name}: ${box.width} by ${box.height}`)
}"""

_CUT_OFF = """() => {
  const cuts = value => value === 'hidden' || value === 'clip'
  const isOver = element => {
    const { overflowX, overflowY, display } = getComputedStyle(element)
    if (display === 'inline') return false
    return (cuts(overflowX) && element.scrollWidth > element.clientWidth + 1) ||
      (cuts(overflowY) && element.scrollHeight > element.clientHeight + 1)
  }
  const scrollsOrHides = '[class*="visually-hidden"], [class*="sr-status"], .nhsuk-skip-link, .app-table-scroll'
  const isBeyond = element => {
    const { left, right } = element.getBoundingClientRect()
    return right > innerWidth + 1 || left < -1
  }
  return [...document.querySelectorAll('body *')]
    .filter(element => element.checkVisibility() && element.textContent.trim())
    .filter(element => !element.closest(scrollsOrHides))
    .filter(element => isOver(element) || isBeyond(element))
    .map(element => `${element.tagName}.${element.className}: ${element.textContent.trim().slice(0, 60)}`)
}"""


def small_targets(page: Page) -> list[str]:
    """Controls below 24 by 24 that stand neither in a sentence nor alone in that much room (WCAG 2.2, 2.5.8).

    A radio counts with its label.
    """
    found: list[str] = page.evaluate(_SMALL, SMALLEST)
    return found


def cut_off(page: Page) -> list[str]:
    """Text that its box hides a part of, or that leaves the window (WCAG 2.2, 1.4.4 and 1.4.12)."""
    found: list[str] = page.evaluate(_CUT_OFF)
    return found


def read_with(page: Page, css: str) -> None:
    """A style sheet as a reader's own, in place of any before: the content security policy lets no page bring one.

    The menu in the header measures itself when the window changes, as it would when the page is opened with the style.
    """
    page.evaluate(
        """async css => {
          const sheet = new CSSStyleSheet()
          sheet.replaceSync(css)
          document.adoptedStyleSheets = [sheet]
          window.dispatchEvent(new Event('resize'))
          await new Promise(done => requestAnimationFrame(() => requestAnimationFrame(done)))
        }""",
        css,
    )
