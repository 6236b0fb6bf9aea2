"""What every figure means: pure functions over frames. No database, no clock, no Streamlit."""

import pandas as pd

# Frames here are small and are read row by row: text held as Python's own strings costs a third less.
pd.set_option("mode.string_storage", "python")
