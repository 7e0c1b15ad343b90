"""A newsroom on loopback: sites with feeds that fill as the clock moves, and that fail in the ways sites do."""

from __future__ import annotations

import random
from datetime import datetime, timedelta
from email.utils import format_datetime

import msgspec

from tests.fetching.server import Head, Moved, Site, reply
from tests.intake import made

TOWNS = ("Goma", "Sake", "Kutum", "Marib", "Baquba", "Demoso", "Nabatieh", "Pokrovsk", "Bonny", "Djugu")
SHOWN = 15  # items in a feed at a time


class Story(msgspec.Struct, frozen=True):
    """One article: when it came out, and what it says."""

    path: str
    title: str
    words: str
    at: datetime


class Outlet:
    """One outlet: its stories of a month, its feed and its pages, with faults by chance."""

    def __init__(self, site: Site, clock: Moved, number: int, a_day: float, faults: float) -> None:
        self.site, self.clock, self.number, self.faults = site, clock, number, faults
        self.chance = random.Random(number)
        self.name = f"outlet-{number}"
        self.feed = f"/{self.name}/feed.xml"
        self.stories = [self.story(k, a_day) for k in range(int(30 * a_day))]
        self.moves_at = clock.at + timedelta(days=12) if number % 3 == 0 else None
        site.routes[self.feed] = self.feed_answer
        site.routes[f"/{self.name}/moved.xml"] = self.moved_answer
        for story in self.stories:
            site.routes[story.path] = self.page_answer

    def story(self, k: int, a_day: float) -> Story:
        """The k-th story of the month."""
        town, dead = self.chance.choice(TOWNS), self.chance.randint(2, 90)
        at = self.clock.at + timedelta(days=k / a_day, minutes=self.chance.randint(0, 50))
        title = f"{dead} soldiers killed in {town}, report {self.number}-{k}"
        words = f"{dead} soldiers were killed near {town} in attack number {self.number}-{k}, the army said."
        return Story(f"/{self.name}/story/{k}", title, words, at)

    def out(self) -> list[Story]:
        """The stories that are out, the newest first."""
        return [s for s in reversed(self.stories) if s.at <= self.clock.at]

    def page_answer(self, head: Head) -> bytes:
        """The page of a story, sometimes not."""
        story = next(s for s in self.stories if s.path == head["path"])
        page = made.page(story.title, story.words, "Nobody else was hurt, said a spokesman of the army on that day.")
        return self.spoilt(reply(page)) if story in self.out() else reply(status="404 Not Found")

    def feed_answer(self, head: Head) -> bytes:
        """The feed, where it is; it moves for good one day."""
        if self.moves_at is not None and self.clock.at >= self.moves_at:
            return reply(status="301 Moved Permanently", Location=f"/{self.name}/moved.xml")
        return self.moved_answer(head)

    def moved_answer(self, head: Head) -> bytes:
        """The feed as it is now: some items twice, some with clocks that are wrong."""
        entries = []
        for story in self.out()[:SHOWN]:
            wrong = timedelta(hours=self.chance.choice((0, 0, 0, 9_000, -7)))
            entry = self.entry(story, story.at + wrong)
            entries += [entry] * self.chance.choice((1, 1, 1, 2))
        if self.number % 2:
            body = "<rss version='2.0'><channel><title>x</title>" + "".join(entries) + "</channel></rss>"
        else:
            body = "<feed xmlns='http://www.w3.org/2005/Atom'>" + "".join(entries) + "</feed>"
        mark = f'"{len(self.out())}"'
        if head.get("if-none-match") == mark:
            return reply(status="304 Not Modified")
        return self.spoilt(reply(body.encode(), "application/xml", ETag=mark))

    def entry(self, story: Story, at: datetime) -> str:
        """One item, as RSS or Atom."""
        link = self.site.base + story.path
        if self.number % 2:
            return (
                f"<item><title>{story.title}</title><link>{link}</link><guid>{link}</guid>"
                f"<pubDate>{format_datetime(at)}</pubDate><description>&lt;p&gt;{story.words}&lt;/p&gt;</description></item>"
            )
        return (
            f"<entry><title>{story.title}</title><link rel='alternate' href='{story.path}'/><id>{story.path}</id>"
            f"<published>{at.isoformat()}</published><summary>{story.words}</summary></entry>"
        )

    def spoilt(self, answer: bytes) -> bytes:
        """An answer as it is on a bad day: an error, cut short with and without a word of it, or nothing."""
        if self.chance.random() >= self.faults:
            return answer
        head, _, body = answer.partition(b"\r\n\r\n")
        cut = body[: len(body) // 2]
        return self.chance.choice(
            [
                reply(status="500 Broken"),
                reply(status="503 Busy", Retry_After="600"),
                head + b"\r\n\r\n" + cut,
                reply(cut, "application/xml") if b"xml" in head else reply(status="502 Bad Gateway"),
                b"",
            ]
        )
