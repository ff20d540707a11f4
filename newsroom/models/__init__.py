"""What the council tells: news, announcements, events."""

from newsroom.models.article import Article as Article
