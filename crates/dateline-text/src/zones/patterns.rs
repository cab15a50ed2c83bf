//! Many patterns matched at once.

use regex::{RegexSet, RegexSetBuilder};
use regex_syntax::hir::Look;

/// An automaton follows so many patterns at once. One for all of them would come to so many states
/// that it forgets them faster than it uses them, and matching would fall back to a slow search.
const TOGETHER: usize = 12;

/// Patterns that are looked for in the same lines, whatever the case of their letters.
pub(super) struct PatternSet {
    /// Each with the numbers of its patterns.
    sets: Vec<(RegexSet, Vec<usize>)>,
}

impl PatternSet {
    pub(super) fn new<S: AsRef<str>>(patterns: &[S]) -> Result<PatternSet, regex::Error> {
        // Those of the line's head are done with after a few characters.
        let (heads, others): (Vec<usize>, Vec<usize>) =
            (0..patterns.len()).partition(|&number| is_of_head(patterns[number].as_ref()));
        let chunks = std::iter::once(heads.as_slice()).chain(others.chunks(TOGETHER));
        let set = |numbers: &[usize]| {
            let set = RegexSetBuilder::new(numbers.iter().map(|&number| patterns[number].as_ref()))
                .case_insensitive(true)
                .size_limit(64 << 20)
                .dfa_size_limit(32 << 20)
                .build()?;
            Ok((set, numbers.to_vec()))
        };
        let sets = chunks.filter(|chunk| !chunk.is_empty()).map(set).collect::<Result<_, _>>()?;
        Ok(PatternSet { sets })
    }

    /// The numbers of the patterns that match somewhere in `text`, in order.
    pub(super) fn matches(&self, text: &str) -> Vec<usize> {
        let mut found = Vec::new();
        for (set, numbers) in &self.sets {
            found.extend(set.matches(text).into_iter().map(|index| numbers[index]));
        }
        found.sort_unstable();
        found
    }

    pub(super) fn is_match(&self, text: &str) -> bool {
        self.sets.iter().any(|(set, _)| set.is_match(text))
    }
}

/// Whether a pattern matches nowhere but at the head of a line.
fn is_of_head(pattern: &str) -> bool {
    let parsed = regex_syntax::Parser::new().parse(pattern);
    parsed.is_ok_and(|hir| hir.properties().look_set_prefix().contains(Look::Start))
}

#[cfg(test)]
mod tests {
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
        assert!(set.is_match("- xab") && !set.is_match("- xaaab"));
        assert!(is_of_head("(?-i)^a|^(?:b|c)") && !is_of_head("^a|b"));
        assert!(PatternSet::new(&["("]).is_err());
    }
}
