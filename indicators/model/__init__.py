"""The statistics: what an observation is, what may be compared, how numbers are derived.

Plain Python and pandas. No database, workbook, Plotly, Streamlit or clock.
"""
