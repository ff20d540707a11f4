"""Rules of appeals: who may do what with one, and when (laws 393/96-ВР, 2939-VI)."""
