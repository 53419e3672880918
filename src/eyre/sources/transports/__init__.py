"""The ways in which a delivery comes: asked for by HTTP or SFTP, or dropped into a folder."""
