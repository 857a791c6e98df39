"""What a document may say of its paper and of works that it cites, to be weighed once names are canonical."""
