"""What was promised, for programs of others that ask by themselves: calendars (iCalendar) and readers (Atom)."""
