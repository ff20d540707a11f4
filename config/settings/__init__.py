"""Every setting of Viche, by area, read from the environment once (docs/environment.md)."""

from config.settings.api import *
from config.settings.apps import *
from config.settings.base import *
from config.settings.channels import *
from config.settings.city import *
from config.settings.database import *
from config.settings.identity import *
from config.settings.jobs import *
from config.settings.logging import *
from config.settings.mail import *
from config.settings.participation import *
from config.settings.people import *
from config.settings.security import *
from config.settings.state import *
from config.settings.storage import *
