"""Statistical indicators on turning research into business: model, store, charts and pages."""
