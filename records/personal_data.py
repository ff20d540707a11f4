"""The register of personal data in the council's registers: there are none but their keepers'."""

from __future__ import annotations

from accounts.data.register import impersonal, staff_references
from records.models import Conclusion, Document, Service, ServiceUse

impersonal(Service, why="what the council offers")
impersonal(Document, why="what documents the council holds; of appeals numbers alone")
staff_references(ServiceUse, "by")
staff_references(Conclusion, "by")
