"""Write the golden records anew; look at the difference before committing it."""

from sim.spec.load import bundled
from tests.golden import golden_path, run_golden

for scenario in bundled("scenario"):
    golden_path(scenario).write_text(run_golden(scenario), encoding="utf-8", newline="\n")
    print(golden_path(scenario).name)
