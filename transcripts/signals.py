"""What the room of transcripts tells the other rooms."""

from django.dispatch import Signal

# Sent with `document` inside the transaction of the import: what a receiver writes stands or falls with the document.
document_imported = Signal()
