"""The desk: many actors over one Bridge connection."""
