//! Whether four digits are a year.

use dateline_text::Upos;

use super::Word;

/// Whether four digits are a year and not a count, a sum or a part of a longer number.
pub(super) fn is_year(words: &[Word<'_>], start: usize, end: usize) -> bool {
    const LEADS: &[&str] = &[
        "in", "since", "until", "till", "by", "from", "during", "before", "after", "of", "early",
        "late", "mid", "between", "year", "spring", "summer", "autumn", "fall", "winter", "the",
        "circa", "through", "fiscal", "back",
    ];
    const MEASURES: &[&str] = &[
        "people",
        "men",
        "women",
        "children",
        "percent",
        "per",
        "%",
        "dollars",
        "euros",
        "pounds",
        "yen",
        "km",
        "kilometres",
        "kilometers",
        "miles",
        "metres",
        "meters",
        "feet",
        "points",
        "kg",
        "tonnes",
        "tons",
        "million",
        "billion",
        "thousand",
        "hundred",
        "hours",
        "days",
        "years",
        "minutes",
        "seconds",
        "gmt",
        "hrs",
        "m",
        "mph",
        "cc",
        "calories",
        "words",
    ];
    // Years in words are no counts.
    let Ok(year) = words[start].lower.parse::<u32>() else { return true };
    let previous = start.checked_sub(1).map(|p| &words[p]);
    let next = words.get(end);
    if next.is_some_and(|n| MEASURES.contains(&n.lower)) {
        return false;
    }
    let figures = |w: Option<&Word<'_>>, lengths: &[usize]| {
        w.is_some_and(|w| {
            lengths.contains(&w.lower.len()) && w.lower.bytes().all(|b| b.is_ascii_digit())
        })
    };
    let dash = |w: &Word<'_>| matches!(w.lower, "-" | "–" | "/");
    if let Some(p) = previous {
        // "Blade Runner 2049", "Windows 2000"
        if p.upos == Upos::Propn && start > 1 && p.text.chars().all(char::is_alphabetic) {
            return false;
        }
        if matches!(
            p.lower,
            "$" | "£"
                | "€"
                | "¥"
                | "#"
                | "+"
                | "no."
                | "number"
                | "page"
                | "room"
                | "flight"
                | "route"
                | "windows"
                | "about"
                | "some"
                | "nearly"
                | "almost"
                | "approximately"
                | "least"
                | "than"
                | "only"
                | "at"
                | "tel"
                | "phone"
        ) {
            return false;
        }
        if p.joined
            && dash(p)
            && start > 1
            && !figures(Some(&words[start - 2]), &[4])
            && words[start - 2].text.chars().any(|c| c.is_ascii_digit())
        {
            return false;
        }
        if p.joined && matches!(p.lower, "." | ":" | "," | "@") {
            return false;
        }
    }
    if words[end - 1].joined
        && next.is_some_and(dash)
        && words.get(end + 1).is_some_and(|w| w.text.chars().any(|c| c.is_ascii_digit()))
        && !figures(words.get(end + 1), &[2, 4])
    {
        return false;
    }
    let counts = next.is_some_and(|n| n.plural && matches!(n.upos, Upos::Noun));
    let led = previous.is_some_and(|p| LEADS.contains(&p.lower));
    let likely = (1950..2050).contains(&year) && !year.is_multiple_of(100);
    if counts && !(led && (1900..2050).contains(&year)) && !likely {
        return false;
    }
    led || likely
        || next.is_none_or(|n| !matches!(n.upos, Upos::Noun | Upos::Adj))
        || (1900..2050).contains(&year)
}
