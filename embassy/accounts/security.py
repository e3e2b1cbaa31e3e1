"""The page that shows a person who used, or tried, the own account; and what to do about it."""

from django.contrib import admin, messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from embassy import moment
from embassy.accounts import factor, sessions
from embassy.accounts.deeds import AT_THE_DOOR, WENT_WRONG, Deed
from embassy.accounts.views import account, note
from embassy.log import LogRow

HOW_MANY_ROWS = 30


def security(request: HttpRequest) -> HttpResponse:
    """Show a person the own sign-ins, second factor and recovery codes."""
    user = account(request)
    rows = LogRow.objects.filter(by=user, verb__in=AT_THE_DOOR)[:HOW_MANY_ROWS]
    context = {
        "title": _("Security"),
        "rows": [(row, moment.local(row.at, moment.home_zone()), row.verb in WENT_WRONG) for row in rows],
        "zone": moment.home_zone().key,
        "is_required": factor.is_required(),
        "phone": factor.phone_of(user),
        "codes_left": user.recovery_codes.count(),
        "longest": sessions.LONGEST.seconds // 3600,
        "idle": sessions.IDLE.seconds // 3600,
    }
    return TemplateResponse(request, "admin/accounts/security.html", admin.site.each_context(request) | context)


def end_sessions(request: HttpRequest) -> HttpResponse:
    """End every session of this person but the one that asks."""
    if request.method != "POST":
        return redirect("admin:security")  # whoever had to sign in again before it arrives here by GET
    ended = sessions.end_all(account(request), but=request.session.session_key)
    note(request, Deed.SESSIONS_ENDED)
    sentence = ngettext("%(count)d other session was ended.", "%(count)d other sessions were ended.", ended)
    messages.success(request, sentence % {"count": ended} if ended else _("There was no other session."))
    return redirect("admin:security")
