"""Forms of the administration: what the services refuse is refused here, beside the field."""

from typing import TYPE_CHECKING, Any, cast

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext_lazy as _

from people.enums import Role
from people.models import Employee, Membership, Organization
from people.selectors.accounts import is_only_administrator
from people.services.reporting_lines import stands_above

if TYPE_CHECKING:
    EmployeeModelForm = forms.ModelForm[Employee]
    MembershipModelForm = forms.ModelForm[Membership]
    OrganizationModelForm = forms.ModelForm[Organization]
else:  # the class is generic in its stubs only
    EmployeeModelForm = MembershipModelForm = OrganizationModelForm = forms.ModelForm


class RolesField(forms.TypedMultipleChoiceField):
    """The roles of a membership as checkboxes; none at all is an employee or manager."""

    def __init__(self, **options: Any) -> None:
        super().__init__(
            choices=Role.choices, required=False, widget=forms.CheckboxSelectMultiple, label=_("Roles"), **options
        )


class InvitationForm(MembershipModelForm):
    """A new member, known by an address and nothing else."""

    email = forms.EmailField(label=_("E-mail address"))
    full_name = forms.CharField(label=_("Name"), max_length=200, required=False)
    roles = RolesField()
    employee = forms.ModelChoiceField(
        queryset=Employee.objects.none(), required=False, label=_("Employee"), help_text=_("Who this person is.")
    )

    class Meta:
        model = Membership
        fields = ("roles",)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = cast("forms.ModelChoiceField[Employee]", self.fields["employee"])
        field.queryset = Employee.objects.filter(membership__isnull=True)

    def clean_email(self) -> str:
        """Refuse an address that is a member already; a guest can become one."""
        email = str(self.cleaned_data["email"]).strip().lower()
        if Membership.objects.filter(user__email=email, guest_name="").exists():
            raise ValidationError(_("This address is already a member. Change their roles instead."))
        return email


class MembershipForm(MembershipModelForm):
    """The roles and the access of a member."""

    roles = RolesField()

    class Meta:
        model = Membership
        fields = ("roles", "is_active")

    def clean(self) -> dict[str, Any]:
        """Refuse a guest any role, and to leave the organization without an HR admin."""
        cleaned = super().clean() or self.cleaned_data
        if self.instance.is_guest and cleaned.get("roles"):
            self.add_error("roles", _("A guest holds no role. Invite the address to make it a member."))
        stays = cleaned.get("is_active") and Role.HR_ADMIN.value in cleaned.get("roles", [])
        if not stays and is_only_administrator(self.instance):
            raise ValidationError(
                _("%(name)s is the only HR admin. Make somebody else an HR admin first."),
                params={"name": str(self.instance)},
            )
        return cleaned


class EmployeeForm(EmployeeModelForm):
    """An employee; nobody may report to somebody below themself."""

    class Meta:
        model = Employee
        fields = (
            "number", "given_name", "family_name", "email", "membership", "job_description", "department",
            "location", "manager", "reported_manager", "hired_on", "left_on", "leaving_kind", "leaving_reason",
            "status", "last_rating", "last_reviewed_on",
        )  # fmt: skip

    def clean_membership(self) -> Membership | None:
        """Refuse a guest, who is employed by nobody here."""
        membership: Membership | None = self.cleaned_data["membership"]
        if membership is not None and membership.is_guest:
            raise ValidationError(_("This person is a guest. Invite the address to make it a member."))
        return membership

    def clean_manager(self) -> Employee | None:
        """Refuse a circle."""
        manager: Employee | None = self.cleaned_data["manager"]
        if manager is not None and self.instance.pk and stands_above(self.instance, manager):
            raise ValidationError(
                _("%(manager)s reports to %(employee)s, so this would be a circle. Choose somebody else."),
                params={"manager": manager.full_name, "employee": self.instance.full_name},
            )
        return manager


class OrganizationForm(OrganizationModelForm):
    """An organization; a new one starts with an HR admin who is invited."""

    administrator_email = forms.EmailField(
        label=_("E-mail address of the first HR admin"), help_text=_("Gets an invitation to choose a password.")
    )

    class Meta:
        model = Organization
        fields = ("name", "slug", "country", "time_zone", "is_active")

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if self.instance.pk:
            del self.fields["administrator_email"]
