"""Any acts of any of the cast, in any order: who wrote what, and what the public reads, by the test's own books."""

from collections import Counter
from datetime import datetime, timedelta
from itertools import pairwise
from random import Random
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import transaction
from hypothesis import Phase, given, note, settings
from hypothesis import strategies as st

from news import actions
from news.models import Edition, Statement
from news.states import WRITING, State
from tests.factories import NOW, text
from tests.generated import examples

CAST = ("writer", "editor", "publisher", "second_publisher", "administrator")
# Who has the right: everybody from here on in CAST.
WRITE, EDIT, RELEASE = 0, 1, 2
# More often: without them nothing else is possible.
ACTS = ["write"] * 2 + ["submit", "time_passes"] * 3 + ["approve"] * 5
ACTS += ["change", "change_nothing", "recall", "send_back", "force", "review", "take_back", "move"]
ACTS += ["start_edition", "discard", "withdraw", "remove"] + ["approve_together"] * 3


class Newsroom:
    """The whole cast on a few statements; it writes down itself what must be so."""

    def __init__(self, cast: list[User], done: Counter[str]) -> None:
        self.cast, self.done = cast, done
        self.now, self.number = NOW, 0
        self.wrote: dict[int, int] = {}  # edition: who changed its words last
        self.told: dict[int, list[tuple[datetime, Any]]] = {}  # statement: from when which title; None: removed

    def step(self, chance: Random) -> None:
        """Let somebody do something, to some text, for some time."""
        self.who, self.pick = chance.randrange(len(CAST)), chance.randrange(5)
        self.minutes = chance.choice([None, None, 1, 2, 30])
        name = chance.choice(ACTS)
        note(f"{self.now:%H:%M:%S} {CAST[self.who]}: {name}, text {self.pick}, in {self.minutes}")
        getattr(self, name)()

    # ---- helpers

    def words(self) -> actions.Text:
        self.number += 1
        return text(title=f"Text {self.number}", minor=True)

    def act(self, right: int, verb: Any, row: Any, *args: Any, **kwargs: Any) -> Any:
        """Try a verb; return what it made, or None where it was refused. Nobody succeeds without the right."""
        if row is None:
            return None
        try:
            made = verb(row, *args, by=self.cast[self.who], at=self.now, **kwargs)
        except actions.Refusal:
            return None
        assert self.who >= right, f"{CAST[self.who]} may not {verb.__name__}"
        self.done[verb.__name__] += 1
        return made or row

    def edition(self, *states: str) -> Any:
        """Return an edition in one of the states; now and then any other one, which the verb must refuse."""
        rows = Edition.objects.filter(state__in=states if self.pick else State).order_by("-pk")
        return rows[self.pick % len(rows)] if rows else None

    def scheduled(self) -> Any:
        return Edition.objects.scheduled(self.now).order_by("pk").first() if self.pick else self.edition()

    def statement(self) -> Any:
        rows = Statement.objects.order_by("pk")
        return rows[self.pick % len(rows)] if rows else None

    def minute(self) -> datetime:
        return self.now.replace(second=0, microsecond=0) + timedelta(minutes=self.minutes or 1)

    def write_down(self, edition: Any, at: Any, title: Any) -> None:
        """Write down what is public from when; what was to come, and is not any more, goes."""
        told = [one for one in self.told.get(edition.statement_id, []) if one[0] <= self.now]
        self.told[edition.statement_id] = [*told, (at, title)]

    # ---- what they do

    def time_passes(self) -> None:
        self.now += timedelta(seconds=20 * (self.pick + 1))

    def write(self) -> None:
        if Statement.objects.count() < 4:
            alone = Statement.objects.filter(language="en", translations=None).order_by("pk").first()
            original = alone if self.pick else None
            link = {"language": "ru" if original else "en", "translation_of": original}
            edition = actions.write(self.words(), by=self.cast[self.who], at=self.now, **link)
            self.wrote[edition.pk] = self.who

    def change(self) -> None:
        edition = self.edition(*WRITING)
        right = EDIT if edition and edition.state == State.SUBMITTED else WRITE
        if self.act(right, actions.change_draft, edition, self.words()):
            self.wrote[edition.pk] = self.who

    def change_nothing(self) -> None:
        edition = self.edition(*WRITING)
        if edition:
            right = EDIT if edition.state == State.SUBMITTED else WRITE
            kept = {name: getattr(edition, name) for name in ("title", "summary", "body", "date", "minor")}
            self.act(right, actions.change_draft, edition, text(**kept, featured_until=self.now))

    def submit(self) -> None:
        self.act(WRITE, actions.submit, self.edition(State.DRAFT, State.RETURNED))

    def recall(self) -> None:
        self.act(WRITE, actions.recall, self.edition(State.SUBMITTED))

    def send_back(self) -> None:
        self.act(EDIT, actions.return_, self.edition(State.SUBMITTED), comment="No.")

    def approve(self) -> None:
        edition = self.edition(State.SUBMITTED)
        if self.minutes is None:
            made = self.act(RELEASE, actions.release, edition)
        else:
            made = self.act(RELEASE, actions.schedule, edition, public_from=self.minute())
        if made:
            assert edition.state == State.SUBMITTED
            assert self.wrote[made.pk] != self.who
            self.write_down(made, made.public_from, made.title)

    def approve_together(self) -> None:
        pairs = Statement.objects.filter(translation_of__isnull=False).order_by("pk")
        if not pairs:
            return
        translation = pairs[self.pick % len(pairs)]
        assert translation.translation_of
        both = [one.last_written() for one in (translation.translation_of, translation)]
        for edition in both:
            # Otherwise the two would hardly ever wait at the same time.
            self.act(WRITE, actions.submit, edition if edition.state != State.APPROVED else None)
        when = {"public_from": self.minute()} if self.minutes else {}
        verb = actions.schedule_together if self.minutes else actions.release_together
        made = self.act(RELEASE, verb, both, **when)
        for edition in made or ():
            assert self.wrote[edition.pk] != self.who
            assert edition.public_from == made[0].public_from
            self.write_down(edition, edition.public_from, edition.title)

    def force(self) -> None:
        at = self.minute() if self.minutes else None
        made = self.act(RELEASE, actions.force, self.edition(*WRITING), reason="Now.", public_from=at)
        if made:
            self.write_down(made, made.public_from, made.title)

    def review(self) -> None:
        made = self.act(
            EDIT, actions.review, Edition.objects.awaiting_review().first() if self.pick else self.edition()
        )
        if made:
            assert self.cast[self.who] != made.approved_by
            assert self.who != self.wrote[made.pk]

    def take_back(self) -> None:
        made = self.act(RELEASE, actions.take_back, self.scheduled())
        if made:
            self.told[made.statement_id].pop()

    def move(self) -> None:
        edition = self.scheduled()
        if self.minutes is None:
            made = self.act(RELEASE, actions.release_now, edition)
        else:
            made = self.act(RELEASE, actions.reschedule, edition, public_from=self.minute())
        if made:
            self.write_down(made, made.public_from, made.title)

    def start_edition(self) -> None:
        made = self.act(WRITE, actions.start_edition, self.statement())
        if made:
            self.wrote[made.pk] = self.who
            # Readers are told nothing of the changes in this test.
            self.act(WRITE, actions.change_draft, made, self.words())

    def discard(self) -> None:
        edition = self.edition(*WRITING)
        self.act(EDIT if edition and edition.state == State.SUBMITTED else WRITE, actions.discard_draft, edition)

    def withdraw(self) -> None:
        made = self.act(RELEASE, actions.withdraw, self.statement(), notice="Wrong.")
        if made:
            self.wrote[made.pk] = self.who
            self.write_down(made, self.now, made.title)

    def remove(self) -> None:
        made = self.act(RELEASE, actions.remove, self.statement(), reason="Law.")
        if made:
            self.write_down(made, self.now, None)

    # ---- what always holds

    def the_public_reads_what_was_approved_last_and_whose_time_has_come(self) -> None:
        visible = {edition.statement_id: edition.title for edition in Edition.objects.visible(self.now)}
        begun = {pk: [title for at, title in told if at <= self.now] for pk, told in self.told.items()}
        assert visible == {pk: titles[-1] for pk, titles in begun.items() if titles and titles[-1]}

    def nobody_approved_their_own_words_unmarked(self) -> None:
        for edition in Edition.objects.filter(state=State.APPROVED):
            assert edition.author_id == self.cast[self.wrote[edition.pk]].pk
            is_lone = edition.author_id == edition.approved_by_id
            assert not is_lone or edition.forced_reason or edition.withdrawal_notice

    def no_text_overlaps_another_and_no_number_is_left_out(self) -> None:
        numbers = Statement.objects.exclude(number=None).order_by("number").values_list("number", flat=True)
        assert list(numbers) == list(range(1, len(numbers) + 1))
        approved = Edition.objects.filter(state=State.APPROVED).order_by("statement", "sequence")
        for one, following in pairwise(approved):
            if one.statement_id == following.statement_id:
                assert one.public_from < one.public_until <= following.public_from
                assert following.sequence == one.sequence + 1


@pytest.mark.django_db
def test_whatever_the_cast_does_two_have_read_what_is_public(request: pytest.FixtureRequest) -> None:
    cast, done = [request.getfixturevalue(name) for name in CAST], Counter[str]()

    # By chance and not by hypothesis' own choices, which try few of the acts again and again.
    @settings(examples(8), phases=[Phase.generate])  # a smaller seed is no simpler story
    @given(st.integers(0, 2**32))
    def any_acts(seed: int) -> None:
        with transaction.atomic():
            newsroom, chance = Newsroom(cast, done), Random(seed)
            for _ in range(120):
                newsroom.step(chance)
                newsroom.the_public_reads_what_was_approved_last_and_whose_time_has_come()
                newsroom.nobody_approved_their_own_words_unmarked()
                newsroom.no_text_overlaps_another_and_no_number_is_left_out()
            transaction.set_rollback(True)

    any_acts()
    # A newsroom in which everything is refused would hold anything.
    assert len(done) == 17
