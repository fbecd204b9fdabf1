"""View-models: what a page shows, testable without a window. QtCore and QtGui only."""
