"""Groups that share a seat on the served pages: everybody proposes on a device of his own, and the rule decides."""

import csv
import io
import json

import pytest

from sim.record.journal import read_journal
from sim.record.view import view
from sim.serve.results import results
from sim.serve.start import resumed
from tests.play.made import short
from tests.serve.rooms import room, served

KEY = "first-call"


def asked(device):
    return device.model("seat/duty")["group"]["asked"][KEY]


def answer(device, choice, **rest):
    return device.do("seat/duty", do="answer", key=KEY, choice=choice, **rest)


def test_members_propose_on_their_own_devices_and_the_last_one_lets_the_rule_decide():
    with room(seats=("duty",), rule="majority") as made, served(made) as pages:
        made.session.advance()
        one, two, three = (pages.device().join(made, "seat/duty") for _ in range(3))
        trainer = pages.device().join(made, "trainer")
        assert "Leader" in one.model("seat/duty")["group"]["text"]
        assert "Member 2 of 3" in two.model("seat/duty")["group"]["text"]
        assert 200 == answer(one, "log-only", reason="calm").status
        assert 200 == answer(two, "alert-and-verify").status
        assert ("", []) == (asked(three)["mine"], asked(three)["votes"]), "nobody follows unthought"
        assert 2 == len(asked(two)["votes"])
        assert "log-only" not in json.dumps(three.model("seat/duty")["decided"])
        (owed,) = trainer.model("trainer")["seats"][0]["asked"]
        assert owed["missing"].endswith(": 3")
        assert 200 == answer(three, None).status, (
            "a proposal can be changed while one is missing, and this was the last"
        )
        assert ["answered"] == [row["state"] for row in one.model("seat/duty")["questions"]]
        entry = made.session.entries[-1]
        assert ("answer", "log-only") == (entry.kind, entry.choice), "all are equal, so the leader's counts"
        assert 200 == answer(two, "alert-and-verify").status, "the same again, because the connection dropped"
        assert 409 == answer(two, "ask-first").status
        assert 3 == sum(line.kind == "note" for line in made.session.entries)


def test_only_the_leader_orders_puts_off_and_decides_early_and_whoever_leaves_is_not_waited_for():
    with room(seats=("duty",), rule="leader") as made, served(made) as pages:
        made.session.advance()
        one, two = (pages.device().join(made, "seat/duty") for _ in range(2))
        for act in ({"do": "wait", "key": KEY, "seconds": 60}, {"do": "form", "given": {"do": "ask"}}):
            assert 409 == two.do("seat/duty", **act).status
        assert [True, False] == [device.model("seat/duty")["group"]["leads"] for device in (one, two)]
        assert 200 == answer(two, "log-only").status
        assert 409 == two.do("seat/duty", do="decide", key=KEY).status
        refused = one.do("seat/duty", do="decide", key=KEY)
        assert (409, True) == (refused.status, "a proposal of 1 first" in refused.data["refused"])
        trainer = pages.device().join(made, "trainer")
        assert 200 == trainer.do("trainer", do="revoke", scope="seat/duty", number=1).status
        assert 401 == one.get("/seat/duty/model").status
        assert "Leader" in two.model("seat/duty")["group"]["text"]
        three = pages.device().join(made, "seat/duty")
        assert "Member 3 of 2" in three.model("seat/duty")["group"]["text"], "no number is given twice"
        assert 200 == trainer.do("trainer", do="decide", key=KEY).status
        assert "log-only" == made.session.entries[-1].choice
        assert 409 == trainer.do("trainer", do="decide", key="villages").status


def test_without_a_rule_the_first_answer_counts_as_before():
    with room(seats=("duty",)) as made, served(made) as pages:
        made.session.advance()
        one, two = (pages.device().join(made, "seat/duty") for _ in range(2))
        assert one.get("/seat/duty/model").body == two.get("/seat/duty/model").body
        assert one.model("seat/duty")["group"] is None
        assert 200 == answer(two, "log-only").status
        assert 409 == two.do("seat/duty", do="decide", key=KEY).status
        assert "" == made.session.entries[-1].reason


def test_proposals_numbers_and_rule_are_there_after_the_server_was_stopped(tmp_path):
    folder = tmp_path / "run"
    with room(folder, seats=("duty",), rule="majority") as made, served(made) as pages:
        made.session.advance()
        one, _ = (pages.device().join(made, "seat/duty") for _ in range(2))
        answer(one, "ask-first")
        made.access.revoke("seat/duty", 2)
        made.keep()
    again = resumed(folder, "en", "")
    try:
        with served(again) as pages:
            back, fresh = pages.device(), pages.device().join(again, "seat/duty")
            back.cookies = one.cookies
            assert asked(back)["mine"]
            assert "Member 3 of 2" in fresh.model("seat/duty")["group"]["text"]
            assert 200 == answer(fresh, "ask-first").status
            assert "ask-first" == again.session.entries[-1].choice
    finally:
        again.close()


@pytest.mark.slow
def test_a_class_of_sixty_gets_results_of_seats_and_members(tmp_path):
    """Ten members in each of six seats; who decides like whom is known, so the shares are."""
    seats = ("duty", "command", "police", "emergency", "health", "propaganda")
    folder = tmp_path / "run"
    with room(folder, seats=seats, rule="majority", exercise=short(40)) as made, served(made) as pages:
        class_of = {seat: [pages.device().join(made, f"seat/{seat}") for _ in range(10)] for seat in seats}
        trainer, count = pages.device().join(made, "trainer"), dict.fromkeys(seats, 0)
        while waiting := made.session.advance():
            for one in waiting:
                first, second = list(one.options)[:2]
                for number, device in enumerate(class_of[one.seat]):
                    choice = second if number >= 7 else first
                    page = f"seat/{one.seat}"
                    assert 200 == device.do(page, do="answer", key=one.key, choice=choice).status
                count[one.seat] += 1
            made.changed()
        assert 404 == trainer.get("/trainer/groups.csv").status
        made.score()
        table = trainer.model("trainer")["groups"]
        file = trainer.get("/trainer/groups.csv")
        assert 401 == class_of["duty"][0].get("/trainer/groups.csv").status
    assert 6 * 11 == len(table["rows"])
    rows = {(row["seat"], row["member"]): row for row in made.groups}
    assert sum(count.values()) >= 2
    for seat in seats:
        whole = rows[seat, ""]
        assert (count[seat], count[seat]) == (whole["asked"], whole["given"])
        assert (0.7 if count[seat] else None) == whole["united"]
        assert ((1, 0) if count[seat] else (None, None)) == (rows[seat, "1"]["united"], rows[seat, "10"]["united"])
        assert whole["owed"] >= whole["in_time"]
    read = list(csv.reader(io.StringIO(file.body.decode("utf-8-sig"))))
    assert table["head"] == read[0]
    assert [row["cells"] for row in table["rows"]] == read[1:]
    assert (folder / "groups.csv").read_bytes() == file.body


def test_the_expert_column_says_what_the_expert_chooses_on_the_same_view():
    from sim.actors.policies import POLICIES
    from sim.assess.score import score

    with room(seats=("duty",), exercise=short(40)) as made:
        (one,) = made.session.advance()
        point = next(point for point in made.session.exercise.scenario.pause_points if point.id == KEY)
        best = POLICIES["expert"].choose(point, made.session.picture_of("duty").get)
        other = next(option for option in one.options if option != best)
        shares = []
        for choice in (best, other):
            made.session.decide({KEY: choice})
            record = made.session.finish()
            (row,) = results(record, score(record), ("duty",), {})
            shares.append(row["like_expert"])
            assert (None, "") == (row["united"], row["member"])
            if choice == best:
                made.session = type(made.session)(made.session.exercise, seed=3, seats=("duty",))
                made.session.advance()
    assert [1, 0] == shares


def test_an_observer_reads_what_the_trainer_allows_and_writes_timed_notes(tmp_path):
    with room(tmp_path / "run") as made, served(made) as pages:
        made.session.advance()
        first, second = (pages.device().join(made, "observer") for _ in range(2))
        trainer, duty = pages.device().join(made, "trainer"), pages.device().join(made, "seat/duty")
        duty.do("seat/duty", do="note", text="private")
        model = first.get("/observer/model?lang=en&of=duty").data
        assert ("duty", ["duty", "police"]) == (model["of"], [one["id"] for one in model["seats"]])
        assert len(made.session.view("duty").messages) == len(model["messages"]) > 0
        assert model["questions"][0]["options"]
        assert "private" not in json.dumps(model)
        objective = next(one["id"] for one in model["about"] if one["rated"])
        note = {"do": "note", "text": "asked nobody", "about": objective, "rating": "M"}
        assert 200 == first.do("observer", **note).status
        assert 200 == second.do("observer", do="note", text="calm").status
        wrong = [{**note, "about": "nothing"}, {**note, "rating": "X"}, {**note, "about": ""}, {**note, "text": " "}]
        wrong += [{"do": "answer", "key": KEY, "choice": None}, {"do": "code", "scope": "trainer"}]
        assert [409] * 6 == [first.do("observer", **act).status for act in wrong]
        assert ["asked nobody" in row["text"] for row in first.model("observer")["notes"]] == [True]
        assert 200 == trainer.do("trainer", do="observers_see", seats=["police"]).status
        assert 409 == trainer.do("trainer", do="observers_see", seats=["moon"]).status
        assert "police" == first.get("/observer/model?lang=en&of=duty").data["of"]
        assert 200 == trainer.do("trainer", do="observers_see", seats=[]).status
        nothing = first.get("/observer/model?lang=en&of=duty").data
        assert ("", [], []) == (nothing["of"], nothing["messages"], nothing["seats"])
        assert [401] * 2 == [first.get(f"/{page}/model").status for page in ("trainer", "seat/duty")]
        kept = [
            line for line in read_journal(tmp_path / "run" / "journal.jsonl")[0] if line.seat.startswith("evaluator")
        ]
        assert [("evaluator-1", objective), ("evaluator-2", "")] == [(one.seat, one.arguments["about"]) for one in kept]
        assert {made.session.now_s} == {one.at_s for one in kept}
        assert "Evaluator 1" in [row["who"] for row in trainer.model("trainer")["log"]]
        assert 200 == first.do("observer", do="real_event").status
        assert made.finished


@pytest.mark.parametrize("kind", ["proposals", "notes"])
def test_what_members_propose_and_observers_note_changes_nothing_in_the_run(kind):
    with room(seats=("duty",), rule="majority", exercise=short(40)) as made, served(made) as pages:
        made.session.advance()
        devices = [pages.device().join(made, "seat/duty") for _ in range(2)]
        watcher = pages.device().join(made, "observer")
        if kind == "proposals":
            answer(devices[0], "log-only")
        else:
            watcher.do("observer", do="note", text="x")
        made.session.decide({KEY: "ask-first"})
        record = made.session.finish()
    with room(seats=("duty",), exercise=short(40)) as plain:
        plain.session.advance()
        plain.session.decide({KEY: "ask-first"})
        assert plain.session.finish().digest == record.digest
        assert view(record.events, "duty", 2000) == view(plain.session.events, "duty", 2000)


@pytest.mark.slow
def test_the_benchmark_of_the_room_has_a_row_for_each_kind_of_request(monkeypatch):
    from sim.serve import bench

    monkeypatch.setattr(bench, "LASTS_S", 3.0)
    rows = {row.id: row for row in bench.room_bench(devices=7)}
    assert {"room: join, p95", "room: page, p95", "room: load"} <= set(rows)
    assert rows["room: join, p95"].how.startswith("8 requests of 7 devices")
    assert all(row.value > 0 for row in rows.values())
