"""Analysts' workbooks: read as they come, written as people type. Knows no database and no page."""
