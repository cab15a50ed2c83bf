//! The gazetteer: towns of the world and counties of the USA, looked up in the sorted text itself.

use std::borrow::Cow;

use crate::data::{RuleError, Source};

const FILE: &str = "gazetteer.tsv";

/// Lines sorted by their folded names. No line is parsed until a name is looked up, so that loading
/// costs next to nothing.
#[derive(Default)]
pub(crate) struct Gazetteer {
    text: Cow<'static, str>,
    /// Where the lines behind the comment begin.
    start: usize,
    /// The folded name of every [`STRIDE`]th of them, and where it stands behind the comment.
    marks: Vec<(String, usize)>,
}

/// Folding all names would take longer than most articles.
const STRIDE: usize = 16;

impl std::fmt::Debug for Gazetteer {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Gazetteer").field("bytes", &self.text.len()).finish()
    }
}

/// A place of the gazetteer.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Town {
    pub(crate) name: String,
    /// ISO 3166-1 alpha-3.
    pub(crate) country: String,
    /// First-order division: a postal code where newspapers use them, else a number of GeoNames.
    pub(crate) division: String,
    /// A county of the USA.
    pub(crate) county: bool,
    pub(crate) people: f64,
    pub(crate) point: Option<(f64, f64)>,
    /// Listed under another spelling than the one looked up.
    pub(crate) respelled: bool,
}

enum Row<'a> {
    Town { division: &'a str, people: f64, point: (f64, f64) },
    County { division: &'a str },
    Spelling { of: &'a str },
}

fn parse(line: &str) -> Result<(&str, &str, Row<'_>), String> {
    let cells: Vec<&str> = line.split('\t').collect();
    let degrees = |cell: &str, most: f64| {
        let value = cell.parse::<f64>().ok().filter(|v| v.abs() <= most);
        value.ok_or_else(|| format!("{cell:?} is no number of degrees"))
    };
    let (name, country, row) = match cells[..] {
        [name, country, "=", of] => (name, country, Row::Spelling { of }),
        [name, country, division, "county"] => (name, country, Row::County { division }),
        [name, country, division, people, latitude, longitude] => {
            let people =
                people.parse::<u32>().map_err(|_| format!("{people:?} is no number of people"))?;
            let point = (degrees(latitude, 90.0)?, degrees(longitude, 180.0)?);
            (name, country, Row::Town { division, people: f64::from(people), point })
        }
        _ => {
            let found = cells.len();
            return Err(format!(
                "expected 6 columns between tabs, or 4 for a county or a spelling, found {found}"
            ));
        }
    };
    if country.len() != 3 || !country.bytes().all(|b| b.is_ascii_uppercase()) {
        return Err(format!("{country:?} is not an alpha-3 code"));
    }
    Ok((name, country, row))
}

impl Gazetteer {
    pub(crate) fn load(source: &Source) -> Result<Gazetteer, RuleError> {
        let text = source.read(FILE)?;
        let comment = text.split_inclusive('\n').take_while(|line| line.starts_with('#'));
        let start = comment.map(str::len).sum();
        let mut at = 0;
        let lines = text[start..].split_inclusive('\n').map(|line| {
            at += line.len();
            (line, at - line.len())
        });
        let marks = lines.step_by(STRIDE).map(|(line, at)| (name_key(line), at)).collect();
        let gazetteer = Gazetteer { text, start, marks };
        // What is built in is checked by a test.
        if matches!(gazetteer.text, Cow::Owned(_)) {
            gazetteer.check()?;
        }
        Ok(gazetteer)
    }

    /// Whether every line can be read and found.
    fn check(&self) -> Result<(), RuleError> {
        let mut last = String::new();
        for (index, line) in self.text.lines().enumerate() {
            let fault = |problem: String| RuleError::new(FILE, index + 1, problem);
            if index < self.text[..self.start].lines().count() {
                continue;
            }
            let (name, _, _) = parse(line).map_err(fault)?;
            let key = fold(name);
            if key < last {
                return Err(fault(format!(
                    "{name:?} belongs in front of {last:?}: sort the lines"
                )));
            }
            last = key;
        }
        Ok(())
    }

    /// The places of a name; no two of one country and division with the same kind.
    pub(crate) fn find(&self, name: &str) -> Vec<Town> {
        let mut towns: Vec<Town> = Vec::new();
        for (listed, country, row) in self.rows(&fold(name)) {
            let town = |name: &str, division: &str| Town {
                name: name.to_owned(),
                country: country.to_owned(),
                division: division.to_owned(),
                county: false,
                people: 0.0,
                point: None,
                respelled: false,
            };
            match row {
                Row::Town { division, people, point } => {
                    towns.push(Town { people, point: Some(point), ..town(listed, division) });
                }
                Row::County { division } => {
                    towns.push(Town { county: true, ..town(listed, division) });
                }
                Row::Spelling { of } => {
                    let meant = self.rows(&fold(of)).find_map(|(name, c, row)| match row {
                        Row::Town { division, people, point } if c == country => {
                            let (point, respelled) = (Some(point), true);
                            Some(Town { people, point, respelled, ..town(name, division) })
                        }
                        _ => None,
                    });
                    towns.extend(meant);
                }
            }
        }
        towns
    }

    /// The rows of a folded name; the most populous first.
    fn rows(&self, key: &str) -> impl Iterator<Item = (&str, &str, Row<'_>)> {
        let text = &self.text[self.start..];
        let next = self.marks.partition_point(|(name, _)| name.as_str() < key);
        let mut low = next.checked_sub(1).map_or(0, |before| self.marks[before].1);
        let mut high = self.marks.get(next).map_or(text.len(), |mark| mark.1);
        while low < high {
            // Both ends are starts of lines; so is `line`.
            let middle = low + (high - low) / 2;
            let line = text.as_bytes()[low..middle].iter().rposition(|b| *b == b'\n');
            let line = line.map_or(low, |at| low + at + 1);
            let rest = &text[line..];
            if name_key(rest).as_str() < key {
                low = line + rest.find('\n').map_or(rest.len(), |at| at + 1);
            } else {
                high = line;
            }
        }
        let found = if key.is_empty() { "" } else { &text[low..] };
        let rows = found.lines().take_while(move |line| name_key(line) == key);
        rows.filter_map(|line| parse(line).ok()).collect::<Vec<_>>().into_iter()
    }
}

/// The folded name at the head of a line.
fn name_key(line: &str) -> String {
    let end = line.find(['\t', '\n']).unwrap_or(line.len());
    fold(&line[..end])
}

/// A name without what newspapers spell differently: lower case, no accents, hyphens as spaces, no
/// other punctuation, "saint", "fort" and "mount" as "st", "ft" and "mt", no leading "the".
pub(crate) fn fold(name: &str) -> String {
    let mut folded = String::with_capacity(name.len() + 1);
    let mut word = 0;
    for c in name.chars().flat_map(char::to_lowercase) {
        match c {
            'a'..='z' | '0'..='9' => folded.push(c),
            '-' | '‐' | '‑' | '–' => word = close(&mut folded, word),
            c if c.is_whitespace() => word = close(&mut folded, word),
            c => folded.push_str(without_accent(c)),
        }
    }
    close(&mut folded, word);
    folded.pop();
    match folded.strip_prefix("the ") {
        Some(rest) => rest.to_owned(),
        None => folded,
    }
}

/// Ends the word that starts at `start`, if it has letters, with a space. Where the next one starts.
fn close(folded: &mut String, start: usize) -> usize {
    let short = match &folded[start..] {
        "" => return start,
        "saint" => "st",
        "fort" => "ft",
        "mount" => "mt",
        _ => "",
    };
    if !short.is_empty() {
        folded.truncate(start);
        folded.push_str(short);
    }
    folded.push(' ');
    folded.len()
}

/// The letters of Latin-1 and Latin Extended-A; nothing for punctuation.
fn without_accent(c: char) -> &'static str {
    match c {
        'à'..='å' | 'ā' | 'ă' | 'ą' => "a",
        'æ' => "ae",
        'ç' | 'ć' | 'ĉ' | 'ċ' | 'č' => "c",
        'ď' | 'đ' | 'ð' => "d",
        'è'..='ë' | 'ē' | 'ĕ' | 'ė' | 'ę' | 'ě' => "e",
        'ĝ' | 'ğ' | 'ġ' | 'ģ' => "g",
        'ĥ' | 'ħ' => "h",
        'ì'..='ï' | 'ĩ' | 'ī' | 'ĭ' | 'į' | 'ı' => "i",
        'ĳ' => "ij",
        'ĵ' => "j",
        'ķ' | 'ĸ' => "k",
        'ĺ' | 'ļ' | 'ľ' | 'ŀ' | 'ł' => "l",
        'ñ' | 'ń' | 'ņ' | 'ň' | 'ŉ' | 'ŋ' => "n",
        'ò'..='ö' | 'ø' | 'ō' | 'ŏ' | 'ő' => "o",
        'œ' => "oe",
        'ŕ' | 'ŗ' | 'ř' => "r",
        'ś' | 'ŝ' | 'ş' | 'š' | 'ſ' => "s",
        'ß' => "ss",
        'ţ' | 'ť' | 'ŧ' => "t",
        'þ' => "th",
        'ù'..='ü' | 'ũ' | 'ū' | 'ŭ' | 'ů' | 'ű' | 'ų' => "u",
        'ŵ' => "w",
        'ý' | 'ÿ' | 'ŷ' => "y",
        'ź' | 'ż' | 'ž' => "z",
        // Of "İ", which is two characters in lower case, the second is an accent.
        _ => "",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_builtin_gazetteer_is_sorted_and_readable() {
        Gazetteer::load(&Source::builtin()).unwrap().check().unwrap();
    }

    #[test]
    fn names_are_found_however_they_are_spelled() {
        let gazetteer = Gazetteer::load(&Source::builtin()).unwrap();
        for (name, listed, country, division) in [
            ("Mosul", "Mosul", "IRQ", "15"),
            ("MOSUL", "Mosul", "IRQ", "15"),
            ("Saint Louis", "St. Louis", "USA", "MO"),
            ("Sana'a", "Sanaa", "YEM", "26"),
            ("Peking", "Beijing", "CHN", "22"),
            ("Polk County", "Polk County", "USA", "AR"),
        ] {
            let first = gazetteer.find(name).into_iter().next().unwrap();
            let found = (first.name.as_str(), first.country.as_str(), first.division.as_str());
            assert_eq!(found, (listed, country, division), "{name}");
        }
        assert!(gazetteer.find("Utopia Falls").is_empty());
        assert!(gazetteer.find("").is_empty() && gazetteer.find("~").is_empty());
        assert!(gazetteer.find("Springfield").len() > 20);
        // The first and the last line.
        let lines = &gazetteer.text[gazetteer.start..];
        for line in [lines.lines().next(), lines.lines().last()].into_iter().flatten() {
            let name = line.split('\t').next().unwrap();
            assert!(!gazetteer.find(name).is_empty(), "{name}");
        }
    }

    #[test]
    fn faults_name_their_line() {
        let dir = std::env::temp_dir().join(format!("dateline-gazetteer-{}", std::process::id()));
        std::fs::create_dir_all(&dir).unwrap();
        for (text, problem) in [
            (
                "# c\nA\tUSA\tTX\n",
                "gazetteer.tsv:2: expected 6 columns between tabs, or 4 for a county or a \
                 spelling, found 3",
            ),
            (
                "B\tUSA\tTX\t10\t1.0\t2.0\nA\tUSA\tTX\t10\t1.0\t2.0\n",
                "gazetteer.tsv:2: \"A\" belongs in front of \"b\": sort the lines",
            ),
            ("B\tUSA\tTX\t10\t91.0\t2.0\n", "gazetteer.tsv:1: \"91.0\" is no number of degrees"),
            ("B\tUSA\tTX\tten\t1.0\t2.0\n", "gazetteer.tsv:1: \"ten\" is no number of people"),
            ("B\tUS\tTX\t10\t1.0\t2.0\n", "gazetteer.tsv:1: \"US\" is not an alpha-3 code"),
        ] {
            std::fs::write(dir.join(FILE), text).unwrap();
            let error = Gazetteer::load(&Source::overlay(&dir).unwrap()).unwrap_err();
            assert_eq!(error.to_string(), problem);
        }
        std::fs::remove_dir_all(dir).unwrap();
    }
}
