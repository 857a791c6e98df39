"""Word pieces of a vocabulary of one word."""

from tokenizers import Tokenizer, models, pre_tokenizers, processors

from extract.recognition.wordpieces import WordPieces


def word_pieces() -> WordPieces:
    """Only "word" is known; it is one piece, as is the mark for any other word."""
    vocabulary = {"[PAD]": 0, "[UNK]": 1, "[CLS]": 2, "[SEP]": 3, "word": 4}
    tokenizer = Tokenizer(models.WordPiece(vocabulary, unk_token="[UNK]"))  # noqa: S106
    tokenizer.pre_tokenizer = pre_tokenizers.BertPreTokenizer()
    tokenizer.post_processor = processors.BertProcessing(("[SEP]", 3), ("[CLS]", 2))
    return WordPieces(tokenizer)
