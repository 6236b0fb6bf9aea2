"""What every figure means: pure functions over frames. No database, no clock, no Streamlit."""
