"""Who is let in through single sign-on: people who are here already, and only as themselves."""

from dataclasses import dataclass

from allauth.socialaccount.models import SocialAccount
from django.db import transaction

from organisations import sign_in_audit
from organisations.models import User
from organisations.models.user import UserManager
from organisations.permissions import current_seats

from .refusals import Refusal, Refused


@dataclass(frozen=True, slots=True)
class Identity:
    """What the provider says of a person. `issuer` and `subject` together never belong to anybody else."""

    issuer: str
    subject: str
    email: str  # confirmed by the provider; "" where it confirmed none


@transaction.atomic
def let_in(identity: Identity) -> tuple[User, SocialAccount]:
    """Find the person, and link them to the identity when they come with it for the first time.

    Once linked, the subject alone counts: what becomes of the e-mail address at the provider no longer matters.
    Creates no person. Raises Refused.
    """
    link = SocialAccount.objects.select_related("user").filter(provider=identity.issuer, uid=identity.subject).first()
    person = link.user if link else _person_with_address_of(identity)
    _check_may_enter(person)
    return person, link or _link(person, identity)


def _person_with_address_of(identity: Identity) -> User:
    if not identity.email:
        raise Refused(Refusal.UNCONFIRMED)
    # Locked, so that two identities with the same address cannot both be the first.
    person = User.objects.select_for_update().filter(email=UserManager.normalise(identity.email)).first()
    if person is None:
        raise Refused(Refusal.UNKNOWN, identity.email)
    others = SocialAccount.objects.filter(user=person, provider=identity.issuer).exclude(uid=identity.subject)
    if others.exists():
        raise Refused(Refusal.OTHER_ACCOUNT, identity.email)
    return person


def _check_may_enter(person: User) -> None:
    if not person.is_active:
        raise Refused(Refusal.SWITCHED_OFF)
    if not person.is_staff and not current_seats(person).exists():
        raise Refused(Refusal.NO_SEAT)


def _link(person: User, identity: Identity) -> SocialAccount:
    link, new = SocialAccount.objects.get_or_create(
        provider=identity.issuer, uid=identity.subject, defaults={"user": person}
    )
    if new:
        sign_in_audit.single_sign_on_linked(person)
    return link
