//! Dates that contradict the verb they hang on, handed to the verb they belong to.

use dateline_text::{Deprel, Xpos};
use jiff::civil::Date;

use super::factuality::{self, Status};
use super::quotes::Attributions;
use super::roles::{Filled, Filler};
use super::sentence::Context;
use super::triggers::Found;

/// Roles whose event is what a verb speaks of.
const SPOKEN: [&str; 3] = ["content", "topic", "purpose"];

/// Nothing said or done in the past tense lies ahead ("called for a strike on Friday": the strike
/// does), and nothing that was going to happen lay behind when it was said ("said last week it would
/// close": the saying did). `times` are those of the triggers, by index.
pub(super) fn settle(
    context: &Context<'_>,
    found: &[Found],
    roles: &[Vec<Filled>],
    attributions: &Attributions,
    times: &mut [Option<usize>],
) {
    let Some(published) = context.reading.published.as_ref().map(|p| p.date) else { return };
    for index in 0..found.len() {
        let Some(time) = times[index] else { continue };
        let Some(value) = context.reading.times[time].value.as_deref() else { continue };
        let heir = match side(value, published) {
            Some(Side::Ahead) if is_past(context, &found[index]) => {
                let spoken = roles[index].iter().filter(|f| SPOKEN.contains(&f.role));
                { spoken }.find_map(|f| match f.filler {
                    Filler::Event(event) => Some(event),
                    _ => None,
                })
            }
            Some(Side::Behind) if is_coming(context, &found[index]) => {
                let source = attributions.of(context, found[index].token);
                let cue = source.map(|(source, _)| attributions.sources[source].cue);
                cue.filter(|&cue| {
                    let at = context.reading.times[time].tokens.start;
                    cue < at && at < found[index].token
                })
                .and_then(|cue| found.iter().position(|f| f.token == cue))
            }
            _ => None,
        };
        if let Some(heir) = heir.filter(|&heir| heir != index) {
            times[index] = None;
            times[heir] = times[heir].or(Some(time));
        }
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Side {
    Behind,
    Ahead,
}

/// On which side of the publication date all of a day, week, month or year lies.
pub(super) fn side(value: &str, published: Date) -> Option<Side> {
    let week = published.iso_week_date();
    let now = match value.len() {
        10 => published.to_string(),
        8 if value.contains('W') => format!("{:04}-W{:02}", week.year(), week.week()),
        7 if !value.contains(['Q', 'S', 'W']) => published.to_string()[..7].to_owned(),
        4 => published.to_string()[..4].to_owned(),
        _ => return None,
    };
    let plain =
        value.bytes().zip(now.bytes()).all(|(v, n)| v.is_ascii_digit() == n.is_ascii_digit());
    match value.cmp(now.as_str()) {
        std::cmp::Ordering::Less if plain => Some(Side::Behind),
        std::cmp::Ordering::Greater if plain => Some(Side::Ahead),
        _ => None,
    }
}

/// A finite verb in the past tense.
fn is_past(context: &Context<'_>, found: &Found) -> bool {
    let tree = context.tree;
    let auxiliary = |&c: &usize| matches!(tree.deprel(c), Deprel::Aux | Deprel::AuxPass);
    found.verbal
        && tree.xpos(found.token) == Xpos::Vbd
        && !context.children(found.token).iter().any(auxiliary)
}

/// A verb under *will*, *would*, *shall*.
fn is_coming(context: &Context<'_>, found: &Found) -> bool {
    let tree = context.tree;
    let will = |&c: &usize| {
        tree.deprel(c) == Deprel::Aux
            && matches!(tree.lower(c), "will" | "would" | "shall" | "'ll" | "’ll" | "'d" | "’d")
    };
    found.verbal && context.children(found.token).iter().any(will) && {
        let (status, _) = factuality::of(context, found);
        status.is_planned() || status == Status::Hypothetical
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sides_of_a_day() {
        let published = jiff::civil::date(2025, 3, 4);
        for (value, expected) in [
            ("2025-03-04", None),
            ("2025-03-03", Some(Side::Behind)),
            ("2025-03-07", Some(Side::Ahead)),
            ("2025-W09", Some(Side::Behind)),
            ("2025-W10", None),
            ("2025-W11", Some(Side::Ahead)),
            ("2025-03", None),
            ("2025-04", Some(Side::Ahead)),
            ("2024", Some(Side::Behind)),
            ("2025", None),
            ("2025-Q1", None),
            ("PAST_REF", None),
            ("XXXX-WXX-1", None),
        ] {
            assert_eq!(side(value, published), expected, "{value}");
        }
    }
}
