"""Write the stored event of every topic that has none: `python -m tests.stored_events`.

What is there is never written again: it stands for what lies in databases since that version.
"""

from __future__ import annotations

import sys

from domain.store import mapper
from tests.stored_events.examples import as_file, examples, file_of

for event in examples():
    path = file_of(event.TOPIC, mapper.version_of(type(event)))
    if not path.exists():
        path.write_text(as_file(event))
        sys.stdout.write(f"{path.name}\n")
