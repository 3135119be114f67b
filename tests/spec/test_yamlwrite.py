"""What is written is read back equal by the strict reader."""

from hypothesis import given
from hypothesis import strategies as st

from sim.spec.yamlread import parse
from sim.spec.yamlwrite import to_yaml

texts = st.text(st.characters(exclude_categories=["Cs"]), max_size=30)
scalars = st.booleans() | st.integers(-(10**12), 10**12) | texts | st.decimals(-1000, 1000, places=3).map(float)
data = st.recursive(scalars, lambda inner: st.lists(inner, max_size=4) | st.dictionaries(texts, inner, max_size=4))


@given(st.dictionaries(texts, data, min_size=1, max_size=5))
def test_any_plain_data_comes_back(value):
    assert value == parse(to_yaml(value), "made.yaml").data


def test_characters_that_yaml_would_change_come_back():
    value = {"text": "a\x7fb\x85c\u2028d\ufeffe\ufffef'\"\\#: \t\n"}
    assert value == parse(to_yaml(value), "made.yaml").data
