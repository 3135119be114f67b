"""The file of the ledger: a SQLite database with marks of its own, and triggers that keep what was recorded."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from sim.errors import RecordBroken, bad_input

FILE = Path("reports/ledger.sqlite")
"""Where the ledger is by default."""
APPLICATION = 0x7AB1E70B
"""Marks the file as a ledger of this program (SQLite's application_id)."""
VERSION = 1
"""Version of the tables (SQLite's user_version)."""
TABLES = """
CREATE TABLE exercises (
    number INTEGER PRIMARY KEY, digest TEXT NOT NULL UNIQUE, scenario TEXT NOT NULL, name_zh TEXT NOT NULL,
    name_en TEXT NOT NULL, kind TEXT NOT NULL, county TEXT NOT NULL, held TEXT NOT NULL, lead TEXT NOT NULL,
    total REAL NOT NULL, band TEXT NOT NULL, response_speed REAL NOT NULL, coordination REAL NOT NULL,
    loss REAL NOT NULL, gap_minutes REAL NOT NULL) STRICT;
CREATE TABLE issues (
    number INTEGER PRIMARY KEY, county TEXT NOT NULL, id TEXT NOT NULL, type TEXT NOT NULL, owner TEXT NOT NULL,
    texts TEXT NOT NULL, deadline TEXT NOT NULL, status TEXT NOT NULL, closed_by TEXT, closed_at TEXT, review TEXT,
    UNIQUE (county, id)) STRICT;
CREATE TABLE sightings (
    exercise INTEGER NOT NULL REFERENCES exercises, issue INTEGER NOT NULL REFERENCES issues, seen INTEGER NOT NULL,
    times INTEGER NOT NULL, minutes REAL NOT NULL, price REAL, found_s INTEGER, evidence TEXT NOT NULL,
    PRIMARY KEY (exercise, issue)) STRICT;
CREATE TABLE history (
    number INTEGER PRIMARY KEY, issue INTEGER NOT NULL REFERENCES issues, exercise INTEGER REFERENCES exercises,
    day TEXT NOT NULL, step TEXT NOT NULL, was TEXT, became TEXT NOT NULL, who TEXT NOT NULL,
    note TEXT NOT NULL) STRICT;
"""
KEPT = ("exercises", "sightings", "history")
"""Tables to which rows are only ever added."""


def connect(path: Path, *, make: bool) -> sqlite3.Connection:
    """Return a connection to a ledger; a new file gets its tables.

    Raises:
        RecordBroken: If the file is no ledger, or of a later version.
        BadInput: If it is not there and shall not be made.
    """
    if not make and not path.is_file():
        raise bad_input(str(path), "there is no ledger; an exercise that is added makes it", "tabletop ledger add DIR")
    path.parent.mkdir(parents=True, exist_ok=True)
    connection = sqlite3.connect(path, isolation_level=None)
    try:
        _prepare(connection, path)
    except sqlite3.DatabaseError as error:
        connection.close()
        raise RecordBroken(str(path), f"is no ledger: {error}") from error
    except BaseException:
        connection.close()
        raise
    return connection


def _prepare(connection: sqlite3.Connection, path: Path) -> None:
    connection.row_factory = sqlite3.Row
    connection.execute("PRAGMA foreign_keys = ON")
    (application,) = connection.execute("PRAGMA application_id").fetchone()
    (version,) = connection.execute("PRAGMA user_version").fetchone()
    (tables,) = connection.execute("SELECT count(*) FROM sqlite_master").fetchone()
    if tables == 0 and application == 0:
        guards = "".join(
            f"CREATE TRIGGER {table}_{what} BEFORE {what} ON {table} "
            f"BEGIN SELECT raise(ABORT, 'what was recorded stays as it is'); END;"
            for table in KEPT
            for what in ("UPDATE", "DELETE")
        )
        marks = f"PRAGMA application_id = {APPLICATION}; PRAGMA user_version = {VERSION};"
        connection.executescript(f"BEGIN IMMEDIATE; {TABLES} {guards} {marks} COMMIT;")
    elif application != APPLICATION:
        raise RecordBroken(str(path), "is a database of another program")
    elif version != VERSION:
        raise RecordBroken(str(path), f"has version {version}; this program reads version {VERSION}")
