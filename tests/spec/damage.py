"""Damaged files: any node of a specification file left out, doubled, moved or replaced by something nasty."""

import json
import signal
from contextlib import contextmanager
from functools import cache, lru_cache

from sim.spec import yamlread
from sim.spec.load import load

RAW = [
    *(".nan", ".inf", "-.inf", "1e999", "NaN", "Infinity", "12:30", "1:30:00", "0x1f", "010", "1_000", "１４", "yes"),
    *("~", "2024-02-30"),
    *("*x", "&x 1", "!!python/object/apply:os.system [x]", "!!float 1", "! x", '"\\ud800"', '"\\0"', '"\\u202e"'),
    *("9" * 19, "9" * 5000, "-" + "9" * 18, "9" * 18, "0." + "0" * 17 + "1", "999999999999999999.5", "-0", "-0.0"),
    *("[" * 31 + "]" * 31, "[" * 40 + "]" * 40, "{a: {a: {a: {a: 1}}}}", "|\n  x", "'", "# x", "[1, x, null, true]"),
]
PLAIN = [
    *(None, True, False, -1, 0, 1, 2, 1.5, -0.5, 1e-9, 10_000_000, 10**9, 10**17, "", " ", "x", "x" * 5000, "９"),
    *("0s", "1s", "-1s", "14d", "15d", "T+99999999h", "5", "0.0001s", "60min 60min", "place", "site", "place/danger"),
    *("nobody", "nowhere/nothing", "liuwan/nothing", "liuwan/danger", "a/b/c", "../../etc/passwd"),
    *("/etc/passwd", "a\0b"),
    *("2026-02-30T00:00", "0001-01-01T00:00", "9999-12-31T23:59", "plan", "chlorine", "ammonia", [], {}, [None], [[]]),
    *([1, 2], ["x"], {"x": 1}, {"fact": "incident/exists"}, {"fact": "incident/exists", "is": 1.5}, {"any_of": []}),
    *({"fixed": "0s"}, {"fixed": "14d"}, {"fixed": True}, {"lognormal": {"median": "8s", "sigma": []}}),
    *({"lognormal": {"median": "8s", "sigma": None}}, {"lognormal": {"median": "8s", "sigma": True}}),
    *({"lognormal": {"median": "14d", "sigma": 3}}, {"exponential": {"mean": "0s"}}, {"exponential": {"mean": []}}),
    *({"triangular": {"low": "9s", "mode": "1s", "high": "2s"}}, {"uniform": {"low": "0s", "high": "14d"}}),
    *({"lognormal": {"median": "8s", "sigma": "nan"}}, {"lognormal": {"median": "8s", "sigma": "1e999"}}),
]
KINDS = ("scenario", "county", "plan", "rules", "rubric")


@cache
def files():
    """The data of each bundled file, by kind."""
    return {source.kind: yamlread.parse(source.text, source.name).data for source in load("chlorine-leak").sources}


def nodes(value, path=()):
    """Return the path of every node below the top."""
    children = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    return [found for key, child in children for found in ((*path, key), *nodes(child, (*path, key)))]


def at(value, path):
    for part in path:
        value = value[part]
    return value


def damaged(kind, chance, times):
    """Return the text of a damaged file; ``chance`` is a :class:`random.Random`."""
    data, raws = json.loads(json.dumps(files()[kind])), []
    for _ in range(times):
        paths = nodes(data)
        if not paths:
            break
        path = chance.choice(paths)
        parent, key = at(data, path[:-1]), path[-1]
        way = chance.choice(["delete", "double", "raw", "plain", "plain", "move", "many"])
        if way == "delete":
            del parent[key]
        elif way == "double" and isinstance(parent, list):
            parent.append(parent[key])
        elif way == "many" and isinstance(parent, list):
            parent.extend([parent[key]] * 60)
        elif way == "move":
            parent[key] = json.loads(json.dumps(at(data, chance.choice(paths))))
            if len(json.dumps(data)) > 500_000:
                break
        elif way == "raw":
            raws.append(chance.choice(RAW))
            parent[key] = f"@raw{len(raws) - 1}@"
        else:
            parent[key] = chance.choice(PLAIN)
        data = json.loads(json.dumps(data))
    text = "# damaged\n" + json.dumps(data, ensure_ascii=False)
    for number, raw in enumerate(raws):
        text = text.replace(f'"@raw{number}@"', raw)
    return text


def with_parsing_kept(patch):
    """Let files that are not damaged be parsed and checked once."""
    import sim.spec.load

    parse, validate = lru_cache(maxsize=8)(yamlread.parse), sim.spec.load.validate
    kept = {}

    def checked(model, document):
        if id(document) not in kept:
            kept[id(document)] = (document, validate(model, document))
        return kept[id(document)][1]

    patch.setattr(yamlread, "parse", parse)
    patch.setattr(sim.spec.load, "validate", checked)


@contextmanager
def no_hanging(seconds=60):
    """End what does not end by itself: not a measure of speed, but of whether it ends at all."""

    def give_up(*_):
        raise AssertionError(f"not done after {seconds} s")

    before = signal.signal(signal.SIGALRM, give_up)
    signal.alarm(seconds)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)
