"""The demo city Рудногірськ: content in TOML beside the files of its drafts, and what loads it.

Each folder is a consultation: `consultation.toml` describes it (days are working days from today,
negative in the past), `v1.*`, `v2.*` are the files of its draft, `remarks.toml` is what people
said. City, people and words are invented.
"""
