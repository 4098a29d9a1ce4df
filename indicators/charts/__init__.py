"""A series table in, a Plotly figure out: no reading, no clock, no translation, no Streamlit.

Numbers are made in `model` and words in `language`; a chart only draws the rows it is given.
"""
