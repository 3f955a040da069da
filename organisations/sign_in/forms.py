"""allauth's forms in the portal's words, and proof against whatever a browser may send."""

import json
import struct
from typing import Any

from allauth.account.adapter import get_adapter as account_adapter
from allauth.account.forms import ConfirmLoginCodeForm, RequestLoginCodeForm
from allauth.core import context, ratelimit
from allauth.mfa.base.forms import AuthenticateForm, ReauthenticateForm
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.forms import ActivateTOTPForm
from allauth.mfa.webauthn.forms import (
    AddWebAuthnForm,
    AuthenticateWebAuthnForm,
    LoginWebAuthnForm,
    ReauthenticateWebAuthnForm,
)
from crispy_forms.helper import FormHelper
from crispy_forms.layout import HTML, Layout, Submit
from django import forms
from django.core.cache import cache

from organisations.models import User
from organisations.models.user import UserManager

NO_PASSKEY = "The passkey could not be read. Try again, or use another way."
TOTP_SECONDS = 30
# What the JSON, CBOR and key parsers behind passkeys raise when somebody sends them nonsense.
NONSENSE = (ArithmeticError, AttributeError, LookupError, RecursionError, TypeError, ValueError, struct.error)


def _helper(button: str) -> FormHelper:
    crispy = FormHelper()
    crispy.add_input(Submit("save", button))
    return crispy


class AskForCodeForm(RequestLoginCodeForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["email"].error_messages |= {
            "required": "Enter your e-mail address.",
            "invalid": "Enter an e-mail address in the right form, such as name@trust.nhs.uk.",
        }

    def clean_email(self) -> str:
        """The address as it is stored. Only `User.email` signs in: an address given up is nobody's any more."""
        email = UserManager.normalise(self.cleaned_data["email"])
        if not ratelimit.consume(context.request, action="request_login_code", key=email):
            raise account_adapter().validation_error("too_many_login_attempts")
        self._user = User.objects.filter(email=email, is_active=True).first()
        return email


class CodeForm(ConfirmLoginCodeForm):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["code"].error_messages["required"] = "Enter the code from the mail."


class _AppCodeField(forms.Form):
    """The field for a code from an authenticator app, in our words."""

    label = "Code from your authenticator app"
    button = "Continue"

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["code"]
        field.label = self.label
        field.error_messages["required"] = "Enter the code."
        field.widget = forms.TextInput(
            attrs={"autocomplete": "one-time-code", "class": "nhsuk-input--width-10 nhsuk-input--code"}
        )
        self.helper = _helper(self.button)


class SetUpAppForm(_AppCodeField, ActivateTOTPForm):
    label = "Six digits that the app shows"
    button = "Save"


class _OnceOnly(_AppCodeField):
    """A code from the app is good for one use as long as the portal would take it, not only for its half minute."""

    label = "Code from your authenticator app, or a recovery code"

    def clean_code(self) -> str:
        code: str = super().clean_code()  # type: ignore[misc]
        authenticator: Authenticator = self.authenticator  # type: ignore[attr-defined]
        if authenticator.type == Authenticator.Type.TOTP:
            key = f"app-code-used:{authenticator.user_id}:{''.join(filter(str.isdigit, code))}"
            if not cache.add(key, True, timeout=3 * TOTP_SECONDS):
                raise account_adapter().validation_error("incorrect_code")
        return code


class SecondStepForm(_OnceOnly, AuthenticateForm):
    pass


class ConfirmForm(_OnceOnly, ReauthenticateForm):
    pass


class PasskeyAnswer(forms.JSONField):
    """What a browser says about a passkey. Nonsense in its place is a wrong answer, not a server error."""

    def __init__(self) -> None:
        messages = {"required": NO_PASSKEY, "invalid": NO_PASSKEY}
        super().__init__(widget=forms.HiddenInput, error_messages=messages)

    def to_python(self, value: Any) -> Any:
        try:
            return super().to_python(value)
        except NONSENSE as nonsense:
            raise forms.ValidationError(NO_PASSKEY, code="invalid") from nonsense

    def bound_data(self, data: Any, initial: Any) -> str:
        """An answer is good once, so it is not shown again."""
        return ""


class _Sturdy(forms.Form):
    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["credential"] = PasskeyAnswer()

    def clean_credential(self) -> Any:
        try:
            return super().clean_credential()  # type: ignore[misc]
        except NONSENSE as nonsense:
            raise forms.ValidationError(NO_PASSKEY, code="incorrect_code") from nonsense


class PasskeySignInForm(_Sturdy, LoginWebAuthnForm):
    pass


class PasskeySecondStepForm(_Sturdy, AuthenticateWebAuthnForm):
    pass


class PasskeyConfirmForm(_Sturdy, ReauthenticateWebAuthnForm):
    pass


class AddPasskeyForm(AddWebAuthnForm):
    """Always a passkey that can sign in by itself: it sits on the device and asks for a finger, a face or a PIN."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields.pop("passwordless", None)
        self.fields["name"] = forms.CharField(
            label="Name of the passkey",
            help_text="So that you can tell your devices apart, for example: my tablet.",
            max_length=60,
            required=False,
        )
        self.fields["credential"] = PasskeyAnswer()
        self.helper = _helper("Add a passkey")
        self.helper.layout = Layout("name", "credential", HTML('{% include "mfa/webauthn/problem.html" %}'))

    def offer(self, options: dict[str, Any]) -> None:
        """Hand the options of a new passkey to static/js/passkeys.mjs, which shows the form where it works."""
        self.helper.attrs = {"hidden": "", "data-passkey": "create", "data-passkey-options": json.dumps(options)}

    def clean(self) -> dict[str, Any]:
        self.cleaned_data["passwordless"] = True
        try:
            return dict(super().clean())
        except NONSENSE as nonsense:
            raise forms.ValidationError(NO_PASSKEY, code="incorrect_code") from nonsense
