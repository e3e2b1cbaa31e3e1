"""The pages between the password and the newsroom: the code, the phone, the recovery codes."""

from collections.abc import Callable
from typing import Any

import django_otp
from django.contrib import admin, messages
from django.contrib.auth import authenticate
from django.contrib.auth.models import User
from django.contrib.auth.views import redirect_to_login
from django.http import HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.template.response import TemplateResponse
from django.urls import reverse
from django.utils.http import url_has_allowed_host_and_scheme, urlencode
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django_otp.plugins.otp_totp.models import TOTPDevice

from embassy import log, moment
from embassy.accounts import factor, lockout
from embassy.accounts.deeds import Deed
from embassy.accounts.forms import CodeForm, PasswordForm
from embassy.browsers import in_words
from embassy.models import Mission

View = Callable[..., HttpResponse]

# In the session, which lies on the server: the secret of a phone that is being set up, until its first code is right.
# Not in a table: a secret that waits for the next sign-in could have been read by whoever signed in before.
NEW_KEY = "second_factor_new_key"


def for_staff(view: View) -> View:
    """Let in whoever gave the right password, the code or not; and nobody where no second factor is asked for."""

    def inner(request: HttpRequest) -> HttpResponse:
        if not is_staff(request):
            return redirect_to_login(request.get_full_path(), reverse("admin:login"))
        if not factor.is_required():
            return redirect("admin:security")
        return view(request)

    return inner


def is_staff(request: HttpRequest) -> bool:
    """Tell whether the session belongs to somebody of the staff, who may still owe the code."""
    return request.user.is_active and request.user.is_staff


def enter(request: HttpRequest, verb: Deed = Deed.SIGNED_IN) -> None:
    """Let a person in: the wrong guesses before are forgotten, old sessions swept out, and the log has a row."""
    user = account(request)
    request.session.cycle_key()
    request.session.clear_expired()
    lockout.forget(request, user)
    note(request, verb)


def account(request: HttpRequest) -> User:
    """Return the account that is signed in; `for_staff` and `admin_view` let nobody else come here."""
    user = request.user
    assert isinstance(user, User)  # noqa: S101
    return user


def note(request: HttpRequest, verb: Deed) -> None:
    """Write what the person did, and with which browser."""
    agent = in_words(request.META.get("HTTP_USER_AGENT", ""))
    log.write(verb, by=account(request), at=moment.now(), detail=agent)


def way_on(request: HttpRequest) -> str:
    """Return the address where the person wanted to go: one of ours."""
    wanted = request.POST.get("next") or request.GET.get("next") or ""
    is_ours = url_has_allowed_host_and_scheme(wanted, {request.get_host()}, require_https=request.is_secure())
    return wanted if is_ours else reverse("admin:index")


def after_password(request: HttpRequest, wanted: str) -> HttpResponse:
    """Lead on after the right password: to the code where one is asked for."""
    if not factor.is_required():
        enter(request)
        return HttpResponseRedirect(wanted)
    note(request, Deed.PASSWORD_GIVEN)
    return to_second_factor(wanted)


def to_second_factor(wanted: str) -> HttpResponse:
    """Lead to the page that asks for the code, and remember where to go then."""
    return HttpResponseRedirect(f"{reverse('admin:second_factor')}?{urlencode({'next': wanted})}")


def page(request: HttpRequest, template: str, title: str, **context: Any) -> HttpResponse:
    """Return one of these pages, in the admin's look, kept nowhere."""
    common = admin.site.each_context(request) | {
        "title": title,
        "next": way_on(request),
        "is_nav_sidebar_enabled": False,
    }
    return TemplateResponse(request, f"admin/accounts/{template}.html", common | context)


@for_staff
def second_factor(request: HttpRequest) -> HttpResponse:
    """Ask for a code of the phone, or for a recovery code."""
    user = account(request)
    phone = factor.phone_of(user)
    if factor.is_verified(user):
        return HttpResponseRedirect(way_on(request))
    if phone is None:
        return HttpResponseRedirect(f"{reverse('admin:second_factor_set_up')}?{urlencode({'next': way_on(request)})}")
    form = CodeForm(request.POST or None)
    is_looked_at = form.is_valid() and lockout.is_open(request, user.get_username())
    if is_looked_at and (verb := _accepted(request, user, phone, form)):
        django_otp.login(request, phone)
        enter(request, verb)
        return HttpResponseRedirect(way_on(request))
    return page(request, "code", _("Your code"), form=form)


def _accepted(request: HttpRequest, user: User, phone: TOTPDevice, form: CodeForm) -> Deed | None:
    """Return what to write of a right code; else say in the form what is wrong, and count it."""
    typed = form.cleaned_data["code"]
    # Before the phone's waiting time: a recovery code cannot be guessed, and lets its owner in while others guess.
    if factor.use_code(user, typed):
        _say_codes_left(request, user)
        return Deed.RECOVERY_USED
    try:
        if factor.is_right(user, phone, typed):
            return Deed.SIGNED_IN
    except factor.TooSoonError as wait:
        sentence = ngettext(
            "Too many wrong codes. Wait %(count)d second, then type the code that the phone shows then.",
            "Too many wrong codes. Wait %(count)d seconds, then type the code that the phone shows then.",
            wait.seconds,
        )
        form.add_error("code", sentence % {"count": wait.seconds})
        return None
    lockout.count_wrong(request, user, Deed.CODE_REFUSED)
    form.add_error("code", _("That code is not right, or it was used before. Type the one that the phone shows now."))
    return None


def _say_codes_left(request: HttpRequest, user: User) -> None:
    left = user.recovery_codes.count()
    sentence = ngettext(
        "That recovery code is used up. You have %(count)d left. The page “Security” makes new ones.",
        "That recovery code is used up. You have %(count)d left. The page “Security” makes new ones.",
        left,
    )
    messages.warning(request, sentence % {"count": left})


@for_staff
def set_up(request: HttpRequest) -> HttpResponse:
    """Show the QR code of a new phone; its first code makes it the second factor, and brings the recovery codes."""
    user = account(request)
    was_in = factor.is_verified(user)
    if factor.phone_of(user) and not (was_in and NEW_KEY in request.session):
        return redirect("admin:new_phone" if was_in else "admin:second_factor")
    key: str = request.session.setdefault(NEW_KEY, factor.new_key())
    form = CodeForm(request.POST or None, phone_only=True)
    if form.is_valid():
        if device := factor.set_up(user, key, form.cleaned_data["code"], replaces=was_in):
            del request.session[NEW_KEY]
            django_otp.login(request, device)
            note(request, Deed.PHONE_SET_UP)
            if not was_in:
                enter(request)
            return _show_codes(request, user)
        if factor.phone_of(user) and not was_in:
            return redirect("admin:second_factor")  # somebody was quicker
        form.add_error(
            "code",
            _("That code is not the one. Does your phone show the right time? Type the code that it shows now."),
        )
    qr = factor.qr_code(user, key, str(Mission.objects.first() or request.get_host()))
    context = {"qr": qr, "key": factor.key_in_groups(key), "form": form, "was_in": was_in}
    return page(request, "set_up", _("Set up your phone"), **context)


def new_phone(request: HttpRequest) -> HttpResponse:
    """Ask for the password before another phone takes over."""
    if _is_owner(request, form := PasswordForm(request.POST or None)):
        request.session[NEW_KEY] = factor.new_key()
        return redirect("admin:second_factor_set_up")
    why = _("Another phone takes over; the codes of the old one and your recovery codes end.")
    return page(request, "password", _("New phone"), form=form, why=why)


def new_codes(request: HttpRequest) -> HttpResponse:
    """Ask for the password, then show ten new recovery codes."""
    if _is_owner(request, form := PasswordForm(request.POST or None)):
        return _show_codes(request, account(request))
    return page(request, "password", _("New recovery codes"), form=form, why=_("Your old recovery codes end."))


def _is_owner(request: HttpRequest, form: PasswordForm) -> bool:
    if not form.is_valid():
        return False
    name = account(request).get_username()
    # As at the door: wrong guesses are counted, and close it.
    if authenticate(request, username=name, password=form.cleaned_data["password"]) == request.user:
        return True
    form.add_error("password", _("That is not your password."))
    return False


def _show_codes(request: HttpRequest, user: User) -> HttpResponse:
    # In the answer itself, not after a redirect: so they are kept nowhere, not even in the session.
    codes = factor.make_codes(user)
    note(request, Deed.CODES_MADE)
    return page(request, "codes", _("Your recovery codes"), codes=codes, name=user.get_username())
