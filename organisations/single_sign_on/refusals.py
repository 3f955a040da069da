"""Why somebody who came from the provider is not let in, in words that say what to do next."""

from enum import Enum
from typing import NamedTuple


class Words(NamedTuple):
    status: int
    heading: str
    text: str  # {provider} and {email} are filled in; {email} only where the provider has confirmed it
    advice: str


CODE = "You can sign in with a code sent to your work e-mail address instead."
TRY_AGAIN = f"Go back and try again. {CODE}"


class Refusal(Enum):
    CANCELLED = Words(
        200,
        "You have not signed in",
        "You stopped before {provider} had signed you in.",
        TRY_AGAIN,
    )
    LOST = Words(
        400,
        "We could not finish signing you in",
        "Signing in took longer than ten minutes, was started in another browser, or this page was opened twice.",
        TRY_AGAIN,
    )
    FAILED = Words(
        502,
        "{provider} could not sign you in",
        "{provider} did not answer, or gave an answer that we could not accept. Nothing has been changed.",
        TRY_AGAIN,
    )
    UNCONFIRMED = Words(
        403,
        "We cannot tell who you are",
        "{provider} signed you in, but did not confirm an e-mail address for you. We find people by that address.",
        f"Ask the help desk of {{provider}} about it. {CODE}",
    )
    UNKNOWN = Words(
        403,
        "You do not have access",
        "{provider} says that your e-mail address is {email}. It does not belong to anybody on a board here.",
        "Ask your board's digital lead to add you with this address, or to tell you which one they used.",
    )
    NO_SEAT = Words(
        403,
        "You do not have access",
        "You do not hold a seat on any board here today.",
        "Ask your board's digital lead when your seat starts, or whether it has ended.",
    )
    SWITCHED_OFF = Words(
        403,
        "You cannot sign in",
        "Your access to the portal has been switched off.",
        "Please ask your board's digital lead.",
    )
    OTHER_ACCOUNT = Words(
        403,
        "This is not the account that you used before",
        "{email} was first used here with another account at {provider}. To keep somebody who is given an old "
        "address out of your answers, we do not accept a second account for it.",
        f"If {{provider}} gave you a new account, ask the people who run this portal to remove the old link. {CODE}",
    )


class Refused(Exception):
    """Somebody came from the provider and is not let in. `email` is an address that the provider confirmed, or ""."""

    def __init__(self, refusal: Refusal, email: str = "") -> None:
        super().__init__(refusal.name)
        self.refusal, self.email = refusal, email
