"""The set-up: what it does on machines that lack this or that."""
