"""Load the register of governments and parties."""

from typing import Any

from django.core.management.base import BaseCommand, CommandError

from transcripts.register import RegisterError, load
from transcripts.services.register import Loaded, load_register


class Command(BaseCommand):
    help = "Load governments, ministers and parties from transcripts/register; a second run changes nothing."

    def handle(self, *args: Any, **options: Any) -> None:
        try:
            register = load()
        except RegisterError as error:
            raise CommandError(f"The register cannot be loaded, nothing was changed. {error}") from error
        loaded = load_register(register=register)
        self.stdout.write(
            f"Register: {len(register.governments)} governments, {len(register.offices)} mandates, "
            f"{len(register.parties)} parties, checked until {register.checked_on}. {told(loaded)}"
        )
        unsure = [office for office in register.offices if not office.certain]
        if unsure:
            self.stdout.write(f"Mandates that are not certain: {len(unsure)}; their source says what to check.")
        if loaded.contradictions:
            self.stdout.write(f"Headings of documents that contradict it: {len(loaded.contradictions)}")
            for sentence in loaded.contradictions:
                self.stdout.write(f"  {sentence}")


def told(loaded: Loaded) -> str:
    """Say in words what a run did."""
    if loaded.nothing:
        return "Nothing changed."
    parts = [f"{count} × {kind} added" for kind, count in loaded.made.items()]
    parts += [f"{count} × {kind} changed" for kind, count in loaded.changed.items()]
    return ", ".join(parts) + "."
