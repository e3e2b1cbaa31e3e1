"""What is typed at the door."""

from typing import Any

from django import forms
from django.contrib.admin.forms import AdminAuthenticationForm
from django.contrib.auth.models import User
from django.contrib.auth.signals import user_login_failed
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _


class SignInForm(AdminAuthenticationForm):
    """Name and password; an account that may not come in here counts as a wrong guess like any other."""

    def confirm_login_allowed(self, user: User) -> None:
        """Refuse who is no staff, and count it: else the counting would tell that the password was right."""
        try:
            super().confirm_login_allowed(user)
        except ValidationError:
            user_login_failed.send(__name__, credentials={"username": user.get_username()}, request=self.request)
            raise


class CodeForm(forms.Form):
    """A code of the phone, or a recovery code."""

    code = forms.CharField(label=_("Code"), max_length=60)

    def __init__(self, *args: Any, phone_only: bool = False, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["code"]
        # Numbers come first on a phone's keyboard; a recovery code has letters, so the keyboard must be able to change.
        field.widget.attrs |= {
            "autocomplete": "one-time-code",
            "autocapitalize": "none",
            "spellcheck": "false",
            "inputmode": "numeric" if phone_only else "text",
            "autofocus": True,
        }


class PasswordForm(forms.Form):
    """The own password, once more."""

    password = forms.CharField(
        label=_("Your password"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password", "autofocus": True}),
    )
