"""What a tester that makes up its data cannot know: ids that exist, words that are
used once, and places in lists that the service has given."""

import http.server
import json
import os
import random
import threading
import time
import urllib.error
import urllib.parse
import urllib.request
import uuid

import schemathesis
from schemathesis.generation import GenerationMode

BASE = os.environ["URL"] + "/api/v1"
KEY = os.environ["KEY"]

# Beside each kind of id, the list that gives ids of it.
LISTS = {
    "stories": "/stories",
    "articles": "/articles",
    "sources": "/sources",
    "feeds": "/feeds",
    "imports": "/imports",
    "keys": "/keys",
    "users": "/users",
    "webhooks": "/webhooks",
    "saved-searches": "/saved-searches",
    "shares": "/shares",
    "invitations": "/invitations",
    "actions": "/actions",
    "assignments": "/assignments",
    "blind-reviews": "/blind-reviews",
}
# Of these there are lists of one story, or of one article.
INSIDE = {
    "findings": ("stories", "/stories/%s/findings"),
    "reviews": ("stories", "/stories/%s/reviews"),
    "cleared": ("stories", "/stories/%s/cleared"),
    "claims": ("articles", "/articles/%s/claims"),
    "edits": ("articles", "/articles/%s/edits"),
}
# What the tester itself stands on: its key and its account.
OWN = set()
choose = random.Random(7)
kept: dict[str, tuple[float, list[str]]] = {}


def get(path):
    request = urllib.request.Request(BASE + path, headers={"Authorization": "Bearer " + KEY})
    try:
        with urllib.request.urlopen(request, timeout=30) as response:
            return json.load(response)
    except urllib.error.HTTPError as error:
        if error.code != 404:
            raise
        return {"items": []}  # the tester has removed it meanwhile


def ids(kind):
    """The ids of one kind, as they were a few seconds ago at most."""
    at, known = kept.get(kind, (0.0, []))
    if time.monotonic() - at < 5:
        return known
    if kind in INSIDE:
        outer, path = INSIDE[kind]
        known = [item["id"] for i in ids(outer)[:5] for item in get(path % i)["items"]]
    elif kind in LISTS:
        known = [item["id"] for item in get(LISTS[kind] + "?limit=50")["items"]]
    known = [i for i in known if i not in OWN]
    kept[kind] = (time.monotonic(), known)
    return known


def own():
    """Finds the tester's key and account, which it must not end."""
    if not OWN:
        OWN.update(item["id"] for path in ("/keys", "/users") for item in get(path)["items"])
    return OWN


def positive(case):
    return case.meta is not None and case.meta.generation.mode == GenerationMode.POSITIVE


class Feed(http.server.BaseHTTPRequestHandler):
    """A publisher, so that there are feeds."""

    def do_GET(self):
        body = b"""<?xml version="1.0"?><rss version="2.0"><channel><title>Quay News</title>
<item><guid>1</guid><title>Ferry hits pier</title><description>A ferry hit the pier on Monday.</description></item>
</channel></rss>"""
        self.send_response(200 if self.path.endswith(".xml") else 404)
        self.send_header("Content-Type", "application/rss+xml")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)

    def log_message(self, *args):
        pass


def publish():
    """Has the service follow feeds, which a tester without a network cannot make."""
    server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Feed)
    threading.Thread(target=server.serve_forever, daemon=True).start()
    for n in range(20):
        body = json.dumps({"url": f"http://127.0.0.1:{server.server_port}/{n}.xml"}).encode()
        request = urllib.request.Request(BASE + "/feeds", data=body, headers={"Authorization": "Bearer " + KEY, "Content-Type": "application/json"})
        urllib.request.urlopen(request, timeout=30).close()


publish()


@schemathesis.hook
def before_call(ctx, case, kwargs):
    if case.path_parameters and case.path_parameters.get("id") in own():
        case.path_parameters["id"] = str(uuid.uuid4())
    if not positive(case):
        return
    if case.headers and "Idempotency-Key" in case.headers:
        case.headers["Idempotency-Key"] = str(uuid.uuid4())
    if case.query:
        case.query.pop("cursor", None)  # any word is well-formed, few were given
    if case.headers and "If-Match" in case.headers and choose.random() < 0.5:
        case.headers["If-Match"] = "*"
    kind = case.path.removeprefix("/api/v1/").split("/")[0]
    follows = case.meta.phase.name.name == "STATEFUL"  # it has its ids from earlier answers
    if not follows and case.path_parameters and "id" in case.path_parameters and choose.random() < 0.7:
        if known := ids(kind):
            case.path_parameters["id"] = choose.choice(known)
    if case.method.upper() == "DELETE" and kind == "sources":  # a source is removed by its name too
        named = get("/sources/" + urllib.parse.quote(str(case.path_parameters["id"]), safe=""))
        case.query["name"] = named.get("name", case.query["name"])


@schemathesis.serializer("application/x-ndjson")
def lines(ctx, value):
    return value if isinstance(value, bytes) else str(value).encode("utf-8", "surrogatepass")


@schemathesis.serializer("text/x-opml")
def opml(ctx, value):
    return value if isinstance(value, bytes) else str(value).encode("utf-8", "surrogatepass")
