"""Registers that the council keeps of its own work."""

from records.documents.models import Document as Document
from records.services.models import Conclusion as Conclusion
from records.services.models import Service as Service
from records.services.models import ServiceUse as ServiceUse
