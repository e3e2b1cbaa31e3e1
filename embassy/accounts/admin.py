"""Accounts and groups in the admin: the stock screens, with the second factor, and every change in the log."""

from typing import Any

from django.contrib import admin, messages
from django.contrib.auth.admin import GroupAdmin, UserAdmin
from django.contrib.auth.models import Group, Permission, User
from django.db.models import Exists, OuterRef, QuerySet
from django.http import HttpRequest
from django.utils.translation import gettext_lazy as _
from django.utils.translation import ngettext
from django_otp.plugins.otp_totp.admin import TOTPDeviceAdmin  # noqa: F401  it registers itself …
from django_otp.plugins.otp_totp.models import TOTPDevice

from embassy import moment
from embassy.accounts import factor, log_admin, sessions
from embassy.logged import LoggedAdmin

__all__ = ["AccountAdmin", "GroupsAdmin", "log_admin"]

# … and shows the phones' secrets.
admin.site.unregister(TOTPDevice)
admin.site.unregister([User, Group])

FLAGS = ("is_active", "is_staff", "is_superuser")


def name_of(permission: Permission) -> str:
    """Return the permission as code and log call it: `news.release_statement`."""
    return f"{permission.content_type.app_label}.{permission.codename}"


def rights_of(holder: Any) -> set[str]:
    """Return what an account or group may, each right by its name."""
    if isinstance(holder, Group):
        return {name_of(one) for one in holder.permissions.select_related("content_type")}
    own = {name_of(one) for one in holder.user_permissions.select_related("content_type")}
    return own | {f"group {one.name}" for one in holder.groups.all()} | {one for one in FLAGS if getattr(holder, one)}


class RightsAdmin(LoggedAdmin):
    """Writes into the log which rights came and went."""

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: FBT001
        """Remember the rights before the change."""
        obj.rights_before = rights_of(type(obj).objects.get(pk=obj.pk)) if change else set()
        super().save_model(request, obj, form, change)

    def logged_detail(self, obj: Any, fields: str) -> str:
        """Return the changed fields, then the rights that came and went."""
        # The page that sets a password saves no rights.
        now = rights_of(type(obj).objects.get(pk=obj.pk))
        before = getattr(obj, "rights_before", now)
        signs = [f"+ {one}" for one in sorted(now - before)] + [f"- {one}" for one in sorted(before - now)]
        return "\n".join(filter(None, [fields, *signs]))


@admin.register(User)
class AccountAdmin(RightsAdmin, UserAdmin):
    """Accounts: who has a second factor, who signed in last."""

    list_display = ("username", "first_name", "last_name", "group_names", "has_phone", "last_login", "is_active")
    list_filter = ("is_active", "is_superuser", "groups")
    actions = ("reset_second_factor",)

    def get_queryset(self, request: HttpRequest) -> QuerySet[User]:
        """Return the accounts, each with its groups and whether it has a phone."""
        phones = TOTPDevice.objects.filter(user=OuterRef("pk"), confirmed=True)
        accounts: QuerySet[User] = super().get_queryset(request)
        return accounts.prefetch_related("groups").annotate(has_phone=Exists(phones))

    @admin.display(description=_("groups"))
    def group_names(self, user: User) -> str:
        """Print the groups."""
        return ", ".join(group.name for group in user.groups.all())

    @admin.display(description=_("second factor"), boolean=True, ordering="has_phone")
    def has_phone(self, user: Any) -> bool:
        """Tell whether a phone is set up."""
        return bool(user.has_phone)

    def save_model(self, request: HttpRequest, obj: Any, form: Any, change: bool) -> None:  # noqa: FBT001
        """Save the account; one that is closed is out at once, and stays so if it is opened again."""
        super().save_model(request, obj, form, change)
        if not obj.is_active:
            sessions.end_all(obj)

    @admin.action(description=_("Reset the second factor: they set up a phone at the next sign-in"))
    def reset_second_factor(self, request: HttpRequest, queryset: QuerySet[User]) -> None:
        """Forget the phones and recovery codes of those who lost them."""
        for user in queryset:
            factor.reset(user, by=request.user, at=moment.now())  # type: ignore[arg-type]
        sentence = ngettext(
            "%(count)d second factor was reset. Set a new password too if the old one may be known.",
            "%(count)d second factors were reset. Set new passwords too if the old ones may be known.",
            len(queryset),
        )
        self.message_user(request, sentence % {"count": len(queryset)}, messages.SUCCESS)

    def get_actions(self, request: HttpRequest) -> dict[str, Any]:
        """Offer the reset to administrators alone, and no deletion of many accounts."""
        hidden = {"delete_selected"} | (set() if request.user.is_superuser else {"reset_second_factor"})
        return {name: action for name, action in super().get_actions(request).items() if name not in hidden}


@admin.register(Group)
class GroupsAdmin(RightsAdmin, GroupAdmin):
    """Groups: the stock screen."""
