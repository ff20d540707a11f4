"""What the council tells: news, announcements, events; its pages; and the press."""

from newsroom.models.article import Article as Article
from newsroom.models.article import Kind as Kind
from newsroom.models.article import State as State
from newsroom.models.article import topic_of as topic_of
from newsroom.models.correction import ArticleCorrection as ArticleCorrection
from newsroom.models.page import Page as Page
from newsroom.models.page import PageVersion as PageVersion
from newsroom.models.picture import ArticlePicture as ArticlePicture
from newsroom.models.press import Accreditation as Accreditation
from newsroom.models.press import AccreditationState as AccreditationState
from newsroom.models.press import PressAttendance as PressAttendance
