"""The terms under which a source gives its records: purposes, decisions, views."""
