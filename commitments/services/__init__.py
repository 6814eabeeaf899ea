"""The verbs: each takes keyword arguments, is one transaction, and leaves an event for every change."""
