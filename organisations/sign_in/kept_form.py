"""What somebody had typed when their session ran out, kept while they sign in again.

A form that must not be lost carries a mark, which proves that its page was made for that person. Sent without a
session, what was changed in it is kept in the new one; the page finds it there once the same person has signed in.
"""

import time
from dataclasses import dataclass
from typing import Any

from django.core import signing
from django.http import HttpRequest, QueryDict

from organisations.models import User

MARK, KEPT = "page_mark", "kept_form"
SHOWN = "initial-"  # how Django names what a field showed when its page was made
LARGEST = 1_000_000  # characters; the longest section with every box full is shorter
MOST_PAGES = 20
SALT = "kept form"


@dataclass(frozen=True, slots=True)
class KeptForm:
    """What was sent to a page by whoever had been signed out, and when, in milliseconds since 1970."""

    posted: QueryDict
    at: int


def mark_for(user: User, path: str) -> str:
    """The mark for the page at `path`, as made for `user`."""
    return signing.dumps([user.pk, path], salt=SALT)


def keep(request: HttpRequest) -> None:
    """Keep a form that was sent without a session, if it carries its own page's mark."""
    try:
        person_id, path = signing.loads(request.POST.get(MARK, ""), salt=SALT)
    except signing.BadSignature:
        return
    text = _changed(request.POST).urlencode()
    forms = request.session.get(KEPT, {})
    if path == request.path and len(text) <= LARGEST and len(forms) < MOST_PAGES:
        entry = {"person": person_id, "posted": text, "at": int(time.time() * 1000)}
        request.session[KEPT] = forms | {path: entry}


def _changed(posted: QueryDict) -> QueryDict:
    """The fields that no longer held what they had shown, each with what that was."""
    changed = QueryDict(mutable=True)
    for name in posted:
        value = posted.get(name, "")
        shown = posted.get(f"{SHOWN}{name}")
        if shown is not None and _plain(value) != _plain(shown):
            changed[name], changed[f"{SHOWN}{name}"] = value, shown
    return changed


def _plain(value: object) -> str:
    return str(value).replace("\r\n", "\n")


def kept(request: HttpRequest) -> KeptForm | None:
    """What this person had sent to this page when they were signed out; None when there is nothing."""
    found = request.session.get(KEPT, {}).get(request.path)
    if not found or found["person"] != request.user.pk or not found["posted"]:
        return None
    return KeptForm(QueryDict(found["posted"]), found["at"])


def let_go(request: HttpRequest, path: str) -> None:
    """What was kept for the page at `path` has been saved."""
    forms = request.session.get(KEPT, {})
    if path in forms:
        request.session[KEPT] = {other: entry for other, entry in forms.items() if other != path}


def let_go_of_others(sender: object, request: HttpRequest, user: User, **signal: Any) -> None:
    """Receiver of Django's signal that somebody signed in: what another person had typed goes."""
    if forms := request.session.get(KEPT):
        request.session[KEPT] = {path: entry for path, entry in forms.items() if entry["person"] == user.pk}
