"""Jobs of insights, where the worker looks for them."""

from insights.indicators.jobs import measure_indicators

__all__ = ["measure_indicators"]
