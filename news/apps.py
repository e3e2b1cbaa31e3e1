"""Statements, editions and categories."""

from django.apps import AppConfig
from django.utils.translation import gettext_lazy as _


class NewsConfig(AppConfig):
    """Statements, editions and categories."""

    name = "news"
    verbose_name = _("Newsroom")
