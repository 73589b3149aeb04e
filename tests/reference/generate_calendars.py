"""Writes a random policy with odd calendars, and questions about them.

Everything lies near a moment at which something can go wrong: a change of the
zone's offset, a skipped date, the edge of an open interval. The same seed
gives the same documents, as long as the zones are the same.
"""

from argparse import ArgumentParser
from collections import namedtuple
from datetime import datetime, timedelta, timezone
import json
from pathlib import Path
from random import Random
import secrets
import zoneinfo

from calendar_model import DAY, SEARCH_DAYS, WEEKDAYS, Calendar, format_day, pin_zones, zone

# A calendar and the moment around which its policy and questions are made.
Scene = namedtuple("Scene", "name definition moment")

LAST_INSTANT = 84371 * DAY - 1  # of the year 2200

# The two with a search and a budget are asked more often.
OPS = ["due", "due_back"] * 2 + ["elapsed", "is_open", "next_open", "prev_open", "periods"]

ODD_PLACES = [
    ("UTC", "2026-01-01"),                      # what a calendar without a zone has
    ("Pacific/Apia", "2011-12-30"),             # a skipped date
    ("Pacific/Fakaofo", "2011-12-30"),
    ("Pacific/Kiritimati", "1994-12-31"),
    ("Pacific/Kanton", "1994-12-31"),
    ("Pacific/Kwajalein", "1993-08-21"),
    ("Africa/Monrovia", "1972-01-07"),          # from an offset with seconds
    ("Asia/Ust-Nera", "1981-04-01"),            # a gap of three hours
    ("Antarctica/Casey", "2020-10-04"),         # three hours, at 00:01
    ("Antarctica/Troll", "2026-03-29"),         # two hours
    ("Australia/Lord_Howe", "2026-10-04"),      # half an hour
    ("Asia/Kathmandu", "1986-01-01"),           # a quarter of an hour
    ("Asia/Pyongyang", "2018-05-05"),
    ("America/Caracas", "2016-05-01"),
    ("America/St_Johns", "2006-10-29"),         # at 00:01
    ("America/Sao_Paulo", "2018-11-04"),        # no midnight
    ("Africa/Cairo", "2026-04-24"),
    ("Asia/Beirut", "2027-03-28"),
    ("America/Havana", "2025-11-02"),           # midnight twice
    ("Atlantic/Azores", "2026-10-25"),
    ("America/Scoresbysund", "2024-03-31"),     # a new offset and summer time at once
    ("America/Nuuk", "2023-10-29"),
    ("Africa/Casablanca", "2026-02-15"),        # summer time but for Ramadan
    ("Africa/El_Aaiun", "2087-05-11"),          # where its table ends
    ("Asia/Gaza", "2040-10-20"),                # two changes in a week
    ("Europe/Dublin", "2026-10-25"),            # winter time is the exception
    ("America/New_York", "2037-11-01"),         # where fat tables end
    ("Europe/London", "2038-03-28"),
]


# Zones and moments

def random_place(rng):
    """A zone and a moment in it."""
    if rng.random() < 0.3:
        name, day = rng.choice(ODD_PLACES)
        return name, random_change(rng, name, seconds_since_epoch(day))
    name = rng.choice(sorted(zoneinfo.available_timezones()))
    return name, random_moment(rng, name)


def random_moment(rng, name):
    return random_change(rng, name, seconds_since_epoch(f"{random_year(rng)}-07-01"))


def seconds_since_epoch(day):
    return int(datetime.fromisoformat(day + "T00:00:00+00:00").timestamp())


def random_year(rng):
    """One whose neighbours may be named, too."""
    first, last = rng.choice([(1971, 1999), (2000, 2035), (2000, 2035), (2036, 2039), (2040, 2199)])
    return rng.randint(first, last)


def random_change(rng, name, around):
    """Mostly a change of the zone's offset, the nearest or any in a year
    around; where there is none, any instant."""
    near = changes(name, around - 3 * DAY, around + 3 * DAY)
    choices = near or changes(name, around - 183 * DAY, around + 183 * DAY)
    if choices and rng.random() < 0.8:
        return rng.choice(choices)
    return around + rng.randint(-183 * DAY, 183 * DAY)


def changes(name, start, end):
    """The first instants of new offsets."""
    offset_at = zone(name).offset_at
    found = []
    for after in range(start + DAY, end, DAY):
        before = after - DAY
        if offset_at(before) != offset_at(after):
            found.append(first_instant_of(offset_at, before, after))
    return found


def first_instant_of(offset_at, before, after):
    while after - before > 1:
        middle = (before + after) // 2
        if offset_at(middle) == offset_at(after):
            after = middle
        else:
            before = middle
    return after


# Hours

def format_time(seconds, with_seconds):
    text = f"{seconds // 3600:02}:{seconds // 60 % 60:02}"
    return text + f":{seconds % 60:02}" if with_seconds else text


def random_time(rng, times):
    """Seconds since midnight; often near one of the odd times."""
    if rng.random() < 0.5:
        return (rng.choice(times) + rng.choice([-3600, -1800, -60, -1, 0, 0, 0, 1, 60, 1800])) % DAY
    step = rng.choice([1, 60, 300, 1800])
    return rng.randrange(0, DAY, step)


def random_span(rng, times):
    """`FROM-TO`; about half of them overnight."""
    start, end = random_time(rng, times), random_time(rng, times)
    if rng.random() < 0.2 or start == end:
        start = 0
    if rng.random() < 0.2 or start == end:
        end = DAY
    with_seconds = start % 60 > 0 or end % 60 > 0 or rng.random() < 0.1
    return format_time(start, with_seconds) + "-" + format_time(end, with_seconds)


def random_spans(rng, times, least, most):
    return [random_span(rng, times) for _ in range(rng.randint(least, most))]


def random_hours(rng, times):
    """Round the week in pieces of one day or more, some of them left out."""
    hours = {}
    day = first = rng.randrange(7)
    while day < first + 7:
        last = min(day + rng.choice([0, 0, 1, 3, 6]), first + 6)
        if rng.random() < 0.75:
            hours[weekday_range(day, last)] = random_spans(rng, times, 1, 3)
        day = last + 1
    return hours or {WEEKDAYS[first % 7]: random_spans(rng, times, 1, 2)}


def weekday_range(first, last):
    name = WEEKDAYS[first % 7]
    return name if first == last else f"{name}-{WEEKDAYS[last % 7]}"


def sparse_hours(rng):
    """So little open time that a search reaches its limit."""
    start = rng.randrange(DAY - 1)
    span = format_time(start, True) + "-" + format_time(start + 1, True)
    return {rng.choice(WEEKDAYS): [span]}


# Dates

def random_days(rng, day, most):
    """Dates around a day, each once."""
    return [format_day(day + step) for step in rng.sample(range(-4, 5), rng.randint(0, most))]


def random_holiday(rng, text):
    return text if rng.random() < 0.7 else {"date": text, "name": "Day off"}


def random_closure(rng, moment):
    start = moment + rng.randint(-3 * DAY, 3 * DAY)
    length = rng.choice([1, 60, 3600, rng.randint(1, 3 * DAY)])
    if rng.random() < 0.05:
        # Longer than a search, ahead or back.
        length = 20 * 365 * DAY
        start -= rng.choice([0, length])
    # Policies name instants from 1970 to 2200.
    start = min(max(start, 0), LAST_INSTANT - 1)
    end = min(start + length, LAST_INSTANT)
    return {"from": random_text(rng, start), "to": random_text(rng, end)}


def random_text(rng, instant):
    """RFC 3339, with any offset."""
    offset = rng.choice([0, 0, 15 * rng.randint(-48, 56)])
    moment = datetime.fromtimestamp(instant, timezone(timedelta(minutes=offset)))
    text = moment.isoformat()
    return text.replace("+00:00", "Z") if rng.random() < 0.5 else text


def cut_off(rng, text):
    """Sometimes a fraction of a second, which changes nothing."""
    if rng.random() < 0.9:
        return text
    return text[:19] + rng.choice([".0", ".5", ".999999999"]) + text[19:]


# Calendars

def random_calendar(rng, name, moment):
    if rng.random() < 0.03:
        return {"always_open": True}
    label = zone(name).label_at(moment)
    times = [label % DAY, zone(name).label_at(moment - 1) % DAY, 0]
    hours = sparse_hours(rng) if rng.random() < 0.08 else random_hours(rng, times)
    place = {} if name == "UTC" else {"time_zone": name}
    return place | {"hours": hours} | random_exceptions(rng, label // DAY, times, moment)


def random_exceptions(rng, day, times, moment):
    """Each kind in about every second calendar."""
    exceptions = {
        "holidays": [random_holiday(rng, text) for text in random_days(rng, day, 3)],
        "days": {text: random_spans(rng, times, 0, 2) for text in random_days(rng, day, 3)},
        "breaks": {text: random_spans(rng, times, 1, 2) for text in random_days(rng, day, 3)},
        "closures": [random_closure(rng, moment) for _ in range(rng.randint(0, 2))],
    }
    return {key: value for key, value in exceptions.items() if value and rng.random() < 0.7}


def random_scene(rng, name):
    place, moment = random_place(rng)
    return Scene(name, random_calendar(rng, place, moment), moment)


def random_policy(rng, scenes):
    """The calendars, in the smallest policy."""
    return {
        "policy": "random-calendars",
        "levels": ["free", "paid"],
        "unpaid": ["free"],
        "priorities": ["normal"],
        "default_priority": "normal",
        "offerings": {"one": {"title": "One"}},
        "calendars": {scene.name: scene.definition for scene in scenes},
    }


# Questions

def edges(intervals):
    return [edge for interval in intervals for edge in interval]


def random_start(rng, scene, calendar):
    """Near the scene's moment or another one, often at an edge of open time."""
    moment = scene.moment
    if rng.random() < 0.15:
        moment = random_moment(rng, scene.definition.get("time_zone", "UTC"))
    if rng.random() < 0.3:
        return moment + rng.randint(-30 * DAY, 30 * DAY)
    choices = edges(calendar.open_time(moment - 5 * DAY, moment + 5 * DAY)) + [moment]
    return rng.choice(choices) + rng.choice([-3600, -60, -1, 0, 0, 0, 1, 60, 3600])


def random_seconds(rng, intervals):
    """A budget; often used up exactly at the end of an interval, or at the
    limit of the search if the calendar is always open or almost never."""
    chosen = rng.random()
    if intervals and chosen < 0.5:
        used = sum(b - a for a, b in intervals[: rng.randint(1, len(intervals))])
        return max(0, used + rng.choice([-1, 0, 0, 1]))
    if chosen < 0.8:
        return rng.choice([0, 1, rng.randint(1, 3600), rng.randint(1, 10 * DAY)])
    if len(intervals) == 1:
        return SEARCH_DAYS * DAY + rng.choice([-1, 0, 1])
    if sum(b - a for a, b in intervals) < 10:
        return SEARCH_DAYS // 7 + rng.randint(-1, 2)
    return rng.randint(1, 900 * DAY)


def random_end(rng, calendar, start):
    if rng.random() < 0.03:
        return start + rng.randint(0, 20 * 365 * DAY)
    choices = edges(calendar.open_time(start, start + 15 * DAY)) + [start]
    return rng.choice(choices) + rng.choice([-DAY, -1, 0, 0, 1, DAY, rng.randint(0, 60 * DAY)])


def random_arguments(rng, op, calendar, start):
    """What this op asks for beside `start`."""
    if op == "due":
        return {"seconds": random_seconds(rng, calendar.open_time(start, start + 15 * DAY))}
    if op == "due_back":
        before = calendar.open_time(start - 15 * DAY, start)
        return {"seconds": random_seconds(rng, before[::-1])}
    if op == "elapsed":
        return {"end": cut_off(rng, random_text(rng, random_end(rng, calendar, start)))}
    if op == "periods":
        return {"count": rng.randint(1, 8)}
    return {}


def random_question(rng, number, scene, calendar):
    op = rng.choice(OPS)
    start = random_start(rng, scene, calendar)
    question = {
        "id": f"q{number}",
        "calendar": scene.name,
        "op": op,
        "start": cut_off(rng, random_text(rng, start)),
    }
    return question | random_arguments(rng, op, calendar, start)


def generate(seed, count):
    """A policy, and so many questions: about ten for each calendar."""
    rng = Random(seed)
    scenes = [random_scene(rng, f"c{number}") for number in range(count // 10 + 1)]
    calendars = [Calendar(scene.definition) for scene in scenes]
    questions = [
        random_question(rng, number, *rng.choice(list(zip(scenes, calendars))))
        for number in range(count)
    ]
    return random_policy(rng, scenes), questions


# Files

def write_policy(path, policy):
    path.write_text(json.dumps(policy, indent=2, ensure_ascii=False) + "\n", encoding="utf-8")


def write_lines(path, documents):
    lines = [json.dumps(document, ensure_ascii=False) + "\n" for document in documents]
    path.write_text("".join(lines), encoding="utf-8")


def write_generated(description, generate_documents, name):
    """The command line of both generators."""
    parser = ArgumentParser(description=description)
    parser.add_argument("--zoneinfo", metavar="DIR", required=True, help="compiled time zones")
    parser.add_argument("--seed", type=int, default=secrets.randbelow(10**9))
    parser.add_argument("--count", type=int, default=200, help=f"how many lines of {name}.ndjson")
    parser.add_argument("directory", type=Path, help="where to write the files")
    options = parser.parse_args()
    pin_zones(options.zoneinfo)
    policy, documents = generate_documents(options.seed, options.count)
    options.directory.mkdir(parents=True, exist_ok=True)
    write_policy(options.directory / "policy.json", policy)
    write_lines(options.directory / f"{name}.ndjson", documents)
    print(f"seed {options.seed}: policy.json and {len(documents)} lines of {name}.ndjson")


if __name__ == "__main__":
    write_generated(__doc__.splitlines()[0], generate, "questions")
