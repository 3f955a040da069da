"""Taking a former member out of the portal, while what the board said together stays: docs/PERSONAL-DATA.md.

Answers and comments stay: they are part of the board's result, and from here on they belong to nobody.
"""

from dataclasses import dataclass

from django.contrib.admin.models import LogEntry
from django.contrib.contenttypes.models import ContentType
from django.contrib.sessions.backends.db import SessionStore
from django.contrib.sessions.models import Session
from django.db import transaction
from django.db.models import Model, Q, QuerySet
from django.utils import timezone

from organisations.audit import record
from organisations.choices import AuditedEvent
from organisations.models import Organisation, User
from organisations.models.user import ANONYMISED_DOMAIN
from organisations.redaction import forget_addresses, redact_admin_log, redact_trail
from organisations.signals import person_anonymised

SHARED_NAME = "(name removed)"


class StillHere(Exception):
    """The person holds a seat now or later, or is a content admin."""


@dataclass(frozen=True, slots=True)
class Anonymised:
    """What was done to one person, in numbers; the words are for whoever runs the command."""

    pseudonym: str
    removed: dict[str, int]  # what kind of thing → how many


def is_anonymised(person: User) -> bool:
    """Whether nothing is left that says who it was."""
    return person.email.endswith(f"@{ANONYMISED_DOMAIN}")


def why_not_anonymise(person: User) -> str | None:
    """The reason, in words, for which this person cannot be anonymised; None if they can."""
    if person.is_staff or person.is_superuser:
        return f"{person.name} is a content admin. Take that away first, in the admin."
    today = timezone.localdate()
    seat = person.seats.filter(Q(ends_on=None) | Q(ends_on__gte=today)).select_related("organisation").first()
    if seat:
        return f"{person.name} holds a seat on the board of {seat.organisation}. End it first."
    return None


@transaction.atomic
def anonymise(*, person: User, by: User | None = None) -> Anonymised:
    """Replace name and address by "Former member n", switch access off, and delete all that signs the person in.

    Lines of the audit trail keep when and what, under the pseudonym. Doing it twice changes nothing more.
    Raises StillHere when the person holds a seat or is a content admin.
    """
    person = User.objects.select_for_update().get(pk=person.pk)
    if reason := why_not_anonymise(person):
        raise StillHere(reason)
    pseudonym = f"Former member {person.pk}"
    if is_anonymised(person):
        return Anonymised(pseudonym, {})
    words = names_of(person)
    shown = SHARED_NAME if _is_shared(person.name, person) else pseudonym
    removed = delete_ways_in(person)
    for account in (person, *person.merged.all()):
        _rename(account, f"Former member {account.pk}")
    person_anonymised.send(User, person=person, removed=removed)
    removed["lines of the audit trail with the name"] = redact_trail(words, shown)
    removed["network addresses in the audit trail"] = forget_addresses(Q(by=person))
    removed["entries of the admin's log with the name"] = redact_admin_log(words, shown)
    _record(person, pseudonym, by)
    return Anonymised(pseudonym, {kind: number for kind, number in removed.items() if number})


def names_of(person: User) -> set[str]:
    """Every name and address that this person has, or had while an admin changed something about them.

    Those of accounts that were merged into this one are among them.
    """
    content_type = ContentType.objects.get_for_model(User)
    accounts = [person, *person.merged.all()]
    keys = [str(account.pk) for account in accounts]
    logged = LogEntry.objects.filter(content_type=content_type, object_id__in=keys)
    words = {word for account in accounts for word in (account.name, account.email)}
    words.update(logged.values_list("object_repr", flat=True))
    for rows in ways_in(person):
        if any(field.name == "email" for field in rows.model._meta.fields):
            words.update(rows.values_list("email", flat=True))
    return {word.strip() for word in words if word.strip()}


def ways_in(person: User) -> list[QuerySet[Model]]:
    """Rows of django-allauth about this person: addresses, second factors, sign-in providers, sessions.

    Found through the foreign keys that point at people, so that a part of allauth added later is not forgotten.
    """
    return [
        relation.related_model._default_manager.filter(**{relation.field.name: person})
        for relation in User._meta.related_objects
        if isinstance(relation.related_model, type) and relation.related_model.__module__.startswith("allauth.")
    ]


def sessions_of(person: User) -> list[str]:
    """The keys of this person's sessions; each has to be opened to see whose it is."""
    rows = Session.objects.iterator()
    return [row.pk for row in rows if SessionStore().decode(row.session_data).get("_auth_user_id") == str(person.pk)]


def _is_shared(name: str, person: User) -> bool:
    """Somebody else has the same name, so a line that holds it may be about them."""
    others = User.objects.exclude(Q(pk=person.pk) | Q(merged_into=person)).values_list("name", flat=True)
    return name.casefold() in {other.casefold() for other in others}


def delete_ways_in(person: User) -> dict[str, int]:
    """Delete all that signs this person in; gives what kind of thing → how many."""
    removed = {str(rows.model._meta.verbose_name_plural): rows.delete()[0] for rows in ways_in(person)}
    removed["sessions"] = Session.objects.filter(pk__in=sessions_of(person)).delete()[0]
    return removed


def _rename(person: User, pseudonym: str) -> None:
    person.name, person.email = pseudonym, f"{pseudonym.lower().replace(' ', '-')}@{ANONYMISED_DOMAIN}"
    person.is_active, person.last_login = False, None
    person.set_unusable_password()
    person.save()
    person.groups.clear()
    person.user_permissions.clear()


def _record(person: User, pseudonym: str, by: User | None) -> None:
    boards: list[Organisation | None] = [*Organisation.objects.filter(seats__person=person).distinct()]
    for organisation in boards or [None]:
        record(AuditedEvent.PERSON_ANONYMISED, organisation=organisation, by=by, subject=pseudonym)
