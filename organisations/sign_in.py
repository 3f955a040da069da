"""How allauth signs people in here: an e-mailed code, for people that the portal already knows."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from organisations.sign_in_audit import code_asked_for

# What is sent when somebody asks for a code: to a person who can sign in, and to anybody else.
SIGN_IN_MAILS = ("account/email/login_code", "account/email/unknown_account")


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody makes an account by signing in: a seat comes first."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send without the links that allauth offers for signing up, which this portal does not have."""
        context.pop("signup_url", None)
        if template_prefix in SIGN_IN_MAILS:
            code_asked_for(self.request, email)
        super().send_mail(template_prefix, email, context)
