"""A frozen view becomes Word, Excel, PDF or a picture, and is checked again after editing."""
