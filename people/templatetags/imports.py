"""What the pages of an import say about the file."""

from django import template

from people.imports.encoding import encoding_name

register = template.Library()
register.filter("encoding_name", encoding_name)
