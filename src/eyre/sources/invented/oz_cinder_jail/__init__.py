"""Cinder County Jail: a roster of the Zuercher kind."""
