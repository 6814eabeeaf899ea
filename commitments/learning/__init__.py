"""Learns what each cue is worth from labelled documents, and measures what is found. Pure: no database."""
