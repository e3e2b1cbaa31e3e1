"""Is it ours? What is asked of a number, an address, a digest or a pasted text, answered for an instant.

Only what can be read at that instant is compared, and nothing tells of a text that has not begun. Nothing is stored.
"""

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from django.conf import settings
from django.utils.translation import gettext as _

from news.models import Edition
from news.register import around, asking, lines, passages, wording
from news.register.ours import Text
from news.register.passages import Compared, Part
from news.register.wording import Token
from news.search import finding
from news.search.query import Query
from news.search.words import stems

LONGEST = 50_000
FEWEST_WORDS = 5
# Of a passage so many phrases of so many words, and so many of its words, are looked up; how many texts come near.
MOST_PHRASES, PHRASE, MOST_WORDS = 12, 4, 300
LONG = 1_500
CANDIDATES = 5
MOST_ALIGNED = 3
# Of all candidates together so many characters are read, but of each a little.
MOST_READ = 400_000
LEAST_READ = 20_000
# From here on a passage is ours with changes; below, common words alone can be shared.
SHARE = 0.5
SURE_RUN = 12
# Of a short one, all but a word in order, with no more of ours missing; so alike texts share two words in a row.
MOST_MISSING = 2
SHORT = 12


class Outcome(StrEnum):
    """What the answer is."""

    AUTHENTIC = "authentic"
    CHANGED = "changed"
    REMOVED = "removed"
    UNKNOWN = "unknown"
    UNCLEAR = "unclear"


@dataclass(frozen=True)
class Answer:
    """The answer: about which edition, in which sentence where there is none, with which words that differ."""

    outcome: Outcome
    at: datetime
    edition: Edition | None = None
    sentence: str = ""
    parts: tuple[Part, ...] = ()
    is_whole: bool = True
    # Others that have the same words.
    also: tuple[Edition, ...] = ()

    @property
    def place(self) -> lines.Place | None:
        """The edition's line in the register, and its digest there."""
        return lines.place(self.edition, self.at) if self.edition else None

    @property
    def public_until(self) -> datetime | None:
        """When the edition ceased to be the public one; nothing that is only planned."""
        until = self.edition.public_until if self.edition else None
        return until if until is not None and until <= self.at else None

    @property
    def current(self) -> Edition | None:
        """The edition of the same statement that is public now."""
        if self.edition is None or self.edition.is_visible(self.at):
            return self.edition
        return (
            Edition.objects.visible(self.at)
            .select_related("statement")
            .filter(statement=self.edition.statement_id)
            .first()
        )

    @property
    def removal(self) -> Edition | None:
        """The edition whose removal closed this one, for its reason."""
        assert self.edition and self.edition.sequence  # noqa: S101, PT018  asked of a removed one
        own = Edition.objects.begun(self.at).filter(statement=self.edition.statement_id, public_until__lte=self.at)
        removed = own.exclude(removal_reason="").filter(sequence__gte=self.edition.sequence)
        return removed.order_by("sequence").first()


def answer(typed: str, at: datetime, *, home: str) -> Answer:
    """Answer whether what was typed is ours at the aware instant `at`: a number, an address, a digest, or a text.

    `home` is the scheme and host of the site, which its pages print in citations.
    """
    typed = typed.strip()
    if not typed:
        return Answer(Outcome.UNCLEAR, at, sentence=_("Paste a text, or type a number or an address."))
    if len(typed) > LONGEST:
        sentence = _("That is too long: paste at most %(count)d characters at once.") % {"count": LONGEST}
        return Answer(Outcome.UNCLEAR, at, sentence=sentence)
    asked = asking.read(typed)
    if asked is None:
        return _text(typed, at, home)
    return _place(asked, at)


def _place(asked: asking.Asked, at: datetime) -> Answer:
    """Answer for a number, an address or a digest."""
    if asked.is_foreign:
        return Answer(Outcome.UNKNOWN, at, sentence=_("This address is not one of this site."))
    edition = lines.with_digest(asked.digest, at) if asked.digest else _edition(asked, at)
    if edition is None:
        return Answer(Outcome.UNKNOWN, at)
    if not Edition.objects.readable(at).filter(pk=edition.pk).exists():
        return Answer(Outcome.REMOVED, at, edition)
    return Answer(Outcome.AUTHENTIC, at, edition)


def _edition(asked: asking.Asked, at: datetime) -> Edition | None:
    begun = Edition.objects.begun(at).filter(statement__number=asked.number).select_related("statement")
    if asked.edition:
        return begun.filter(sequence=asked.edition).first()
    return begun.order_by("-sequence").first()


def _text(typed: str, at: datetime, home: str) -> Answer:
    """Answer for a pasted text."""
    passage = wording.pasted(typed)
    if wording.count(passage) < FEWEST_WORDS:
        sentence = _("That is too little to tell: paste a sentence or more.")
        return Answer(Outcome.UNCLEAR, at, sentence=sentence)
    found = _compared(passage, _candidates(passage, at), at, home)
    same = [(edition, compared) for edition, compared in found if compared.is_same]
    if same:
        # What is public now comes before what it replaced.
        same.sort(key=lambda pair: not pair[0].is_visible(at))
        edition, compared = same[0]
        also = tuple(other for other, _compared in same[1:])
        return Answer(Outcome.AUTHENTIC, at, edition, parts=compared.parts, is_whole=compared.is_whole, also=also)
    near = [(edition, compared) for edition, compared in found if _is_near(compared)]
    if not near:
        return Answer(Outcome.UNKNOWN, at)
    edition, compared = max(near, key=lambda pair: (pair[1].shared, pair[0].is_visible(at)))
    return Answer(Outcome.CHANGED, at, edition, parts=tuple(passages.shortened(compared.parts)))


def _is_near(compared: Compared) -> bool:
    if compared.run >= SURE_RUN:
        return True
    if compared.shared >= compared.count - 1:
        return compared.missing <= MOST_MISSING
    return compared.run >= FEWEST_WORDS - 2 and compared.shared >= SHARE * compared.count


def _candidates(passage: list[Token], at: datetime) -> list[Edition]:
    """Return the editions that share most of the passage's phrases and rarest words, a few in each language."""
    words = [token.text for token in wording.rejoined(passage) if token.is_word]
    readable = Edition.objects.readable(at)
    found: dict[int, Edition] = {}
    for language, _name in settings.LANGUAGES:
        phrases = _phrases(stems(" ".join(words), language))
        # Any of them will do, and what has most comes first; a quotation in the midst of an article is found by them.
        query = Query("", language, (phrases,) if phrases else ())
        editions = readable.filter(language=language)
        near = finding.find(editions, query, order=finding.Order.BEST).texts(CANDIDATES)
        near += finding.find_any(readable, words[:MOST_WORDS], language, CANDIDATES)
        found |= {one.pk: one for one in near}
    return list(found.values())


def _phrases(found: list[str]) -> tuple[tuple[str, ...], ...]:
    """Return rows of PHRASE stems from all parts of a passage: in each part the longest words, which are the rarest."""
    rows = list(zip(*(found[n:] for n in range(PHRASE)), strict=False))
    # A long paste costs time elsewhere: a second is for both.
    most = MOST_PHRASES if len(rows) < LONG else MOST_PHRASES // 2
    size = max(-(-len(rows) // most), PHRASE)
    parts = (rows[start : start + size] for start in range(0, len(rows), size))
    return tuple(dict.fromkeys(max(part, key=lambda row: sum(map(len, row))) for part in parts))


def _compared(passage: list[Token], editions: list[Edition], at: datetime, home: str) -> list[tuple[Edition, Compared]]:
    """Return the most alike editions with what the passage is beside each."""
    size = 3 if wording.count(passage) >= SHORT else 2
    rows = passages.rows(wording.rejoined(passage), size)
    site = around.site(editions, at, home)
    texts: list[tuple[int, Edition, Text]] = []
    left = MOST_READ
    for edition in editions:
        found = around.texts(edition, site, left)
        texts += [(len(rows & passages.rows(ours.tokens, size)), edition, ours) for ours in found]
        left = max(left - len(edition.body), LEAST_READ)
    best: dict[int, tuple[Edition, Compared]] = {}
    aligned = 0
    for likeness, edition, ours in sorted(texts, key=lambda one: -one[0]):
        if not likeness:
            continue
        compared = passages.same(passage, ours)
        if compared is None and aligned < MOST_ALIGNED:
            compared = passages.compare(passage, ours)
            aligned += 1
        # What stands around a text is no text: of the words themselves there must be enough.
        if not compared or compared.count < FEWEST_WORDS:
            continue
        if edition.pk not in best or compared.shared > best[edition.pk][1].shared:
            best[edition.pk] = edition, compared
    return list(best.values())
