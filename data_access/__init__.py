"""The shared database: schema, migrations, reads, writes and the scope a person may see."""
