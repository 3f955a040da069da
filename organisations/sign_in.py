"""How allauth signs people in here: an e-mailed code, for people that the portal already knows."""

from typing import Any

from allauth.account.adapter import DefaultAccountAdapter
from django.http import HttpRequest

from organisations.mail import mail_context


class AccountAdapter(DefaultAccountAdapter):
    def is_open_for_signup(self, request: HttpRequest) -> bool:
        """Nobody makes an account by signing in: a seat comes first."""
        return False

    def send_mail(self, template_prefix: str, email: str, context: dict[str, Any]) -> None:
        """Send without the links that allauth offers for signing up, which this portal does not have."""
        context.pop("signup_url", None)
        super().send_mail(template_prefix, email, mail_context(email) | context)
