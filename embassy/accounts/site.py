"""The stock admin, behind the second factor."""

from typing import Any

from django.contrib import admin
from django.http import Http404, HttpRequest, HttpResponse
from django.template.response import TemplateResponse
from django.urls import URLPattern, URLResolver, path
from django.utils.decorators import method_decorator
from django.views.decorators.cache import never_cache


class NewsroomSite(admin.AdminSite):
    """The stock site, except that a password alone opens nothing but the pages that ask for the code."""

    def has_permission(self, request: HttpRequest) -> bool:
        """Tell whether the request may see anything: its person is staff and gave a code in this session."""
        from embassy.accounts import factor

        return super().has_permission(request) and (not factor.is_required() or factor.is_verified(request.user))

    def each_context(self, request: HttpRequest) -> dict[str, Any]:
        """Tell every page whether a password alone is enough here."""
        from embassy.accounts import factor

        return super().each_context(request) | {"is_second_factor_off": not factor.is_required()}

    def get_urls(self) -> list[URLPattern | URLResolver]:
        """Add the pages of the second factor, and a sign-out that half a sign-in can use too."""
        # Views import models, and this module is imported before those can be.
        from embassy.accounts import security, views

        door = [
            path("logout/", self.logout, name="logout"),
            path("second-factor/", never_cache(views.second_factor), name="second_factor"),
            path("second-factor/set-up/", never_cache(views.set_up), name="second_factor_set_up"),
        ]
        inside = [
            path("security/", self.admin_view(security.security), name="security"),
            path("security/sessions/", self.admin_view(security.end_sessions), name="end_sessions"),
            path("security/phone/", self.admin_view(views.for_staff(views.new_phone)), name="new_phone"),
            path("security/codes/", self.admin_view(views.for_staff(views.new_codes)), name="new_codes"),
            # The same pattern as Django's own, which comes after it and so never answers.
            path("r/<path:content_type_id>/<path:object_id>/", self.admin_view(self.on_site), name="view_on_site"),
        ]
        return [*door, *inside, *super().get_urls()]

    def on_site(self, request: HttpRequest, content_type_id: str, object_id: str) -> HttpResponse:
        """Lead to the public page of what the person may see here; Django's own would lead to that of any row."""
        from django.contrib.contenttypes.models import ContentType
        from django.contrib.contenttypes.views import shortcut

        found = ContentType.objects.filter(pk=content_type_id).first() if content_type_id.isdecimal() else None
        model = found.model_class() if found else None
        model_admin = self._registry.get(model) if model else None
        if model_admin is None or not model_admin.has_view_permission(request):
            raise Http404
        return shortcut(request, content_type_id, object_id)

    @method_decorator(never_cache)
    def login(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> HttpResponse:
        """Ask for name and password, then for the code."""
        from embassy.accounts import views
        from embassy.accounts.forms import SignInForm

        if request.method == "GET" and views.is_staff(request) and not self.has_permission(request):
            return views.to_second_factor(views.way_on(request))
        self.login_form = SignInForm
        response = super().login(request, extra_context)
        if request.method == "POST" and response.status_code == 302:
            return views.after_password(request, response["Location"])
        return response

    def password_change(self, request: HttpRequest, extra_context: dict[str, Any] | None = None) -> TemplateResponse:
        """Let people change their password; Django ends their other sessions with it."""
        from embassy.accounts import lockout, views
        from embassy.accounts.deeds import Deed

        if request.method != "POST":
            return super().password_change(request, extra_context)
        user = views.account(request)
        if not lockout.is_open(request, user.get_username()):
            # What is sent in its place, for how long, axes' middleware knows.
            return TemplateResponse(request, "429.html", {"minutes": 1}, status=429)
        response = super().password_change(request, extra_context)
        if response.status_code == 302:
            views.note(request, Deed.PASSWORD_CHANGED)
        elif response.context_data and "old_password" in response.context_data["form"].errors:
            # Whoever finds somebody's screen open guesses here no longer than at the door.
            lockout.count_wrong(request, user, Deed.REFUSED)
        return response
