"""Organizations, users and their memberships."""

from typing import Any, ClassVar

from django.contrib.auth.base_user import AbstractBaseUser, BaseUserManager
from django.contrib.auth.models import PermissionsMixin
from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.urls import reverse
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from people.enums import Role
from pipcycle.tenancy.history import track_history
from pipcycle.tenancy.models import TenantModel


class Organization(models.Model):
    """The tenant."""

    name = models.CharField(_("name"), max_length=200)
    slug = models.SlugField(_("short name"), max_length=50, unique=True)
    country = models.CharField(_("country"), max_length=2, default="US")
    time_zone = models.CharField(_("time zone"), max_length=64, default="UTC")
    is_active = models.BooleanField(_("active"), default=True)
    is_demo = models.BooleanField(_("demo"), default=False, editable=False)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta:
        ordering: ClassVar[list[str]] = ["name"]
        verbose_name = _("organization")
        verbose_name_plural = _("organizations")

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        """Return the home page of the organization."""
        return reverse("reminders:home", kwargs={"organization_slug": self.slug})


class UserManager(BaseUserManager["User"]):
    """Users are known by their e-mail address."""

    def create_user(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Create a user; the address is kept in lower case. Raises ValueError without an address."""
        if not email:
            message = "A user needs an e-mail address."
            raise ValueError(message)
        user = self.model(email=email.strip().lower(), **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def create_superuser(self, email: str, password: str | None = None, **fields: Any) -> "User":
        """Create an operator: platform rights, no tenant content."""
        return self.create_user(email, password, is_staff=True, is_superuser=True, **fields)

    def get_by_natural_key(self, username: str | None) -> "User":
        """Return the user by e-mail address, whatever its case."""
        return self.get(email=(username or "").strip().lower())


class User(AbstractBaseUser, PermissionsMixin):  # type: ignore[django-manager-missing]  # tenant managers are untyped
    """A person who signs in; may have memberships in several organizations."""

    email = models.EmailField(_("e-mail address"), unique=True)
    full_name = models.CharField(_("name"), max_length=200, blank=True)
    is_staff = models.BooleanField(_("operator"), default=False)
    is_active = models.BooleanField(_("active"), default=True)
    date_joined = models.DateTimeField(default=timezone.now, editable=False)

    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS: ClassVar[list[str]] = []

    objects: ClassVar[UserManager] = UserManager()

    class Meta:
        verbose_name = _("user")
        verbose_name_plural = _("users")

    def __str__(self) -> str:
        return self.full_name or self.email

    def get_full_name(self) -> str:
        """Return the name, or the address where none is known."""
        return str(self)


@track_history()
class Membership(TenantModel):
    """A user's place in one organization, with the roles held there.

    A guest is somebody from outside, under the name they were asked in by; the place opens nothing by itself.
    """

    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="memberships", verbose_name=_("user"))
    roles = ArrayField(
        models.CharField(max_length=20, choices=Role.choices), default=list, blank=True, verbose_name=_("roles")
    )
    guest_name = models.CharField(_("name as a guest"), max_length=200, blank=True, editable=False)
    is_active = models.BooleanField(_("active"), default=True)
    created_at = models.DateTimeField(auto_now_add=True)

    class Meta(TenantModel.Meta):
        verbose_name = _("membership")
        verbose_name_plural = _("memberships")
        constraints: ClassVar[list[Any]] = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(fields=["organization", "user"], name="people_membership_once_per_user"),
            models.CheckConstraint(
                condition=models.Q(roles__contained_by=Role.values), name="people_membership_known_roles"
            ),
            models.CheckConstraint(
                condition=models.Q(guest_name="") | models.Q(roles=[]), name="people_membership_guest_holds_no_role"
            ),
        ]

    def __str__(self) -> str:
        return self.guest_name or str(self.user)

    @property
    def is_guest(self) -> bool:
        """Whether the person is from outside and was asked in to read something."""
        return bool(self.guest_name)

    def has_role(self, *roles: Role) -> bool:
        """Return whether the membership is active and holds any of the roles."""
        return self.is_active and any(role.value in self.roles for role in roles)


class PartnerScope(TenantModel):
    """A department an HR partner serves; a partner without any serves the whole organization."""

    membership = models.ForeignKey(Membership, on_delete=models.CASCADE, related_name="partner_scopes")
    department = models.ForeignKey("people.Department", on_delete=models.CASCADE, related_name="+")

    class Meta(TenantModel.Meta):
        verbose_name = _("HR partner's department")
        verbose_name_plural = _("HR partners' departments")
        constraints: ClassVar[list[Any]] = [
            *TenantModel.Meta.constraints,
            models.UniqueConstraint(
                fields=["organization", "membership", "department"], name="people_partnerscope_once"
            ),
        ]

    def __str__(self) -> str:
        return str(self.department)
