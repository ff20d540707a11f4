"""The newsroom: news, announcements, events; the council's pages; and the press."""

from newsroom.articles.models import Article as Article
from newsroom.articles.models import Kind as Kind
from newsroom.articles.models import State as State
from newsroom.articles.models import topic_of as topic_of
from newsroom.articles.models_corrections import ArticleCorrection as ArticleCorrection
from newsroom.conferences.models import ArticleQuestion as ArticleQuestion
from newsroom.council_pages.models import Page as Page
from newsroom.council_pages.models import PageVersion as PageVersion
from newsroom.pictures.models import ArticlePicture as ArticlePicture
from newsroom.press.models import Accreditation as Accreditation
from newsroom.press.models import AccreditationState as AccreditationState
from newsroom.press.models import PressAttendance as PressAttendance
