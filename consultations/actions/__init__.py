"""Actions of consultations, by idea: transitions, the draft's text, papers, polls and remarks."""
