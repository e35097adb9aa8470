"""The administration of reminders: the organization's own offsets, and the mail on its way out."""

from typing import TYPE_CHECKING

from django import forms
from django.contrib import admin
from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

from pipcycle.tenancy.admin import TenantModelAdmin
from reminders.models import OutboxMessage, ReminderPolicy
from reminders.registry import registered_kinds

if TYPE_CHECKING:
    PolicyModelForm = forms.ModelForm[ReminderPolicy]
else:  # the class is generic in its stubs only
    PolicyModelForm = forms.ModelForm


def _kind_choices() -> list[tuple[str, str | Promise]]:
    return [(kind.key, kind.title) for kind in registered_kinds()]


class ReminderPolicyForm(PolicyModelForm):
    """A policy for one of the kinds the rooms have registered."""

    kind = forms.ChoiceField(choices=_kind_choices, label=_("Kind"))

    class Meta:
        model = ReminderPolicy
        fields = ("kind", "offsets", "escalate_after_days", "is_enabled")


@admin.register(ReminderPolicy)
class ReminderPolicyAdmin(TenantModelAdmin):
    """The days on which reminders are sent; without a row the kind's own hold."""

    form = ReminderPolicyForm
    list_display = ("kind", "offsets", "escalate_after_days", "is_enabled")
    ordering = ("kind",)


@admin.register(OutboxMessage)
class OutboxMessageAdmin(TenantModelAdmin):
    """The mail on its way out, to find what could not be delivered; never its text."""

    is_read_only = True
    list_display = ("created_at", "recipient", "subject", "status", "attempts", "sent_at")
    list_filter = ("status",)
    search_fields = ("recipient",)
    date_hierarchy = "created_at"
    fields = (
        "recipient", "subject", "status", "attempts", "next_attempt_at", "last_error", "created_at", "sent_at",
        "message_id",
    )  # fmt: skip
