//! CoNLL-U (Universal Dependencies v2): tokens with syntax, and the raw text they were cut from.
//!
//! The text is rebuilt as the CoNLL 2018 shared task does: a space between tokens but after
//! `SpaceAfter=No`, a blank line between paragraphs. Words of a multiword token are placed on their
//! characters where the forms add up to the token, else each on the whole token. Entities are read
//! from MISC where Dateline wrote them (`Entity=B-PERSON`).

mod draft;

use std::path::Path;

use dateline::OffsetUnit;
use draft::{Draft, Group, Open};

use super::lines::Lines;
use super::{Problem, ReadError, Source, file_name};
use crate::notes::Notes;
use crate::sample::{Location, Sample, Token};
use crate::tags::{OUTSIDE, Scheme, Tag};

/// Reads CoNLL-U.
pub(crate) struct Conllu {
    lines: Lines,
    file: String,
    survey: Survey,
    notes: Notes,
    made: usize,
    draft: Draft,
    /// First line of the document read last.
    begun: u64,
    sentence: Open,
    done: bool,
}

/// What the first pass finds out about a file.
#[derive(Default)]
struct Survey {
    documents: bool,
    /// Sentences have ids.
    sentences: bool,
    entities: bool,
}

impl Conllu {
    pub(crate) fn open(path: &Path) -> Result<Conllu, ReadError> {
        let mut survey = Survey::default();
        let mut lines = Lines::open(path)?;
        while let Some(line) = lines.next()? {
            if let Some(comment) = line.strip_prefix('#') {
                survey.documents |= comment.trim_start().starts_with("newdoc");
                survey.sentences |= comment.trim_start().starts_with("sent_id");
            } else {
                survey.entities |= line.contains("Entity=B-");
            }
        }
        Ok(Conllu {
            lines: Lines::open(path)?,
            file: file_name(path),
            survey,
            notes: Notes::default(),
            made: 0,
            draft: Draft::default(),
            begun: 0,
            sentence: Open::default(),
            done: false,
        })
    }

    fn read(&mut self) -> Result<Option<Sample>, ReadError> {
        loop {
            let Some(line) = self.lines.next()? else {
                self.done = true;
                self.end_sentence()?;
                return Ok(self.finish());
            };
            if let Some(comment) = line.strip_prefix('#') {
                let comment = comment.trim().to_owned();
                if let Some(sample) = self.comment(&comment)? {
                    return Ok(Some(sample));
                }
            } else if line.trim().is_empty() {
                self.end_sentence()?;
            } else {
                let line = line.to_owned();
                if self.draft.line == 0 {
                    self.draft.line = self.lines.number;
                }
                self.row(&line).map_err(|problem| self.lines.fault(problem))?;
            }
        }
    }

    /// Reads a comment; gives the document before it, where it begins another one.
    fn comment(&mut self, comment: &str) -> Result<Option<Sample>, ReadError> {
        let value = |name: &str| {
            let rest = comment.strip_prefix(name)?.trim_start();
            Some(rest.strip_prefix('=')?.trim())
        };
        if comment.starts_with("newdoc") {
            self.end_sentence()?;
            let before = self.finish();
            self.draft.id = value("newdoc id").map(str::to_owned);
            return Ok(before);
        }
        if comment.starts_with("newpar") && !self.draft.text.is_empty() {
            self.draft.gap = "\n\n";
        } else if let Some(text) = value("text") {
            self.sentence.stated = Some((text.to_owned(), self.lines.number));
        } else if let Some(id) = value("sent_id") {
            self.sentence.id = Some(id.to_owned());
            if !self.survey.documents {
                let document = document_of(id);
                if self.draft.id.as_deref() != Some(document) {
                    let before = self.finish();
                    self.draft.id = Some(document.to_owned());
                    return Ok(before);
                }
            }
        }
        Ok(None)
    }

    fn row(&mut self, line: &str) -> Result<(), Problem> {
        let wrong = |expected| Problem::Line { expected, found: line.to_owned() };
        let columns: Vec<&str> = line.split('\t').collect();
        let [id, form, lemma, upos, xpos, _, head, deprel, _, misc] = columns[..] else {
            return Err(wrong("ten columns separated by tabs"));
        };
        if id.contains('.') {
            self.notes.note("empty node");
            return Ok(());
        }
        if let Some((first, last)) = id.split_once('-') {
            let (first, last) = (first.parse::<usize>(), last.parse::<usize>());
            let (Ok(first), Ok(last)) = (first, last) else {
                return Err(wrong("a token number or range"));
            };
            if first != self.sentence.tokens.len() + 1 || last < first {
                return Err(wrong("a range that begins at the next token"));
            }
            let at = self.sentence.place(&mut self.draft, form, misc);
            let (form, left) = (form.to_owned(), form.to_owned());
            self.sentence.group = Some(Group { last, at, form, left, words: Vec::new() });
            return Ok(());
        }
        let index = self.sentence.tokens.len() + 1;
        if id.parse() != Ok(index) {
            return Err(wrong("the next token number of the sentence"));
        }
        let head = match head {
            "_" => None,
            head => Some(head.parse().map_err(|_| wrong("a number as head"))?),
        };
        let location = match self.sentence.group.take() {
            Some(group) => self.sentence.word(group, index, form, &mut self.notes),
            None => Location {
                at: self.sentence.place(&mut self.draft, form, misc),
                text: form.to_owned(),
            },
        };
        let present = |value: &str| (value != "_").then(|| value.to_owned());
        self.sentence.tokens.push(Token {
            location,
            upos: present(upos),
            xpos: present(xpos),
            // The lemma of an underscore is an underscore.
            lemma: if form == "_" { Some(lemma.to_owned()) } else { present(lemma) },
            head,
            deprel: present(deprel),
        });
        self.tag(misc);
        self.notes.count("event probability in MISC", misc_value(misc, "Event").iter().len());
        Ok(())
    }

    /// Reads the entity tag of a word, which Dateline writes as IOB2.
    fn tag(&mut self, misc: &str) {
        let (scheme, text) = (Scheme::Iob2, misc_value(misc, "Entity").unwrap_or("O"));
        let tag = Tag::parse(text).filter(|tag| scheme.has(tag.prefix));
        let place = |file: &str, line| format!("{file}:{line}: {text}");
        if tag.is_none() {
            let kind = "entity in MISC in another form than B-TYPE";
            self.notes.note_first(kind, || place(&self.file, self.lines.number));
        }
        let before = self.sentence.tags.last().map_or("O", String::as_str);
        let before = Tag::parse(before).unwrap_or(OUTSIDE);
        if tag.is_some_and(|tag| tag.fault(before, scheme).is_some()) {
            let kind = format!("tag illegal in {scheme}, read leniently");
            self.notes.note_first(kind, || place(&self.file, self.lines.number));
        }
        self.sentence.tags.push(tag.map_or("O", |_| text).to_owned());
    }

    fn end_sentence(&mut self) -> Result<(), ReadError> {
        // Comments may stand apart from their sentence.
        if self.sentence.tokens.is_empty() {
            return Ok(());
        }
        let sentence = std::mem::take(&mut self.sentence);
        let line = sentence.stated.as_ref().map_or(0, |(_, line)| *line);
        let added = self.draft.add(sentence);
        added.map_err(|problem| ReadError::new(self.lines.path(), problem).line(line))
    }

    /// The document read so far, unless it is empty. Without any ids, a sentence is a document.
    fn finish(&mut self) -> Option<Sample> {
        let draft = std::mem::take(&mut self.draft);
        if draft.sentences.is_empty() {
            if draft.id.is_some() {
                self.notes.note("document without sentences");
            }
            return None;
        }
        self.made += 1;
        self.begun = draft.line;
        let id = draft.id.unwrap_or_else(|| format!("{}#{}", self.file, self.made));
        Some(Sample {
            sentences: Some(draft.sentences),
            entities: self.survey.entities.then_some(draft.entities),
            ..Sample::new(id, draft.text, OffsetUnit::Codepoint)
        })
    }
}

/// The document of a sentence id: what stands before its running number (`d1-0003`, `d1.s3`).
fn document_of(sentence: &str) -> &str {
    let rest = sentence.trim_end_matches(|ch: char| ch.is_ascii_digit());
    if rest.len() == sentence.len() {
        return sentence;
    }
    let rest = rest.strip_suffix(".s").unwrap_or(rest);
    let rest = rest.trim_end_matches(['-', '_', '.', ':', '/', '#']);
    if rest.is_empty() { sentence } else { rest }
}

fn misc_value<'a>(misc: &'a str, key: &str) -> Option<&'a str> {
    misc.split('|').find_map(|pair| pair.strip_prefix(key)?.strip_prefix('='))
}

impl Source for Conllu {
    fn next(&mut self) -> Option<Result<Sample, ReadError>> {
        if self.done {
            return None;
        }
        let sample = self.read().and_then(|sample| {
            let Some(mut sample) = sample else { return Ok(None) };
            let text = sample.text.clone().unwrap_or_default();
            let id = sample.id.clone();
            crate::verify::normalize(&mut sample, None, &text)
                .map_err(|fault| self.lines.fault(fault).record(&id))?;
            Ok(Some(sample))
        });
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
        let documents = match (self.survey.documents, self.survey.sentences) {
            (true, _) => "documents by newdoc",
            (false, true) => "documents by sent_id",
            (false, false) => "one document",
        };
        let entities = if self.survey.entities { ", entities in MISC" } else { "" };
        Some(format!("{documents}{entities}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::read::{Format, open};

    fn read(content: &str) -> Result<(Vec<Sample>, Notes), String> {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("trees.conllu");
        std::fs::write(&path, content).unwrap();
        let mut reader = open(&path, Some(Format::Conllu)).unwrap();
        let samples: Result<Vec<Sample>, ReadError> = reader.by_ref().collect();
        let samples = samples.map_err(|error| error.to_string())?;
        Ok((samples, reader.notes().clone()))
    }

    const TREES: &str = "# newdoc id = d1\n# sent_id = d1-1\n# text = Zoë can't vámonos.\n\
        1\tZoë\tZoë\tPROPN\tNNP\t_\t4\tnsubj\t_\tEntity=B-PERSON\n\
        2-3\tcan't\t_\t_\t_\t_\t_\t_\t_\t_\n\
        2\tca\tcan\tAUX\tMD\t_\t4\taux\t_\t_\n\
        3\tn't\tnot\tPART\tRB\t_\t4\tadvmod\t_\t_\n\
        4-5\tvámonos\t_\t_\t_\t_\t_\t_\t_\tSpaceAfter=No\n\
        4\tvamos\tir\tVERB\tVB\t_\t0\troot\t_\t_\n\
        5\tnos\tnosotros\tPRON\tPRP\t_\t4\tobj\t_\t_\n\
        5.1\tgone\tgo\tVERB\tVB\t_\t_\t_\t4:conj\t_\n\
        6\t.\t.\tPUNCT\t.\t_\t4\tpunct\t_\t_\n\n\
        # newpar\n# text = _\u{a0}Go\n\
        1\t_\t_\tPUNCT\t_\t_\t_\t_\t_\t_\n2\tGo\tgo\tVERB\tVB\t_\t0\troot\t_\t_\n\n\
        # newdoc id = d2\n1\tOK\tok\tINTJ\tUH\t_\t0\troot\t_\t_\n";

    #[test]
    fn text_is_rebuilt_and_syntax_kept() {
        let (samples, notes) = read(TREES).unwrap();
        assert_eq!(samples[0].text.as_deref(), Some("Zoë can't vámonos.\n\n_\u{a0}Go"));
        assert_eq!((samples[1].id.as_str(), samples.len()), ("d2", 2));
        let tokens = &samples[0].sentences.as_ref().unwrap()[0].tokens;
        let spans: Vec<_> =
            tokens.iter().map(|t| (t.location.at.start, t.location.at.end)).collect();
        assert_eq!(spans, [(0, 3), (4, 6), (6, 9), (10, 17), (10, 17), (17, 18)]);
        assert_eq!((tokens[2].lemma.as_deref(), tokens[2].head), (Some("not"), Some(4)));
        assert_eq!(tokens[3].location.text, "vámonos");
        let second = &samples[0].sentences.as_ref().unwrap()[1].tokens[0];
        assert_eq!((second.lemma.as_deref(), second.xpos.as_deref()), (Some("_"), None));
        let entity = &samples[0].entities.as_ref().unwrap()[0];
        assert_eq!(
            (entity.kind.as_str(), entity.mentions[0].location.text.as_str()),
            ("PERSON", "Zoë")
        );
        assert_eq!(samples[1].entities, Some(Vec::new()));
        assert_eq!(notes.of("empty node"), 1);
        assert_eq!(notes.of("word form that differs from the text (in a multiword token)"), 2);
    }

    #[test]
    fn entities_in_misc_are_checked() {
        let row = |id, entity| format!("{id}\tw\tw\tX\t_\t_\t0\troot\t_\tEntity={entity}\n");
        let text = [row(1, "B-ORG"), row(2, "I-PERSON"), row(3, "PERSON"), row(4, "S-PERSON")];
        let (samples, notes) = read(&text.concat()).unwrap();
        let entities = samples[0].entities.as_ref().unwrap().iter();
        let found: Vec<_> =
            entities.map(|e| (e.kind.as_str(), e.mentions[0].location.at.start)).collect();
        assert_eq!(found, [("ORG", 0), ("PERSON", 2)]);
        assert_eq!(
            notes.to_string(),
            "2 × entity in MISC in another form than B-TYPE (first: trees.conllu:3: PERSON); \
             1 × tag illegal in IOB2, read leniently (first: trees.conllu:2: I-PERSON)"
        );
    }

    #[test]
    fn documents_by_sentence_id() {
        let text = "# sent_id = a-1\n1\tA\ta\tX\t_\t_\t0\troot\t_\t_\n\n\
                    # sent_id = a-2\n1\tB\tb\tX\t_\t_\t0\troot\t_\t_\n\n\
                    # sent_id = b-1\n1\tC\tc\tX\t_\t_\t0\troot\t_\t_\n";
        let (samples, _) = read(text).unwrap();
        let found: Vec<_> =
            samples.iter().map(|s| (s.id.as_str(), s.text.as_deref().unwrap())).collect();
        assert_eq!(found, [("a", "A B"), ("b", "C")]);
        assert_eq!(samples[0].entities, None);
    }

    #[test]
    fn faults_name_the_line() {
        let cases = [
            ("1\tA\ta\n", ":1: expected ten columns separated by tabs, found \"1\\tA\\ta\""),
            (
                "2\tA\ta\tX\t_\t_\t0\troot\t_\t_\n",
                ":1: expected the next token number of the sentence",
            ),
            ("1\tA\ta\tX\t_\t_\tx\troot\t_\t_\n", ":1: expected a number as head"),
            (
                "# text = A b\n1\tA\ta\tX\t_\t_\t0\troot\t_\t_\n",
                ":1: `# text` says \"A b\", the tokens make \"A\"",
            ),
        ];
        for (text, expected) in cases {
            let message = read(text).unwrap_err();
            assert!(message.contains(expected), "{message}");
        }
    }
}
