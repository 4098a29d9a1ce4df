"""What leaves the dashboard: pictures, slides, documents and workbooks of a view, and the stamp that leads back."""
