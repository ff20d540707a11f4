"""The audit log: how it is protected from the application, chained, verified and shortened."""
