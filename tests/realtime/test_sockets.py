"""What is written to sockets."""

from __future__ import annotations

from realtime.sockets import message_of


def test_a_frame_is_encoded_once_for_all_its_sockets():
    text = message_of({"t": "poll:1", "html": "Проголосували"})["text"]
    assert text == '{"t":"poll:1","html":"Проголосували"}'
    assert bytes(text, "utf-8") == text.encode()
    assert text.encode() is text.encode()
