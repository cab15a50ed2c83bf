//! What stands at the head of an article: title, byline, dateline.

use std::sync::LazyLock;

use regex::{Match, Regex};

use super::lines::ends_sentence;

const TITLE_CHARS: usize = 200;
/// A dateline ends within so many characters.
const DATELINE_CHARS: usize = 140;

/// Whether the first line of a plain text looks like a headline.
pub(super) fn is_headline(line: &str) -> bool {
    let question = line.ends_with(['?', '!', '…', '"', '\'', '”', '’', ')']);
    let short = line.chars().count() <= TITLE_CHARS;
    let letters = line.chars().any(char::is_alphabetic);
    letters && short && (question || !ends_sentence(line) || ends_with_letters(line))
}

/// U.S. at the end is no full stop.
fn ends_with_letters(line: &str) -> bool {
    static LETTERS: LazyLock<Regex> = LazyLock::new(|| fixed(r"(?:^|\s)(?:[A-Z]\.){2,4}$"));
    LETTERS.is_match(line)
}

/// `HEADLINE: Storm closes port`, as databases of newspapers write it.
pub(super) fn is_labelled_title(line: &str) -> bool {
    static LABEL: LazyLock<Regex> =
        LazyLock::new(|| fixed(r"(?i)^(?:headline|head|hl|title|slug line)\s?:\s*\S"));
    LABEL.is_match(line)
}

/// A line that is nothing but a person's name, by its look. Headings are written so too, so it
/// counts only between title and story.
pub(super) fn is_name(line: &str) -> bool {
    static PERSON: LazyLock<Regex> = LazyLock::new(|| {
        let word = r"(?:[A-ZÀ-Þ][a-zà-ÿ'’]+(?:-?[A-ZÀ-Þ][a-zà-ÿ'’]+)*|[A-ZÀ-Þ][A-ZÀ-Þ'’-]+)";
        fixed(&format!(
            r"^{word}(?: [A-Z]\.)?(?: (?:de|da|del|der|van|von|bin|al|el|la|le|di))?(?: {word}){{1,2}}$"
        ))
    });
    PERSON.is_match(line)
        && !line.split(' ').any(|word| HEADING.contains(&word.to_lowercase().as_str()))
}

/// Words of headings and of places that look like names.
const HEADING: &[&str] = &[
    "about",
    "analysis",
    "arena",
    "background",
    "breaking",
    "bridge",
    "brief",
    "centre",
    "center",
    "city",
    "conclusion",
    "county",
    "details",
    "executive",
    "exclusive",
    "explainer",
    "facts",
    "feature",
    "findings",
    "first",
    "green",
    "ground",
    "hall",
    "highlights",
    "house",
    "how",
    "introduction",
    "island",
    "key",
    "lane",
    "latest",
    "live",
    "main",
    "media",
    "more",
    "new",
    "news",
    "next",
    "opinion",
    "overview",
    "park",
    "points",
    "press",
    "questions",
    "release",
    "report",
    "results",
    "review",
    "road",
    "special",
    "square",
    "stadium",
    "statement",
    "story",
    "street",
    "summary",
    "the",
    "top",
    "update",
    "what",
    "why",
    "world",
];

const NAME: &str = r"(?-i:[A-ZÀ-ÖØ-ÞĀ-ɏ][A-Za-zÀ-ɏ'’.-]*(?: (?:de|da|del|der|van|von|bin|al|el|la|le|di|du|ter))?)";

static BYLINE: LazyLock<Vec<Regex>> = LazyLock::new(|| {
    let name = NAME;
    // By these names alone a line is a byline: no capitals, two or three words.
    let person = r"(?-i:[A-Z][a-zà-ÿ'’-]+(?: [A-Z]\.?)? [A-Z][A-Za-zà-ÿ'’-]+)";
    let city = r"(?-i:[A-Z][A-Za-zà-ÿ'’-]+(?: [A-Z][A-Za-zà-ÿ'’-]+)?)";
    let names = format!(r"{name}(?:[ ]{name}){{0,4}}");
    let list = format!(r"{names}(?:(?:,| and| &|, and| with) {names}){{0,5}}");
    let role = r"(?:senior |staff |special |chief |foreign |political |diplomatic |business |sports? |national |associated |(?-u:\w)+ )?(?:staff writers?|correspondents?|reporters?|editors?|writers?|press writers?|contributors?|columnists?|journalists?|producers?|bureau chief|news|newsroom|desk|press)";
    [
        format!(r"^(?:by|words by|story by|written by|report by|posted by|author:) (?:our )?{list}(?:[,|/·•–—-]+ ?.+| (?:(?-u:\w)+ ){{0,3}}{role}| (?-i:in|at|for|of|reporting from) {list}.*| (?-i:and) .+)?$"),
        format!(r"^(?:the )?associated press(?: {role})?$|^(?:[A-Za-z]+ ){{0,2}}(?:staff|special) {role}$"),
        format!(r"^by (?:the )?(?:our )?(?:(?-u:\w)+ )?{role}$"),
        format!(r"^{names}(?: and {names})?,? ?[,|/·•–—-] ?(?:[A-Za-z0-9.&]+ )?{role}(?:[,|/–— -]+{names})?$"),
        format!(r"^byline ?: ?\S.*$|^reporting from {list}$"),
        format!(r"^{names},? [a-z0-9._+-]+@[a-z0-9.-]+$|^{names}\s*[|·•]\s*(?:the )?{names}$"),
        format!(r"^{person}(?:(?:, {person})?(?-i: and ){person})?(?-i: in ){city}(?:(?-i: and ){city})?$"),
    ]
    .iter()
    .map(|pattern| fixed(&format!("(?i){pattern}")))
    .collect()
});

/// Whether a paragraph near the head names who wrote it.
pub(super) fn is_byline(paragraph: &str) -> bool {
    paragraph.chars().count() <= 140 && !paragraph.ends_with(['.', '!', '?']) && {
        // Marks of teletype: ^By JANE DOE=
        let line = paragraph.trim_start_matches('^').trim_end_matches(['=', '<']);
        BYLINE.iter().any(|regex| regex.is_match(line))
    }
}

struct Datelines {
    labelled: Regex,
    city: Regex,
    agency: Regex,
    full: Regex,
    alone: Regex,
}

static DATELINES: LazyLock<Datelines> = LazyLock::new(|| {
    let month = r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|June?\.?|July?\.?|Aug(?:ust|\.)?|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?|JAN(?:UARY)?|FEB(?:RUARY)?|MARCH|APRIL|MAY|JUNE|JULY|AUG(?:UST)?|SEPT(?:EMBER)?|OCT(?:OBER)?|NOV(?:EMBER)?|DEC(?:EMBER)?)";
    let day = r"[0-9]{1,2}(?:st|nd|rd|th)?";
    let weekday = r"(?:(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day,? )?";
    let date = format!(
        r"{weekday}(?:{month} {day}(?:,? [0-9]{{4}})?|{day}(?: of)? {month},?(?: [0-9]{{4}})?)"
    );
    let upper = r"[A-ZÀ-ÖØ-Þ][A-ZÀ-ÖØ-Þ'’.-]+";
    let title = r"[A-ZÀ-ÖØ-ÞĀ-ɏ][A-Za-zÀ-ɏ'’.-]*";
    let caps = format!(r"{upper}(?:[ -]{upper}){{0,4}}");
    let place = format!(r"{title}(?: (?:de|al|of|the|and) {title}| {title}){{0,4}}");
    let agency = r"[(/\[]\s?[A-ZÀ-ÖØ-Þ][A-Za-zÀ-ɏ .&'’/-]{1,40}\s?[)/\]]";
    let dash = r"(?:\s?(?:--+|[–—―_])\s?|\s-\s|\s-)";
    let more = format!(r"(?:(?:, | ?/ ?| \[){place}\]?){{0,3}}");
    // An agency or a date makes any place a dateline; capitals need the dash only.
    let full = format!(
        "^(?:\
         {place}{more}(?: \\({place}\\))?[,.]? ?{date}[,.]? ?(?:{agency})?\\s?(?:{dash}|:\\s|\\.\\s?--+\\s?)\
         |{place}{more}[,.]? ?{date}[.,]? ?{agency}\\s\
         |{place}{more}(?: \\({place}\\))?[,.]? ?{agency}\\s?(?:{dash}|:\\s)\
         |{caps}(?:, {title}(?: {title}){{0,2}}\\.?)?(?:{dash}|:\\s)\
         |{place}, {place}(?:\\s[–—]\\s)\
         |{date},? ?{agency}\\s?(?:{dash}|:\\s)\
         |{place}, [^.;:()\n]{{0,40}}{date}(?:, [A-Z]{{2,8}})?\\s?(?:--+|[–—])\\s?\
         |{place}{more}\\s?(?:--+|[–—-])?\\s?\\([^()]{{2,60}}{date}\\)\\s?(?:{dash}|:\\s)\
         |{place}{more}[,.]? ?{date}[.,]? ?{agency}\\s?(?:--+|[–—])?\\s?\
         |{date}\\s?(?:\\s-\\s|\\s?[–—]\\s?)\
         |{agency}\\s?[–—-]+\\s?{place}{more}[,.]? ?{date}\\s?(?:{dash}|:\\s)\
         )"
    );
    Datelines {
        labelled: fixed(r"^(?i:dateline) ?: ?\S[^\n]*$"),
        city: fixed(&format!(r"^{title}(?: {title}){{0,2}}\s[–—]\s")),
        agency: fixed(
            r"^\((?:[A-Z][A-Z]+|Reuters|Reuter|Xinhua|Bloomberg|Bernama|Interfax|Anadolu|Kyodo|Yonhap|Petra)(?:[ ]?[-–/][ ]?[A-Za-zÀ-ɏ .&]{2,40}| News| Agency)?\)\s?(?:--+|[-–—:])?\s*",
        ),
        full: fixed(&full),
        alone: fixed(&format!(
            "^(?:{caps}(?:, {title}(?: {title}){{0,2}})?[,.]? ?(?:{date})[,.]?(?: ?{agency})?|{place}{more}[,.]? ?{date}[,.]{{0,2}} ?{agency}|{caps}[,.]? ?{agency})\\s?(?:--+|[-–—:.])?$|^{caps}(?:, {title}(?: {title})?)?\\s?(?:--+|[–—])$"
        )),
    }
});

/// The length in bytes of the dateline (with its dash) that starts the story's first paragraph.
pub(super) fn dateline(paragraph: &str) -> Option<usize> {
    let window =
        paragraph.char_indices().nth(DATELINE_CHARS).map_or(paragraph, |(at, _)| &paragraph[..at]);
    let lines = &*DATELINES;
    if window.len() == paragraph.len()
        && (lines.alone.is_match(paragraph) || lines.labelled.is_match(paragraph))
    {
        return Some(paragraph.len());
    }
    let found = lines.full.find(window).or_else(|| lines.agency.find(window));
    let found = found.or_else(|| city(window, lines.city.find(window)?))?;
    let rest = paragraph[found.end()..].trim_start();
    // A story goes on with a capital, a number or a quote.
    let first = rest.chars().next()?;
    let starts = !first.is_lowercase() && !matches!(first, ',' | '.' | ';' | ':' | ')' | '-');
    starts.then_some(found.end())
}

/// A city and a dash: no dateline if a second dash closes what the first one opens, nor before
/// anything but a capital.
fn city<'t>(window: &str, found: Match<'t>) -> Option<Match<'t>> {
    let rest = &window[found.end()..];
    let opens = rest.contains(['–', '—']);
    (!opens && rest.starts_with(char::is_uppercase)).then_some(found)
}

/// The agency named in parentheses in a dateline.
pub(super) fn agency(dateline: &str) -> Option<&str> {
    let start = dateline.find(['(', '/'])? + 1;
    let end = start + dateline[start..].find([')', '/'])?;
    Some(dateline[start..end].trim())
}

fn fixed(pattern: &str) -> Regex {
    Regex::new(pattern).expect("the patterns of this file are fixed and tested")
}
