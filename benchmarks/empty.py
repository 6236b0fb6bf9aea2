"""A Streamlit page with nothing on it: what the first page of a cold process is compared with."""

import streamlit as st

st.write("")
