"""The engine: pure Python, no Django, no clock, no settings.

It is handed a text, the day it was said and a calendar, and says what was promised and by when.
"""
