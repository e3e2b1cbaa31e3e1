"""What the log says of signing in and out, in words."""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Deed(models.TextChoices):
    """One thing that was done at the door."""

    SIGNED_IN = "signed_in", _("Signed in")
    PASSWORD_GIVEN = "password_given", _("Gave the right password; the code was asked for")
    REFUSED = "sign_in_refused", _("Sign-in refused: wrong name or password")
    LOCKED = "locked_out", _("Locked out for a while")
    SIGNED_OUT = "signed_out", _("Signed out")
    SESSION_OVER = "session_over", _("Session ended by its time limit")
    CODE_REFUSED = "code_refused", _("Sign-in refused: wrong code")
    RECOVERY_USED = "recovery_used", _("Signed in with a recovery code")
    PHONE_SET_UP = "phone_set_up", _("Set up the second factor")
    CODES_MADE = "codes_made", _("Made new recovery codes")
    FACTOR_RESET = "factor_reset", _("Reset the second factor of an account")
    PASSWORD_CHANGED = "password_changed", _("Changed the own password")
    SESSIONS_ENDED = "sessions_ended", _("Ended the other sessions")


# What a person wants to know of who used, or tried, the own account.
AT_THE_DOOR = (
    Deed.SIGNED_IN,
    Deed.PASSWORD_GIVEN,
    Deed.REFUSED,
    Deed.LOCKED,
    Deed.CODE_REFUSED,
    Deed.RECOVERY_USED,
)
WENT_WRONG = {Deed.REFUSED, Deed.LOCKED, Deed.CODE_REFUSED}
