//! CoNLL-U: hand-written trees for tests of the rules, and a way to look at what the model said.
//!
//! Entities stand in MISC as `Entity=B-PERSON` / `I-PERSON`, event probabilities as `Event=0.93`.
//! `# zone = title` before a sentence sets its zone (default `body`), `# newpar` starts a
//! paragraph. Tokens are joined by a space unless MISC has `SpaceAfter=No`; paragraphs by a blank
//! line. Multiword ranges (`3-4`) and empty nodes (`3.1`) are skipped.

use std::fmt::Write as _;

use crate::{
    Annotations, Article, EntityAnnotation, Sentence, Span, Text, Token, TokenAnnotation, Zone,
    ZoneKind,
};

/// Why a CoNLL-U document could not be read.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("line {line}: {problem}")]
pub struct ConlluError {
    /// Line number, from 1.
    pub line: usize,
    problem: String,
}

#[derive(Default)]
struct Reader {
    source: String,
    zones: Vec<Zone>,
    sentences: Vec<Sentence>,
    tokens: Vec<Token>,
    annotations: Annotations,
    paragraph: usize,
    /// Heads of the open sentence as written (0 is the root), with their line.
    heads: Vec<(usize, usize)>,
    zone: Option<ZoneKind>,
    space: bool,
}

/// Reads sentences in CoNLL-U into an article, its text and its annotations.
pub fn parse(document: &str) -> Result<(Article, Text, Annotations), ConlluError> {
    let mut reader = Reader::default();
    let mut last = 0;
    for (index, line) in document.lines().enumerate() {
        last = index + 1;
        reader.line(line.trim(), last).map_err(|problem| ConlluError { line: last, problem })?;
    }
    reader.close().map_err(|problem| ConlluError { line: last, problem })?;
    reader.annotations.windows = reader.sentences.len();
    let article = Article::from_text("conllu", reader.source);
    let text = Text::new(&article, reader.zones, reader.sentences, reader.tokens)
        .map_err(|error| ConlluError { line: last, problem: error.to_string() })?;
    Ok((article, text, reader.annotations))
}

impl Reader {
    fn line(&mut self, line: &str, number: usize) -> Result<(), String> {
        if line.is_empty() {
            return self.close();
        }
        if let Some(comment) = line.strip_prefix('#') {
            let comment = comment.trim();
            if comment.starts_with("newpar") && !self.sentences.is_empty() {
                self.paragraph += 1;
                self.source.push_str("\n\n");
                self.space = false;
            } else if let Some(zone) = comment.strip_prefix("zone =") {
                self.zone = Some(match zone.trim() {
                    "title" => ZoneKind::Title,
                    "body" => ZoneKind::Body,
                    other => {
                        return Err(format!("sentences stand in title or body, not {other:?}"));
                    }
                });
            }
            return Ok(());
        }
        let mut columns: Vec<&str> = line.split('\t').collect();
        if columns.len() == 1 {
            columns = line.split_whitespace().collect();
        }
        let [id, form, lemma, upos, xpos, _, head, deprel, _, misc] = columns[..] else {
            return Err(format!("expected 10 columns, found {}", columns.len()));
        };
        if id.contains(['-', '.']) {
            return Ok(());
        }
        self.token(form, lemma, misc)?;
        let text = |error: crate::UnknownLabel| error.to_string();
        let event = misc_value(misc, "Event").map_or(Ok(0.0), str::parse);
        self.annotations.tokens.push(TokenAnnotation {
            upos: upos.parse().map_err(text)?,
            xpos: xpos.parse().map_err(text)?,
            lemma: lemma.to_owned(),
            head: None,
            deprel: deprel.parse().map_err(text)?,
            event: event.map_err(|_| "Event is not a number".to_owned())?,
        });
        let head = head.parse().map_err(|_| format!("head {head:?} is not a number"))?;
        self.heads.push((head, number));
        Ok(())
    }

    fn token(&mut self, form: &str, _lemma: &str, misc: &str) -> Result<(), String> {
        if self.space {
            self.source.push(' ');
        }
        let start = self.source.len();
        self.source.push_str(form);
        self.space = misc_value(misc, "SpaceAfter") != Some("No");
        let index = self.tokens.len();
        let span = Span::new(start, self.source.len());
        self.tokens.push(Token { span, sentence: self.sentences.len() });
        let Some(tag) = misc_value(misc, "Entity") else { return Ok(()) };
        let (place, kind) = tag.split_once('-').ok_or("Entity is not B-TYPE or I-TYPE")?;
        let kind = kind.parse().map_err(|e: crate::UnknownLabel| e.to_string())?;
        match (place, self.annotations.entities.last_mut()) {
            ("B", _) => self.annotations.entities.push(EntityAnnotation {
                tokens: index..index + 1,
                kind,
                score: 1.0,
            }),
            ("I", Some(open)) if open.tokens.end == index && open.kind == kind => {
                open.tokens.end += 1;
            }
            _ => return Err(format!("{tag} continues no entity")),
        }
        Ok(())
    }

    /// Ends the open sentence.
    fn close(&mut self) -> Result<(), String> {
        if self.heads.is_empty() {
            return Ok(());
        }
        let start = self.tokens.len() - self.heads.len();
        for (offset, (head, line)) in self.heads.drain(..).enumerate() {
            let count = self.tokens.len() - start;
            if head > count {
                return Err(format!("line {line}: head {head} is outside the sentence"));
            }
            self.annotations.tokens[start + offset].head = (head > 0).then(|| start + head - 1);
        }
        let span = Span::new(self.tokens[start].span.start, self.source.len());
        let zone = self.zone.take().unwrap_or(ZoneKind::Body);
        let paragraph = self.paragraph;
        match self.zones.last_mut() {
            Some(last)
                if last.kind == zone
                    && self.sentences.last().is_some_and(|s| s.paragraph == paragraph) =>
            {
                last.span.end = span.end;
            }
            _ => self.zones.push(Zone { kind: zone, span }),
        }
        self.sentences.push(Sentence { span, tokens: start..self.tokens.len(), zone, paragraph });
        Ok(())
    }
}

fn misc_value<'a>(misc: &'a str, key: &str) -> Option<&'a str> {
    misc.split('|').find_map(|pair| pair.strip_prefix(key)?.strip_prefix('='))
}

/// Writes a text and its annotations as CoNLL-U.
pub fn write(text: &Text, annotations: &Annotations) -> String {
    let mut out = String::new();
    let mut tags = vec![None; text.tokens().len()];
    for entity in &annotations.entities {
        for index in entity.tokens.clone() {
            tags[index] = Some((if index == entity.tokens.start { 'B' } else { 'I' }, entity.kind));
        }
    }
    let mut paragraph = None;
    for sentence in text.sentences() {
        if paragraph.replace(sentence.paragraph) != Some(sentence.paragraph) {
            out.push_str("# newpar\n");
        }
        let _ = writeln!(out, "# zone = {}", sentence.zone.as_str());
        for index in sentence.tokens.clone() {
            let token = &annotations.tokens[index];
            let mut misc = Vec::new();
            if let Some((place, kind)) = tags[index] {
                misc.push(format!("Entity={place}-{kind}"));
            }
            if token.event >= 0.005 {
                misc.push(format!("Event={:.2}", token.event));
            }
            if text.is_joined_to_next(index) {
                misc.push("SpaceAfter=No".to_owned());
            }
            let misc = if misc.is_empty() { "_".to_owned() } else { misc.join("|") };
            let head = token.head.map_or(0, |head| head - sentence.tokens.start + 1);
            let id = index - sentence.tokens.start + 1;
            let _ = writeln!(
                out,
                "{id}\t{}\t{}\t{}\t{}\t_\t{head}\t{}\t_\t{misc}",
                text.word(index),
                token.lemma,
                token.upos,
                token.xpos,
                token.deprel,
            );
        }
        out.push('\n');
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    const TREE: &str = "\
1\tOfficials\tofficial\tNOUN\tNNS\t_\t2\tnsubj\t_\t_
2\tvisited\tvisit\tVERB\tVBD\t_\t0\troot\t_\tEvent=0.97
3\tNew\tNew\tPROPN\tNNP\t_\t4\tcompound\t_\tEntity=B-PLACE
4\tDelhi\tDelhi\tPROPN\tNNP\t_\t2\tobj\t_\tEntity=I-PLACE|SpaceAfter=No
5\t.\t.\tPUNCT\t.\t_\t2\tpunct\t_\t_
";

    #[test]
    fn reads_and_writes_the_same_tree() {
        let (_, text, annotations) = parse(TREE).unwrap();
        assert_eq!(text.source(), "Officials visited New Delhi.");
        assert_eq!(annotations.entities[0].tokens, 2..4);
        assert_eq!(annotations.tokens[0].head, Some(1));
        let written = write(&text, &annotations);
        assert!(written.ends_with(&format!("{TREE}\n")), "{written}");
        assert_eq!(parse(&written).unwrap().2.tokens, annotations.tokens);
    }

    #[test]
    fn names_the_line_of_a_fault() {
        let error = parse("1\tA\ta\tNOUN\tNN\t_\tx\troot\t_\t_\n").unwrap_err();
        assert_eq!(error.to_string(), "line 1: head \"x\" is not a number");
    }
}
