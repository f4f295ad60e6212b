"""A case as FHIR R4: one Bundle that others can read, and that Draad itself reads back without loss.

What R4 has a place for stands there; what it cannot carry stands in own extensions: docs/fhir.md.
"""
