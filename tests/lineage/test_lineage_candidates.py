"""Names as tracking servers and hubs have them, and what they are taken for: nothing, when in doubt."""

from functools import cache

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lineage_builders import dataset_version, model_version, run

from canonicalize import Linker, load_vocabularies
from flows.matching import LINK_FROM, PROPOSE_FROM, Match, matches
from lineage.naming.candidates import Clue
from lineage.naming.dataset_clues import dataset_clues
from lineage.naming.logged_values import listed, says_no, says_yes
from lineage.naming.model_clues import model_clues
from lineage.naming.step_clues import step_clues
from lineage.naming.tried_names import tried_names
from records import Derivation

PROPOSED = "?"  # before a name that is only proposed


@cache
def linker() -> Linker:
    return Linker(load_vocabularies().entities)


def found(clues: tuple[Clue, ...]) -> list[Match]:
    return list(matches(clues, linker()))


def said(clues: tuple[Clue, ...]) -> set[str]:
    return {("" if match.confident else PROPOSED) + match.entity.name for match in found(clues)}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("squad", {"SQuAD"}),
        ("SQuAD", {"SQuAD"}),
        ("squad-train", {"SQuAD"}),
        ("squad_v12", {"SQuAD"}),  # a team's twelfth state of it
        ("squad_v2", {"SQuAD 2.0", "?SQuAD"}),
        ("squad_v1.1_dev", {"SQuAD 1.1", "?SQuAD"}),
        ("imagenet-1k-v2", {"ILSVRC 2012", "ImageNet"}),
        ("imagenet-1k", {"ILSVRC 2012", "ImageNet"}),  # a size of it
        ("tiny-imagenet", {"Tiny ImageNet"}),  # not a size of it
        ("my-imagenet", {"ImageNet"}),
        ("cifar10-train", {"CIFAR-10"}),
        ("mnist.npz", {"MNIST"}),
        ("mnist_784", {"MNIST"}),
        ("wikitext-103-raw-v1", {"WikiText-103"}),
        ("cnn_dailymail", {"CNN/Daily Mail"}),
        ("fashion_mnist", {"Fashion-MNIST"}),
        ("conll2003", {"CoNLL-2003"}),
        ("prod.nlp.squad_v2", {"SQuAD 2.0", "?SQuAD"}),  # catalog.schema.table
        # an ordinary word, or a word that means something only with "dataset" behind it
        ("glue", {"?GLUE"}),
        ("race", {"?RACE"}),
        ("iris", {"?Iris dataset"}),
        ("customer_reviews_dataset", {"?Customer Reviews dataset"}),
        ("amazon_reviews", {"?Amazon reviews"}),
        ("sst", {"?SST"}),  # sea surface temperature
        ("squad_embeddings", {"?SQuAD"}),  # made from it, but no version of it
        # a team's own names
        ("users", set()),
        ("prod_events", set()),
        ("text", set()),
        ("news", set()),
        ("large", set()),
        ("train", set()),
        ("data", set()),
        ("dataset", set()),
        ("test.csv", set()),
        ("orders_2024", set()),
        ("churn_features_v3", set()),
        ("drop_events", set()),
        ("race_results", set()),
        ("record", set()),
        ("scan", set()),
        ("customer_360", set()),
        ("main.default.users", set()),
        ("bert", set()),  # a method
        ("tokenized", set()),
        ("accuracy", set()),  # a metric
        ("question answering", set()),  # a task
        ("", set()),
        ("-", set()),
        ("v2", set()),
    ],
)
def test_a_dataset_is_known_by_its_name(name: str, expected: set[str]) -> None:
    assert said(dataset_clues(dataset_version(name, digest="9f8e7d", reference="r"))) == expected


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        ("hf://datasets/squad", {"SQuAD"}),
        ("hf://datasets/rajpurkar/squad_v2", {"SQuAD 2.0", "?SQuAD"}),
        ("hf://datasets/rajpurkar/squad@7b6d24c440a36b6815f21b70d25016731768db1f/plain_text", {"SQuAD"}),
        ("https://huggingface.co/datasets/stanfordnlp/imdb", {"IMDb"}),
        ("hf://datasets/glue", {"GLUE"}),  # a catalogue's own name
        ("hf://datasets/nyu-mll/glue", {"GLUE"}),
        ("hf://datasets/glue/mrpc", {"MRPC"}),
        ("kaggle://zalando-research/fashionmnist", {"Fashion-MNIST"}),
        ("https://www.kaggle.com/datasets/zalando-research/fashionmnist", {"Fashion-MNIST"}),
        ("torchvision.datasets.CIFAR10", {"CIFAR-10"}),
        ("sklearn.datasets.load_iris", {"Iris dataset"}),
        ("sklearn.datasets.fetch_20newsgroups", {"20 Newsgroups"}),
        ("tfds://mnist/3.0.1", {"MNIST"}),
        ("gs://tfds-data/tensorflow_datasets/imdb_reviews/plain_text/1.0.0", {"IMDb"}),
        ("s3://bucket/imagenet-1k/train", {"ILSVRC 2012", "ImageNet"}),
        ("s3://imagenet/train", {"ImageNet"}),
        ("/home/me/data/squad/dev-v2.0.json", {"SQuAD"}),
        ("C:\\data\\mnist\\train.csv", {"MNIST"}),
        ("dbfs:/datasets/cifar10/batch=3/part-00000.parquet", {"?CIFAR-10"}),
        ("s3://bucket/squad/embeddings.parquet", {"?SQuAD"}),
        ("hf://datasets/acme/race", {"?RACE"}),  # anybody's own
        ("hf://datasets/acme/support-tickets", set()),
        ("hf://datasets/acme/news", set()),
        ("https://www.kaggle.com/c/titanic", set()),
        ("s3://acme-ml/data/users/v12/part-0000.parquet", set()),
        ("delta:/mnt/lake/news", set()),
        ("dbfs:/data/text/large", set()),
        (
            "https://raw.githubusercontent.com/mlflow/mlflow/master/tests/datasets/winequality-white.csv",
            set(),
        ),
        ("https://imagenet.example.org/export.csv", set()),  # a host is no dataset
        ("s3://", set()),
        ("://", set()),
        ("http://[::1", set()),
        ("hf://datasets/", set()),
    ],
)
def test_a_dataset_is_known_by_its_source(source: str, expected: set[str]) -> None:
    assert said(dataset_clues(dataset_version("export", source=source, reference="r"))) == expected


def test_where_places_disagree_the_surer_one_is_linked_and_the_other_proposed() -> None:
    version = dataset_version("mnist", source="hf://datasets/cifar10", reference="r")
    assert said(dataset_clues(version)) == {"CIFAR-10", "?MNIST"}


@pytest.mark.parametrize(
    ("reference", "expected"),
    [
        ("ds:squad:1a2b", {"SQuAD"}),
        ("staging:ds:squad:1a2b", {"SQuAD"}),
        ("ds:users:v12", set()),
        ("hf://datasets/squad", {"SQuAD"}),
        ("squad@v3", {"SQuAD"}),
        ("odds:squad:1", set()),
    ],
)
def test_of_a_version_that_is_only_referred_to_the_reference_tells(
    reference: str, expected: set[str]
) -> None:
    placeholder = dataset_version(reference=reference, digest="")
    assert said(dataset_clues(placeholder)) == expected


@pytest.mark.parametrize(
    ("tags", "expected"),
    [
        ({"hf_dataset": "stanfordnlp/sst2"}, {"SST-2"}),
        ({"source_datasets": "extended|squad"}, {"SQuAD"}),
        ({"benchmark": "glue"}, {"?GLUE"}),
        ({"owner": "squad"}, set()),
        ({"mlflow.data.context": "training"}, set()),
    ],
)
def test_a_dataset_is_known_by_its_tags(tags: dict[str, str], expected: set[str]) -> None:
    assert said(dataset_clues(dataset_version("export", tags=tags))) == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("bert-base-finetuned-squad", {"BERT-base", "BERT"}),
        ("distilbert-base-uncased-finetuned-sst-2-english", {"DistilBERT"}),
        ("roberta-large-mnli", {"RoBERTa"}),
        ("resnet50-imagenet", {"ResNet-50"}),
        ("resnet-50", {"ResNet-50", "ResNet"}),
        ("gpt2-medium", {"GPT-2"}),
        ("t5-small", {"T5"}),
        ("llama-2-7b-lora-support", {"Llama 2", "?LLaMA"}),
        ("fraud-xgboost", {"XGBoost"}),
        ("churn-random-forest", {"random forest"}),
        ("sentiment-distilbert-v2", {"DistilBERT"}),
        ("logistic_regression", {"logistic regression"}),
        ("bert-vs-xgboost", {"BERT"}),
        ("svm", {"?support vector machine"}),
        ("adam", {"?Adam"}),  # a colleague, perhaps
        ("transformer-fault-detector", set()),  # the electric ones, perhaps
        ("palm-oil-yield", set()),
        ("albert-large", {"?ALBERT"}),
        ("unet-like", set()),
        ("shap-report", set()),
        ("deep-neural-network", {"?deep neural network"}),
        ("churn", set()),
        ("churn-no-bert", set()),
        ("pytorch-model", set()),
        ("tensorflow-serving", set()),
        ("text-classifier", set()),
        ("news-ranker", set()),
        ("large-model", set()),
        ("baseline", set()),
        ("model", set()),
        ("glue-job", set()),
        ("clip-detector", set()),
        ("squad", set()),  # a dataset
        ("mixup", set()),  # a step
        ("recommender", set()),
        ("v2", set()),
    ],
)
def test_a_model_is_known_by_its_name(name: str, expected: set[str]) -> None:
    assert said(model_clues(model_version(f"models:/{name}/1"))) == expected


@pytest.mark.parametrize(
    ("reference", "expected"),
    [
        ("hf://google-bert/bert-base-uncased", {"BERT-base", "BERT"}),
        ("hf://openai/whisper-large-v3", {"Whisper ASR"}),
        ("hf://mistralai/Mistral-7B-Instruct-v0.2", {"Mistral 7B"}),
        ("hf://facebook/wav2vec2-base-960h", {"wav2vec 2.0"}),
        ("hf://google/vit-base-patch16-224", {"Vision Transformer"}),
        ("hf://facebook/bart-large-cnn", {"BART"}),
        ("hf://cardiffnlp/twitter-roberta-base-sentiment", {"RoBERTa"}),
        ("hf://microsoft/deberta-v3-base", {"DeBERTaV3", "?DeBERTa"}),
        ("hf://FacebookAI/xlm-roberta-base", {"XLM-R", "?XLM"}),
        ("hf://gpt2", {"GPT-2"}),
        ("hf://sentence-transformers/all-MiniLM-L6-v2", set()),
        ("hf://acme/churn", set()),
        ("models:/m-0123456789abcdef0123456789abcdef", set()),
        ("models:/churn/3", set()),
    ],
)
def test_a_base_model_is_known_by_its_reference(reference: str, expected: set[str]) -> None:
    assert said(model_clues(model_version(reference, name=""))) == expected


@pytest.mark.parametrize(
    ("pairs", "expected"),
    [
        ({"architecture": "BertForSequenceClassification"}, {"BERT"}),
        ({"architectures": "['T5ForConditionalGeneration']"}, {"T5"}),
        ({"model_type": "svm"}, {"support vector machine"}),
        ({"estimator_name": "RandomForestClassifier"}, {"random forest"}),
        ({"estimator_class": "sklearn.linear_model._logistic.LogisticRegression"}, {"logistic regression"}),
        ({"estimator_class": "xgboost.sklearn.XGBClassifier"}, {"XGBoost"}),
        ({"model_name_or_path": "roberta-base"}, {"RoBERTa"}),
        ({"base_model": "hf://bert-base-uncased"}, {"BERT-base", "BERT"}),
        ({"base_model": "bert-base-uncased", "base_model_relation": "distilled"}, set()),
        ({"model_type": "prod"}, set()),
        ({"algorithm": "auto"}, set()),
        ({"model_name": "squad"}, set()),
        ({"owner": "bert"}, set()),
        ({"optimizer": "adam"}, set()),
    ],
)
def test_a_model_is_known_by_what_is_logged_of_it(pairs: dict[str, str], expected: set[str]) -> None:
    assert said(model_clues(model_version(tags=pairs))) == expected
    assert said(model_clues(model_version(parameters=pairs))) == expected
    assert said(model_clues(model_version(), run(parameters=pairs))) in (
        expected,
        {PROPOSED + name for name in expected},  # a run may make several models
    )


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        (Derivation.FINE_TUNED_FROM, {"BERT-base", "BERT"}),
        (Derivation.QUANTIZED_FROM, {"BERT-base", "BERT"}),
        (Derivation.DISTILLED_FROM, set()),  # a student may be anything
        (Derivation.MERGED_FROM, set()),
    ],
)
def test_a_model_is_what_it_was_fine_tuned_from(kind: Derivation, expected: set[str]) -> None:
    model = model_version(bases={"hf://google-bert/bert-base-uncased": kind})
    assert said(model_clues(model)) == expected


@pytest.mark.parametrize(
    ("parameters", "expected"),
    [
        ({"preprocessing": "lowercase,bpe"}, {"lowercasing", "byte-pair encoding"}),
        ({"preprocessing": '["lowercase", "bpe"]'}, {"lowercasing", "byte-pair encoding"}),
        ({"preprocessing": "['lowercase', 'bpe']"}, {"lowercasing", "byte-pair encoding"}),
        ({"preprocessing": "lowercase=False, stemming=True"}, {"stemming"}),
        ({"augmentation": "{'mixup': {'alpha': 0.2}, 'cutout': False}"}, {"mixup"}),
        ({"augmentations": "mixup+cutmix"}, {"mixup", "CutMix"}),
        ({"data.augmentation.mixup.alpha": "0.4"}, {"mixup"}),
        ({"mixup_alpha": "0.2"}, {"mixup"}),
        ({"use_mixup": "true"}, {"mixup"}),
        ({"do_lower_case": "1"}, {"lowercasing"}),
        ({"lowercase": "True"}, {"lowercasing"}),
        ({"tokenizer": "moses"}, {"Moses tokenizer"}),
        ({"tokenizer": "sentencepiece-32k"}, {"SentencePiece"}),
        ({"tokenization": "WordPiece"}, {"WordPiece"}),
        ({"stemmer": "porter"}, {"Porter stemmer"}),
        ({"imputation": "mean"}, {"mean imputation"}),
        ({"resampling": "smote"}, {"SMOTE"}),
        ({"normalization": "z-score"}, {"z-score normalization"}),
        (
            {"transforms": "Compose([Resize(256), CenterCrop(224), ToTensor()])"},
            {"resizing", "center cropping"},
        ),
        ({"steps": "[('scaler', StandardScaler()), ('clf', SVC())]"}, {"z-score normalization"}),
        ({"smote": "SMOTE()"}, {"SMOTE"}),
        ({"tfidfvectorizer__lowercase": "True"}, {"lowercasing"}),
        ({"use_data_augmentation": "yes"}, {"data augmentation"}),
        # off
        ({"lowercase": "False"}, set()),
        ({"mixup_alpha": "0.0"}, set()),
        ({"mixup_alpha": "-1"}, set()),
        ({"mixup_alpha": "nan"}, set()),
        ({"use_bpe": "no"}, set()),
        ({"augmentation": "none"}, set()),
        ({"augmentation": "[]"}, set()),
        ({"preprocessing": "no lowercase"}, set()),
        ({"disable_mixup": "True"}, set()),
        ({"no_lowercase": "True"}, set()),
        # not steps
        ({"normalization": "batch"}, set()),  # a method
        ({"dropout": "0.1", "label_smoothing": "0.1", "weight_decay": "0.01"}, set()),
        ({"subsample": "0.8", "colsample_bytree": "0.7"}, set()),
        ({"noise": "0.1", "rotation": "90", "scale": "2"}, set()),
        ({"text": "true", "image": "1", "shuffle": "True", "seed": "42"}, set()),
        ({"tokenizer": "bert-base-uncased"}, set()),
        ({"tokenizer_path": "/models/bpe.model"}, set()),
        ({"lowercase": "maybe"}, set()),
        ({"optimizer": "adam", "dataset": "squad"}, set()),
        ({"comment": "we tried lowercase, bpe and mixup"}, set()),
    ],
)
def test_the_steps_of_a_run_are_known_by_its_parameters(
    parameters: dict[str, str], expected: set[str]
) -> None:
    assert said(step_clues(run(parameters=parameters))) == expected
    assert said(step_clues(run(tags=parameters))) == expected


def test_the_tags_that_a_tracking_server_sets_itself_name_no_step() -> None:
    assert said(step_clues(run(tags={"mlflow.lowercase": "true", "mlflow.preprocessing": "bpe"}))) == set()


def test_a_reason_says_where_the_name_stands() -> None:
    [match] = found(dataset_clues(dataset_version("export", source="hf://datasets/rajpurkar/squad")))
    assert match.reasons[0] == "The source hf://datasets/rajpurkar/squad names the dataset squad."
    [match] = found(dataset_clues(dataset_version("squad-train", reference="r")))
    assert match.reasons[0] == 'The name squad-train names the dataset squad, without "train".'
    assert match.score < 0.95


def test_what_was_left_out_of_a_name_lowers_its_score() -> None:
    scores = [
        found(dataset_clues(dataset_version(name, reference="r")))[0].score
        for name in ("squad", "squad-train", "squad-train-raw", "squad_embeddings")
    ]
    assert scores == sorted(set(scores), reverse=True)


def test_runs_tell_which_methods_they_tried() -> None:
    names = tried_names(
        [run(parameters={"optimizer": "adam", "dropout": "0.1", "attention": "False", "model": "org/bert"})]
    )
    assert {"adam", "dropout"} <= names
    assert "attention" not in names


@pytest.mark.parametrize(
    ("value", "no", "yes", "names"),
    [
        ("True", False, True, ("True",)),
        ("0.3", False, True, ("0.3",)),
        ("0", True, False, ()),
        ("Infinity", True, False, ()),
        ("", True, False, ()),
        ("a, b", False, False, ("a", "b")),
        ('{"a": true, "b": 0, "c": {"d": 1}}', False, False, ("a", "c", "d")),
        ("[" * 4000, True, False, ()),
        ("{'a': [" * 500, False, False, ()),
        ("a" * 100_000, False, False, ()),
        ("Compose([ToTensor()])", False, False, ("ToTensor",)),
    ],
)
def test_values_are_read_as_people_log_them(value: str, no: bool, yes: bool, names: tuple[str, ...]) -> None:
    assert (says_no(value), says_yes(value)) == (no, yes)
    assert listed(value) == names


@given(name=st.text(max_size=300), value=st.text(max_size=300))
def test_no_text_breaks_the_reading_of_names(name: str, value: str) -> None:
    clues = [
        *dataset_clues(dataset_version(name, source=value, tags={"dataset": value}, reference=name or "r")),
        *model_clues(model_version(name or "r", name=value, tags={"base_model": name, "model_type": value})),
        *step_clues(run(parameters={name: value, "preprocessing": value, value: "1"})),
    ]
    for clue in clues:
        for candidate in clue.candidates:
            assert candidate.name.strip()
            assert 0 < candidate.weight <= 1
            assert "\n" not in candidate.reason


def test_the_thresholds_are_in_order() -> None:
    assert 0 < PROPOSE_FROM < LINK_FROM < 1
