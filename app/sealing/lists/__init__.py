"""Trusted lists in XML, read in the child: a list is somebody else's file.

read_scheme   what a list says of itself, and who signed it; nothing of that is checked
read_list     a list whose signature was made by the certificate that a person, or a list of lists, has confirmed
"""

from app.sealing.lists.asking import MODULE, read_list, read_scheme

__all__ = ["MODULE", "read_list", "read_scheme"]
