"""Who gets in: accounts, the second factor, sessions; and the admin site that asks for them."""

from django.apps import AppConfig
from django.contrib.admin import apps as admin_apps
from django.utils.translation import gettext_lazy as _


class AccountsConfig(AppConfig):
    """Accounts, their second factor and their sessions."""

    name = "embassy.accounts"
    verbose_name = _("Accounts")

    def ready(self) -> None:
        """Name the verbs for the log, listen to signing in and out, and check the settings at every start."""
        from embassy import log
        from embassy.accounts import checks, receivers  # noqa: F401
        from embassy.accounts.deeds import Deed

        log.name_verbs(Deed)


class NewsroomAdminConfig(admin_apps.AdminConfig):
    """The stock admin, with our site as its default: `admin.site` is the one that asks for the second factor."""

    default = False  # this module holds two: the other one is the app's own
    default_site = "embassy.accounts.site.NewsroomSite"
