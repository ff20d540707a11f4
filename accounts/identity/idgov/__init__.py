"""id.gov.ua, the state's integrated system of electronic identification (ІСЕІ)."""
