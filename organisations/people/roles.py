"""Roles and yes or no, as people write them in a list."""

import re

from organisations.choices import SeatRole

# Associate non-executives are left out on purpose: whether they are counted as members differs between boards.
SYNONYMS: dict[SeatRole, tuple[str, ...]] = {
    SeatRole.CHAIR: ("chairman", "chairwoman", "chairperson", "trust chair", "board chair", "icb chair"),
    SeatRole.NON_EXECUTIVE: (
        "ned",
        "non executive",
        "nonexecutive",
        "nonexecutive director",
        "non exec",
        "non exec director",
        "non executive member",
        "deputy chair",
        "vice chair",
        "senior independent director",
        "sid",
    ),
    SeatRole.CHIEF_EXECUTIVE: ("ceo", "chief exec", "chief executive officer", "accountable officer"),
    SeatRole.EXECUTIVE: (
        "executive",
        "exec",
        "exec director",
        "executive member",
        "finance director",
        "director of finance",
        "chief finance officer",
        "chief financial officer",
        "cfo",
        "medical director",
        "chief medical officer",
        "cmo",
        "chief nurse",
        "chief nursing officer",
        "cno",
        "director of nursing",
        "chief operating officer",
        "coo",
        "chief information officer",
        "cio",
        "chief digital officer",
        "cdo",
        "chief digital and information officer",
        "cdio",
        "chief people officer",
        "cpo",
    ),
    SeatRole.PARTNER: ("partner", "icb partner member"),
    SeatRole.ATTENDEE: ("attendee", "other", "in attendance", "observer"),
}
YES = frozenset({"yes", "y", "true", "1", "x", "lead", "digital lead"})
NO = frozenset({"no", "n", "false", "0"})


def plain(words: str) -> str:
    """Lower case, with one space for whatever stands between the words: "Non-Executive" → "non executive"."""
    return " ".join(re.findall(r"[^\W_]+", words.casefold()))


ROLES = {plain(role.label): role for role in SeatRole} | {
    words: role for role, synonyms in SYNONYMS.items() for words in synonyms
}


def role_meant(words: str) -> SeatRole | None:
    """The role that `words` stand for; None when they stand for none that the portal knows."""
    return ROLES.get(plain(words))


def yes_meant(words: str) -> bool | None:
    """True for yes, False for no; None when nothing is said. Raises ValueError for anything else."""
    said = plain(words)
    if not said:
        return None
    if said not in YES | NO:
        raise ValueError(words)
    return said in YES
