"""What leaves the dashboard: pictures, slides, documents, workbooks of a view, and the stamp that leads back to it."""
