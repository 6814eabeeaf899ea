"""Measurements that need a PostgreSQL of their own; `make bench` runs them."""
