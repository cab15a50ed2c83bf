//! CoNLL columns: a token a line, blank lines between sentences, entity tags in one column.
//!
//! The file is surveyed first, a line at a time: which column holds tags, in which scheme, and
//! whether documents are marked. The text of a sample is made of its tokens: one space between
//! tokens, a line end between sentences.

mod draft;
mod survey;

use std::path::Path;

use dateline::OffsetUnit;
use draft::Draft;
use survey::{Row, Survey, row};

use super::lines::Lines;
use super::{Problem, ReadError, ReadOptions, Source, file_name};
use crate::notes::Notes;
use crate::sample::Sample;
use crate::tags::{Census, OUTSIDE, Runs, Scheme, Tag, decode, decode_strict};

/// Reads CoNLL columns.
pub(crate) struct Conll {
    lines: Lines,
    file: String,
    survey: Survey,
    scheme: Scheme,
    given: bool,
    runs: Runs,
    token: usize,
    tag: usize,
    notes: Notes,
    made: usize,
    draft: Draft,
    /// First line of the document read last.
    begun: u64,
    done: bool,
}

impl Conll {
    pub(crate) fn open(path: &Path, options: &ReadOptions) -> Result<Conll, ReadError> {
        let survey = Survey::of(path)?;
        let bare = options.scheme == Some(Scheme::Io);
        let (token, tag) = survey.layout(path, options.tag_column, bare)?;
        let census = survey.columns.get(tag).and_then(Option::as_ref);
        let detected = census.map_or(Scheme::Iob2, Census::scheme);
        Ok(Conll {
            lines: Lines::open(path)?,
            file: file_name(path),
            scheme: options.scheme.unwrap_or(detected),
            given: options.scheme.is_some(),
            runs: options.runs,
            survey,
            token,
            tag,
            notes: Notes::default(),
            made: 0,
            draft: Draft::default(),
            begun: 0,
            done: false,
        })
    }

    /// Reads lines until a document is whole.
    fn read(&mut self) -> Result<Option<Sample>, ReadError> {
        loop {
            let Some(line) = self.lines.next()? else {
                self.done = true;
                let number = self.lines.number;
                self.end_sentence(number)?;
                return Ok(self.finish(None));
            };
            match row(line) {
                Row::Comment => {}
                Row::Blank => {
                    let number = self.lines.number;
                    self.end_sentence(number)?;
                    if !self.survey.documents
                        && let Some(sample) = self.finish(None)
                    {
                        return Ok(Some(sample));
                    }
                }
                Row::Document(name) => {
                    let (name, number) = (name.map(str::to_owned), self.lines.number);
                    self.end_sentence(number)?;
                    if let Some(sample) = self.finish(name) {
                        return Ok(Some(sample));
                    }
                }
                Row::Token(columns) => {
                    let (form, tag) = (columns.get(self.token), columns.get(self.tag));
                    let (Some(form), Some(tag)) = (form, tag) else {
                        let expected = "a token and its tag";
                        let found = line.to_owned();
                        return Err(self.lines.fault(Problem::Line { expected, found }));
                    };
                    // Some corpora have stray marks as tokens without characters.
                    if form.is_empty() && *tag == "O" {
                        self.notes.note("token without characters, left out");
                        continue;
                    }
                    if form.is_empty() {
                        let (expected, found) = ("a token", line.to_owned());
                        return Err(self.lines.fault(Problem::Line { expected, found }));
                    }
                    if self.scheme.tag(tag).is_none() {
                        let (tag, column) = ((*tag).to_owned(), self.tag + 1);
                        return Err(self.lines.fault(Problem::Tag { tag, column }));
                    }
                    let tag = (*tag).to_owned();
                    self.draft.push(form);
                    if self.draft.line == 0 {
                        self.draft.line = self.lines.number;
                    }
                    self.check(&tag, self.lines.number)?;
                    self.draft.tags.push(tag);
                }
            }
        }
    }

    /// Checks a tag against the one before it.
    fn check(&mut self, text: &str, line: u64) -> Result<(), ReadError> {
        let before = self.draft.tags.last().map_or("O", String::as_str);
        let parsed = |text| self.scheme.tag(text).unwrap_or(OUTSIDE);
        let Some(why) = parsed(text).fault(parsed(before), self.scheme) else { return Ok(()) };
        let scheme = self.scheme;
        match self.runs {
            Runs::Strict => {
                let (tag, previous) = (text.to_owned(), before.to_owned());
                let problem = Problem::Run { tag, previous, scheme, why };
                Err(ReadError::new(self.lines.path(), problem).line(line))
            }
            // The tags left out are counted where the sentence ends.
            Runs::Legal => Ok(()),
            Runs::Lenient => {
                let kind = format!("tag illegal in {scheme}, read leniently");
                let file = &self.file;
                self.notes
                    .note_first(kind, || format!("{file}:{line}: {text} after {before}: {why}"));
                Ok(())
            }
        }
    }

    fn end_sentence(&mut self, line: u64) -> Result<(), ReadError> {
        if self.draft.open.is_empty() {
            return Ok(());
        }
        self.check("O", line)?;
        let texts = std::mem::take(&mut self.draft.tags);
        let tags = texts.iter().map(|text| self.scheme.tag(text).unwrap_or(OUTSIDE));
        let tags: Vec<Tag<'_>> = tags.collect();
        let spans = match self.runs {
            Runs::Legal => decode_strict(&tags, self.scheme),
            Runs::Lenient | Runs::Strict => decode(&tags),
        };
        let covered: usize = spans.iter().map(|span| span.tokens.len()).sum();
        let tagged = tags.iter().filter(|tag| **tag != OUTSIDE).count();
        let left = format!("tag of a run illegal in {}, left out", self.scheme);
        self.notes.count(left, tagged - covered);
        self.draft.end_sentence(&spans);
        Ok(())
    }

    /// The document read so far, unless it is empty; the next one is called `name`.
    fn finish(&mut self, name: Option<String>) -> Option<Sample> {
        let draft = std::mem::replace(&mut self.draft, Draft { name, ..Draft::default() });
        if draft.sentences.is_empty() {
            if draft.name.is_some() {
                self.notes.note("document without sentences");
            }
            return None;
        }
        self.made += 1;
        self.begun = draft.line;
        let id = draft.name.unwrap_or_else(|| format!("{}#{}", self.file, self.made));
        Some(Sample {
            sentences: Some(draft.sentences),
            entities: Some(draft.entities),
            ..Sample::new(id, draft.text, OffsetUnit::Codepoint)
        })
    }
}

impl Source for Conll {
    fn next(&mut self) -> Option<Result<Sample, ReadError>> {
        if self.done {
            return None;
        }
        let sample = self.read();
        self.done |= sample.is_err();
        sample.transpose()
    }

    fn notes(&self) -> &Notes {
        &self.notes
    }

    fn notes_mut(&mut self) -> &mut Notes {
        &mut self.notes
    }

    fn place(&self) -> (&Path, Option<u64>) {
        (self.lines.path(), Some(self.begun))
    }

    fn detected(&self) -> Option<String> {
        let how = if self.given { "as told" } else { "detected" };
        let tag = self.tag + 1;
        let documents =
            if self.survey.documents { "documents are marked" } else { "a sample a sentence" };
        Some(format!("tags {} ({how}) in column {tag}, {documents}", self.scheme))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::{Format, Reader};

    fn reader(
        content: &str,
        options: ReadOptions,
    ) -> (tempfile::TempDir, Result<Reader, ReadError>) {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("gold.conll");
        std::fs::write(&path, content).unwrap();
        let options = ReadOptions { format: Some(Format::Conll), ..options };
        let reader = Reader::open(&path, &options);
        (folder, reader)
    }

    fn entities(sample: &Sample) -> Vec<(&str, &str)> {
        let entities = sample.entities.iter().flatten();
        entities.map(|e| (e.kind.as_str(), e.mentions[0].location.text.as_str())).collect()
    }

    #[test]
    fn documents_sentences_and_spans() {
        let text = "-DOCSTART- -X- O O\n\nZoë NNP I-NP I-PER\nLund NNP I-NP I-PER\nmet VBD I-VP O\n\
                    Oslo NNP I-NP I-LOC\nBergen NNP I-NP B-LOC\n\n# NN I-NP O\n5 CD I-NP O\n\n\
                    -DOCSTART- -X- O O\n\nOK UH O O\n";
        let (_folder, reader) = reader(text, ReadOptions::default());
        let mut reader = reader.unwrap();
        assert_eq!(
            reader.detected(),
            "conll, tags IOB1 (detected) in column 4, documents are marked"
        );
        let samples: Vec<Sample> = reader.by_ref().map(Result::unwrap).collect();
        assert_eq!(samples.len(), 2);
        assert_eq!(samples[0].id, "gold.conll#1");
        assert_eq!(samples[0].text.as_deref(), Some("Zoë Lund met Oslo Bergen\n# 5"));
        assert_eq!(
            entities(&samples[0]),
            [("PER", "Zoë Lund"), ("LOC", "Oslo"), ("LOC", "Bergen")]
        );
        assert_eq!(samples[0].sentences.as_ref().unwrap()[1].tokens.len(), 2);
        let mut checked = samples[0].clone();
        crate::verify::normalize(&mut checked, None, samples[0].text.as_deref().unwrap()).unwrap();
        assert_eq!(checked, samples[0]);
        assert!(reader.notes().is_empty());
    }

    #[test]
    fn numbered_tokens_comments_and_names() {
        let text = "# newdoc id = d-1\n# sent_id = 1\n# text = Ann is OK\n1\tAnn\tB-PER\t-\tx\n\
                    2\tis\tO\t-\t-\n\n# newdoc id = d-2\n1\tNo\tO\t-\t-\n";
        let (_folder, reader) = reader(text, ReadOptions::default());
        let reader = reader.unwrap();
        let samples: Vec<Sample> = reader.map(Result::unwrap).collect();
        let ids: Vec<&str> = samples.iter().map(|sample| sample.id.as_str()).collect();
        assert_eq!(ids, ["d-1", "d-2"]);
        assert_eq!(entities(&samples[0]), [("PER", "Ann")]);
        assert_eq!(samples[0].text.as_deref(), Some("Ann is"));
    }

    #[test]
    fn a_sample_a_sentence_without_document_marks() {
        let (_folder, reader) = reader("A O\n\n\nB I-LOC\nC I-LOC\n", ReadOptions::default());
        let reader = reader.unwrap();
        let samples: Vec<Sample> = reader.map(Result::unwrap).collect();
        assert_eq!(samples.len(), 2);
        assert_eq!(samples[1].id, "gold.conll#2");
        assert_eq!(entities(&samples[1]), [("LOC", "B C")]);
    }

    #[test]
    fn illegal_runs_are_refused_or_counted() {
        let cases = [
            (
                "A B-PER\nB O\nC I-PER\n",
                None,
                3,
                "I-PER after O is illegal in IOB2: an entity begins with B-",
            ),
            (
                "A B-PER\nB O\nC S-LOC\n",
                None,
                2,
                "O after B-PER is illegal in BIOES: the entity before it is not closed",
            ),
            (
                "A S-PER\nB B-PER\n\nC O\n",
                None,
                3,
                "O after B-PER is illegal in BIOES: the entity before it is not closed",
            ),
            (
                "A I-PER\nB O\n",
                Some(Scheme::Iob2),
                1,
                "I-PER after O is illegal in IOB2: an entity begins with B-",
            ),
        ];
        for (text, scheme, line, expected) in cases {
            let strict = ReadOptions { runs: Runs::Strict, scheme, ..ReadOptions::default() };
            let (_folder, strict) = reader(text, strict);
            let error = strict.unwrap().find_map(Result::err).unwrap();
            assert_eq!(error.line_number(), Some(line), "{text:?}");
            let message = error.to_string();
            assert!(message.contains(expected), "{message}");
            assert!(message.ends_with("read leniently, or mend the tags"), "{message}");
            let legal = ReadOptions { runs: Runs::Legal, scheme, ..ReadOptions::default() };
            let (_folder, legal) = reader(text, legal);
            let mut legal = legal.unwrap();
            assert!(legal.by_ref().all(|sample| sample.is_ok()));
            assert_eq!(legal.notes().iter().map(|(_, count)| count).sum::<u64>(), 1);
            let (_folder, lenient) = reader(text, ReadOptions { scheme, ..ReadOptions::default() });
            let mut lenient = lenient.unwrap();
            assert!(lenient.by_ref().all(|sample| sample.is_ok()));
            assert_eq!(lenient.notes().iter().map(|(_, count)| count).sum::<u64>(), 1);
            let (before, why) = expected.split_once(" is illegal in ").unwrap();
            let first = format!(
                "(first: gold.conll:{line}: {before}: {})",
                &why[why.find(' ').unwrap() + 1..]
            );
            let shown = lenient.notes().to_string();
            assert!(shown.ends_with(&first), "{shown} {first}");
        }
    }

    #[test]
    fn types_without_prefix_are_read_where_the_scheme_is_named() {
        let options = ReadOptions { scheme: Some(Scheme::Io), ..ReadOptions::default() };
        let (_folder, reader) = reader("Ann PERSON\nLund PERSON\nmet O\nBo art-other\n", options);
        let sample = reader.unwrap().next().unwrap().unwrap();
        assert_eq!(entities(&sample), [("PERSON", "Ann Lund"), ("art-other", "Bo")]);
    }

    #[test]
    fn what_is_no_tag_is_named() {
        let (_folder, plain) = reader("A NN O\nB NN PERSON\n", ReadOptions::default());
        let message = plain.unwrap_err().to_string();
        assert!(message.ends_with(
            "gold.conll:2: \"PERSON\" in column 3 is no entity tag (O, or B-, I-, E-, S-, L- or U- \
             and a type); choose the column of the tags, or name the scheme io if types stand \
             without a prefix"
        ), "{message}");
        let options = ReadOptions { tag_column: Some(4), ..ReadOptions::default() };
        let (_folder, short) = reader("A NN O\n", options);
        let message = short.unwrap().find_map(Result::err).unwrap().to_string();
        assert!(message.ends_with("gold.conll:1: expected a token and its tag, found \"A NN O\""));
        let (_folder, blank) = reader("A\tO\n\tO\n\tB-X\n", ReadOptions::default());
        let mut blank = blank.unwrap();
        let message = blank.by_ref().find_map(Result::err).unwrap().to_string();
        assert!(message.ends_with("gold.conll:3: expected a token, found \"\\tB-X\""), "{message}");
        assert_eq!(blank.notes().of("token without characters, left out"), 1);
        let options = ReadOptions { tag_column: Some(2), ..ReadOptions::default() };
        let (_folder, nested) = reader("A B-ORG B-LOC\nB I-ORG\n", options);
        assert_eq!(entities(&nested.unwrap().next().unwrap().unwrap()), [("ORG", "A B")]);
    }
}
