"""Publishing: a question and its answer for everybody, without anything of the applicant.

The applicant consents, an official leaves out what tells of people, everybody finds it by words.
"""
