"""The application: each row of the table of addresses as a page, as JSON, as CSV, and as a call of the API."""

from __future__ import annotations

from collections.abc import Awaitable, Callable
from typing import Any

from starlette.applications import Starlette
from starlette.datastructures import UploadFile
from starlette.exceptions import HTTPException
from starlette.middleware import Middleware
from starlette.middleware.trustedhost import TrustedHostMiddleware
from starlette.requests import Request
from starlette.responses import HTMLResponse, JSONResponse, RedirectResponse, Response
from starlette.routing import Mount, Route
from starlette.staticfiles import StaticFiles

from saksi.errors import NotFoundError, SaksiError, UsageError
from saksi.languages.files import known_languages
from saksi.ledger.people import Person
from saksi.publish.api import OPENAPI, PREFIX, address, openapi
from saksi.publish.counting import BusyError
from saksi.publish.desk import Desk
from saksi.publish.keeper import Keeper
from saksi.publish.routes import CHANGES, QUESTIONS, Change, Question
from saksi.publish.web.access import COOKIE, Access, DeniedError
from saksi.publish.web.answers import as_csv, as_json, problem, tagged
from saksi.publish.web.asked import MalformedError, asked_of, decoded, form_of
from saksi.publish.web.bringing import Bringing
from saksi.publish.web.headers import Limited, SecurityHeaders
from saksi.publish.web.texts import LANGUAGES, chosen_language
from saksi.publish.web.threads import Lane, Threads
from saksi.publish.web.view import View

LARGEST = 50_000_000  # bytes of what is sent to us
# of an error, the first that fits: what was sent has the wrong form, is not there, or makes no sense
STATUS = {MalformedError: 400, NotFoundError: 404, BusyError: 503, SaksiError: 422}
SUFFIXES = (".json", ".csv")
Handler = Callable[[Request], Awaitable[Response]]
Answer = Callable[[Request, Any, Person], Response]


class Site:
    """One ledger as a site. `app` is the ASGI application."""

    def __init__(self, desk: Desk, access: Access, keeper: Keeper | None, hosts: list[str] | None = None) -> None:
        self.desk, self.access, self.keeper = desk, access, keeper
        self.threads = Threads()
        self.bringing = Bringing(desk, self.changed)
        middleware = [Middleware(Limited, most=LARGEST)]
        if hosts is not None:
            middleware.append(Middleware(TrustedHostMiddleware, allowed_hosts=hosts))
        handlers: dict[Any, Any] = {HTTPException: self.refused, SaksiError: self.refused, Exception: self.refused}
        self.app = SecurityHeaders(Starlette(routes=self.routes(), middleware=middleware, exception_handlers=handlers))

    def routes(self) -> list[Route | Mount]:
        """All addresses."""
        found: list[Route | Mount] = [Mount("/static", StaticFiles(packages=[("saksi.publish.web", "static")]))]
        found.append(Route(PREFIX + OPENAPI, lambda request: JSONResponse(openapi()), methods=["GET"]))
        posts = {PREFIX + change.path: change for change in CHANGES}
        for question in QUESTIONS:
            found.append(self.api(address(question), question, posts.pop(address(question), None)))
            found += self.pages(question)
        found += [self.api(path, None, change) for path, change in posts.items()]
        found += [Route(f"/do/{change.name}", self.form(change), methods=["POST"]) for change in CHANGES]
        for path, handler, methods in (
            ("/login", self.login, ["GET", "POST"]), ("/logout", self.logout, ["POST"]),
            ("/language/{code}", self.language, ["GET"]), ("/api", self.about_api, ["GET"]),
            ("/claims/{id}/sentence", self.sentence, ["GET"]),
            ("/bring", self.bring, ["GET", "POST"]), ("/bring/{job}", self.job, ["GET", "POST"]),
        ):  # fmt: skip
            found.append(Route(path, handler, methods=methods))
        return found

    def pages(self, question: Question) -> list[Route | Mount]:
        """A question as a page with its neighbours."""
        base = "/overview" if question.path == "/" else question.path
        suffixes = SUFFIXES if question.rows else SUFFIXES[:1]
        found: list[Route | Mount] = [
            Route(base + suffix, self.shaped(question, suffix), methods=["GET"]) for suffix in suffixes
        ]
        if question.page:
            found.append(Route(question.path, self.page(question), methods=["GET"]))
        return found

    def api(self, path: str, question: Question | None, change: Change | None) -> Route:
        """An address of the API: asked with GET, changed with POST."""
        answer = self.shaped(question, ".json", strict=True) if question else None
        make = self.call(change) if change else None

        async def handle(request: Request) -> Response:
            handler = make if request.method == "POST" else answer
            assert handler is not None
            return await handler(request)

        return Route(path, handle, methods=[m for m, h in (("GET", answer), ("POST", make)) if h])

    def shaped(self, question: Question, suffix: str, *, strict: bool = False) -> Handler:
        """A question's answer as JSON or CSV."""

        def answer(request: Request, asked: Any, _: Person) -> Response:
            found = question.answer(self.desk, asked)
            if suffix == ".csv":
                return as_csv(request, question.name, getattr(found, question.rows or ""))
            return as_json(request, found)

        return self.answering(question, answer, strict=strict)

    def page(self, question: Question) -> Handler:
        """A question's answer as a page; strangers are led to the login."""

        def answer(request: Request, asked: Any, person: Person) -> Response:
            found, wrong = found_on_page(question, self.desk, asked)
            view = self.view(request)
            if found is None:
                return HTMLResponse(view.render("waiting.html", asked=asked))
            values = {"asked": asked, "found": found, "question": question, "may_review": person.may("reviewer"),
                      "may_all": person.may("admin"), "wrong": wrong and view.say.wrong(wrong)}  # fmt: skip
            html = view.render(f"{question.name}.html", **values)
            return HTMLResponse(html, 422) if wrong else tagged(request, html.encode(), "text/html")

        handle = self.answering(question, answer, strict=False)

        async def or_login(request: Request) -> Response:
            if self.access.closed and await self.threads.run(self.access.session, request) is None:
                view = await self.threads.run(self.view, request)
                return RedirectResponse(view.link("/login", next=view.here), 303)
            return await handle(request)

        return or_login

    def answering(self, question: Question, answer: Answer, *, strict: bool) -> Handler:
        """Asks who it is and for what, then has the answer made in a thread of the question's lane."""

        def answered(request: Request, patient: bool) -> Response | None:
            person = self.access.person(request, "reader")
            asked = asked_of(question.asks, request.query_params.multi_items(), request.path_params, strict=strict)
            with self.desk.moment():
                long = question.is_long is not None and not patient and question.is_long(self.desk, asked)
                return None if long else answer(request, asked, person)

        async def handle(request: Request) -> Response:
            lane: Lane = "slow" if question.slow else "quick"
            found = await self.threads.run(answered, request, False, lane=lane)
            if found is None:  # it only waits for another process: it shall not hold up those that work
                found = await self.threads.run(answered, request, True, lane="waiting")
            assert found is not None
            return found

        return handle

    def call(self, change: Change) -> Handler:
        """A change as a call of the API."""

        async def make(request: Request) -> Response:
            person = await self.threads.run(self.access.person, request, change.role)
            if request.headers.get("content-type", "").partition(";")[0].strip() != "application/json":
                return problem(415, "send the change as application/json")
            await self.threads.run(self.same_site, request)
            asked = decoded(change.asks, await request.body())
            made = await self.made(change, asked, person)
            self.changed()
            return as_json(request, made, 201)

        return make

    def same_site(self, request: Request) -> None:
        """Refuses a change by a browser that was sent here by another site; programs send no such header."""
        self.from_here(request)
        if self.access.closed and "authorization" not in request.headers:
            self.access.guarded(request, request.headers.get("x-saksi-guard"))

    def from_here(self, request: Request) -> None:
        """Refuses a browser that was sent here by another site."""
        if request.headers.get("sec-fetch-site", "same-origin") not in ("same-origin", "none"):
            raise DeniedError(403, "this change comes from another site")

    def form(self, change: Change) -> Handler:
        """A change as a form of a page; the browser goes on to `next`."""

        async def make(request: Request) -> Response:
            given = await self.fields(request)
            person = await self.threads.run(self.access.person, request, change.role)
            asked = form_of(change.asks, given)
            made = await self.made(change, asked, person)
            self.changed()
            onward = inside(dict(given).get("next")).replace("{id}", str(getattr(made, "id", "")))
            return RedirectResponse(onward, 303)

        return make

    async def fields(self, request: Request) -> list[tuple[str, str]]:
        """The fields of a form that comes from our own page."""
        async with request.form(max_fields=2000) as form:
            given = [(k, v) for k, v in form.multi_items() if isinstance(v, str)]
        await self.threads.run(self.access.guarded, request, dict(given).get("guard"))
        return given

    async def made(self, change: Change, asked: Any, person: Person) -> Any:
        """Makes a change; who judges waits for no long question and for no text that is read."""
        return await self.threads.run(change.make, self.desk, asked, person, lane="slow" if change.slow else "judging")

    def changed(self) -> None:
        """Has what is derived brought up to date."""
        if self.keeper is not None:
            self.keeper.wake()

    def view(self, request: Request) -> View:
        """What a page is made with."""
        code = chosen_language(request.cookies.get("saksi_language"), request.headers.get("accept-language", ""))
        return View(self.desk, request, self.access.session(request), code)

    async def refused(self, request: Request, error: Exception) -> Response:
        """An error: a problem for programs, a page for people; never a trace, never a secret."""
        return await self.threads.run(self.refusal, request, error)

    def refusal(self, request: Request, error: Exception) -> Response:
        """The same, in a thread of its own."""
        status = next((s for sort, s in STATUS.items() if isinstance(error, sort)), 500)
        status = getattr(error, "status", getattr(error, "status_code", status))
        detail = str(getattr(error, "detail", error)) if status != 500 else "something went wrong; the log has more"
        headers = dict(getattr(error, "headers", None) or {})
        headers |= {429: {"retry-after": "300"}, 503: {"retry-after": "30"}, 401: {"www-authenticate": "Bearer"}}.get(
            status, {}
        )
        path = request.url.path
        if path.startswith(PREFIX + "/") or path.endswith(SUFFIXES):
            return problem(status, detail, **headers)
        html = self.view(request).render("error.html", status=status, detail=detail)
        return HTMLResponse(html, status, headers=headers)

    async def login(self, request: Request) -> Response:
        """The page to log in."""
        view = await self.threads.run(self.view, request)
        if request.method == "GET":
            return HTMLResponse(view.render("login.html", wrong=None, onward=inside(request.query_params.get("next"))))
        self.from_here(request)
        async with request.form() as sent:
            form = {k: v for k, v in sent.items() if isinstance(v, str)}
        address = request.client.host if request.client else "?"
        try:
            secret = await self.threads.run(self.access.log_in, form.get("name", ""), form.get("password", ""), address)
        except DeniedError as error:
            page = view.render("login.html", wrong=str(error), onward=inside(form.get("next")))
            return HTMLResponse(page, error.status, headers={"retry-after": "300"} if error.status == 429 else {})
        answer = RedirectResponse(inside(form.get("next")), 303)
        secure = request.url.scheme == "https"
        answer.set_cookie(COOKIE, secret, httponly=True, samesite="strict", secure=secure)
        return answer

    async def logout(self, request: Request) -> Response:
        """Ends the session."""
        await self.fields(request)
        from saksi.ledger.people import close_session

        secret = request.cookies.get(COOKIE)
        if secret:
            await self.threads.run(close_session, self.desk.ledger, secret)
        answer = RedirectResponse("/login", 303)
        answer.delete_cookie(COOKIE)
        return answer

    async def language(self, request: Request) -> Response:
        """Switches the language of the page."""
        code = request.path_params["code"]
        if code not in LANGUAGES:
            raise HTTPException(404, f"the page is not written in {code!r}")
        answer = RedirectResponse(inside(request.query_params.get("next")), 303)
        answer.set_cookie("saksi_language", code, max_age=31_536_000, samesite="lax")
        return answer

    def sentence(self, request: Request) -> Response:
        """Leads to a claim's sentence in its document."""
        self.access.person(request, "reader")
        row = self.desk.row(request.path_params["id"])
        return RedirectResponse(f"/documents/{row.document.id}?claim={row.id}#{row.id}", 303)

    def about_api(self, request: Request) -> Response:
        """What programs can ask and do."""
        self.access.person(request, "reader")
        html = self.view(request).render("api.html", questions=QUESTIONS, changes=CHANGES, address=address)
        return HTMLResponse(html)

    async def bring(self, request: Request) -> Response:
        """The page to bring texts in."""
        if request.method == "GET":
            await self.threads.run(self.access.person, request, "reviewer")
            view = await self.threads.run(self.view, request)
            told = {"sources": sorted(self.desk.registers.sources), "readable": known_languages(self.desk.overlay)}
            return HTMLResponse(view.render("bring.html", **told))
        async with request.form(max_files=1000, max_part_size=LARGEST) as form:
            given = {k: v for k, v in form.multi_items() if isinstance(v, str)}
            sent = [f for f in form.getlist("files") if isinstance(f, UploadFile) and f.filename]
            files = [(f.filename or "file", await f.read()) for f in sent]
        await self.threads.run(self.access.guarded, request, given.get("guard"))
        await self.threads.run(self.access.person, request, "reviewer")
        job = await self.threads.run(self.bringing.begin, given, files)
        return RedirectResponse(f"/bring/{job}", 303)

    async def job(self, request: Request) -> Response:
        """How far a job is; what it asks is answered here too."""
        await self.threads.run(self.access.person, request, "reviewer")
        job = self.bringing.job(request.path_params["job"])
        if request.method == "POST":
            given = dict(await self.fields(request))
            if "stop" in given:
                self.bringing.stop(job)
            else:
                await self.threads.run(self.bringing.answer, job, given)
            return RedirectResponse(request.url.path, 303)
        view = await self.threads.run(self.view, request)
        return HTMLResponse(await self.threads.run(lambda: view.render("job.html", job=job)))


def found_on_page(question: Question, desk: Desk, asked: Any) -> tuple[Any, UsageError | None]:
    """The answer that a page shows (None: it is still being made), and what is wrong with the question."""
    try:
        return (question.glance or question.answer)(desk, asked), None
    except MalformedError:
        raise
    except UsageError as error:
        if question.nothing is None:
            raise
        return question.nothing, error


def inside(path: str | None) -> str:
    """An address of this site; anything else is the first page."""
    safe = path is not None and path.startswith("/") and not path.startswith(("//", "/\\"))
    return path if safe and path is not None else "/"
