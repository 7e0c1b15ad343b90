"""A small server on loopback that plays models: good, sloppy, lying, obedient, slow, busy and broken ones."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any

from saksi.intake.document import Document
from saksi.languages.files import known_languages
from saksi.proposing.prompt import Example, claims_of, load_prompt

Claims = list[dict[str, Any]]
EXAMPLES: list[tuple[str, Example]] = [(c, e) for c in known_languages() for e in load_prompt(c).examples]


def documents() -> list[tuple[str, Document]]:
    """The texts of all prompts, under names of their own."""
    return [
        (f"text-{n}", Document(text=e.text, ref=f"text-{n}", language=code, published=e.published))
        for n, (code, e) in enumerate(EXAMPLES)
    ]


def right(asked: str) -> Claims:
    """What is right of the text that is asked about."""
    return next((claims_of(e) for _, e in EXAMPLES if e.text.strip() in asked), [])


class Model:
    """One model: what it answers to a request, as (status, body, headers); and all requests that came."""

    def __init__(self, answer: Callable[[dict[str, Any]], tuple[int, str]]) -> None:
        self.answer = answer
        self.requests: list[dict[str, Any]] = []
        self.headers: list[dict[str, str]] = []


def spoken(text: str) -> str:
    """The body of an answer whose message is a text."""
    usage = {"prompt_tokens": 1000, "completion_tokens": 200}
    return json.dumps({"choices": [{"message": {"role": "assistant", "content": text}}], "usage": usage})


def asked_in(request: dict[str, Any]) -> str:
    """The document of a request."""
    return str(request["messages"][-1]["content"])


def saying(claims: Callable[[str], Claims]) -> Model:
    """A model that answers as it is asked, with these claims of each text."""
    return Model(lambda request: (200, spoken(json.dumps({"document": "x", "claims": claims(asked_in(request))}))))


def sloppy() -> Model:
    """A model that chats, fences, curls quotes, writes figures as numbers and adds fields of its own."""

    def answer(request: dict[str, Any]) -> tuple[int, str]:
        claims = [
            {
                k: v.replace("-", "–").replace(" ", "  ") if isinstance(v, str) and k != "kind" else v
                for k, v in c.items()
            }
            for c in right(asked_in(request))
        ]
        for claim in claims:
            claim["number"] = int(claim["number"]) if claim["number"].isdecimal() else claim["number"]
            claim["confidence"] = 0.9
        body = json.dumps({"claims": claims}, ensure_ascii=False, indent=2)
        return 200, spoken(f"<think>Let me see {{}}</think>Here it is:\n```json\n{body}\n```\nAnything else?")

    return Model(answer)


def lying() -> Model:
    """A model that makes things up: numbers, places, days and speakers that no text has, and ages for victims."""

    def lies(asked: str) -> Claims:
        told = []
        for n, claim in enumerate(right(asked)):
            told += [
                claim | {"number": "4,321", "around": f"killed 4,321 {claim['counted']}"},
                claim | {"number": f"{n}{claim['number']}"},
                claim
                | {"place": "Atlantis", "days": "the day before doomsday", "speaker": "the oracle", "kind": "kill"},
            ]
        told.append({"number": "12", "around": "a 12-year-old girl", "kind": "kill"})
        told.append({"number": "128th", "around": "The 128th Brigade said", "kind": "kill"})
        return told

    return saying(lies)


@contextmanager
def served(model: Model) -> Iterator[str]:
    """The address of a model while it is served."""

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            length = int(self.headers["content-length"])
            model.requests.append(json.loads(self.rfile.read(length)))
            model.headers.append({k.lower(): v for k, v in self.headers.items()})
            status, body = model.answer(model.requests[-1])
            data = body.encode()
            self.send_response(status)
            if status == 429:
                self.send_header("retry-after", "0")
            self.send_header("content-length", str(len(data)))
            self.end_headers()
            try:
                self.wfile.write(data)
            except (BrokenPipeError, ConnectionResetError):
                return  # the asker had enough

        def log_message(self, *_: Any) -> None:
            """Says nothing."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    server.daemon_threads = True
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.02}, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_address[1]}/v1"
    finally:
        server.shutdown()
        server.server_close()


def slow(seconds: float) -> Model:
    """A model that takes its time."""

    def answer(_: dict[str, Any]) -> tuple[int, str]:
        time.sleep(seconds)
        return 200, spoken('{"claims": []}')

    return Model(answer)


def after(times: int, status: int, then: Model) -> Model:
    """A model that answers with a status first, so often, and then as another."""
    left = [times]

    def answer(request: dict[str, Any]) -> tuple[int, str]:
        if left[0]:
            left[0] -= 1
            return status, "not now"
        return then.answer(request)

    return Model(answer)
