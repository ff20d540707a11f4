"""The register of personal data in the council's registers: there are none but their keepers'."""

from __future__ import annotations

from accounts.data.register import impersonal, staff_references
from records.models import Conclusion, Service, ServiceUse

impersonal(Service, why="what the council offers")
staff_references(ServiceUse, "by")
staff_references(Conclusion, "by")
