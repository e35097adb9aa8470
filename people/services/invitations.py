"""The mail that tells a new member how to sign in."""

from allauth.account.forms import default_token_generator
from allauth.account.utils import user_pk_to_url_str
from django.core.mail import EmailMultiAlternatives
from django.template.loader import render_to_string
from django.urls import reverse
from django.utils.translation import gettext as _

from people.addresses import absolute_url
from people.models import Membership


def write_invitation(membership: Membership) -> EmailMultiAlternatives:
    """Return the invitation; its link sets the first password, or leads to the sign-in of an existing account."""
    user = membership.user
    is_new = not user.has_usable_password()
    if is_new:
        path = reverse(
            "account_reset_password_from_key",
            kwargs={"uidb36": user_pk_to_url_str(user), "key": default_token_generator.make_token(user)},
        )
    else:
        path = reverse("account_login")
    context = {
        "organization": membership.organization,
        "address": absolute_url(path),
        "again": absolute_url(reverse("account_reset_password")),
        "is_new": is_new,
        "is_guest": membership.is_guest,
    }
    message = EmailMultiAlternatives(
        subject=_("Your access to %(organization)s") % {"organization": membership.organization.name},
        body=render_to_string("people/email/invitation.txt", context),
        to=[user.email],
    )
    message.attach_alternative(render_to_string("people/email/invitation.html", context), "text/html")
    return message
