"""Every address of the page and the API, in one table: what it is asked, what it answers, who may.

A question is a page, and the same answer as JSON and CSV at a neighbouring address, and under /api/. A change
is a form of the page and a call of the API. The OpenAPI document is made from this table.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import msgspec

from saksi.inquiry.agreement import Agreement, agreement
from saksi.ledger.columns import Row
from saksi.ledger.removal import Removed
from saksi.publish import changes
from saksi.publish.desk import Desk
from saksi.publish.documents import (
    DocumentAsked,
    DocumentPage,
    Documents,
    DocumentsAsked,
    find_document,
    find_documents,
)
from saksi.publish.facets import FacetAsked, FacetPage, find_facet
from saksi.publish.findings import (
    Findings,
    Happening,
    Happenings,
    PageAsked,
    StoryAsked,
    find_contradictions,
    find_incident,
    find_incidents,
)
from saksi.publish.listing import Claims, ClaimsAsked, find_claims
from saksi.publish.meaning import Meaning, MeaningAsked, find_meaning
from saksi.publish.overview import Overview, OverviewAsked, find_overview
from saksi.publish.review import ClaimAsked, ClaimStory, ReviewAsked, Waiting, find_claim, find_waiting
from saksi.publish.selecting import Selected
from saksi.publish.speakers import SpeakersAsked, SpeakersJudged, SpeakersPage, find_speakers, make_speakers_judged
from saksi.publish.tallying import Tallies, TallyAsked, find_tallies, glance, is_long
from saksi.publish.where_and_when import WhereAndWhen, find_where_and_when


class Nothing(msgspec.Struct, frozen=True):
    """A question without parameters."""


class Question(msgspec.Struct, frozen=True, kw_only=True):
    """Something to be asked: `rows` names the list of the answer that is its table, where it has one.

    `glance` is the answer that a page waits for: None where it is still being made. `slow` answers take longer
    than most; where `is_long` says so they only wait for another process. Of a question that makes no sense a page
    shows what is wrong with it beside `nothing`, so that it can be mended where it was asked.
    """

    name: str
    path: str
    says: str
    asks: type[Any]
    gives: type[Any]
    answer: Callable[[Desk, Any], Any]
    rows: str | None = None
    page: bool = True
    glance: Callable[[Desk, Any], Any] | None = None
    slow: bool = False
    is_long: Callable[[Desk, Any], bool] | None = None
    nothing: Any = None


class Change(msgspec.Struct, frozen=True, kw_only=True):
    """Something to be done, by somebody who has the role; `slow` where it does more than write a row."""

    name: str
    path: str
    says: str
    asks: type[Any]
    gives: type[Any]
    make: Callable[[Desk, Any, Any], Any]
    role: str = "reviewer"
    slow: bool = False


def find_agreement(desk: Desk, _: Nothing) -> Agreement:
    """How far the reader and the reviewers agree."""
    return desk.kept(("agreement",), lambda: agreement(desk.ledger))


QUESTIONS = (
    Question(name="overview", path="/", says="What is in the ledger, or in a selection of its claims",
             asks=OverviewAsked, gives=Overview, answer=find_overview),
    Question(name="claims", path="/claims", says="Claims, filtered, counted by facets and sorted", asks=ClaimsAsked,
             gives=Claims, answer=find_claims, rows="items"),
    Question(name="facet", path="/facets/{name}", says="All values of a facet of a selection, the most frequent first",
             asks=FacetAsked, gives=FacetPage, answer=find_facet, rows="items"),
    Question(name="claim", path="/claims/{id}", says="One claim as it was read and as it stands, with its judgements",
             asks=ClaimAsked, gives=ClaimStory, answer=find_claim),
    Question(name="documents", path="/documents", says="Documents, newest first", asks=DocumentsAsked, gives=Documents,
             answer=find_documents, rows="items"),
    Question(name="document", path="/documents/{id}", says="A document's text with all that was read of it",
             asks=DocumentAsked, gives=DocumentPage, answer=find_document, rows="claims"),
    Question(name="tally", path="/tally", says="The least and the most that the claims allow, speaker by speaker",
             asks=TallyAsked, gives=Tallies, answer=find_tallies, rows="items", glance=glance, slow=True,
             is_long=is_long, nothing=Tallies([])),
    Question(name="speakers", path="/speakers", says="Who speaks: names that are one speaker's, and why",
             asks=SpeakersAsked, gives=SpeakersPage, answer=find_speakers, rows="items"),
    Question(name="contradictions", path="/contradictions", says="Contradictions, worst first, then tensions",
             asks=PageAsked, gives=Findings, answer=find_contradictions),
    Question(name="incidents", path="/incidents", says="Happenings told in more than one document, or revised",
             asks=PageAsked, gives=Happenings, answer=find_incidents),
    Question(name="incident", path="/incidents/{id}", says="One happening: its claims, revisions, and why they are one",
             asks=StoryAsked, gives=Happening, answer=find_incident),
    Question(name="map", path="/map", says="Where and when the claims of a selection are", asks=Selected,
             gives=WhereAndWhen, answer=find_where_and_when, rows="places"),
    Question(name="review", path="/review", says="What waits for review, the most doubtful first", asks=ReviewAsked,
             gives=Waiting, answer=find_waiting),
    Question(name="agreement", path="/agreement", says="How far reader and reviewers agree, field by field",
             asks=Nothing, gives=Agreement, answer=find_agreement, rows="fields"),
    Question(name="meaning", path="/meaning", says="What the reader would make of some words of a document",
             asks=MeaningAsked, gives=Meaning, answer=find_meaning, page=False, slow=True),
)  # fmt: skip

CHANGES = (
    Change(name="judge", path="/judgements", says="Judge claims, or withdraw your newest judgement of them",
           asks=changes.JudgementMade, gives=changes.Kept, make=changes.make_judgement),
    Change(name="judge_speakers", path="/speakers", says="Judge whether two names are of one speaker",
           asks=SpeakersJudged, gives=changes.Kept, make=make_speakers_judged),
    Change(name="add", path="/claims", says="Add a claim that the reader missed, marked in a document's words",
           asks=changes.ClaimMade, gives=Row, make=changes.make_claim),
    Change(name="sign", path="/signoffs", says="Sign a document off as complete", asks=changes.SignoffMade,
           gives=changes.Kept, make=changes.make_signoff),
    Change(name="read", path="/documents", says="Read a text into the ledger", asks=changes.DocumentMade,
           gives=changes.ReadIn, make=changes.make_document, slow=True),
    Change(name="forget", path="/removals/documents", says="Erase a document and its copies for good",
           asks=changes.ForgetMade, gives=Removed, make=changes.make_forgotten, role="admin", slow=True),
    Change(name="redact", path="/removals/words", says="Erase words of a document and its copies for good",
           asks=changes.RedactMade, gives=Removed, make=changes.make_redacted, role="admin", slow=True),
)  # fmt: skip
