"""What pages, mails and API show of the rows: words, places and lines made ready; nothing here writes."""
