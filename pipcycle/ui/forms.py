"""The sign-in forms with labels instead of placeholders."""

from typing import Any

from allauth.account import forms as account_forms
from django import forms
from django.utils.translation import gettext_lazy as _


def remove_placeholders(form: forms.Form) -> None:
    """Take the placeholders away: the label stands above the control and stays while one types."""
    for field in form.fields.values():
        field.widget.attrs.pop("placeholder", None)


class SignInForm(account_forms.LoginForm):  # type: ignore[misc]  # the package has no types
    """E-mail and password."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        remove_placeholders(self)
        self.fields["login"].label = _("E-mail address")
        self.fields["password"].help_text = ""


class PasswordResetForm(account_forms.ResetPasswordForm):  # type: ignore[misc]  # likewise
    """The address a reset link goes to."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        remove_placeholders(self)
        self.fields["email"].label = _("E-mail address")


class NewPasswordForm(account_forms.ResetPasswordKeyForm):  # type: ignore[misc]  # likewise
    """The new password, twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        remove_placeholders(self)


class ChangePasswordForm(account_forms.ChangePasswordForm):  # type: ignore[misc]  # likewise
    """The password now and the new one, twice."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        remove_placeholders(self)
