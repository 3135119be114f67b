"""M44: troops come on a request that states what the law asks for, sooner on a direct one in urgent danger."""

from tests.mechanisms.helping import ALL, below_zero, both, first_min, run, shortened, with_task

END_MIN = 150
SURE = {"desk.unanswered_factor": 0, "comms.loss_factor": 0}
"""Every call is answered, so that only the way of the request makes a difference."""
PLACES = ("zhuting", "yanxi", "county-town", "weitan", "fengbu", "heyan")


def asking(content, direct):
    """The earthquake, in whose plan the armed police are asked so, once people are known to be in danger."""
    order = {"do": "request_aid", "helper": "armed-police-company", "content": content, "direct": direct}
    known = [{"fact": f"{place}/{fact}", "known": True} for place in PLACES for fact in ("hurt", "danger")]
    when = [{"fact": "incident/grade", "known": True}, {"fact": "response/level", "known": True}, {"any_of": known}]
    return with_task(
        shortened("earthquake", END_MIN), "ask-troops", lambda task: {**task, "orders": [order], "when": when}
    )


def arrival(events):
    return first_min(events, "aid.arrived", "armed-police-company", END_MIN)


@both
def test_a_request_that_lacks_what_the_law_asks_for_is_sent_back_and_costs_time(seeds):
    whole, partial = asking(ALL, True), asking(["type", "area"], True)
    differences = []
    for seed in range(seeds):
        lacking = run(partial, seed, overrides=SURE)
        assert any(event.kind == "aid.sent_back" and event.data["missing"] for event in lacking)
        differences.append(arrival(run(whole, seed, overrides=SURE)) - arrival(lacking))
    assert below_zero(differences)


@both
def test_a_direct_request_in_urgent_danger_spares_the_chain_of_command(seeds):
    direct, ordinary = asking(ALL, True), asking(ALL, False)
    assert below_zero(
        [
            arrival(run(direct, seed, overrides=SURE)) - arrival(run(ordinary, seed, overrides=SURE))
            for seed in range(seeds)
        ]
    )


@both
def test_where_direct_requests_are_not_allowed_they_are_passed_on_and_are_no_faster(seeds):
    direct = asking(ALL, True)
    never = {**SURE, "military.direct_request": "never"}
    assert below_zero(
        [arrival(run(direct, n, overrides=SURE)) - arrival(run(direct, n, overrides=never)) for n in range(seeds)]
    )
