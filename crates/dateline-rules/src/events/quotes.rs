//! Who says what: reporting clauses, *according to*, and quotation marks.

use dateline_text::{Deprel, Span, Text, Xpos};

use super::frame::Frame;
use super::roles;
use super::sentence::Context;

/// Words attributed to somebody.
#[derive(Clone, Debug)]
pub(crate) struct Source {
    /// The word that attributes.
    pub(crate) cue: usize,
    /// Entity index of the speaker.
    pub(crate) speaker: Option<usize>,
    pub(crate) denies: bool,
}

/// A stretch between quotation marks.
#[derive(Clone, Debug)]
pub(crate) struct Quoted {
    pub(crate) span: Span,
    pub(crate) first: usize,
    pub(crate) last: usize,
    pub(crate) direct: bool,
    pub(crate) source: Option<usize>,
}

/// All attributions of an article.
#[derive(Debug, Default)]
pub(crate) struct Attributions {
    pub(crate) sources: Vec<Source>,
    pub(crate) quotes: Vec<Quoted>,
    /// Clause head → source of the clause.
    scope: Vec<Option<usize>>,
    /// Token → quote that holds it.
    quoted: Vec<Option<usize>>,
}

/// Partial quotes are shorter than this.
const PARTIAL: usize = 6;
/// Words between what is denied and the denial.
const MAX_LINKS: usize = 4;
/// How far from a quote its reporting verb is looked for, in tokens.
const REACH: usize = 40;

pub(crate) fn find(context: &Context<'_>) -> Attributions {
    let count = context.tree.len();
    let mut all = Attributions {
        scope: vec![None; count],
        quoted: vec![None; count],
        ..Attributions::default()
    };
    let mut by_cue = vec![None; count];
    for (token, cue) in by_cue.iter_mut().enumerate() {
        *cue = reporting(context, token, &mut all);
        according(context, token, &mut all);
    }
    marks(context, &mut all);
    speakers(context, &by_cue, &mut all);
    all
}

impl Attributions {
    /// The source of what stands at `token`, and whether it is quoted.
    pub(crate) fn of(&self, context: &Context<'_>, token: usize) -> Option<(usize, bool)> {
        if let Some(quote) = self.quoted[token].map(|q| &self.quotes[q])
            && let Some(source) =
                quote.source.filter(|&s| quote.direct && self.sources[s].cue != token)
        {
            return Some((source, true));
        }
        self.clause(context, token).map(|source| (source, self.quoted[token].is_some()))
    }

    /// The source of the clause around `token`.
    fn clause(&self, context: &Context<'_>, token: usize) -> Option<usize> {
        let mut below = token;
        for at in std::iter::once(token).chain(context.ancestors(token)) {
            if let Some(source) = self.scope[at] {
                let cue = self.sources[source].cue;
                if cue != below && cue != token {
                    return Some(source);
                }
            }
            below = at;
        }
        None
    }

    /// True if the source denies what `token` says: it heads what is denied, or the claim that is.
    /// Denying a link to a crime, or a remark about it, is not to deny the crime.
    pub(crate) fn denied(&self, context: &Context<'_>, token: usize) -> bool {
        let tree = context.tree;
        let mut at = token;
        for _ in 0..MAX_LINKS {
            if let Some(source) = self.scope[at] {
                return self.sources[source].denies && self.sources[source].cue != token;
            }
            let Some(head) = tree.head(at) else { return false };
            let hearsay = context.is(head, context.rules.grammar.hearsay);
            let linked = match tree.deprel(at) {
                Deprel::Conj | Deprel::Xcomp => true,
                Deprel::Acl | Deprel::Ccomp | Deprel::Nmod => hearsay,
                _ => false,
            };
            if !linked {
                return false;
            }
            at = head;
        }
        false
    }
}

/// A reporting verb with its clause.
fn reporting(context: &Context<'_>, verb: usize, all: &mut Attributions) -> Option<usize> {
    let tree = context.tree;
    if !context.is_verb(verb) || !context.is(verb, context.rules.grammar.reporting) {
        return None;
    }
    let frame = context.verb_frame(verb);
    let grammar = &context.rules.grammar;
    let quoting = tree.head(verb).filter(|&head| {
        tree.deprel(verb) == Deprel::Advcl
            && context.preposition(verb).0 == "as"
            && context.is(head, grammar.quoting)
            && !context.is_passive(head)
    });
    // "The agency quoted the minister as saying": he says it.
    let quoted = quoting.and_then(|head| {
        context.children(head).iter().copied().find(|&c| tree.deprel(c) == Deprel::Obj)
    });
    let subject = quoted.or_else(|| frame.get("subject"))?;
    let speaker = voice(context, subject);
    let denies = context.is(verb, context.rules.grammar.denying);
    let index = all.sources.len();
    all.sources.push(Source { cue: verb, speaker, denies });
    for &child in context.children(verb) {
        let relation = tree.deprel(child);
        let content = relation == Deprel::Ccomp
            || (relation == Deprel::Obj && context.is(verb, grammar.announcing))
            || (relation == Deprel::Advcl
                && context.is(verb, grammar.quoting)
                && context.preposition(child).0 == "as")
            || (relation == Deprel::Parataxis && !has_clause(context, verb))
            || (denies
                && matches!(relation, Deprel::Obj | Deprel::Xcomp)
                && (tree.lemma(verb) == "deny" || context.is(child, grammar.hearsay)))
            || (relation == Deprel::Xcomp
                && context.is_infinitive(child)
                && says_itself(context, verb));
        if content {
            all.scope[child] = Some(index);
        }
    }
    if quoted.is_some() {
        return Some(index);
    }
    let inserted = matches!(tree.deprel(verb), Deprel::Parataxis | Deprel::Advcl)
        && !has_clause(context, verb)
        && frame_has_no_object(&frame)
        && (tree.deprel(verb) == Deprel::Parataxis || context.preposition(verb).0 == "as");
    if let Some(head) = tree.head(verb).filter(|_| inserted) {
        all.scope[head] = Some(index);
    }
    Some(index)
}

/// *claims to have*, *admits to*: the infinitive is what is said; *asks to* is not.
fn says_itself(context: &Context<'_>, verb: usize) -> bool {
    matches!(context.tree.lower_lemma(verb), "claim" | "admit" | "say" | "report" | "allege")
}

fn frame_has_no_object(frame: &Frame) -> bool {
    frame.get("object").is_none() && frame.get("clause").is_none()
}

fn has_clause(context: &Context<'_>, verb: usize) -> bool {
    context.children(verb).iter().any(|&c| context.tree.deprel(c) == Deprel::Ccomp)
}

/// The entity that speaks: who it names, or for whom it stands.
fn voice(context: &Context<'_>, subject: usize) -> Option<usize> {
    let named = roles::entity_of(context, subject);
    let stands = || context.is(subject, context.rules.grammar.voice);
    named.or_else(|| if stands() { owner(context, subject) } else { None })
}

/// "Pentagon statements", "a spokesman for the firm", "a report by the bank".
fn owner(context: &Context<'_>, noun: usize) -> Option<usize> {
    let tree = context.tree;
    let owners = context.children(noun).iter().copied().filter(|&c| {
        matches!(tree.deprel(c), Deprel::NmodPoss | Deprel::Compound)
            || (tree.deprel(c) == Deprel::Nmod
                && matches!(context.preposition(c).0.as_str(), "by" | "from" | "of" | "for" | "at"))
    });
    { owners }.find_map(|o| roles::entity_of(context, o))
}

/// "according to X": X says the clause it hangs on.
fn according(context: &Context<'_>, token: usize, all: &mut Attributions) {
    let tree = context.tree;
    if !tree.word(token).eq_ignore_ascii_case("according") {
        return;
    }
    let Some(head) = tree.head(token) else { return };
    // Either a case mark of X (to is fixed), or a verb with X as its oblique.
    let (source, clause) = if matches!(tree.deprel(token), Deprel::Case | Deprel::Mark) {
        (Some(head), tree.head(head))
    } else {
        let source =
            context.children(token).iter().copied().find(|&c| tree.deprel(c).base() == Deprel::Obl);
        (source, Some(head))
    };
    let (Some(source), Some(mut clause)) = (source, clause) else { return };
    while !context.is_verb(clause)
        && matches!(
            tree.deprel(clause),
            Deprel::Nmod | Deprel::Conj | Deprel::Obl | Deprel::Obj | Deprel::Appos
        )
    {
        match tree.head(clause) {
            Some(up) => clause = up,
            None => break,
        }
    }
    let speaker = roles::entity_of(context, source).or_else(|| owner(context, source));
    all.scope[clause] = Some(all.sources.len());
    all.sources.push(Source { cue: token, speaker, denies: false });
}

/// A straight mark opens if only its right side touches a word; where that doesn't tell, by parity.
fn opens(text: &Text, token: usize, parity: bool) -> bool {
    let left = token > 0 && text.is_joined_to_next(token - 1);
    let right = text.is_joined_to_next(token);
    if left == right { parity } else { right }
}

/// Pairs quotation marks: curly with curly, straight by parity, within a paragraph.
fn marks(context: &Context<'_>, all: &mut Attributions) {
    let text = context.reading.text;
    let sentences = text.sentences();
    let mut open: Option<(usize, char)> = None;
    let mut paragraph = None;
    for token in 0..context.tree.len() {
        let sentence = &sentences[context.sentence(token)];
        if paragraph.replace(sentence.paragraph) != Some(sentence.paragraph) {
            // A paragraph that ends inside a quote, which the next one opens anew.
            if let Some((start, _)) = open.take()
                && is_mark(text.word(token))
                && token > start + 1
            {
                close(context, start, token - 1, all);
            }
        }
        let word = text.word(token);
        let mark = match word {
            "“" | "„" => Some(('“', true)),
            "”" => Some(('“', false)),
            "\"" | "``" | "''" => Some(('"', opens(text, token, open.is_none()))),
            _ => None,
        };
        match (mark, open) {
            (Some((kind, true)), _) => open = Some((token, kind)),
            (Some((kind, _)), Some((start, opened))) if kind == opened && token > start => {
                close(context, start, token, all);
                open = None;
            }
            _ => {}
        }
    }
}

fn is_mark(word: &str) -> bool {
    matches!(word, "“" | "„" | "\"" | "``" | "''")
}

fn close(context: &Context<'_>, first: usize, last: usize, all: &mut Attributions) {
    let tree = context.tree;
    if last - first < 2 {
        return;
    }
    let inner = first + 1..last;
    let finite =
        inner.clone().any(|t| matches!(tree.xpos(t), Xpos::Vbd | Xpos::Vbz | Xpos::Vbp | Xpos::Md));
    let direct = inner.len() >= PARTIAL && finite;
    let index = all.quotes.len();
    for token in first..=last {
        all.quoted[token] = Some(index);
    }
    let span = context.reading.text.cover(first..last + 1);
    all.quotes.push(Quoted { span, first, last, direct, source: None });
}

/// The reporting verb beside a quote, or the speaker of the quote before it in the paragraph.
fn speakers(context: &Context<'_>, by_cue: &[Option<usize>], all: &mut Attributions) {
    let text = context.reading.text;
    let mut previous: Option<(usize, usize)> = None;
    for index in 0..all.quotes.len() {
        let quote = all.quotes[index].clone();
        let (first, last) = (context.sentence(quote.first), context.sentence(quote.last));
        let paragraph = text.sentences()[first].paragraph;
        let outside = |t: usize| all.quoted[t].is_none();
        let cue = |sentence: usize| {
            let tokens = text.sentences().get(sentence)?;
            if tokens.paragraph != paragraph {
                return None;
            }
            let reach = quote.first.saturating_sub(REACH)..quote.last + REACH;
            let start = tokens.tokens.start.max(reach.start);
            let end = tokens.tokens.end.min(reach.end).max(start);
            let cues = (start..end).filter(|&t| outside(t));
            let near = cues.filter_map(|t| {
                by_cue[t].map(|s| (t.abs_diff(quote.first).min(t.abs_diff(quote.last)), s))
            });
            near.min().map(|(_, s)| s)
        };
        // A paragraph that opens with a quote and names nobody goes on with the speaker before it.
        let opening = text.sentences()[first].tokens.start == quote.first
            && (first == 0 || text.sentences()[first - 1].paragraph != paragraph);
        let inherited = previous
            .filter(|&(p, _)| p == paragraph || opening && p + 1 == paragraph)
            .map(|(_, s)| s);
        let next = || {
            // `"…" Smith said.` cut off as a sentence of its own.
            let after = text.sentences().get(last + 1)?;
            let ends = quote.last + 1 == text.sentences()[last].tokens.end;
            let short = after.tokens.len() <= 12 && outside(after.tokens.start);
            if ends && short { cue(last + 1) } else { None }
        };
        let source = cue(last).or_else(|| cue(first)).or(inherited).or_else(next);
        if quote.direct
            && let Some(source) = source
        {
            previous = Some((paragraph, source));
        }
        all.quotes[index].source = source;
    }
    // What goes on into the next paragraph has the speaker that is named there.
    for index in (1..all.quotes.len()).rev() {
        let (before, source) = (&all.quotes[index - 1], all.quotes[index].source);
        let unclosed = !matches!(text.word(before.last), "”" | "\"" | "''" | "``");
        if before.source.is_none() && unclosed && before.last + 1 == all.quotes[index].first {
            all.quotes[index - 1].source = source;
        }
    }
}
