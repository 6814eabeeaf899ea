"""The open-data web service of the parliament: a small client, and what its answers mean. No rows."""

from transcripts.parliament.client import Answer, Client, MissingError, ServiceError

__all__ = ["Answer", "Client", "MissingError", "ServiceError"]
