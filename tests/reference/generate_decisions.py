"""Writes a random policy, and requests whose instants lie near every bound.

The same seed gives the same documents, as long as the zones are the same.
"""

from random import Random

from calendar_model import DAY, format_day, parse_day
from decision_model import Case, Model, is_date
from generate_calendars import (
    cut_off,
    random_calendar,
    random_place,
    random_text,
    write_generated,
)

LEVELS = ["free", "trial", "standard", "premium", "ultimate"]
PRIORITIES = ["low", "normal", "high", "urgent"]
OFFERINGS = ["alpha", "beta", "gamma", "delta"]
FIELDS = {"form": ["general", "billing", "emergency"], "region": ["emea", "apac", "amer"]}
PLAIN_TAGS = ["vip", "runner", "region_emea", "Größe", *(f"team_{number}" for number in range(20))]
METRICS = ["first_reply", "next_reply", "periodic_update", "resolution"]
DURATIONS = ["45s", "15m", "30m", "4h", "8h", "24h", "1h30m", "2h5m7s", "90h"]
VERDICTS = sorted({verdict for verdict, _, _ in Case.VERDICTS})
STATUSES = ["requested", "approved", "refused", "completed", "cancelled"]

# Patterns on which all engines agree, with texts that they match or just miss.
PATTERNS = {
    r"\balpha\b": ["Alpha is down.", "alphabet soup", "our ALPHA-server"],
    r"\bself[ -]?hosted\b": ["self-hosted box", "SELF HOSTED", "selfhosted", "self  hosted"],
    r"\bshared runners?\b": ["Shared runners hang.", "shared runner", "sharedrunners"],
    r"/etc/beta/\S+": ["The file /etc/beta/app.rb is ignored.", "/etc/beta/ is empty"],
    r"größe": ["Die GRÖßE stimmt nicht.", "Grösse", "größer"],
    r"\bkiosk[0-9]{2,3}\b": ["\u212aio\u017f\u212a42 hangs", "kiosk7", "kiosk1234", "KIOSK123"],
    r"^(gamma|cloud)": ["Gamma upgrade", "cloud", "the cloud", "old gamma"],
    r"delta$": ["We use Delta", "delta.", "deltas"],
}
PLAIN_TEXTS = ["", "How do I rename a label?", "unser Dienst ist langsam – bitte prüfen", "世界 🙂"]

# Contracts and migrations around a moment may be some years away, and must be in 1970 to 2200.
FIRST_MOMENT = 5 * 365 * DAY
LAST_MOMENT = 225 * 365 * DAY


def some(rng, values, least=0):
    """Some of the values, in any order."""
    return rng.sample(values, rng.randint(least, len(values)))


def maybe(rng, probability, document):
    return document if rng.random() < probability else {}


# Policies

def random_levels(rng):
    """Lowest first; mostly the lowest ones are unpaid."""
    count = rng.choice([1, 2, 2, 3, 3, 3, 4, 4, 5, 5])
    levels = sorted(rng.sample(LEVELS, count), key=LEVELS.index)
    if rng.random() < 0.9:
        return levels, levels[: rng.choice([1, 1, max(1, count - 1)])]
    return levels, rng.sample(levels, rng.randint(1, count))


def random_offerings(rng, levels):
    return {name: random_offering(rng, name, levels) for name in some(rng, OFFERINGS, 1)}


def random_offering(rng, name, levels):
    """Tags of its own, or shared ones; some levels have none."""
    own = f"focus_{name}"
    return (
        {"title": name.title()}
        | maybe(rng, 0.8, {"focus_tag": rng.choice([own, own, "focus_shared"])})
        | maybe(rng, 0.95, {"level_tags": random_level_tags(rng, name, levels)})
    )


def random_level_tags(rng, offering, levels):
    tags = {}
    for level in some(rng, levels, 1):
        own = f"{offering}_{level}"
        tags[level] = rng.choice([own, own, f"any_{level}", f"{offering}_any"])
    return tags


def random_priorities(rng):
    return [priority for priority in PRIORITIES if rng.random() < 0.7] or ["normal"]


def random_fields(rng):
    return {name: FIELDS[name] for name in some(rng, list(FIELDS), 1)}


def ticket_keys(policy):
    """What conditions may test before the decision, and the values."""
    org_tags = PLAIN_TAGS + Model(policy).level_tags()
    return {"tag": PLAIN_TAGS, "org_tag": org_tags} | policy.get("fields", {})


def all_keys(policy):
    return ticket_keys(policy) | {
        "level": policy["levels"],
        "offering": list(policy["offerings"]),
        "priority": policy["priorities"],
        "verdict": VERDICTS,
    }


def random_condition(rng, keys, depth=0):
    """One to three keys; down to three conditions deep."""
    kinds = ["values"] if depth == 3 else ["values", "values", "values", "any", "all", "not"]
    condition = {}
    for _ in range(rng.choice([1, 1, 2, 3])):
        kind = rng.choice(kinds)
        if kind == "values":
            key = rng.choice(list(keys))
            condition[key] = random_values(rng, keys[key])
        elif kind == "not":
            condition["not"] = random_condition(rng, keys, depth + 1)
        else:
            count = rng.randint(1, 3)
            condition[kind] = [random_condition(rng, keys, depth + 1) for _ in range(count)]
    return condition


def random_values(rng, values):
    """One value, any of some, or none of some."""
    chosen = rng.sample(values, rng.randint(1, min(3, len(values))))
    return rng.choice([chosen[0], chosen, {"not": chosen}])


def random_priority_rules(rng, policy):
    keys = ticket_keys(policy) | {"priority": policy["priorities"]}
    return [
        {"when": random_condition(rng, keys), "priority": rng.choice(policy["priorities"])}
        for _ in range(rng.randint(1, 3))
    ]


def random_classify(rng, policy):
    rules = [random_when_rule(rng, policy) for _ in range(rng.randint(0, 2))]
    patterns = [random_match_rule(rng, policy, pattern) for pattern in some(rng, list(PATTERNS))]
    if not rules + patterns:
        return {}
    shuffled = rng.sample(rules + patterns, len(rules + patterns))
    return {"classify": {"rules": shuffled} | (random_limits(rng, patterns) if patterns else {})}


def random_when_rule(rng, policy):
    condition = random_condition(rng, ticket_keys(policy))
    return {"offering": rng.choice(list(policy["offerings"])), "when": condition}


def random_match_rule(rng, policy, pattern):
    rule = {"offering": rng.choice(list(policy["offerings"])), "match": pattern}
    return rule | maybe(rng, 0.7, {"weight": rng.randint(1, 4)})


def random_limits(rng, patterns):
    """A threshold that some offering can reach, and a margin like it."""
    weights = {}
    for rule in patterns:
        weights[rule["offering"]] = weights.get(rule["offering"], 0) + rule.get("weight", 1)
    most = min(max(weights.values()), 5)
    return maybe(rng, 0.7, {"threshold": rng.randint(1, most)}) | maybe(
        rng, 0.7, {"margin": rng.randint(1, most)}
    )


def random_sla_rule(rng, policy, number):
    return {
        "id": f"rule-{number}",
        "when": random_condition(rng, all_keys(policy)),
        "targets": {metric: random_target(rng, policy) for metric in some(rng, METRICS, 1)},
    }


def random_target(rng, policy):
    chosen = some(rng, policy["priorities"], 1)
    by_priority = {priority: rng.choice(DURATIONS) for priority in chosen}
    return {
        "kind": rng.choice(["sla", "slo"]),
        "calendar": rng.choice(list(policy["calendars"])),
        "within": rng.choice([rng.choice(DURATIONS), by_priority]),
    }


def random_migration_settings(rng, levels):
    return (
        {"memory_days": rng.choice([0, 1, 30, 180])}
        | maybe(rng, 0.6, {"grace_days": rng.choice([0, 1, 7])})
        | maybe(rng, 0.7, {"provisional_level": rng.choice(["current", "current"] + levels)})
        | maybe(rng, 0.5, {"realise": rng.choice(["org_tag", "note"])})
    )


def random_policy(rng, place, moment):
    levels, unpaid = random_levels(rng)
    priorities = random_priorities(rng)
    policy = {
        "policy": "random-decisions",
        "time_zone": place,
        "levels": levels,
        "unpaid": unpaid,
        "priorities": priorities,
        "default_priority": rng.choice(priorities),
        "offerings": random_offerings(rng, levels),
        "migration": random_migration_settings(rng, levels),
        "calendars": random_calendars(rng, place, moment),
    }
    policy |= maybe(rng, 0.8, {"fields": random_fields(rng)})
    policy |= maybe(rng, 0.5, {"priority_rules": random_priority_rules(rng, policy)})
    policy |= maybe(rng, 0.9, random_classify(rng, policy))
    count = rng.choice([1, 2, 3, 4, 5, 90])
    rules = [random_sla_rule(rng, policy, number) for number in range(count)]
    return policy | maybe(rng, 0.9, {"sla": rules})


def random_calendars(rng, place, moment):
    """In the policy's zone, in another one, and one without an end."""
    elsewhere, _ = random_place(rng)
    return {
        "here": random_calendar(rng, place, moment),
        "elsewhere": random_calendar(rng, elsewhere, moment),
        "always": {"always_open": True},
    }


# Requests

def random_bound(rng, moment, days):
    """A date or an instant, so many days from the moment or right at it."""
    instant = moment + rng.choice([0, days * DAY, days * DAY])
    if rng.random() < 0.7:
        return format_day(instant // DAY + rng.choice([-1, 0, 0, 1]))
    return cut_off(rng, random_text(rng, instant + rng.choice([-1, 0, 0, 1])))


def usual_offering(rng, model, place):
    """Often the usual one: orgs move from the last offering to the first."""
    offerings = list(model.offerings)
    return offerings[place] if rng.random() < 0.6 else rng.choice(offerings)


def random_entitlement(rng, model, moment):
    """Mostly one that runs, or that starts or ends at the moment."""
    entitlement = {
        "offering": usual_offering(rng, model, -1),
        "level": rng.choice(paid_levels(model) * 3 + model.levels),
    }
    first, last = rng.choice([(-400, 400), (-400, 400), (-90, -5), (5, 90)])
    bounds = [random_bound(rng, moment, first), random_bound(rng, moment, last)]
    starts, ends = sorted(bounds, key=model.first_instant)
    if not is_before(model, ends, starts):
        entitlement |= maybe(rng, 0.9, {"starts": starts}) | maybe(rng, 0.9, {"ends": ends})
    return entitlement | maybe(rng, 0.2, {"hold": rng.random() < 0.8})


def paid_levels(model):
    return [level for level in model.levels if model.is_paid(level)]


def is_before(model, ends, starts):
    """As dates if both are, else as instants."""
    if is_date(starts) and is_date(ends):
        return parse_day(ends) < parse_day(starts)
    return model.end_instant(ends) < model.first_instant(starts)


def random_migration(rng, model, number, day):
    """Its bounds, with grace and memory, are near as well."""
    grace = model.migration.get("grace_days", 0)
    memory = model.migration["memory_days"]
    past = rng.choice([0, 0, grace, grace + memory, grace + memory])
    return {
        "id": f"m{number}",
        "to": usual_offering(rng, model, 0),
        "level": rng.choice(paid_levels(model)),
        "target_date": format_day(day - past + rng.choice([-2, -1, -1, 0, 1, 30])),
        "status": rng.choice(STATUSES[:3] + STATUSES),
    }


def random_texts(rng, policy):
    """Sentences for the subject and the description, most of them for the
    policy's patterns."""
    rules = policy.get("classify", {}).get("rules", [])
    fitting = [text for rule in rules if "match" in rule for text in PATTERNS[rule["match"]]]
    other = [rng.choice(texts) for texts in PATTERNS.values()]
    texts = [rng.choice(fitting * 3 + other + PLAIN_TEXTS) for _ in range(rng.randint(0, 4))]
    cut = rng.randint(0, len(texts))
    subject = maybe(rng, 0.9, {"subject": " ".join(texts[:cut])})
    return subject | maybe(rng, 0.9, {"description": "\n".join(texts[cut:])})


def random_field_values(rng, policy):
    fields = policy.get("fields", {})
    return {name: rng.choice(fields[name]) for name in some(rng, list(fields))}


def random_ticket(rng, model, number, now):
    policy = model.policy
    tags = model.level_tags() + model.focus_tags() + PLAIN_TAGS
    created_at = now + rng.choice([0, 1, -1, rng.randint(-5 * DAY, 0), rng.randint(-90 * DAY, DAY)])
    return (
        {"id": f"t{number}", "created_at": cut_off(rng, random_text(rng, created_at))}
        | random_texts(rng, policy)
        | maybe(rng, 0.8, {"tags": some(rng, tags)})
        | maybe(rng, 0.7, {"priority": rng.choice(policy["priorities"])})
        | maybe(rng, 0.7, {"fields": random_field_values(rng, policy)})
        | maybe(rng, 0.65, {"offering": usual_offering(rng, model, 0)})
    )


def random_org(rng, model):
    org = {"id": "acme"} | maybe(rng, 0.3, {"name": "Acme & Söhne", "notes": "Pays late."})
    return org | maybe(rng, 0.7, {"tags": some(rng, PLAIN_TAGS + model.level_tags())})


def random_purchases(rng, model, moment):
    """What the org has bought and arranged."""
    day = model.zone.label_at(moment) // DAY
    bought = rng.choice([0, 1, 1, 2, 2, 3, 4])
    entitlements = [random_entitlement(rng, model, moment) for _ in range(bought)]
    arranged = rng.randint(0, 4) if paid_levels(model) else 0
    migrations = [random_migration(rng, model, number, day) for number in range(arranged)]
    return {"entitlements": entitlements} | maybe(rng, 0.9, {"migrations": migrations})


def random_now(rng, model, request, moment):
    """Near a bound of what the org has, or near the moment of the policy."""
    bounds = [bound for bound in model.bounds(request) if abs(bound - moment) < 99 * DAY]
    if bounds and rng.random() < 0.7:
        return rng.choice(bounds) + rng.choice([-1, 0, 0, 1])
    return moment + rng.choice([-1, 0, 1, rng.randint(-90 * DAY, 90 * DAY)])


def random_request(rng, model, number, moment):
    """First what the org has, then an instant that fits it."""
    if rng.random() < 0.05:
        ticket = random_ticket(rng, model, number, moment)
        request = {"now": random_text(rng, moment), "ticket": ticket}
        return request | maybe(rng, 0.5, {"org": None}) | maybe(rng, 0.5, {"migrations": []})
    request = {"org": random_org(rng, model)} | random_purchases(rng, model, moment)
    now = random_now(rng, model, request, moment)
    ticket = random_ticket(rng, model, number, now)
    return {"now": cut_off(rng, random_text(rng, now)), "ticket": ticket} | request


def generate(seed, count):
    rng = Random(seed)
    place, moment = random_place(rng)
    while not FIRST_MOMENT < moment < LAST_MOMENT:
        place, moment = random_place(rng)
    policy = random_policy(rng, place, moment)
    model = Model(policy)
    return policy, [random_request(rng, model, number, moment) for number in range(count)]


if __name__ == "__main__":
    write_generated(__doc__.splitlines()[0], generate, "requests")
