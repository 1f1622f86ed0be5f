"""A day of an editor's system, driven through a client that openapi-python-client has
generated from the service's OpenAPI document: import, wait, read the findings, review,
export, and receive a webhook. See scripts/day.sh."""

import base64
import hashlib
import hmac
import http.server
import io
import os
import queue
import threading
import time
import uuid

from corroborate_client import AuthenticatedClient
from corroborate_client.api.articles import get_article
from corroborate_client.api.findings import create_review, get_finding, list_findings
from corroborate_client.api.imports import create_import, get_import, list_import_results
from corroborate_client.api.reports import get_report, get_report_csv
from corroborate_client.api.stories import edit_story, get_story
from corroborate_client.api.webhooks import create_webhook
from corroborate_client.models import ItemDecision, ItemDecisionDecision, NewReviewBody, NewReviewBodyVerdict, StoryEdit
from corroborate_client.models import ListFindingsKindItem, ListFindingsVerdictItem, WebhookBody, WebhookBodyEventsItem
from corroborate_client.types import File

LINES = b"""{"id": "cms-1", "source": "Harbour Post", "published_at": "2025-03-28", "text": "The ferry Aurora hit the north pier of Port Alder on Thursday. The coast guard said 41 people were injured."}
{"id": "cms-2", "source": "Coastal Courier", "published_at": "2025-03-28", "text": "The ferry Aurora struck the north pier of Port Alder on Thursday. The coast guard said 27 people were injured."}
{"id": "cms-3", "source": ""}
"""
calls = queue.Queue()


class Receiver(http.server.BaseHTTPRequestHandler):
    def do_POST(self):
        calls.put((dict(self.headers), self.rfile.read(int(self.headers["Content-Length"]))))
        self.send_response(204)
        self.end_headers()

    def log_message(self, *args):
        pass


def signed(secret, headers, body):
    headers = {name.lower(): value for name, value in headers.items()}
    key = base64.b64decode(secret.removeprefix("whsec_"))
    text = f"{headers['webhook-id']}.{headers['webhook-timestamp']}.".encode() + body
    want = "v1," + base64.b64encode(hmac.digest(key, text, hashlib.sha256)).decode()
    return want in headers["webhook-signature"].split()


def until(done):
    for _ in range(300):
        if (result := done()) is not None:
            return result
        time.sleep(0.2)
    raise SystemExit("it takes too long")


client = AuthenticatedClient(base_url=os.environ["URL"], token=os.environ["KEY"], raise_on_unexpected_status=True)

server = http.server.ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
threading.Thread(target=server.serve_forever, daemon=True).start()
hook = create_webhook.sync(client=client, body=WebhookBody(url=f"http://127.0.0.1:{server.server_port}/",
                                                          events=[WebhookBodyEventsItem.REVIEW_CREATED]))
print("webhook:", hook.id)

started = create_import.sync(client=client, body=File(payload=io.BytesIO(LINES)), name="morning", idempotency_key=str(uuid.uuid4()))
until(lambda: (now := get_import.sync(started.id, client=client)).status == "done" and now.waiting == 0 or None)
lines = list_import_results.sync(started.id, client=client).items
print("import:", [(line.line, str(line.outcome)) for line in lines])
assert [str(line.outcome) for line in lines] == ["created", "created", "failed"], lines

story_id = until(lambda: get_article.sync(lines[0].article_id, client=client).story_id)
until(lambda: get_story.sync(story_id, client=client).status == "ready" or None)
found = list_findings.sync(story_id, client=client, verdict=[ListFindingsVerdictItem.DIVERGE], kind=[ListFindingsKindItem.NUMBER]).items
finding = get_finding.sync(found[0].id, client=client)
print("finding:", finding.summary, "|", finding.differences[0].explanation)

review = create_review.sync(finding.id, client=client, idempotency_key=str(uuid.uuid4()), body=NewReviewBody(
    verdict=NewReviewBodyVerdict.DIVERGE, note="The coast guard says 41.",
    differences=[ItemDecision(id=finding.differences[0].id, decision=ItemDecisionDecision.CONFIRMED)]))
print("review:", review.outcome)

headers, body = calls.get(timeout=60)
assert signed(hook.secret, headers, body) and not signed(hook.secret, headers, body + b" "), headers
assert finding.id in body.decode(), body
print("webhook received and verified:", len(body), "bytes")

report = get_report.sync(story_id, client=client)
for article in report.articles:
    for claim in article.claims:
        assert article.text[claim.start : claim.end] == claim.exact, claim
table = get_report_csv.sync_detailed(story_id, client=client)
print("report:", len(report.findings), "findings,", len(table.content), "bytes as a table")

tag = get_story.sync_detailed(story_id, client=client).headers["ETag"]
edited = edit_story.sync_detailed(story_id, client=client, if_match=tag, body=StoryEdit(title="Ferry at Port Alder"))
stale = edit_story.sync_detailed(story_id, client=client, if_match=tag, body=StoryEdit(title="Another"))
assert (edited.status_code, stale.status_code) == (200, 412), (edited, stale)
print("edit:", edited.parsed.title)
