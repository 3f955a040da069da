"""Signing in, second factors and sessions. Names with `account_` or `mfa_` are the ones that allauth looks for."""

from allauth.account import views as account
from allauth.mfa.recovery_codes import views as recovery_codes
from allauth.mfa.totp import views as totp
from allauth.mfa.webauthn import views as webauthn
from django.contrib.auth.decorators import login_not_required
from django.urls import URLPattern, path, reverse_lazy
from django.views.generic import TemplateView

from organisations.sign_in import forms, views

ask_for_code = views.AskForCode.as_view(form_class=forms.AskForCodeForm)
confirm = views.Confirm.as_view(form_class=forms.ConfirmForm)

urlpatterns: list[URLPattern] = [
    path("sign-in/", ask_for_code, name="sign_in"),
    path("sign-in/", ask_for_code, name="account_request_login_code"),
    path("sign-in/", ask_for_code, name="account_login"),
    path("sign-in/", ask_for_code, name="account_signup"),
    path("sign-in/code/", views.EnterCode.as_view(form_class=forms.CodeForm), name="account_confirm_login_code"),
    path(
        "sign-in/second-step/",
        views.SecondStep.as_view(form_class=forms.SecondStepForm, webauthn_form_class=forms.PasskeySecondStepForm),
        name="mfa_authenticate",
    ),
    path(
        "sign-in/passkey/",
        webauthn.LoginWebAuthnView.as_view(form_class=forms.PasskeySignInForm),
        name="mfa_login_webauthn",
    ),
    path(
        "sign-in/not-active/",
        login_not_required(TemplateView.as_view(template_name="account/account_inactive.html")),
        name="account_inactive",
    ),
    path("sign-out/", account.logout, name="account_logout"),
    path("account/security/", views.AccountSecurity.as_view(), name="mfa_index"),
    path("account/security/confirm/", confirm, name="mfa_reauthenticate"),
    path("account/security/confirm/", confirm, name="account_reauthenticate"),
    path(
        "account/security/confirm/passkey/",
        views.ConfirmWithPasskey.as_view(form_class=forms.PasskeyConfirmForm),
        name="mfa_reauthenticate_webauthn",
    ),
    path("account/security/app/", views.SetUpApp.as_view(form_class=forms.SetUpAppForm), name="mfa_activate_totp"),
    path("account/security/app/remove/", totp.deactivate_totp, name="mfa_deactivate_totp"),
    path(
        "account/security/passkeys/add/",
        views.AddPasskey.as_view(form_class=forms.AddPasskeyForm),
        name="mfa_add_webauthn",
    ),
    path(
        "account/security/passkeys/<int:pk>/remove/",
        webauthn.RemoveWebAuthnView.as_view(success_url=reverse_lazy("mfa_index")),
        name="mfa_remove_webauthn",
    ),
    path("account/security/recovery-codes/", recovery_codes.view_recovery_codes, name="mfa_view_recovery_codes"),
    path(
        "account/security/recovery-codes/new/",
        recovery_codes.generate_recovery_codes,
        name="mfa_generate_recovery_codes",
    ),
    path(
        "account/security/recovery-codes/file/",
        recovery_codes.download_recovery_codes,
        name="mfa_download_recovery_codes",
    ),
    path("account/sessions/", views.sessions, name="usersessions_list"),
    path("account/session/", views.session_left, name="session_left"),
]
