"""Commands for exercises that nobody prepared: draw, reveal."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from sim.clocktext import length
from sim.errors import InChinese, SealBroken, bad_input
from sim.record.disk import write_atomic

if TYPE_CHECKING:
    from sim.play.draw import Draft, Register, Wishes
    from sim.spec.load import Exercise
    from sim.study.solvable import Judged

WORDS = {
    "drawn": {"en": "drawn", "zh": "已抽取"},
    "unchecked": {"en": "not checked for solvability", "zh": "未检验可解性"},
    "judged": {
        "en": "good decisions save {mean:.2f} ({low:.2f} to {high:.2f}; least {margin:g}); difficulty {difficulty}",
        "zh": "正确决策可避免的损失 {mean:.2f}（{low:.2f} 至 {high:.2f}，须高于 {margin:g}）；难度 {difficulty}",
    },
    "looked": {"en": "plausible draws judged: {count}", "zh": "检验的合理抽取数：{count}"},
    "commitment": {"en": "commitment, for the board", "zh": "校验码（写在白板上）"},
    "window": {"en": "agreed window", "zh": "约定时段"},
    "no_window": {"en": "none agreed", "zh": "未约定"},
    "visibility": {"en": "visibility", "zh": "告知方式"},
    "known_seed": {
        "en": "note: whoever knows the seed can draw the same scenario and read it; without --seed it is secret",
        "zh": "注意：知道种子的人可以抽取同一情景并阅读；不写 --seed 则使用保密种子",
    },
    "holds": {"en": "the seal holds", "zh": "封存完好"},
    "board": {"en": "and is the commitment on the board", "zh": "与白板上的校验码一致"},
    "starts": {"en": "starts", "zh": "起始"},
    "lasts": {"en": "lasts", "zh": "时长"},
    "origin": {"en": "drawn with seed {seed}, attempt {attempt}", "zh": "抽取种子 {seed}，第 {attempt} 次"},
    "holds_what": {
        "en": "{injects} injects, {questions} questions to {seats} seats, {outages} outages",
        "zh": "{injects} 条注入，{seats} 个席位共 {questions} 个决策点，{outages} 次通信中断",
    },
    "written": {"en": "scenario written to", "zh": "情景已写入"},
}  # fmt: skip
VISIBILITY = {
    "open": {"en": "open", "zh": "明演"},
    "single-blind": {"en": "single-blind: participants know the time, not the content", "zh": "单盲：知时间，不知内容"},
    "double-blind": {"en": "double-blind: participants know neither", "zh": "双盲：时间、内容均不告知"},
}  # fmt: skip


def draw(arguments: argparse.Namespace) -> int:
    """Draw a scenario, and seal it if that is asked for."""
    from sim.play.draw import Wishes, parse_window, read_register
    from sim.play.sealing import secret_seed

    out = _checked(arguments)
    if arguments.sealed and arguments.seed is not None:
        print(WORDS["known_seed"][arguments.lang], file=sys.stderr)
    seed = arguments.seed if arguments.seed is not None else secret_seed() if arguments.sealed else 0
    wishes = Wishes(
        seed=seed,
        kind=arguments.kind,
        window=parse_window(arguments.window) if arguments.window else None,
        visibility=arguments.visibility or ("double-blind" if arguments.sealed else "open"),
    )
    register = read_register(arguments.county)
    draft, judged, count = _found(arguments, register, wishes)
    if arguments.sealed:
        _write_sealed(out, draft.exercise, arguments.lang)
        return 0
    write_atomic(out, draft.text)
    scenario = draft.exercise.scenario
    print(f"{WORDS['drawn'][arguments.lang]}: {out}  {scenario.name.in_language(arguments.lang)}")
    _say_judged(judged, arguments.lang)
    if count:
        print(WORDS["looked"][arguments.lang].format(count=count))
    return 0


def _checked(arguments: argparse.Namespace) -> Path:
    """Check what the arguments want of each other; return the file to write.

    Raises:
        BadInput: If they do not go together.
    """
    from sim.spec.sealed import SEALED_SUFFIX

    out = Path(arguments.out)
    wanted = SEALED_SUFFIX if arguments.sealed else ".yaml"
    if out.suffix != wanted:
        raise bad_input(
            "--out",
            f"{out.name!r} is no name for this",
            f"a name that ends in {wanted}",
            zh=InChinese("--out", f"“{out.name}”不合用", f"文件名应以 {wanted} 结尾"),
        )
    if arguments.sealed and arguments.visibility == "open":
        raise bad_input(
            "--visibility",
            "an open exercise has nothing to seal",
            "single-blind, double-blind",
            zh=InChinese("--visibility", "明演不必封存", "可用：single-blind、double-blind"),
        )
    _must_be_free(out, arguments.force)
    if arguments.difficulty is not None and arguments.unchecked:
        raise bad_input(
            "--unchecked",
            "difficulty can only be told by checking",
            "one of --difficulty, --unchecked",
            zh=InChinese("--unchecked", "不经检验无从知道难度", "--difficulty 与 --unchecked 只用一个"),
        )
    if arguments.into and (arguments.difficulty is not None or arguments.window or arguments.kind):
        raise bad_input(
            "--into",
            "keeps everything but injects and outages",
            "no --difficulty, --window or --kind",
            zh=InChinese("--into", "只改注入和通信中断，其余不变", "不要同时用 --difficulty、--window、--kind"),
        )
    for name, high in (("difficulty", 2.0), ("tolerance", 1.0)):
        value = getattr(arguments, name)
        if value is not None and not 0 <= value <= high:
            raise bad_input(
                f"--{name}",
                f"{value} cannot be a {name}",
                f"a number from 0 to {high:g}",
                zh=InChinese(f"--{name}", f"不能是 {value}", f"应为 0 到 {high:g} 的数"),
            )
    return out


def _must_be_free(out: Path, force: bool) -> None:
    if out.exists() and not force:
        raise bad_input(
            str(out),
            "there is a file of this name already",
            "another name, or --force",
            zh=InChinese(str(out), "文件已存在", "请换一个名称，或用 --force 覆盖"),
        )


def _found(
    arguments: argparse.Namespace, register: Register, wishes: Wishes
) -> tuple[Draft, Judged | None, int]:  # fmt: skip
    from sim.play.draw import drafts, draw_into
    from sim.spec.load import load
    from sim.study.progress import progress_bar
    from sim.study.solvable import MOST_JUDGED, search

    if arguments.into:
        base = load(arguments.into)
        if not (arguments.visibility or arguments.sealed):
            wishes = wishes._replace(visibility=base.scenario.visibility)
        return draw_into(register, base, wishes), None, 0
    if arguments.unchecked:
        return next(drafts(register, wishes)), None, 0
    with progress_bar(MOST_JUDGED, "draw", "judged", smoothing=0.3, leave=False, disable=None) as advance:
        found = search(
            register,
            wishes,
            difficulty=arguments.difficulty,
            tolerance=arguments.tolerance,
            jobs=arguments.jobs or os.cpu_count() or 1,
            most=MOST_JUDGED,
            on_judged=lambda _count: advance(),
        )
    return found.draft, found.judged, found.looked_at


def _say_judged(judged: Judged | None, lang: str) -> None:
    if judged is None:
        print(WORDS["unchecked"][lang])
        return
    gain, difficulty = judged.gain, judged.difficulty
    said = "—" if difficulty is None else f"{difficulty:.2f}"
    numbers = {"mean": gain.mean, "low": gain.low, "high": gain.high, "margin": judged.margin}
    print(WORDS["judged"][lang].format(difficulty=said, **numbers))


def _write_sealed(out: Path, exercise: Exercise, lang: str) -> None:
    from sim.play.sealing import seal
    from sim.spec.sealed import sealed_text

    opened = seal(exercise)
    write_atomic(out, sealed_text(opened))
    print(f"{WORDS['drawn'][lang]}: {out}")
    print(f"{WORDS['commitment'][lang]}: {opened.commitment}")
    print(f"{WORDS['window'][lang]}: {opened.window.replace('/', ' – ') or WORDS['no_window'][lang]}")
    print(f"{WORDS['visibility'][lang]}: {VISIBILITY[opened.visibility][lang]}")


def reveal(arguments: argparse.Namespace) -> int:
    """Open a sealed scenario and show that nobody changed it."""
    from sim.spec.load import load
    from sim.spec.sealed import SEALED_SUFFIX

    path, lang = Path(arguments.file), arguments.lang
    if path.suffix != SEALED_SUFFIX:
        raise bad_input(path.name, "is no sealed scenario", f"a file that ends in {SEALED_SUFFIX}")
    out = None if arguments.out is None else Path(arguments.out)
    if out is not None:
        _must_be_free(out, arguments.force)
    exercise = load(path)
    if not exercise.seal:
        raise SealBroken(path.name, "the file is open, not sealed")
    typed = "".join((arguments.commitment or "").split()).lower()
    if typed and typed != exercise.seal:
        raise SealBroken(path.name, "its commitment is not the one that was given")
    board = f", {WORDS['board'][lang]}" if typed else ""
    print(f"{WORDS['holds'][lang]}{board}: {exercise.seal}")
    _show(exercise, lang)
    if out is not None:
        write_atomic(out, exercise.sources[0].text)
        print(f"{WORDS['written'][lang]} {out}")
    return 0


def _show(exercise: Exercise, lang: str) -> None:
    scenario = exercise.scenario
    print(scenario.name.in_language(lang))
    print(scenario.summary.in_language(lang))
    start = scenario.starts_at.replace("T", " ")
    print(f"{WORDS['starts'][lang]} {start}, {WORDS['lasts'][lang]} {length(scenario.duration, lang)}")
    print(f"{WORDS['visibility'][lang]}: {VISIBILITY[scenario.visibility][lang]}")
    if scenario.drawn is not None:
        drawn = scenario.drawn
        print(f"{WORDS['window'][lang]}: {drawn.window.replace('/', ' – ') or WORDS['no_window'][lang]}")
        print(WORDS["origin"][lang].format(seed=drawn.seed, attempt=drawn.attempt))
    counts = {
        "injects": len(scenario.injects),
        "questions": len(scenario.pause_points),
        "seats": len({point.seat for point in scenario.pause_points}),
        "outages": len(scenario.outages),
    }
    print(WORDS["holds_what"][lang].format(**counts))
