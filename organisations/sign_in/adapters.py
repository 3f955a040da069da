"""How allauth behaves here: people whom the portal already knows, plain words, secrets sealed."""

import base64
import hashlib
import time
from typing import Any

import qrcode
from allauth.account.adapter import DefaultAccountAdapter
from allauth.mfa.adapter import DefaultMFAAdapter
from allauth.mfa.models import Authenticator
from cryptography.fernet import Fernet, MultiFernet
from django.conf import settings
from django.contrib import messages
from django.contrib.auth.base_user import AbstractBaseUser
from django.http import HttpRequest, HttpResponse
from django.urls import reverse
from django.utils.html import format_html
from qrcode.image.svg import SvgPathImage

from organisations import sign_in_audit
from organisations.mail import mail_context
from organisations.sign_in import second_factor

# What is sent when somebody asks for a code: to a person who can sign in, and to anybody else.
SIGN_IN_MAILS = ("account/email/login_code", "account/email/unknown_account")
WRONG_CODE = "That code is not right. Check it and try again."

PASSKEY_OFFER = (
    'Next time without waiting for a mail: <a class="nhsuk-notification-banner__link" href="{}">add a passkey</a>.'
)


class AccountAdapter(DefaultAccountAdapter):
    error_messages = DefaultAccountAdapter.error_messages | {
        "incorrect_code": WRONG_CODE,
        # Shown after the last wrong code; lock-outs get a page of their own (organisations.sign_in.views.locked_out).
        "too_many_login_attempts": "That was the third wrong code, so it no longer works. Ask for a new one.",
    }

    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody makes an account by signing in: a seat comes first."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send without the links that allauth offers for signing up, which this portal does not have."""
        context.pop("signup_url", None)
        if template_prefix in SIGN_IN_MAILS:
            sign_in_audit.code_asked_for(self.request, email)
        super().send_mail(template_prefix, email, mail_context(email) | context)

    def post_login(self, request: HttpRequest, user: AbstractBaseUser, **how: Any) -> HttpResponse:
        """Offer a passkey to whoever has no second factor. Those who need one are sent to set it up instead."""
        response = super().post_login(request, user, **how)
        if not second_factor.is_set_up(request.user) and not second_factor.is_required(request.user):
            messages.info(request, format_html(PASSKEY_OFFER, reverse("mfa_add_webauthn")))
        return response

    def is_reauthentication_required(self, *, app: str, **kwargs: Any) -> bool:
        """Changing second factors needs one that was used in the last minutes, signing in included."""
        records = second_factor.records(self.request)
        lately = time.time() - settings.ACCOUNT_REAUTHENTICATION_TIMEOUT
        return second_factor.is_set_up(self.request.user) and not any(record["at"] > lately for record in records)


class SecondFactorAdapter(DefaultMFAAdapter):
    error_messages = DefaultMFAAdapter.error_messages | {"incorrect_code": WRONG_CODE}

    def encrypt(self, text: str) -> str:
        """Seal a secret before it is stored: a copy of the database alone lets nobody make codes."""
        return _seals().encrypt(text.encode()).decode()

    def decrypt(self, encrypted_text: str) -> str:
        return _seals().decrypt(encrypted_text.encode()).decode()

    def build_totp_svg(self, url: str) -> str:
        """The QR code as an <svg> element in the page: the content security policy allows no picture in an address."""
        return str(qrcode.make(url, image_factory=SvgPathImage).to_string(encoding="unicode"))

    def generate_authenticator_name(self, user: AbstractBaseUser, type: Authenticator.Type) -> str:
        """A first proposal for a passkey's name."""
        return f"Passkey {Authenticator.objects.filter(user_id=user.pk, type=type).count() + 1}"


def _seals() -> MultiFernet:
    """Keys derived from SECRET_KEY and the ones that it replaced: the first seals, all open."""
    keys = [settings.SECRET_KEY, *settings.SECRET_KEY_FALLBACKS]
    digests = [hashlib.sha256(f"second factor:{key}".encode()).digest() for key in keys]
    return MultiFernet([Fernet(base64.urlsafe_b64encode(digest)) for digest in digests])
