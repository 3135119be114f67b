"""The journal: what is acknowledged is on disk and whole, what was altered is noticed, what failed never was."""

import errno
import itertools
import os

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sim.canon import digest
from sim.errors import JournalStopped, RecordBroken
from sim.record.journal import START, Journal, read_journal

texts = st.text(st.characters(codec="utf-8"), max_size=8)
answers = st.fixed_dictionaries(
    {
        "kind": st.sampled_from(["answer", "none"]),
        "key": texts,
        "seat": texts,
        "choice": texts,
        "arguments": st.dictionaries(texts, st.integers() | texts | st.booleans() | st.lists(texts), max_size=3),
        "at_s": st.integers(0),
        "charged_s": st.integers(0),
        "reason": texts,
        "view": texts,
    }
)
ANSWER = {
    "kind": "answer",
    "key": "q",
    "seat": "police",
    "choice": "a",
    "arguments": {},
    "at_s": 60,
    "charged_s": 5,
    "reason": "先疏散\u2028再报",
    "view": "v",
}


def read(path, raw):
    path.write_bytes(raw)
    return read_journal(path)


@pytest.fixture
def path(tmp_path):
    return tmp_path / "journal.jsonl"


@pytest.fixture
def journal(path):
    """A journal of three entries on disk."""
    journal = Journal(path)
    for number in range(3):
        journal.append(**{**ANSWER, "at_s": 60 * number})
    return journal


def lines_of(journal):
    return [entry.line().encode() + b"\n" for entry in journal.entries]


@given(given_answers=st.lists(answers, max_size=5))
def test_what_is_appended_is_read_back(tmp_path_factory, given_answers):
    path = tmp_path_factory.mktemp("journal") / "journal.jsonl"
    journal, memory = Journal(path), Journal()
    for number, answer in enumerate(given_answers):
        assert memory.append(**answer) == journal.append(**answer) == journal.entries[number]
        assert (journal.entries, "") == read_journal(path)
    previous = START
    for number, (answer, entry) in enumerate(zip(given_answers, journal.entries, strict=True)):
        assert {**answer, "seq": number, "previous": previous}.items() <= entry._asdict().items()
        previous = digest(entry.line())


def test_a_journal_goes_on_from_the_entries_it_is_given(journal, path):
    entries = journal.entries
    Journal(path, entries).append(**ANSWER)
    assert [*entries, Journal(None, entries).append(**ANSWER)] == read_journal(path)[0]


def test_a_journal_that_does_not_exist_is_empty(path):
    assert ([], "") == read_journal(path)


def test_cut_at_any_byte_it_is_a_prefix_and_a_torn_tail(journal, path):
    raw = path.read_bytes()
    for length in range(len(raw) + 1):
        whole = raw[:length].count(b"\n")
        tail = raw[:length].rpartition(b"\n")[2].decode()
        assert (journal.entries[:whole], tail) == read(path, raw[:length])


def test_any_changed_byte_breaks_it_or_lies_in_the_torn_tail(journal, path):
    raw = path.read_bytes()
    unnoticed = []
    for position, flip in zip(range(len(raw)), itertools.cycle((0x01, 0x20, 0x80, 0x04)), strict=False):
        flipped = raw[:position] + bytes([raw[position] ^ flip]) + raw[position + 1 :]
        try:
            entries, tail = read(path, flipped)
        except RecordBroken:
            continue
        if not (tail and entries == journal.entries[:-1]):
            unnoticed.append(flipped.decode().rpartition("{")[2])
    assert [] == unnoticed[:3]


@pytest.mark.parametrize(
    "order",
    [(1, 0, 2), (0, 2, 1), (2, 1, 0), (1, 2), (0, 2), (0, 0, 1, 2), (0, 1, 1, 2), (0, 1, 2, 2), (0, 1, 2, 0)],
    ids=str,
)
def test_lines_swapped_deleted_or_repeated_break_it(journal, path, order):
    lines = lines_of(journal)
    with pytest.raises(RecordBroken, match=r"journal\.jsonl:\d"):
        read(path, b"".join(lines[number] for number in order))


def test_a_line_of_another_journal_breaks_it(journal, path):
    lines, other = lines_of(journal), Journal()
    for _ in range(3):
        other.append(**{**ANSWER, "choice": "b"})
    lines[1] = lines_of(other)[1]
    with pytest.raises(RecordBroken):
        read(path, b"".join(lines))


@pytest.mark.parametrize(
    "line",
    [
        *(b"", b"[]", b"{}", b"1", b"null", b"\xff", b"[" * 100_000, b'{"seq":' + b"9" * 5000 + b"}"),
        *(Journal().append(**ANSWER).line().replace(":60", f":{x}").encode() for x in ("NaN", "1e999", "Infinity")),
    ],
    ids=lambda line: repr(line[:24]),
)
def test_a_line_that_is_no_entry_breaks_it(path, line):
    with pytest.raises(RecordBroken, match=r"journal\.jsonl:1"):
        read(path, line + b"\n")


def short_writes(handle, data, write=os.write):
    return write(handle, data[:7])


def failing(error, good_calls=0, real=short_writes):
    """Return a system call that does a few calls as ``real`` does, then raises."""
    calls = iter(range(good_calls))

    def call(*arguments):
        if next(calls, None) is None:
            raise error
        return real(*arguments)

    return call


def test_short_writes_are_carried_on_to_the_end(journal, path, monkeypatch):
    monkeypatch.setattr(os, "write", short_writes)
    journal.append(**ANSWER)
    assert (journal.entries, "") == read_journal(path)
    assert len(journal.entries) == 4


@pytest.mark.parametrize(
    "error", [OSError(errno.ENOSPC, "full"), OSError(errno.EIO, "broken"), KeyboardInterrupt()], ids=repr
)
@pytest.mark.parametrize(("name", "good_calls"), [("write", 0), ("write", 1), ("write", 9), ("fsync", 0)])
def test_an_append_that_fails_leaves_file_and_entries_as_they_were(journal, path, monkeypatch, name, good_calls, error):
    raw, entries = path.read_bytes(), list(journal.entries)
    with monkeypatch.context() as patch, pytest.raises(type(error)):
        patch.setattr(os, name, failing(error, good_calls))
        journal.append(**ANSWER)
    assert (raw, entries) == (path.read_bytes(), journal.entries)
    if name == "fsync" and isinstance(error, OSError):  # nobody can say what the disk holds: stop, and read it anew
        with pytest.raises(JournalStopped):
            journal.append(**ANSWER)
        journal = Journal(path, read_journal(path)[0])
    journal.append(**ANSWER)  # a later try works
    assert (journal.entries, "") == read_journal(path)


def test_an_entry_is_synced_before_it_counts(journal, path, monkeypatch):
    seen, sync = [], os.fsync

    def watched(handle):
        sync(handle)
        seen.append((len(journal.entries), len(read_journal(path)[0])))

    monkeypatch.setattr(os, "fsync", watched)
    journal.append(**ANSWER)
    assert [(3, 4)] == seen
