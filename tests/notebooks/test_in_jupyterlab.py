"""A whole exercise in JupyterLab by clicking: the notebook of a trainee, from its menu to the score and the report."""

import json

import pytest

from sim.play.runs import replay
from tests.chromium import chromium
from tests.notebooks import FOLDER, from_text
from tests.notebooks.lab import lab, open_notebook, run_all
from tests.play.made import short

WAIT_MS = 180_000


@pytest.mark.slow
def test_a_whole_exercise_is_played_by_clicking_to_the_score_and_the_report(tmp_path):
    place = tmp_path / "notebooks"
    place.mkdir()
    scenario = next(one.text for one in short(40).sources if one.kind == "scenario")
    (place / "short.yaml").write_text(scenario, encoding="utf-8")
    notebook = from_text(FOLDER / "02_take_a_seat.py")
    for cell in notebook.cells:
        cell.source = cell.source.replace('SCENARIO = "chlorine-leak"', 'SCENARIO = "short.yaml"')
    (place / "seat.ipynb").write_text(json.dumps(notebook), encoding="utf-8")
    with lab(tmp_path) as at, chromium() as browser:
        context = browser.new_context(viewport={"width": 1366, "height": 768})
        context.set_default_timeout(WAIT_MS)
        page, wrong = context.new_page(), []
        page.on("pageerror", lambda error: wrong.append(str(error)))
        open_notebook(page, at, "seat.ipynb")
        run_all(page)
        tabs = page.locator(".widget-tab > .lm-TabBar .lm-TabBar-tab")
        page.locator(".panel .phase").first.wait_for()
        assert 2 == tabs.count()
        page.get_by_label("速度").select_option("")
        page.get_by_role("button", name="开始演练").click()
        tabs.nth(1).click()
        page.locator('.panel .option[data-number="1"]').click()
        page.get_by_role("button", name="改一改").click()
        page.locator('.panel .option[data-number="2"]').click()
        page.locator(".panel textarea[aria-label^='理由']").fill("按规程")
        page.get_by_role("button", name="确认").click()
        tabs.nth(0).click()
        page.get_by_role("button", name="评分并生成报告").click()
        page.locator(".panel dl.result").wait_for()
        total = page.locator(".panel dl.result dd").first.inner_text()
        context.close()
    folder = tmp_path / "reports" / "runs" / "seat-1"
    card = json.loads((folder / "score.json").read_text(encoding="utf-8"))
    assert f"{card['total']:.1f}" == total.split()[0]
    assert "按规程" in (folder / "report.html").read_text(encoding="utf-8")
    record, difference = replay(folder)
    assert difference is None
    mine = [one for one in record.journal if one.kind == "answer" and one.seat == "duty"]
    assert [("first-call", "按规程")] == [(one.key, one.reason) for one in mine]
    assert [] == [one for one in wrong if "panel" in one.lower() or "widget" in one.lower()]
