"""The sources of the invented country as servers: real sockets and files, simulated time."""
