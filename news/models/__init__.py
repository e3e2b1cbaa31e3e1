"""Statements, their editions, comments, categories, the library of pictures and files, the register of digests."""

from news.models.category import Category
from news.models.comment import Comment
from news.models.edition import Edition, is_counter_used
from news.models.library import Document, LibraryFile, Picture, Rendition
from news.models.preview import PreviewLink, PreviewOpening
from news.models.register import RegisterKey, RegisterLine, RegisterSignature
from news.models.statement import Statement
from news.models.use import Use

__all__ = [
    "Category",
    "Comment",
    "Document",
    "Edition",
    "LibraryFile",
    "Picture",
    "PreviewLink",
    "PreviewOpening",
    "RegisterKey",
    "RegisterLine",
    "RegisterSignature",
    "Rendition",
    "Statement",
    "Use",
    "is_counter_used",
]
