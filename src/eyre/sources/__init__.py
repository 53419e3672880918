"""How a source's delivery is read: manifest, readers, strict parse, issues."""
