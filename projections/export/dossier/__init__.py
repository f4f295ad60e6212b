"""The dossier of one client as files: readable, and as data; the same for whoever asks it and may read it."""
