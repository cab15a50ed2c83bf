use std::borrow::Cow;
use std::ops::Range;
use std::path::Path;
use std::time::Instant;

use dateline_text::{Annotations, Clock, EntityAnnotation, Stage, Text, TokenAnnotation};
use rayon::prelude::*;

use crate::backend::{Backend, BackendError, Input, NativeBackend, Output, Precision};
use crate::batch::{BatchOptions, plan};
use crate::config::Config;
use crate::decode::tree::{Repair, stitch};
use crate::decode::{LemmaTable, Reading, WordReading, read_stretch, rounded};
use crate::info::{ModelInfo, sha256};
use crate::sequence::{Encoder, Sequence, Stretch};
use crate::{ModelError, info};

/// The files of a model folder.
#[derive(Clone, Debug)]
pub struct ModelFiles<'a> {
    /// `config.json`
    pub config: Cow<'a, [u8]>,
    /// `tokenizer.json`
    pub tokenizer: Cow<'a, [u8]>,
    /// `model.onnx`
    pub weights: Cow<'a, [u8]>,
    /// `lemmas.tsv`, if the folder has one: lemmas of known word forms by Penn tag.
    pub lemmas: Option<Cow<'a, [u8]>>,
}

impl ModelFiles<'static> {
    /// Reads the files of a folder.
    pub fn read(folder: &Path) -> Result<Self, ModelError> {
        let read = |name: &str| {
            let path = folder.join(name);
            std::fs::read(&path).map(Cow::Owned).map_err(|source| ModelError::File { path, source })
        };
        Ok(ModelFiles {
            config: read("config.json")?,
            tokenizer: read("tokenizer.json")?,
            weights: read("model.onnx")?,
            lemmas: if folder.join("lemmas.tsv").exists() {
                Some(read("lemmas.tsv")?)
            } else {
                None
            },
        })
    }
}

/// What computes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash)]
#[non_exhaustive]
pub enum Engine {
    /// The native one with linear layers in 8-bit integers: the fastest.
    #[default]
    Int8,
    /// The native one in 32-bit floats.
    F32,
    /// The ONNX graph as it is, by a general runtime in 32-bit floats: slow, for comparisons. Networks
    /// of other architectures always run there.
    Onnx,
}

/// A loaded model: from texts to what is said of their tokens. Cheap to share, never changes.
pub struct Model {
    config: Config,
    lemmas: LemmaTable,
    encoder: Encoder,
    backend: Box<dyn Backend>,
    info: ModelInfo,
}

impl std::fmt::Debug for Model {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Model").field("info", &self.info).finish_non_exhaustive()
    }
}

impl Model {
    /// Loads a model folder.
    pub fn load(folder: &Path, engine: Engine) -> Result<Model, ModelError> {
        Model::from_files(ModelFiles::read(folder)?, engine)
    }

    /// Loads a model from the contents of its files.
    pub fn from_files(files: ModelFiles<'_>, engine: Engine) -> Result<Model, ModelError> {
        let config = Config::parse(&files.config)?;
        let precision = match engine {
            Engine::Int8 => Precision::Int8,
            Engine::F32 => Precision::F32,
            Engine::Onnx => return Model::with_onnx(files),
        };
        match config.attention_heads {
            Some(heads) => Model::from_config(files, config, |weights| {
                Ok(Box::new(NativeBackend::from_bytes(&weights, heads, precision)?))
            }),
            // A network of another architecture.
            None => Model::with_onnx(files),
        }
    }

    #[cfg(feature = "rten")]
    fn with_onnx(files: ModelFiles<'_>) -> Result<Model, ModelError> {
        Model::with_backend(files, |weights| {
            Ok(Box::new(crate::backend::RtenBackend::from_bytes(weights)?))
        })
    }

    #[cfg(not(feature = "rten"))]
    fn with_onnx(_: ModelFiles<'_>) -> Result<Model, ModelError> {
        let problem = "states no attention_heads, and this build has no engine for other networks";
        Err(ModelError::config("attention_heads", problem))
    }

    /// Loads a model whose graph another runtime runs; `load` gets the bytes of `model.onnx`.
    pub fn with_backend<F>(files: ModelFiles<'_>, load: F) -> Result<Model, ModelError>
    where
        F: FnOnce(Vec<u8>) -> Result<Box<dyn Backend>, BackendError>,
    {
        let config = Config::parse(&files.config)?;
        Model::from_config(files, config, |weights| load(weights.into_owned()))
    }

    /// `load` gets the weights as they are: those inside a program need not be copied.
    fn from_config<F>(files: ModelFiles<'_>, config: Config, load: F) -> Result<Model, ModelError>
    where
        F: FnOnce(Cow<'_, [u8]>) -> Result<Box<dyn Backend>, BackendError>,
    {
        let encoder = Encoder::new(&files.tokenizer, &config)?;
        let lemmas = files.lemmas.as_deref().map_or(Ok(LemmaTable::default()), LemmaTable::parse);
        let lemmas = lemmas.map_err(|(line, problem)| {
            ModelError::config(format!("lemmas.tsv line {line}"), problem)
        })?;
        let hash = sha256(&files.weights);
        if let Some(expected) = &config.weights_sha256
            && !expected.eq_ignore_ascii_case(&hash)
        {
            let problem = format!("SHA-256 is {hash}, the config states {expected}");
            return Err(ModelError::Weights(problem));
        }
        let bytes = files.weights.len();
        let backend = load(files.weights).map_err(|e| ModelError::Weights(e.to_string()))?;
        let info = info::ModelInfo::new(&config, bytes, backend.parameters(), hash);
        let model = Model { config, lemmas, encoder, backend, info };
        model.probe()?;
        Ok(model)
    }

    /// What there is to know about the model.
    pub fn info(&self) -> &ModelInfo {
        &self.info
    }

    /// Annotates texts.
    ///
    /// Sentences are read with their neighbours. Sequences of all texts run together in batches, in
    /// parallel on the rayon pool of the caller. A text's result depends on nothing but the text.
    pub fn annotate(
        &self,
        texts: &[&Text],
        options: &BatchOptions,
    ) -> Result<Vec<Annotations>, ModelError> {
        self.annotate_timed(texts, options, Clock::OFF)
    }

    /// [`Model::annotate`], and what its stages take.
    pub fn annotate_timed(
        &self,
        texts: &[&Text],
        options: &BatchOptions,
        clock: Clock<'_>,
    ) -> Result<Vec<Annotations>, ModelError> {
        let encode = |text: &&Text| clock.time(Stage::Subwords, || self.encoder.encode(text));
        let encoded: Vec<Vec<Sequence>> = texts.par_iter().map(encode).collect::<Result<_, _>>()?;
        let sequences: Vec<&Sequence> = encoded.iter().flatten().collect();
        let lengths: Vec<usize> = sequences.iter().map(|s| s.input.pieces.len()).collect();
        let own = sequences.iter().map(|sequence| sequence.own).sum();
        clock.count_pieces(own, lengths.iter().sum());
        let read: Vec<Vec<Vec<Reading>>> = plan(&lengths, options)
            .into_par_iter()
            .map(|batch| match options.deadline {
                Some(deadline) if Instant::now() > deadline => Err(ModelError::Deadline),
                _ => self.read(&sequences[batch], clock),
            })
            .collect::<Result<_, _>>()?;
        let mut readings = read.into_iter().flatten();
        Ok(texts
            .iter()
            .zip(&encoded)
            .map(|(text, sequences)| {
                let read: Vec<Vec<Reading>> = readings.by_ref().take(sequences.len()).collect();
                clock.time(Stage::Decoding, || self.assemble(text, sequences, &read))
            })
            .collect())
    }

    /// Runs a batch. Of each sequence: what it says of every stretch.
    fn read(
        &self,
        sequences: &[&Sequence],
        clock: Clock<'_>,
    ) -> Result<Vec<Vec<Reading>>, ModelError> {
        let inputs: Vec<&Input> = sequences.iter().map(|sequence| &sequence.input).collect();
        let outputs = clock.time(Stage::Encoder, || self.backend.run(&inputs))?;
        if outputs.len() != inputs.len() {
            return Err(ModelError::Weights("not one output for each sequence".to_owned()));
        }
        let decode = |(sequence, output): (&&Sequence, &Output)| {
            info::check_shapes(&self.config, &sequence.input, output)?;
            let first = sequence.first_word();
            let within = |words: &Range<usize>| words.start - first..words.end - first;
            let read = |stretch: &Stretch| {
                let (words, keep) = (within(&stretch.words), within(&stretch.keep));
                read_stretch(&self.config, output, &words, keep)
                    .ok_or_else(|| ModelError::Weights("a score is not a number".to_owned()))
            };
            sequence.stretches.iter().map(read).collect()
        };
        clock.time(Stage::Decoding, || sequences.iter().zip(&outputs).map(decode).collect())
    }

    /// Runs one made-up sequence: damaged weights and foreign label sets show at once.
    fn probe(&self) -> Result<(), ModelError> {
        match self.read(&[&self.encoder.probe()], Clock::OFF) {
            Err(ModelError::Backend(error)) => Err(ModelError::Weights(error.to_string())),
            result => result.map(|_| ()),
        }
    }

    /// From the table where it knows the form, else by the script that the lemma head chose.
    fn lemma(&self, form: &str, word: &WordReading) -> String {
        match self.lemmas.get(form, word.xpos) {
            Some(lemma) => lemma.to_owned(),
            None => self.config.lemma[word.lemma].apply(form),
        }
    }

    fn assemble(&self, text: &Text, sequences: &[Sequence], read: &[Vec<Reading>]) -> Annotations {
        let mut annotations = Annotations {
            tokens: Vec::with_capacity(text.tokens().len()),
            entities: Vec::new(),
            windows: sequences.len(),
        };
        let kept = sequences.iter().flat_map(|sequence| &sequence.stretches);
        let pairs: Vec<(&Stretch, &Reading)> = kept.zip(read.iter().flatten()).collect();
        for sentence in pairs.chunk_by(|a, b| a.0.sentence == b.0.sentence) {
            self.assemble_sentence(text, sentence, &mut annotations);
        }
        annotations
    }

    /// Adds a sentence, which was read in one stretch or, if it is long, in several.
    fn assemble_sentence(
        &self,
        text: &Text,
        stretches: &[(&Stretch, &Reading)],
        annotations: &mut Annotations,
    ) {
        let first = annotations.tokens.len();
        let mut heads = Vec::new();
        let mut rows = Vec::new();
        for (stretch, reading) in stretches {
            for (index, word) in stretch.keep.clone().zip(&reading.words) {
                heads.push(word.head.map(|head| stretch.words.start + head - first));
                annotations.tokens.push(TokenAnnotation {
                    upos: word.upos,
                    xpos: word.xpos,
                    lemma: self.lemma(text.word(index), word),
                    head: None,
                    deprel: word.deprel,
                    event: rounded(f64::from(word.event)),
                });
            }
            rows.extend_from_slice(&reading.tags);
        }
        let tokens = &mut annotations.tokens[first..];
        if stretches.len() > 1 {
            for (word, repair) in stitch(&mut heads) {
                tokens[word].deprel = match repair {
                    Repair::Root => dateline_text::Deprel::Root,
                    Repair::SecondRoot => dateline_text::Deprel::Parataxis,
                    Repair::Adrift => dateline_text::Deprel::Dep,
                };
            }
        }
        for (token, head) in tokens.iter_mut().zip(heads) {
            token.head = head.map(|head| first + head);
        }
        let spans = self.config.tags.decode(&rows);
        annotations.entities.extend(spans.into_iter().map(|span| EntityAnnotation {
            tokens: first + span.tokens.start..first + span.tokens.end,
            kind: span.kind,
            score: rounded(self.config.calibration.score(span.kind, span.score)),
        }));
    }
}
