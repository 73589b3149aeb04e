#!/usr/bin/env python3
# SPDX-License-Identifier: MIT
"""Makes what all peers answer: requests about the contract's policy, and questions about due times.

Usage: inputs.py COUNT FOLDER

requests.ndjson holds the requests as the contract writes them. facts.ndjson holds the same for
engines that know no dates, zones or defaults: instants are seconds since 1970, unbounded ones are
0 and NEVER, a migration has its end and when it is forgotten, and no key is ever left out.
due-*.ndjson hold questions, by hours of open time: a calendar, a start, and open seconds. All are
the same in every run. texts.txt holds texts of 2 KB, one a line.
"""
import json
import pathlib
import random
import sys
from datetime import date, datetime, timedelta, timezone
from zoneinfo import ZoneInfo

NEVER = 9_999_999_999
MEMORY_DAYS = 180
ZONE = ZoneInfo("America/Los_Angeles")
FIRST_DAY = date(2026, 6, 1)
HOURS = (1, 8, 40, 200)
QUESTIONS = 200
CLOCK_CHANGES = (
    datetime(2026, 3, 29, 2, tzinfo=timezone.utc), datetime(2026, 10, 25, 2, tzinfo=timezone.utc),
)  # fmt: skip
TEXTS, TEXT_SIZE = 200, 2048

OFFERINGS = ("self_managed", "saas", "dedicated")
LEVELS = ("standard", "premium", "ultimate")
PRIORITIES = ("low", "normal", "high", "urgent")
FORMS = ("cloud", "self_managed", "emergency", "billing", "general")
STATUSES = ("requested", "approved", "refused", "completed", "cancelled")
POLICY_TAGS = (
    "sm_standard", "sm_premium", "sm_ultimate", "saas_standard", "saas_premium", "saas_ultimate",
    "dedicated_ultimate", "focus_self_managed", "focus_saas", "focus_dedicated",
)  # fmt: skip
OTHER_TAGS = (
    "runner", "backup_restore", "upgrade_17", "sentiment_negative", "language_en", "needs_org",
    "customer", "emergency_contact", "sla_breach", "awaiting_license", "geo_replication",
)  # fmt: skip
ORG_TAGS = ("region_emea", "region_apac", "region_amer", "key_account", "account_health_ok")

# Sentences that say nothing about the offering, and those that do.
PLAIN = (
    "Since the update last night our jobs stay pending for ten minutes or more.",
    "The log says: connection refused (127.0.0.1:5432), retrying in 30 seconds.",
    "We restarted the service twice, without any change so far.",
    "Könnten Sie bitte prüfen, ob das mit dem Zertifikat zusammenhängt?",
    "Our production has about 2,400 users, and the release is due on Friday.",
    "Attached are the configuration and the output of the doctor command.",
    "It worked before – nothing else was changed on our side.",
)
TELLING = {
    "saas": (
        "See https://cloud.northwind.example/acme/web/-/jobs/17.",
        "The shared runners hang on cloud.northwind.example.",
        "We use the SaaS version only.",
        "Everything runs in Northwind Cloud.",
        "A shared runner takes the job and drops it.",
    ),
    "self_managed": (
        "We ran northwind-ctl reconfigure again.",
        "It is a Self-Managed instance on Debian.",
        "Our selfhosted server has 8 cores.",
        "The setting is in /etc/northwind/main.rb already.",
    ),
    "dedicated": (
        "This is about our dedicated instance.",
        "Only the Dedicated Tenant in Frankfurt shows it.",
    ),
}


def happens(rng, percent):
    return rng.randrange(100) < percent


def text_of(rng, telling_percent):
    """A subject and a description; offerings are named sometimes, and sometimes two of them."""
    sentences = rng.sample(PLAIN, rng.randint(2, 5))
    while happens(rng, telling_percent):
        sentences.append(rng.choice(TELLING[rng.choice(OFFERINGS)]))
        telling_percent //= 3
    rng.shuffle(sentences)
    return sentences[0], "Hello team,\n\n" + " ".join(sentences[1:]) + "\nBest regards"


def make_ticket(rng, now, number):
    ticket = {"id": f"T-{number}"}
    created = now - timedelta(seconds=rng.randrange(7 * 86400))
    ticket["created_at"] = created.strftime("%Y-%m-%dT%H:%M:%SZ")
    if happens(rng, 75):
        ticket["priority"] = rng.choice(PRIORITIES)
    if happens(rng, 60):
        ticket["offering"] = rng.choice(OFFERINGS)
    if happens(rng, 60):
        ticket["fields"] = {"form": rng.choice(FORMS)}
    ticket["subject"], ticket["description"] = text_of(rng, 85)
    ticket["tags"] = rng.sample(POLICY_TAGS, rng.choice((0, 0, 1, 1, 2, 3)))
    ticket["tags"] += rng.sample(OTHER_TAGS, rng.randint(0, 5))
    rng.shuffle(ticket["tags"])
    return ticket


def make_entitlement(rng, today, age):
    """`age`: what most of the org's entitlements are; current, ended or to come."""
    offering = rng.choice(OFFERINGS)
    level = "ultimate" if offering == "dedicated" else rng.choice(LEVELS)
    entitlement = {"offering": offering, "level": "free" if happens(rng, 12) else level}
    first, last = {
        "current": (-rng.randint(0, 360), rng.randint(0, 360)),
        "ended": (-rng.randint(400, 800), -rng.randint(1, 300)),
        "upcoming": (rng.randint(1, 60), rng.randint(100, 400)),
    }[age if happens(rng, 75) else rng.choice(("current", "ended", "upcoming"))]
    if happens(rng, 85):
        entitlement["starts"] = (today + timedelta(first)).isoformat()
    if happens(rng, 85):
        entitlement["ends"] = (today + timedelta(last)).isoformat()
    if happens(rng, 12):
        entitlement["hold"] = True
    return entitlement


def make_migration(rng, today, number, asked):
    """`asked`: the offering that the ticket names, which most migrations of the org go to."""
    return {
        "id": f"m-{number}-{rng.randrange(1000)}",
        "to": asked if asked and happens(rng, 70) else rng.choice(OFFERINGS),
        "level": rng.choice(LEVELS),
        "target_date": (today + timedelta(rng.randint(-240, 90))).isoformat(),
        "status": rng.choices(STATUSES, (5, 6, 4, 1, 1))[0],
    }


def make_request(rng, number):
    midnight = datetime(FIRST_DAY.year, FIRST_DAY.month, FIRST_DAY.day, tzinfo=timezone.utc)
    now = midnight + timedelta(seconds=rng.randrange(365 * 86400))
    today = now.astimezone(ZONE).date()
    request = {"now": now.strftime("%Y-%m-%dT%H:%M:%SZ"), "ticket": make_ticket(rng, now, number)}
    if happens(rng, 4):
        return request
    tags = rng.sample(ORG_TAGS, rng.randint(0, 2))
    org = f"org-{rng.randrange(3000)}"
    request["org"] = {"id": org, "name": "Kestrel Instruments", "tags": tags}
    if happens(rng, 5):
        return request
    age = rng.choices(("current", "ended", "upcoming"), (8, 1, 1))[0]
    count = rng.choice((1, 1, 1, 2, 2, 3, 4))
    request["entitlements"] = [make_entitlement(rng, today, age) for _ in range(count)]
    count, asked = rng.choice((0, 1, 1, 2, 2, 3)), request["ticket"].get("offering")
    request["migrations"] = [make_migration(rng, today, number, asked) for _ in range(count)]
    return request


def seconds_of(text):
    return int(datetime.fromisoformat(text.replace("Z", "+00:00")).timestamp())


def date_start(day):
    return int(datetime(day.year, day.month, day.day, tzinfo=ZONE).timestamp())


def day_after(text, days=1):
    return date_start(date.fromisoformat(text) + timedelta(days))


def entitlement_facts(entitlement):
    starts, ends = entitlement.get("starts"), entitlement.get("ends")
    return {
        "offering": entitlement["offering"],
        "level": entitlement["level"],
        "starts": date_start(date.fromisoformat(starts)) if starts else 0,
        "ends": day_after(ends) if ends else NEVER,
        "hold": entitlement.get("hold", False),
    }


def migration_facts(migration):
    target = migration["target_date"]
    return {
        "id": migration["id"],
        "to": migration["to"],
        "level": migration["level"],
        "status": migration["status"],
        "target_date": target,
        "end": day_after(target),
        "forgotten": day_after(target, 1 + MEMORY_DAYS),
    }


def facts_of(request):
    ticket, org = request["ticket"], request.get("org")
    return {
        "now": seconds_of(request["now"]),
        "ticket": {
            "id": ticket["id"],
            "subject": ticket["subject"],
            "description": ticket["description"],
            "priority": ticket.get("priority", "normal"),
            "created_at": seconds_of(ticket["created_at"]),
            "tags": ticket["tags"],
            "offering": ticket.get("offering"),
            "form": ticket.get("fields", {}).get("form"),
        },
        "org": {"id": org["id"], "tags": org["tags"]} if org else None,
        "entitlements": [entitlement_facts(one) for one in request.get("entitlements", ())],
        "migrations": [migration_facts(one) for one in request.get("migrations", ())],
    }


def make_question(rng, hours):
    """Starts are whole minutes, since some peers count minutes; many lie before a clock change."""
    start = datetime(2026, 1, 1, tzinfo=timezone.utc) + timedelta(minutes=rng.randrange(525_600))
    if happens(rng, 20):
        before = timedelta(minutes=rng.randrange(7 * 1440))
        start = rng.choice(CLOCK_CHANGES) - before
    calendar = rng.choice(("office", "watch"))
    return {"calendar": calendar, "start": int(start.timestamp()), "seconds": hours * 3600}


def make_text(rng):
    """2 KB on one line, of which one or two sentences tell something, or none."""
    sentences = [rng.choice(PLAIN) for _ in range(TEXT_SIZE // 40)]
    for _ in range(rng.randint(0, 2)):
        sentences.insert(rng.randint(0, 20), rng.choice(TELLING[rng.choice(OFFERINGS)]))
    return " ".join(sentences).encode()[:TEXT_SIZE].decode(errors="ignore")


def write(path, documents):
    lines = [json.dumps(one, ensure_ascii=False) + "\n" for one in documents]
    path.write_text("".join(lines), encoding="utf-8")


def main(count, folder):
    rng, folder = random.Random(2026), pathlib.Path(folder)
    folder.mkdir(parents=True, exist_ok=True)
    requests = [make_request(rng, number) for number in range(int(count))]
    write(folder / "requests.ndjson", requests)
    write(folder / "facts.ndjson", map(facts_of, requests))
    for hours in HOURS:
        questions = [make_question(rng, hours) for _ in range(QUESTIONS)]
        write(folder / f"due-{hours}.ndjson", questions)
    texts = "".join(make_text(rng) + "\n" for _ in range(TEXTS))
    (folder / "texts.txt").write_text(texts, encoding="utf-8")


if __name__ == "__main__":
    main(*sys.argv[1:])
