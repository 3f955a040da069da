"""What somebody had typed when their session ran out, kept while they sign in again.

A form that must not be lost carries a mark, which proves that its page was made for that person. Sent without a
session, such a form is kept in the new one; the page finds it there once the same person has signed in.
"""

from typing import Any

from django.core import signing
from django.http import HttpRequest, QueryDict

from organisations.models import User

MARK, KEPT = "page_mark", "kept_form"
LARGEST = 400_000  # characters; the longest section with every box full is shorter
SALT = "kept form"


def mark_for(user: User, path: str) -> str:
    """The mark for the page at `path`, as made for `user`."""
    return signing.dumps([user.pk, path], salt=SALT)


def keep(request: HttpRequest) -> None:
    """Keep a form that was sent without a session, if it carries its own page's mark."""
    try:
        person_id, path = signing.loads(request.POST.get(MARK, ""), salt=SALT)
    except signing.BadSignature:
        return
    posted = request.POST.copy()
    for name in (MARK, "csrfmiddlewaretoken"):
        posted.pop(name, None)
    text = posted.urlencode()
    if path == request.path and len(text) <= LARGEST:
        request.session[KEPT] = {"person": person_id, "path": path, "posted": text}


def kept(request: HttpRequest) -> QueryDict | None:
    """What this person had sent to this page when they were signed out; None when there is nothing."""
    found = request.session.get(KEPT)
    if not found or (found["person"], found["path"]) != (request.user.pk, request.path):
        return None
    return QueryDict(found["posted"])


def let_go(request: HttpRequest) -> None:
    """It has been saved."""
    request.session.pop(KEPT, None)


def let_go_of_others(sender: object, request: HttpRequest, user: User, **signal: Any) -> None:
    """Receiver of Django's signal that somebody signed in: what another person had typed goes."""
    if (found := request.session.get(KEPT)) and found["person"] != user.pk:
        let_go(request)
