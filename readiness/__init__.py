"""The numbers and the words: frames of facts in, frames of scores, issues and trends out."""
