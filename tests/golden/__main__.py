"""Write the golden records anew; look at the difference before committing it."""

from sim.spec.load import bundled
from tests.golden import golden_path, golden_text

for scenario in bundled("scenario"):
    golden_path(scenario).write_text(golden_text(scenario), encoding="utf-8", newline="\n")
    print(golden_path(scenario).name)
