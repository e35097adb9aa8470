"""The interface for programs: figures in, definitions out. By token alone, outside any organization's path."""
