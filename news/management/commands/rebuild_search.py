"""`manage.py rebuild_search`: put every approved text into the search index."""

from argparse import ArgumentParser
from collections.abc import Iterable
from typing import Any

from django.core.management.base import BaseCommand
from tqdm import tqdm

from news.search import indexing


class Command(BaseCommand):
    """Fill the search index while the site runs."""

    help = "Puts every approved text into the search index. The site may run meanwhile, and finds what is in already."

    def add_arguments(self, parser: ArgumentParser) -> None:
        """Take whether only what is missing is put in."""
        parser.add_argument("--missing", action="store_true", help="only what is not in the index yet")

    def handle(self, *, missing: bool, **_options: Any) -> None:
        """Fill the index, with a bar where somebody looks on, and say how much went in."""
        entered = indexing.fill(bar, is_anew=not missing)
        self.stdout.write(f"{entered} texts were put into the search index.")


def bar(keys: Iterable[int], total: int) -> Iterable[int]:
    """Show on standard error how far it is, where that is a terminal."""
    return tqdm(keys, total=total, unit="text", disable=None)
