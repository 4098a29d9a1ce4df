"""What pages are made of. The only package, besides app.py and the pages, that knows Streamlit."""
