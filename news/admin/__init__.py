"""The newsroom: one file per screen."""

from news.admin.category import CategoryAdmin
from news.admin.library import DocumentAdmin, PictureAdmin
from news.admin.statement import StatementAdmin

__all__ = ["CategoryAdmin", "DocumentAdmin", "PictureAdmin", "StatementAdmin"]
