//! Numbers in digits and words.

/// A number at the head of a run of words, and how many of the words it takes.
///
/// Words are taken in lower case: `twenty - five`, `two hundred`, `3.2 million`, `1,200`.
pub(crate) fn number(words: &[&str]) -> Option<(f64, usize)> {
    let mut total = 0.0;
    let mut part: Option<f64> = None;
    let mut digits = false;
    let mut at = 0;
    let mut end = 0;
    let mut last = f64::INFINITY;
    while at < words.len() {
        let word = words[at];
        if let Some(value) = small(word) {
            // "twenty" takes "five"; "five" takes no "twenty".
            let joins = part.is_none() || (!digits && value < last && tens_before(last));
            let hundreds =
                part.is_some_and(|p| !digits && p >= 100.0 && p % 100.0 == 0.0 && value < 100.0);
            if !(joins || hundreds) {
                break;
            }
            part = Some(part.unwrap_or(0.0) + value);
            last = value;
            at += 1;
            end = at;
        } else if let Some(value) = figures(word) {
            if part.is_some() || total > 0.0 {
                break;
            }
            (part, digits) = (Some(value), true);
            at += 1;
            end = at;
        } else if let Some(scale) = scale(word) {
            let alone = (word == "dozen").then_some(1.0);
            let Some(value) = part.or(alone) else { break };
            if scale <= 100.0 {
                part = Some(value * scale);
                last = f64::INFINITY;
            } else {
                total += value * scale;
                part = None;
                last = f64::INFINITY;
                digits = false;
            }
            at += 1;
            end = at;
        } else if matches!(word, "-" | "and") && end == at && at > 0 && at + 1 < words.len() {
            let tens = word == "-" && part.is_some_and(|_| tens_before(last));
            let tens = tens && small(words[at + 1]).is_some_and(|v| v < 10.0);
            let scaled = word == "-" && scale(words[at + 1]).is_some();
            let hundreds = word == "and"
                && part.is_none_or(|p| p >= 100.0)
                && scale(words[at - 1]).is_some()
                && small(words[at + 1]).is_some_and(|v| v < 100.0);
            if !(tens || hundreds || scaled) {
                break;
            }
            at += 1;
        } else {
            break;
        }
    }
    (end > 0).then(|| (total + part.unwrap_or(0.0), end))
}

/// A year as it is read out (`nineteen ninety - six`, `twenty twenty-four`), and how many words it
/// takes.
pub(crate) fn spoken_year(words: &[&str]) -> Option<(u32, usize)> {
    let century = small(words.first()?).filter(|c| (15.0..=20.0).contains(c))?;
    let (rest, length) = number(words.get(1..)?)?;
    let year = century * 100.0 + rest;
    let scaled = words[1..=length].iter().any(|w| scale(w).is_some() || figures(w).is_some());
    let named = (10.0..100.0).contains(&rest) && !scaled && (1500.0..=2100.0).contains(&year);
    // Both are whole and small.
    named.then_some((year as u32, length + 1))
}

fn tens_before(last: f64) -> bool {
    (20.0..=90.0).contains(&last) && last % 10.0 == 0.0
}

/// A number of one word below one hundred.
pub(crate) fn small(word: &str) -> Option<f64> {
    const WORDS: &[&str] = &[
        "zero",
        "one",
        "two",
        "three",
        "four",
        "five",
        "six",
        "seven",
        "eight",
        "nine",
        "ten",
        "eleven",
        "twelve",
        "thirteen",
        "fourteen",
        "fifteen",
        "sixteen",
        "seventeen",
        "eighteen",
        "nineteen",
    ];
    const TENS: &[&str] =
        &["twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety"];
    if let Some((tens, units)) = word.split_once('-') {
        let tens = small(tens).filter(|t| tens_before(*t))?;
        return small(units).filter(|u| *u < 10.0).map(|u| tens + u);
    }
    let value = WORDS.iter().position(|w| *w == word);
    let tens = || TENS.iter().position(|w| *w == word).map(|i| 10 * (i + 2));
    let value = value.or_else(tens)?;
    u32::try_from(value).ok().map(f64::from)
}

/// The factor a word stands for.
pub(crate) fn scale(word: &str) -> Option<f64> {
    Some(match word {
        "dozen" => 12.0,
        "hundred" => 1e2,
        "thousand" | "k" => 1e3,
        "million" | "m" | "mn" | "mln" => 1e6,
        "billion" | "bn" | "b" => 1e9,
        "trillion" | "tn" | "trn" => 1e12,
        _ => return None,
    })
}

/// A number in digits: `2,500`, `3.5`, `2bn`. Not `1,23` nor `10.5.3`.
pub(crate) fn figures(word: &str) -> Option<f64> {
    if !word.as_bytes().first().is_some_and(u8::is_ascii_digit) || word.len() > 24 {
        return None;
    }
    let split = word.find(|c: char| !(c.is_ascii_digit() || matches!(c, ',' | '.')));
    let (digits, rest) = word.split_at(split.unwrap_or(word.len()));
    let factor = if rest.is_empty() { 1.0 } else { scale(rest)? };
    let (whole, fraction) = digits.split_once('.').unwrap_or((digits, ""));
    if fraction.contains(',') || fraction.contains('.') || digits.ends_with(['.', ',']) {
        return None;
    }
    let mut groups = whole.split(',');
    let first = groups.next()?;
    let grouped = whole.contains(',');
    if grouped && (first.len() > 3 || groups.any(|g| g.len() != 3 && g.len() != 2)) {
        return None;
    }
    if grouped && whole.rsplit(',').next().is_none_or(|g| g.len() != 3) {
        return None;
    }
    let plain: String = whole.chars().filter(|c| *c != ',').collect();
    let value: f64 = format!("{plain}.{fraction}0").parse().ok()?;
    Some(value * factor)
}

/// `first`, `22nd`, `twenty-first` as a number.
pub(crate) fn ordinal(word: &str) -> Option<u32> {
    const WORDS: &[&str] = &[
        "first",
        "second",
        "third",
        "fourth",
        "fifth",
        "sixth",
        "seventh",
        "eighth",
        "ninth",
        "tenth",
        "eleventh",
        "twelfth",
        "thirteenth",
        "fourteenth",
        "fifteenth",
        "sixteenth",
        "seventeenth",
        "eighteenth",
        "nineteenth",
        "twentieth",
    ];
    if let Some(index) = WORDS.iter().position(|w| *w == word) {
        return u32::try_from(index + 1).ok();
    }
    match word {
        "thirtieth" => return Some(30),
        "twenty-first" => return Some(21),
        "thirty-first" => return Some(31),
        _ => {}
    }
    let digits = word.strip_suffix("st").or_else(|| word.strip_suffix("nd"));
    let digits = digits.or_else(|| word.strip_suffix("rd")).or_else(|| word.strip_suffix("th"))?;
    (digits.len() < 4 && digits.bytes().all(|b| b.is_ascii_digit())).then(|| digits.parse().ok())?
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers() {
        for (text, expected) in [
            ("2,500", Some((2500.0, 1))),
            ("two", Some((2.0, 1))),
            ("twenty - five", Some((25.0, 3))),
            ("twenty-five", Some((25.0, 1))),
            ("two hundred and fifty", Some((250.0, 4))),
            ("two hundred fifty thousand", Some((250_000.0, 4))),
            ("3.5 million", Some((3.5e6, 2))),
            ("2bn", Some((2e9, 1))),
            ("one million two hundred thousand", Some((1.2e6, 5))),
            ("five people", Some((5.0, 1))),
            ("5 - 3", Some((5.0, 1))),
            ("five six", Some((5.0, 1))),
            ("12 and 13", Some((12.0, 1))),
            ("1,23", None),
            ("10.5.3", None),
            ("1,00,000", Some((100_000.0, 1))),
            ("people", None),
            ("hundred", None),
            ("0.5", Some((0.5, 1))),
            ("", None),
            ("- 5", None),
            ("and five", None),
        ] {
            let words: Vec<&str> = text.split(' ').collect();
            assert_eq!(number(&words), expected, "{text}");
        }
    }

    #[test]
    fn ordinals() {
        for (word, expected) in
            [("first", Some(1)), ("22nd", Some(22)), ("1st", Some(1)), ("th", None), ("best", None)]
        {
            assert_eq!(ordinal(word), expected, "{word}");
        }
    }
}
