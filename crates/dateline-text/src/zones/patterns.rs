//! Many patterns matched at once.
//!
//! A `RegexSet` would do, but prepares a second automaton, for where a match begins, and keeps
//! whole tables of the letters of all scripts: it took four times as long to make, which is a third
//! of the program's start, and two to five times as long to match.

use std::panic::{RefUnwindSafe, UnwindSafe};
use std::sync::Arc;

use regex_automata::hybrid::dfa::{Cache, Config, DFA};
use regex_automata::nfa::thompson::{self, NFA, WhichCaptures};
use regex_automata::util::pool::Pool;
use regex_automata::{Input, MatchKind, PatternSet as Found};
use regex_syntax::ParserBuilder;
use regex_syntax::hir::{Class, ClassUnicode, ClassUnicodeRange, Hir, HirKind, Look};

/// An automaton follows so many patterns at once. One for all of them would come to so many states
/// that it forgets them faster than it uses them.
const TOGETHER: usize = 6;
/// What an automaton may remember of its states in each thread. Most need a tenth of it.
const CACHE_BYTES: usize = 16 << 20;
/// What an automaton may take before it is used.
const AUTOMATON_BYTES: usize = 64 << 20;
/// Classes of more ranges than this are those of all letters, of all that is no letter and the like.
const LARGE_CLASS: usize = 40;
/// Where such a class is decided block by block: a character of the block, its first and its last.
const BLOCKS: [(char, char, char); 3] = [
    ('é', '\u{C0}', '\u{1FFF}'),
    // Signs.
    ('—', '\u{2000}', '\u{2BFF}'),
    ('中', '\u{2C00}', '\u{10FFFF}'),
];

/// Patterns that are looked for in the same lines, whatever the case of their letters. `\b` is the
/// end of an ASCII word; beyond Latin-1, whether a character is of `\w` and other large classes is
/// told by its block.
pub(super) struct PatternSet {
    automata: Vec<Automaton>,
    count: usize,
}

struct Automaton {
    dfa: Arc<DFA>,
    /// The numbers of its patterns.
    numbers: Vec<usize>,
    caches: Pool<Cache, Make>,
}

type Make = Box<dyn Fn() -> Cache + Send + Sync + UnwindSafe + RefUnwindSafe>;

impl PatternSet {
    /// The error says what is wrong with one of the patterns.
    pub(super) fn new<S: AsRef<str>>(patterns: &[S]) -> Result<PatternSet, String> {
        let parsed: Vec<Hir> =
            patterns.iter().map(|pattern| parse(pattern.as_ref())).collect::<Result<_, _>>()?;
        // Those of the line's head are done with after a few characters.
        let (heads, others): (Vec<usize>, Vec<usize>) =
            (0..parsed.len()).partition(|&number| is_of_head(&parsed[number]));
        let chunks = std::iter::once(heads.as_slice()).chain(others.chunks(TOGETHER));
        let chunks = chunks.filter(|chunk| !chunk.is_empty());
        let automata = chunks.map(|numbers| Automaton::new(&parsed, numbers));
        Ok(PatternSet { automata: automata.collect::<Result<_, _>>()?, count: parsed.len() })
    }

    /// Patterns that stand each in a line of a file; the error has the line, too.
    pub(super) fn of_lines(patterns: &[(usize, &str)]) -> Result<PatternSet, (usize, String)> {
        let all: Vec<&str> = patterns.iter().map(|&(_, pattern)| pattern).collect();
        PatternSet::new(&all).map_err(|problem| {
            // One by one only to find it.
            let faulty = |pattern: &&(usize, &str)| PatternSet::new(&[pattern.1]).is_err();
            (patterns.iter().find(faulty).map_or(0, |pattern| pattern.0), problem)
        })
    }

    /// The numbers of the patterns that match somewhere in `text`, in order.
    pub(super) fn matches(&self, text: &str) -> Vec<usize> {
        let mut found = Vec::new();
        let mut here = Found::new(self.count);
        for automaton in &self.automata {
            here.clear();
            automaton.find(text, &mut here);
            found.extend(here.iter().map(|pattern| automaton.numbers[pattern.as_usize()]));
        }
        found.sort_unstable();
        found
    }
}

impl Automaton {
    fn new(parsed: &[Hir], numbers: &[usize]) -> Result<Automaton, String> {
        let patterns: Vec<&Hir> = numbers.iter().map(|&number| &parsed[number]).collect();
        let config = thompson::Config::new()
            .utf8(false)
            .which_captures(WhichCaptures::None)
            .nfa_size_limit(Some(AUTOMATON_BYTES));
        let nfa: NFA = thompson::Compiler::new()
            .configure(config)
            .build_many_from_hir(&patterns)
            .map_err(|error| error.to_string())?;
        let config = Config::new()
            .match_kind(MatchKind::All)
            .cache_capacity(CACHE_BYTES)
            .skip_cache_capacity_check(true);
        let dfa = DFA::builder().configure(config).build_from_nfa(nfa);
        let dfa = Arc::new(dfa.map_err(|error| error.to_string())?);
        let made = Arc::clone(&dfa);
        let make: Make = Box::new(move || made.create_cache());
        Ok(Automaton { dfa, numbers: numbers.to_vec(), caches: Pool::new(make) })
    }

    fn find(&self, text: &str, found: &mut Found) {
        let mut cache = self.caches.get();
        let input = Input::new(text);
        let searched = self.dfa.try_which_overlapping_matches(&mut cache, &input, found);
        // It has no bytes to stop at, and may forget its states as often as it needs to.
        debug_assert!(searched.is_ok(), "{searched:?}");
    }
}

fn parse(pattern: &str) -> Result<Hir, String> {
    let mut parser = ParserBuilder::new().case_insensitive(true).utf8(false).build();
    parser.parse(pattern).map(plain).map_err(|error| error.to_string())
}

/// The pattern with ASCII's words and with large classes told by blocks.
fn plain(pattern: Hir) -> Hir {
    match pattern.into_kind() {
        HirKind::Class(Class::Unicode(class)) if class.ranges().len() > LARGE_CLASS => {
            Hir::class(Class::Unicode(by_blocks(&class)))
        }
        HirKind::Look(look) => Hir::look(match look {
            Look::WordUnicode => Look::WordAscii,
            Look::WordUnicodeNegate => Look::WordAsciiNegate,
            Look::WordStartUnicode => Look::WordStartAscii,
            Look::WordEndUnicode => Look::WordEndAscii,
            Look::WordStartHalfUnicode => Look::WordStartHalfAscii,
            Look::WordEndHalfUnicode => Look::WordEndHalfAscii,
            other => other,
        }),
        HirKind::Repetition(mut repetition) => {
            repetition.sub = Box::new(plain(*repetition.sub));
            Hir::repetition(repetition)
        }
        HirKind::Capture(capture) => plain(*capture.sub),
        HirKind::Concat(parts) => Hir::concat(parts.into_iter().map(plain).collect()),
        HirKind::Alternation(parts) => Hir::alternation(parts.into_iter().map(plain).collect()),
        HirKind::Class(class) => Hir::class(class),
        HirKind::Literal(literal) => Hir::literal(literal.0),
        HirKind::Empty => Hir::empty(),
    }
}

fn by_blocks(class: &ClassUnicode) -> ClassUnicode {
    let beyond = BLOCKS[0].1;
    let latin = class.ranges().iter().filter(|range| range.start() < beyond);
    let latin = latin.map(|range| ClassUnicodeRange::new(range.start(), range.end().min('¿')));
    let has =
        |c: char| class.ranges().iter().any(|range| (range.start()..=range.end()).contains(&c));
    let blocks = BLOCKS.iter().filter(|(sample, ..)| has(*sample));
    let blocks = blocks.map(|&(_, first, last)| ClassUnicodeRange::new(first, last));
    ClassUnicode::new(latin.chain(blocks))
}

/// Whether a pattern matches nowhere but at the head of a line.
fn is_of_head(pattern: &Hir) -> bool {
    pattern.properties().look_set_prefix().contains(Look::Start)
}

#[cfg(test)]
mod tests {
    use regex::RegexSetBuilder;

    use super::*;

    #[test]
    fn patterns_keep_their_numbers() {
        let head = |n: usize| if n.is_multiple_of(3) { "^" } else { "" };
        let patterns: Vec<String> =
            (0..5 * TOGETHER).map(|n| format!("{}xa{{{n}}}b", head(n))).collect();
        let set = PatternSet::new(&patterns).unwrap();
        for count in 0..patterns.len() {
            let text = format!("X{}b", "a".repeat(count));
            assert_eq!(set.matches(&text), [count], "{text}");
        }
        assert_eq!(set.matches("- xab"), [1]);
        assert!(set.matches("- xaaab").is_empty());
        let head = |pattern: &str| is_of_head(&parse(pattern).unwrap());
        assert!(head("(?-i)^a|^(?:b|c)") && !head("^a|b"));
        let fault = PatternSet::new(&["a", "("]).err().unwrap();
        assert!(fault.contains("unclosed group"), "{fault}");
    }

    #[test]
    fn matches_are_those_of_a_set_of_regular_expressions() {
        let patterns = [
            r"^\W*(?:got|have)\b[^.?!“”]{2,70}\?$",
            r"\b(?:sponsor\w*|promot\w+|save \d+%)\b",
            r"^[a-z][\w /'’()-]{1,28}\s?: ?\S",
            r"(?-i)\([A-Z][A-Za-zÀ-ɏ'’.-]+(?: [A-Z][A-Za-zÀ-ɏ'’.-]+){0,3}/[A-Z][^()]{1,50}\)\.?$",
            r"(?:^|\W)(?:print|share)\W+(?:\w+ ?){1,5}$",
            r"^$|\x{2014}|[^\x00-\x7f]{3}",
            r"\w+\B’s",
        ];
        let set = PatternSet::new(&patterns).unwrap();
        let same = RegexSetBuilder::new(patterns).case_insensitive(true).build().unwrap();
        let texts = [
            "",
            "— Got a story for us?",
            "“Have you” been there?",
            "Promoted: save 30% on naïve café chairs",
            "Žižek’s notes: see below",
            "The bridge at dawn (Müller Ödön/Agence Größe).",
            "Share — Print · e-mail",
            "中文网：分享",
            "PRINT | SHARE | Комментарии",
            "Kelvin \u{212a} and ſ, İstanbul",
            "wholly ordinary words of a story.",
        ];
        for text in texts {
            let expected: Vec<usize> = same.matches(text).into_iter().collect();
            assert_eq!(set.matches(text), expected, "{text}");
        }
    }
}
