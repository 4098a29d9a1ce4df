"""Statistical indicators on turning research into business: model, store, charts and pages."""

import pandas as pd

# Views are tables of some dozen rows, which pandas cuts and joins a third faster with its texts held this way.
pd.set_option("mode.string_storage", "python")
