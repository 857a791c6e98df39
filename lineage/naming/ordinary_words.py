"""Words that are names in the vocabularies and also what people call their own tables and models."""

ORDINARY_WORDS = frozenset(
    """
    a adult all amazon an and annotated answer answers article articles atari audio bank banking
    benchmark big billion birds book books boston brown caption captions car cars census center chairs
    challenge charades chart children class classification clean click clicks code cola collection
    comment comments common conceptual context copa core corpus customer customers customs daily data
    database dataset datasets dialog dialogue digits document documents dogs domain drop dump english
    event events face faces fact fashion feature features fever fields first flowers flying food fraud
    french full fusion german glue google graph gym hard home house housing human image images index
    internal jobs kilt kinetics labels language large leads liar log logs mail main market math meeting
    men mini movie movies multi music natural new news office online open opus order orders oscar papers
    parallel paws people pets pile places polarity prize prod product production products proposition
    question questions race reading record records reddit review reviews sales scan scene sentence
    sentences sentiment set sick simple small snips something speech spider squads stack stories story
    street subjectivity summarization swag switchboard table tables talk talks task test text texts the
    things tickets tiger time times tiny toronto toxic train training transactions treebank user users
    video videos view views viper voice wall web wide wider word words world york

    accumulation active actor adam adapter additive agglomerative albert algorithm alpaca annealing
    attention augmented average averaging backward bag bagging balanced bart base batch beam belief bloom
    boosted capsule causal chain chinchilla claude clip clipping clustering codex conformer continuous
    copy cosine cost coverage cross curriculum decoder deep dense descent detection detector dino
    distillation donut dropout dynamic early echo electra em embedding embeddings encoder end ensemble
    ensembling entropy ernie estimation expert experts falcon feed filtering flair flamingo flan flow
    focal forward fully gemini generation generative genetic global glove gopher gradient greedy group
    hierarchical highway hole hourglass in joshua key knowledge label latent layer lead learning lime
    line linear local long loss machine mallet mamba mass matching mean memory meta method mixture model
    modeling models moses muse network networks neural normalization optimization palm parsing pegasus
    performer pipeline pointer policy pooling primer programming propagation pruning pythia ranking realm
    recurrent reformer reinforce reinforcement relation residual reverb ripper rotary rotate sampling
    score search self semi sense sequence short smoothing soft sparse state stopping string supervised
    supervision sure teacher term thing token topic training transfer transformer transformers tuning
    unit value vector vicuna visual warmup weight whisper zero
    """.split()
)
