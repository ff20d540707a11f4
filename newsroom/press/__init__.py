"""The press: accreditation of journalists, invitations to press conferences, who comes."""
