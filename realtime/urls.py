"""URLs of sockets. Any other is refused (403), as is a topic that one may not watch."""

from channels.routing import URLRouter
from channels.security.websocket import WebsocketDenier
from django.urls import re_path

from realtime.consumers import LiveConsumer
from realtime.origin import OwnOrigin

websockets = OwnOrigin(
    URLRouter(
        [
            re_path(
                r"^live/(?P<topic>(?:consultation|petition|poll|meeting)(?:s|:[1-9][0-9]{0,17}))/$",
                LiveConsumer.as_asgi(),
            ),
            re_path("", WebsocketDenier.as_asgi()),
        ]
    )
)
