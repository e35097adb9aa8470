"""The administration of people: HR admins their organization, HR analysts the demographics, operators the platform."""

from typing import Any

from allauth.account.models import EmailAddress, EmailConfirmation
from django.contrib import admin, messages
from django.contrib.auth.models import Group
from django.db.models import QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from people.admin_forms import EmployeeForm, InvitationForm, MembershipForm, OrganizationForm
from people.enums import EmployeeStatus, Role
from people.models import (
    AccessRecord,
    Competency,
    Department,
    Employee,
    EmployeeDemographics,
    JobCompetency,
    JobDescription,
    Location,
    Membership,
    Organization,
    PartnerScope,
    Responsibility,
    User,
)
from people.services.accounts import change_roles, end_access, invite_member, restore_access, send_invitation
from people.services.employees import change_manager, create_employee
from people.services.organizations import invite_first_administrator
from pipcycle.admin_site import HR_ANALYST
from pipcycle.errors import DomainError
from pipcycle.tenancy.admin import OperatorModelAdmin, TenantInline, TenantModelAdmin

for unused in (Group, EmailAddress, EmailConfirmation):
    if admin.site.is_registered(unused):
        admin.site.unregister(unused)


@admin.register(Department)
class NamedAdmin(TenantModelAdmin):
    """Departments: a name that is unique, refused to go while it is used."""

    search_fields = ("name",)


class ResponsibilityInline(TenantInline):
    """What a job answers for."""

    model = Responsibility


class JobCompetencyInline(TenantInline):
    """What a job asks."""

    model = JobCompetency
    autocomplete_fields = ("competency",)


@admin.register(JobDescription)
class JobDescriptionAdmin(NamedAdmin):
    """Job descriptions with all that is in them; refused to go while somebody has the job."""

    inlines = (ResponsibilityInline, JobCompetencyInline)


@admin.register(Competency)
class CompetencyAdmin(NamedAdmin):
    """Competencies; refused to go while a job asks for one or somebody was rated in it."""

    list_display = ("name", "description")


@admin.register(Location)
class LocationAdmin(TenantModelAdmin):
    """Places of work."""

    list_display = ("name", "country", "subdivision", "time_zone")
    search_fields = ("name",)


@admin.register(Employee)
class EmployeeAdmin(TenantModelAdmin):
    """Employees. They are not deleted here: their records are kept as long as the retention says."""

    form = EmployeeForm
    may_delete = False
    list_display = ("full_name", "number", "department", "location", "manager", "status")
    list_filter = ("status", "department", "location")
    list_select_related = ("department", "location", "manager")
    search_fields = ("number", "given_name", "family_name", "email")
    autocomplete_fields = ("membership", "job_description", "department", "location", "manager")

    def save_model(self, request: HttpRequest, obj: Employee, form: Any, change: bool) -> None:  # noqa: FBT001  # Django's
        """Save through the services, which keep the reporting line and end the sign-in of who leaves."""
        member = request.member  # type: ignore[attr-defined]  # set by the tenant middleware
        if not change:
            facts = {name: value for name, value in form.cleaned_data.items() if name in _NEW_EMPLOYEE_FACTS}
            created = create_employee(actor=member, **facts)
            obj.pk = created.pk
        else:
            fields = [name for name in form.changed_data if name != "manager"]
            obj.save(update_fields=[*fields, "updated_at"])
            if "manager" in form.changed_data:
                change_manager(actor=member, employee=obj, manager=form.cleaned_data["manager"])
        if obj.status == EmployeeStatus.LEFT and obj.membership is not None:
            end_access(actor=member, membership=obj.membership)


_NEW_EMPLOYEE_FACTS = frozenset(EmployeeForm.Meta.fields) - {"left_on", "leaving_kind", "leaving_reason", "status"}


class PartnerScopeInline(TenantInline):
    """The departments an HR partner serves."""

    model = PartnerScope
    verbose_name_plural = _("departments served as HR partner (none: the whole organization)")


@admin.register(Membership)
class MembershipAdmin(TenantModelAdmin):
    """Members: invited by address, changed by role, never deleted."""

    may_delete = False
    list_display = ("user", "email", "roles_held", "is_active", "last_sign_in")
    list_filter = ("is_active",)
    list_select_related = ("user",)
    search_fields = ("user__email", "user__full_name")
    ordering = ("user__email",)
    inlines = (PartnerScopeInline,)
    actions = ("invite_again", "close_access", "reopen_access")

    @admin.display(description=_("E-mail address"), ordering="user__email")
    def email(self, obj: Membership) -> str:
        """Return the address."""
        return str(obj.user.email)

    @admin.display(description=_("Roles"))
    def roles_held(self, obj: Membership) -> str:
        """Return the roles in words."""
        if obj.is_guest:
            return gettext("Guest: %(name)s") % {"name": obj.guest_name}
        return ", ".join(str(Role(role).label) for role in obj.roles)

    @admin.display(description=_("Last sign-in"), ordering="user__last_login")
    def last_sign_in(self, obj: Membership) -> Any:
        """Return when the user signed in last."""
        return obj.user.last_login

    def get_form(self, request: HttpRequest, obj: Any = None, **kwargs: Any) -> Any:  # type: ignore[override]  # Django's
        """Invite a new member, change a known one."""
        kwargs["form"] = InvitationForm if obj is None else MembershipForm
        return super().get_form(request, obj, **kwargs)

    def get_inlines(self, request: HttpRequest, obj: Any) -> Any:
        """Departments are chosen once the member is known."""
        return self.inlines if obj is not None else ()

    def save_model(self, request: HttpRequest, obj: Membership, form: Any, change: bool) -> None:  # noqa: FBT001  # Django's
        """Save through the services."""
        actor = request.member  # type: ignore[attr-defined]  # set by the tenant middleware
        words = form.cleaned_data
        if not change:
            invited = invite_member(
                actor=actor,
                email=words["email"],
                full_name=words["full_name"],
                roles=words["roles"],
                employee=words["employee"],
            )
            obj.pk, obj.user = invited.pk, invited.user
            return
        change_roles(actor=actor, membership=obj, roles=words["roles"])
        if "is_active" in form.changed_data:
            (restore_access if words["is_active"] else end_access)(actor=actor, membership=obj)

    @admin.action(description=_("Send the invitation again"))
    def invite_again(self, request: HttpRequest, queryset: QuerySet[Membership]) -> None:
        """Send the chosen members their invitation."""
        for membership in queryset:
            send_invitation(actor=request.member, membership=membership)  # type: ignore[attr-defined]
        self.message_user(request, _("The invitations are on their way."), messages.SUCCESS)

    @admin.action(description=_("End access"))
    def close_access(self, request: HttpRequest, queryset: QuerySet[Membership]) -> None:
        """Close the organization to the chosen members."""
        for membership in queryset:
            try:
                end_access(actor=request.member, membership=membership)  # type: ignore[attr-defined]
            except DomainError as refusal:
                self.message_user(request, str(refusal), messages.ERROR)

    @admin.action(description=_("Restore access"))
    def reopen_access(self, request: HttpRequest, queryset: QuerySet[Membership]) -> None:
        """Open the organization to the chosen members again."""
        for membership in queryset:
            restore_access(actor=request.member, membership=membership)  # type: ignore[attr-defined]


@admin.register(AccessRecord)
class AccessRecordAdmin(TenantModelAdmin):
    """Who read what is confidential; only ever read."""

    is_read_only = True
    list_display = ("at", "member", "about_type", "about_id", "action")
    list_filter = ("about_type", "action")
    list_select_related = ("member__user",)
    date_hierarchy = "at"
    search_fields = ("about_id", "member__user__email")


@admin.register(EmployeeDemographics)
class EmployeeDemographicsAdmin(TenantModelAdmin):
    """Restricted facts for fairness figures: HR analysts only, by number and without a name."""

    roles = (HR_ANALYST,)
    is_read_only = True
    list_display = ("number", "gender", "ethnicity", "born_on")
    list_select_related = ("employee",)
    exclude = ("employee",)
    readonly_fields = ("number",)

    @admin.display(description=_("Employee number"), ordering="employee__number")
    def number(self, obj: EmployeeDemographics) -> str:
        """Return the employee's number."""
        return str(obj.employee.number)


@admin.register(Organization)
class OrganizationAdmin(OperatorModelAdmin):
    """The tenants, for the operator."""

    form = OrganizationForm
    list_display = ("name", "slug", "country", "time_zone", "is_active")
    search_fields = ("name", "slug")
    prepopulated_fields = {"slug": ("name",)}  # noqa: RUF012  # Django's form of it

    def save_model(self, request: HttpRequest, obj: Organization, form: Any, change: bool) -> None:  # noqa: FBT001  # Django's
        """Invite the first HR admin of a new organization."""
        super().save_model(request, obj, form, change)
        if not change:
            invite_first_administrator(organization=obj, email=form.cleaned_data["administrator_email"])


@admin.register(User)
class UserAdmin(OperatorModelAdmin):
    """The accounts, for the operator; which organizations they belong to is the organizations' own affair."""

    fields = ("email", "full_name", "is_active", "is_superuser", "last_login", "date_joined")
    readonly_fields = ("last_login", "date_joined")
    list_display = ("email", "full_name", "is_active", "is_superuser", "last_login")
    list_filter = ("is_active", "is_superuser")
    search_fields = ("email", "full_name")

    def has_add_permission(self, request: HttpRequest) -> bool:
        """Return False: accounts come from an invitation, operators from ``createsuperuser``."""
        return False
